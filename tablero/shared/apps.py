from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "tablero.shared"
    label = "tablero_shared"
