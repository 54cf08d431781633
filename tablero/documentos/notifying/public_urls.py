"""Addresses at which somebody receives a document."""

from django.urls import path

from . import public_views as views

app_name = "recibir"

urlpatterns = [
    path("<str:ficha>/", views.receive, name="documento"),
    path("<str:ficha>/documento.pdf", views.pdf, name="pdf"),
    path("<str:ficha>/constancia.pdf", views.proof, name="constancia"),
]
