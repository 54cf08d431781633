"""Filters of the list, and the reason of whoever discards a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notificaciones.constants import EVENTOS, Canal, Estado

#: What each notice tells, for people.
EVENT_NAMES = {
    "peticion_recibida": _("Acuse de recepción"),
    "peticion_turnada": _("Turno a un área"),
    "correccion_solicitada": _("Prevención"),
    "plazo_ampliado": _("Ampliación del plazo"),
    "peticion_respondida": _("Respuesta"),
    "peticion_concluida": _("Conclusión"),
    "peticion_desechada": _("Desechamiento"),
    "no_competente": _("No competencia"),
    "peticion_acumulada": _("Acumulación"),
    "peticion_cancelada": _("Cancelación"),
    "peticion_reabierta": _("Reapertura"),
    "plazo_recalculado": _("Cambio de calendario"),
    "codigo_verificacion": _("Código de verificación"),
    "aviso_personal": _("Aviso del personal"),
}
_ANY = [("", _("Cualquiera"))]


def event_name(evento: str) -> str:
    """What the notice tells, for people; its key when there is no name."""
    return str(EVENT_NAMES.get(evento, evento))


class FilterForm(forms.Form):
    """Every field is optional; an unknown value is told, and filters nothing."""

    folio = forms.CharField(label=_("Folio"), required=False, max_length=24)
    estado = forms.ChoiceField(label=_("Estado"), required=False, choices=_ANY + Estado.choices)
    canal = forms.ChoiceField(label=_("Canal"), required=False, choices=_ANY + Canal.choices)
    evento = forms.ChoiceField(
        label=_("Qué avisa"),
        required=False,
        choices=_ANY + [(key, EVENT_NAMES[key]) for key in EVENTOS],
    )


class DiscardForm(forms.Form):
    nota = forms.CharField(
        label=_("Motivo"),
        help_text=_("Queda en el historial del aviso."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Diga por qué se descarta.")},
    )
