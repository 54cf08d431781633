"""WebSocket addresses of the whole house."""

from importlib import import_module
from importlib.util import find_spec

ROOMS = (
    "tablero.panel.routing",
    "tablero.avisos.routing",
    "tablero.bandeja.routing",
    "tablero.documentos.routing",
    "tablero.cabildo.routing",
    "portal.public.routing",
)

websocket_urlpatterns = [
    pattern
    for room in ROOMS
    if find_spec(room)
    for pattern in import_module(room).websocket_urlpatterns
]
