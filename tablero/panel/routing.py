"""The staff socket."""

from django.urls import path

from .consumers import StaffConsumer

websocket_urlpatterns = [path("ws/tablero/", StaffConsumer.as_asgi())]
