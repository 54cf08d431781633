"""Addresses at which anybody follows the sessions of the Cabildo."""

from django.urls import path

from . import public_views as views

app_name = "cabildo_publico"

urlpatterns = [
    path("", views.sessions_page, name="sesiones"),
    path("sesiones/<int:pk>/", views.session_page, name="sesion"),
]
