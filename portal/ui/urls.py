from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("colores.css", views.colors_css, name="colores"),
    path("tema/", views.set_theme, name="tema"),
    path("componentes/", views.components, name="componentes"),
]
