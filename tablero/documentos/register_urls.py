"""Addresses of the register of folios."""

from django.urls import path

from . import register_views

urlpatterns = [
    path("minutario/", register_views.minutario, name="minutario"),
    path("minutario/minutario.xlsx", register_views.minutario_xlsx, name="minutario_xlsx"),
    path("minutario/minutario.pdf", register_views.minutario_pdf, name="minutario_pdf"),
]
