"""Addresses of the room of coordination."""

from django.urls import path

from . import views

app_name = "coordinacion"

urlpatterns = [
    path("encargos/", views.charge_list, name="encargos"),
    path("encargos/archivo.<slug:formato>", views.export, name="encargos_archivo"),
    path("encargos/<int:pk>/", views.charge, name="encargo"),
    path("encargos/<int:pk>/evidencia/<slug:clave>/", views.evidence, name="encargo_evidencia"),
    path("encargos/<int:pk>/<slug:acto>/", views.charge_act, name="encargo_acto"),
]
