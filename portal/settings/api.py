"""The public API: tokens of the staff, limits of use and the published description."""

from datetime import timedelta

from .env import env
from .municipio import MUNICIPIO, PUBLIC_URL

REST_KNOX = {
    "TOKEN_TTL": timedelta(hours=env.int("API_TOKEN_HORAS", default=10)),
    "AUTO_REFRESH": False,
}

#: Calls admitted from one address (for "sesion_usuario", under one user name): (most, seconds).
API_LIMITES = {
    "general": (env.int("API_LIMITE_GENERAL", default=600), 60),
    "peticiones": (env.int("API_LIMITE_PETICIONES", default=60), 3600),
    "adjuntos": (env.int("API_LIMITE_ADJUNTOS", default=120), 3600),
    "seguimiento": (env.int("API_LIMITE_SEGUIMIENTO", default=60), 600),
    "sesion": (env.int("API_LIMITE_SESION", default=30), 600),
    "sesion_usuario": (10, 600),
}
#: Largest JSON body, in bytes.
API_CUERPO_MAXIMO = 200_000
#: How long a file sent by itself waits for its petition.
API_ADJUNTO_HORAS = 24

SPECTACULAR_SETTINGS = {
    "TITLE": "API de Ventanilla",
    "DESCRIPTION": (
        "Servicios, peticiones y seguimiento de la Ventanilla del "
        f"{MUNICIPIO['ayuntamiento']}, y la bandeja de su personal. "
        "Los errores siguen RFC 9457 (`application/problem+json`)."
    ),
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": PUBLIC_URL}],
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.public.api.schema.close_requests",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "TipoPeticion": "tramites.constants.Tipo",
        "TipoPregunta": "tramites.constants.TipoPregunta",
        "EstadoPeticion": "tramites.constants.Estado",
    },
    "TAGS": [
        {"name": "catálogo", "description": "Qué se puede pedir, a quién y en qué plazo."},
        {"name": "ciudadanía", "description": "Presentar una petición y darle seguimiento."},
        {
            "name": "verificación",
            "description": "Si un documento es auténtico y sigue vigente.",
        },
        {"name": "sesión", "description": "Entrar y salir con una cuenta del personal."},
        {"name": "personal", "description": "La bandeja y los actos sobre cada petición."},
    ],
}
