from django.urls import path

from . import views

app_name = "panel"

urlpatterns = [
    path("", views.panel, name="panel"),
    path("muro/", views.muro, name="muro"),
    path("dias.csv", views.dias_csv, name="dias_csv"),
    path("semaforo.csv", views.semaforo_csv, name="semaforo_csv"),
]
