"""Addresses of the kinds of documents and their templates."""

from django.urls import path

from . import template_edit_views, template_views

urlpatterns = [
    path("plantillas/", template_views.plantillas, name="plantillas"),
    path("plantillas/nuevo/", template_views.nueva, name="plantilla_nueva"),
    path("plantillas/<slug:clave>/", template_views.plantilla, name="plantilla"),
    path(
        "plantillas/<slug:clave>/poner-en-uso/",
        template_views.instalar,
        name="plantilla_instalar",
    ),
    path("plantillas/<slug:clave>/reglas/", template_views.reglas, name="plantilla_reglas"),
    path("plantillas/<slug:clave>/editar/", template_edit_views.editar, name="plantilla_editar"),
    path("plantillas/<slug:clave>/comparar/", template_views.comparar, name="plantilla_comparar"),
    path(
        "plantillas/<slug:clave>/versiones/<int:version>/",
        template_views.version,
        name="plantilla_version",
    ),
]
