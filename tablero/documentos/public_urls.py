"""Addresses at which anybody verifies a document; the QR of every page leads here."""

from django.urls import path

from . import public_views as views

app_name = "verificar"

urlpatterns = [
    path("", views.start, name="inicio"),
    path("archivo/", views.compare_anywhere, name="archivo"),
    path("<str:codigo>/", views.document, name="documento"),
    path("<str:codigo>/archivo/", views.compare, name="comparar"),
    path("<str:codigo>/pdf/", views.pdf, name="pdf"),
    path("<str:codigo>/certificado/<int:numero>/", views.certificate, name="certificado"),
]
