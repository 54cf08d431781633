"""One ASGI application: sockets through Channels, HTTP through a pool of WSGI threads."""

import os

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
http = get_wsgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - needs the app registry
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from portal.bodies import WholeBody  # noqa: E402
from portal.routing import websocket_urlpatterns  # noqa: E402

#: Synchronous views under plain ASGI would run one at a time in a process.
HTTP_THREADS = int(os.environ.get("HTTP_THREADS", "8"))

application = ProtocolTypeRouter(
    {
        "http": WholeBody(WSGIMiddleware(http, workers=HTTP_THREADS)),
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
        ),
    }
)
