import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.calendar import Day
from portal.core.clock import Calendar
from portal.core.models import DiaInhabil
from portal.ui.widgets import DateInput

LONGEST = 366
KINDS = [
    (DiaInhabil.Tipo.MUNICIPAL, gettext_lazy("Inhábil del municipio")),
    (DiaInhabil.Tipo.SUSPENSION, gettext_lazy("Suspensión de plazos por acuerdo")),
    (DiaInhabil.Tipo.HABILITADO, gettext_lazy("Día habilitado: sí cuenta, aunque sea inhábil")),
]


class DaysForm(forms.Form):
    """A day, or every working day of a stretch, with its legal basis."""

    tipo = forms.ChoiceField(
        label=gettext_lazy("Tipo de día"), choices=KINDS, widget=forms.RadioSelect
    )
    desde = forms.DateField(label=gettext_lazy("Desde"), widget=DateInput)
    hasta = forms.DateField(
        label=gettext_lazy("Hasta"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Déjelo vacío si es un solo día."),
    )
    nombre = forms.CharField(
        label=gettext_lazy("Nombre"),
        max_length=120,
        help_text=gettext_lazy("Como lo leerá el ciudadano: «Primer periodo vacacional»."),
    )
    fundamento = forms.CharField(
        label=gettext_lazy("Fundamento"),
        max_length=300,
        help_text=gettext_lazy("Acuerdo, artículo o publicación: «Acuerdo de Cabildo 014/2026»."),
    )

    def clean(self) -> dict:
        data = super().clean()
        first, last = data.get("desde"), data.get("hasta")
        if first and last and last < first:
            self.add_error("hasta", _("No puede ser anterior a la fecha inicial."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("hasta", _("El periodo no puede pasar de un año."))
        return data

    def days(self, calendar: Calendar) -> list[Day]:
        """The days asked for; of a stretch, those that would change something."""
        data = self.cleaned_data
        first, last = data["desde"], data["hasta"] or data["desde"]
        enabling = data["tipo"] == DiaInhabil.Tipo.HABILITADO
        dates = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        if len(dates) > 1:
            dates = [date for date in dates if calendar.is_business(date) != enabling]
        return [Day(date, data["nombre"], data["fundamento"], data["tipo"]) for date in dates]


class ReasonForm(forms.Form):
    """Why a day leaves the calendar."""

    motivo = forms.CharField(
        label=gettext_lazy("Fundamento del cambio"),
        max_length=300,
        help_text=gettext_lazy("El acuerdo que lo deja sin efecto."),
    )


class LoadYearForm(forms.Form):
    """The basis of a year's list."""

    fundamento = forms.CharField(
        label=gettext_lazy("Fundamento"),
        max_length=300,
        initial=gettext_lazy("Ley Federal del Trabajo, artículo 74"),
        help_text=gettext_lazy("Los días propios del municipio se agregan después."),
    )
