"""Forms of the batches."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.accounts.selectors import people_with_role
from portal.core.time import today

from .constants import MAX_FILE, FormaEmision


class BatchForm(forms.Form):
    """The sheet, and what is the same in every document; one choice for each place to sign."""

    archivo = forms.FileField(
        label=gettext_lazy("Hoja de cálculo"),
        help_text=gettext_lazy("Excel (.xlsx), hasta 5 MB y 10,000 filas."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    asunto = forms.CharField(
        label=gettext_lazy("Asunto de todos"),
        max_length=300,
        help_text=gettext_lazy("Con estas palabras se buscan después."),
    )
    dependencia = forms.ModelChoiceField(
        label=gettext_lazy("En nombre de"), queryset=Dependencia.objects.none(), empty_label=None
    )
    confidencial = forms.BooleanField(
        label=gettext_lazy("Son confidenciales"),
        required=False,
        help_text=gettext_lazy("Sólo los ven quienes participan y la Secretaría General."),
    )

    def __init__(self, *args, places, offices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        rows = Dependencia.objects.filter(pk__in=offices, activa=True).order_by("nombre")
        self.fields["dependencia"].queryset = rows
        people = [(person.pk, str(person)) for person in people_with_role(*Rol, on=today())]
        for place in places:
            self.fields[f"firmante.{place['clave']}"] = forms.TypedChoiceField(
                label=_("Firma: %(post)s") % {"post": place["cargo"]},
                choices=[("", _("Elija a una persona")), *people],
                coerce=int,
            )

    def clean_archivo(self):
        file = self.cleaned_data["archivo"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(_("El archivo pesa más de 5 MB."))
        return file

    def signatories(self) -> dict[str, int]:
        """Who signs in each place."""
        data = self.cleaned_data
        return {place["clave"]: data[f"firmante.{place['clave']}"] for place in self.places}


class IssueForm(forms.Form):
    """How the batch is issued; the password only where the signer authorises their rúbrica."""

    forma = forms.ChoiceField(label=gettext_lazy("Cómo se emiten"), widget=forms.RadioSelect)
    contrasena = forms.CharField(
        label=gettext_lazy("Su contraseña"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, ways: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forma"].choices = [(way, FormaEmision(way).label) for way in ways]
        self.fields["forma"].initial = ways[0]
        if FormaEmision.RUBRICA not in ways:
            del self.fields["contrasena"]
        elif len(ways) == 1:
            self.fields["contrasena"].required = True
        else:
            self.fields["contrasena"].help_text = _(
                "Sólo si los autoriza con su rúbrica. Se pide una vez para todo el lote."
            )
