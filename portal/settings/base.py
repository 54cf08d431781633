"""Applications, middleware, templates and wiring."""

from .env import BASE_DIR as BASE_DIR
from .env import DATA_DIR as DATA_DIR
from .env import PORTAL_ENV as PORTAL_ENV
from .env import PRODUCTION, env, kept_secret

DEBUG = env.bool("DEBUG", default=False) and not PRODUCTION
SECRET_KEY = kept_secret("SECRET_KEY")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "portal.core",
    "portal.accounts",
    "portal.documents",
    "portal.ui",
    "notificaciones",
    "tramites",
    "portal.public",
    "tablero.shared",
    "tablero.documentos",
    "tablero.coordinacion",
    "tablero.cabildo",
    "tablero.actas",
    "tablero.acuerdos",
    "tablero.panel",
    "tablero.bandeja",
    "tablero.avisos",
    "tablero.ajustes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.core.middleware.AccessMiddleware",
    "portal.core.middleware.DomainErrorMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context_processors.site",
                "tablero.shared.context_processors.staff",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["knox.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.public.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
