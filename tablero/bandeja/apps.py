from django.apps import AppConfig


class BandejaConfig(AppConfig):
    name = "tablero.bandeja"
    label = "tablero_bandeja"
