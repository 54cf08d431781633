from django.apps import AppConfig


class AjustesConfig(AppConfig):
    name = "tablero.ajustes"
    label = "tablero_ajustes"
