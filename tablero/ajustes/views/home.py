"""The index of the settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.health import calendar_alarm
from portal.core.time import today

from ..policies import SettingsPolicy
from .base import settings_page

SECTIONS = [
    (
        "keep_calendar",
        "ajustes:calendario",
        "calendario",
        gettext_lazy("Calendario"),
        gettext_lazy("Días inhábiles, suspensiones y días habilitados, con su fundamento."),
    ),
    (
        "administer",
        "ajustes:reglas",
        "balanza",
        gettext_lazy("Reglas jurídicas"),
        gettext_lazy("Plazos, prevención, prórroga y efecto del silencio, por versiones."),
    ),
    (
        "administer",
        "ajustes:catalogo",
        "lista",
        gettext_lazy("Catálogo de servicios"),
        gettext_lazy("Qué se puede pedir, a quién le toca y qué se pregunta."),
    ),
    (
        "administer",
        "ajustes:turno",
        "turnar",
        gettext_lazy("Reglas de turno"),
        gettext_lazy("A qué dependencia va cada asunto, y por qué."),
    ),
    (
        "administer",
        "ajustes:personal",
        "personas",
        gettext_lazy("Personal"),
        gettext_lazy("Cuentas, cargos, suplencias y segundo factor."),
    ),
    (
        "administer",
        "ajustes:dependencias",
        "oficina",
        gettext_lazy("Dependencias"),
        gettext_lazy("El árbol de oficinas del Ayuntamiento."),
    ),
]


@settings_page("enter")
def home(request: HttpRequest) -> HttpResponse:
    """What this person may change."""
    policy = SettingsPolicy(request.user)
    sections = [
        {"url": reverse(name), "icon": icon, "label": label, "text": text}
        for action, name, icon, label, text in SECTIONS
        if getattr(policy, f"can_{action}")()
    ]
    context = {
        "secciones": sections,
        "alarma": calendar_alarm(today()),
        "migas": [{"label": _("Ajustes")}],
    }
    return render(request, "tablero/ajustes/inicio.html", context)
