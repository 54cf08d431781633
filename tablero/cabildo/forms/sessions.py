"""What the pages of sessions ask for."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import depends
from tablero.shared.forms import ChangesForm, ReasonForm

from ..constants import Caracter, TipoSesion
from ..models import Asunto, Organo
from .bodies import day_field

__all__ = ["ConveneForm", "PointForm", "ReasonForm", "SessionForm"]


class SessionForm(forms.Form):
    """A session that is prepared: whose, of what type, when and where."""

    organo = forms.ModelChoiceField(
        label=_("Órgano"), queryset=Organo.objects.none(), empty_label=_("Elija")
    )
    tipo = forms.ChoiceField(label=_("Tipo"), choices=TipoSesion.choices, widget=forms.RadioSelect)
    dia = day_field(_("Día"))
    hora = forms.TimeField(
        label=_("Hora"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "input--w10"}, format="%H:%M"),
    )
    lugar = forms.CharField(label=_("Lugar"), max_length=200)
    caracter = forms.ChoiceField(
        label=_("Carácter"), choices=Caracter.choices, widget=forms.RadioSelect
    )
    fundamento_cierre = depends(
        forms.CharField(
            label=_("Fundamento para cerrarla al público"), max_length=300, required=False
        )
    )
    urgencia = depends(
        forms.CharField(
            label=_("Urgencia"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Sólo si se celebrará antes de lo que permite la regla: en qué se funda."),
        )
    )
    cambios = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organo"].queryset = bodies

    def values(self) -> dict:
        """What the service takes: day and hour as one moment of the municipality."""
        data = dict(self.cleaned_data)
        data.pop("cambios")
        moment = dt.datetime.combine(data.pop("dia"), data.pop("hora"))
        data["inicia_en"] = timezone.make_aware(moment, timezone.get_default_timezone())
        return data


class PointForm(forms.Form):
    """An item for the agenda; ``items`` are those that may be put on it."""

    asunto = forms.ModelChoiceField(
        label=_("Asunto"), queryset=Asunto.objects.none(), empty_label=_("Elija")
    )

    def __init__(self, *args, items, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asunto"].queryset = items


class ConveneForm(ChangesForm):
    """The notice is signed with the rubric of who sends it."""

    contrasena = forms.CharField(
        label=_("Su contraseña"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Con ella firma la convocatoria."),
    )
