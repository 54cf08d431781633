"""The socket of the screens of a session."""

from django.urls import path

from .consumers import PublicSessionConsumer, SessionConsumer

websocket_urlpatterns = [
    path("ws/tablero/cabildo/<int:pk>/", SessionConsumer.as_asgi()),
    path("ws/cabildo/<int:pk>/", PublicSessionConsumer.as_asgi()),
]
