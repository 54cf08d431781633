"""HTTP entry for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from portal.threads import share_fairly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
share_fairly()
