"""What the pages of charges ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia, User
from portal.ui.forms import depends
from portal.ui.widgets import DateInput, MultipleFileField
from tablero.shared.forms import ChangesForm, ReasonForm, long_text

from .constants import ENDINGS


class ChargeForm(forms.Form):
    """What a department is charged with, and until when."""

    instruccion = long_text(_("Qué debe hacerse"), 4, maximum=2000)
    dependencia = forms.ModelChoiceField(
        label=_("Dependencia"),
        queryset=Dependencia.objects.filter(activa=True),
        empty_label=_("Elija"),
    )
    responsable = depends(
        forms.ModelChoiceField(
            label=_("Persona responsable"),
            queryset=User.objects.filter(is_active=True, adscripciones__isnull=False).distinct(),
            required=False,
            empty_label=_("Quien atiende la dependencia"),
        )
    )
    dias = depends(
        forms.IntegerField(
            label=_("Días hábiles para cumplir"),
            required=False,
            min_value=1,
            max_value=1000,
            help_text=_("Se cuentan con el calendario del municipio. Deje vacío si da la fecha."),
        )
    )
    vence = depends(forms.DateField(label=_("O a más tardar el"), required=False, widget=DateInput))
    indicador = forms.CharField(
        label=_("Cómo se sabrá que está hecho"),
        max_length=300,
        help_text=_("Por ejemplo: 120 luminarias cambiadas."),
    )
    partida = depends(
        forms.CharField(label=_("Partida presupuestal"), max_length=80, required=False)
    )
    fundamento = depends(forms.CharField(label=_("Fundamento"), max_length=400, required=False))


class ReportForm(ChangesForm):
    """How it goes, with its evidence."""

    texto = long_text(_("Qué se hizo"), 6, maximum=4000)
    avance = forms.IntegerField(label=_("Avance, en por ciento"), min_value=0, max_value=100)
    archivos = depends(
        MultipleFileField(
            label=_("Evidencia"),
            required=False,
            help_text=_("Hasta 5 archivos PDF, JPG, PNG o WebP, de hasta 10 MB cada uno."),
        )
    )
    concluye = forms.BooleanField(
        label=_("Está cumplido: que la Secretaría lo valide"), required=False
    )


class ExtendForm(ReasonForm):
    vence = forms.DateField(label=_("Nueva fecha límite"), widget=DateInput)


class EndForm(ReasonForm):
    estado = forms.ChoiceField(
        label=_("Cómo termina"),
        choices=[(state.value, state.label) for state in ENDINGS],
        widget=forms.RadioSelect,
        help_text=_("Sin materia: ya no hay qué hacer. Revocado: se dejó sin efecto."),
    )
