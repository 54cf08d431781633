"""Language and time: Spanish of Mexico first, English for the citizen site and its notices."""

from django.utils.translation import gettext_lazy as _

from .env import BASE_DIR, env

LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", _("Español")), ("en", _("Inglés"))]
LANGUAGE_COOKIE_NAME = "idioma"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
#: The municipality's own zone; every legal day begins and ends in it.
TIME_ZONE = env.str("PORTAL_TIME_ZONE", default="America/Mexico_City")
