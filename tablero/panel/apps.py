from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "tablero.panel"
    label = "tablero_panel"
