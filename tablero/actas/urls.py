"""Addresses of the room of actas."""

from django.urls import path

from .views import actas, libros

app_name = "actas"

urlpatterns = [
    path("", actas.acta_list, name="actas"),
    path("levantar/<int:sesion>/", actas.draft, name="acta_levantar"),
    path("libros/", libros.book_list, name="libros"),
    path("libros/nuevo/", libros.new_book, name="libro_nuevo"),
    path("libros/<int:pk>/", libros.book, name="libro"),
    path("libros/<int:pk>/cerrar/", libros.end_book, name="libro_cerrar"),
    path("paquete/<int:sesion>/", libros.package, name="paquete"),
    path("custodia/", libros.custody, name="custodia"),
    path("<int:pk>/", actas.acta, name="acta"),
    path("<int:pk>/secciones/<int:seccion>/", actas.edit_section, name="acta_seccion"),
    path("<int:pk>/circular/", actas.circulate, name="acta_circular"),
    path("<int:pk>/observar/<int:seccion>/<int:parrafo>/", actas.observe, name="acta_observar"),
    path("<int:pk>/resolver/<int:observacion>/", actas.settle, name="acta_resolver"),
    path("<int:pk>/aprobar/", actas.approve, name="acta_aprobar"),
    path("<int:pk>/firmar/", actas.sign, name="acta_firmar"),
    path("<int:pk>/firmas/<int:firma>/", actas.record, name="acta_firma"),
    path("<int:pk>/asentar/", actas.bind, name="acta_asentar"),
    path("<int:pk>/erratas/", actas.erratum, name="acta_errata"),
    path("<int:pk>/publica/", actas.public_version, name="acta_publica"),
]
