"""The socket of the outbox pages."""

from django.urls import path

from .consumers import OutboxConsumer

websocket_urlpatterns = [path("ws/tablero/avisos/", OutboxConsumer.as_asgi())]
