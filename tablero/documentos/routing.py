"""The socket of the pages of documents."""

from django.urls import path

from .consumers import DocumentsConsumer

websocket_urlpatterns = [path("ws/tablero/documentos/", DocumentsConsumer.as_asgi())]
