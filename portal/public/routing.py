"""WebSocket addresses of the citizen site."""

from django.urls import path

from .consumers import FollowConsumer

websocket_urlpatterns = [path("ws/seguimiento/<str:llave>/", FollowConsumer.as_asgi())]
