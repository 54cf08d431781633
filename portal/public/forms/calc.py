"""A term computed for whoever asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.clock import Unit
from portal.ui.widgets import DateInput

from .base import PublicForm


class TermForm(PublicForm):
    """From when, how long, in what unit."""

    desde = forms.DateField(
        label=_("Día en que se presenta o se notifica"),
        widget=DateInput(),
        error_messages={
            "required": _("Escriba la fecha de inicio."),
            "invalid": _("Escriba una fecha, como 15/12/2026."),
        },
    )
    cantidad = forms.IntegerField(
        label=_("Plazo"),
        min_value=1,
        max_value=400,
        widget=forms.NumberInput(attrs={"class": "input--w4"}),
        error_messages={
            "required": _("Escriba de cuánto es el plazo."),
            "invalid": _("Escriba un número entero."),
            "min_value": _("El plazo debe ser de 1 o más."),
            "max_value": _("El plazo debe ser de 400 o menos."),
        },
    )
    unidad = forms.ChoiceField(
        label=_("Contado en"),
        choices=[
            (Unit.HABILES.value, _("días hábiles")),
            (Unit.NATURALES.value, _("días naturales")),
            (Unit.MESES.value, _("meses")),
        ],
    )
