from django.apps import AppConfig


class AvisosConfig(AppConfig):
    name = "tablero.avisos"
    label = "tablero_avisos"
