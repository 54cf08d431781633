"""Addresses of signing. The two that take a key are named in ``portal.bodies`` as well."""

from django.urls import path

from . import signing_batch, signing_views

urlpatterns = [
    path("firmar-lote/", signing_batch.firmar_lote, name="firmar_lote"),
    path("<int:pk>/firmar/", signing_views.firmar, name="firmar"),
    path("<int:pk>/firmado/", signing_views.firmado, name="firmado"),
    path("<int:pk>/rechazar-firma/", signing_views.rechazar, name="rechazar"),
]
