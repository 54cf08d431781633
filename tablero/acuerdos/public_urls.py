"""Addresses at which anybody reads what the Cabildo decided and how far it is done."""

from django.urls import path

from . import public_views as views

app_name = "acuerdos_publicos"

urlpatterns = [
    path("acuerdos/", views.acuerdos_page, name="acuerdos"),
    path("acuerdos/<str:folio>/", views.acuerdo_page, name="acuerdo"),
    path("gaceta/", views.gaceta_page, name="gacetas"),
    path("gaceta/<int:ejercicio>/<int:numero>/", views.number_page, name="gaceta"),
]
