from django.urls import path, re_path

from .copies import views

urlpatterns = [
    path("copias/", views.copies, name="copias"),
    re_path(r"^copias/registro\.(?P<formato>xlsx|pdf)$", views.export, name="copias_registro"),
    path("copias/nueva/", views.new_copy, name="copia_nueva"),
    path("copias/<int:pk>/", views.copy, name="copia"),
    path("copias/<int:pk>/paginas.pdf", views.pages, name="copia_paginas"),
    path("copias/<int:pk>/<slug:acto>/", views.act, name="copia_acto"),
]
