"""Filters of the list, and the reason of whoever discards a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notificaciones.constants import EVENT_NAMES, EVENTOS, Canal, Estado

_ANY = [("", _("Cualquiera"))]


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
