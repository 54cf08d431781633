"""Static files and uploads. Uploads never stand under a URL: a view asks a policy first."""

from importlib.util import find_spec
from pathlib import Path

from .env import DATA_DIR, env

_debug = env.bool("DEBUG", default=False)

STATIC_URL = "/static/"
# Only the static files of django-leaflet are wanted: its application pulls in GDAL.
STATICFILES_DIRS = [
    ("leaflet", Path(find_spec("leaflet").submodule_search_locations[0]) / "static" / "leaflet")
]
STATIC_ROOT = DATA_DIR / "estaticos"
MEDIA_ROOT = DATA_DIR / "archivos"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _debug
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _debug
WHITENOISE_AUTOREFRESH = _debug
