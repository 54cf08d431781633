from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia


class OfficeForm(forms.Form):
    """A dependencia and its place in the tree."""

    clave = forms.SlugField(label=_("Clave"), max_length=40)
    nombre = forms.CharField(label=_("Nombre"), max_length=160)
    siglas = forms.CharField(label=_("Siglas"), max_length=12, required=False)
    padre = forms.ModelChoiceField(
        label=_("Depende de"), queryset=None, required=False, empty_label=_("Ninguna")
    )
    correo = forms.EmailField(label=_("Correo"), required=False)
    telefono = forms.CharField(label=_("Teléfono"), max_length=30, required=False)
    domicilio = forms.CharField(label=_("Domicilio"), max_length=200, required=False)
    horario = forms.CharField(label=_("Horario"), max_length=120, required=False)
    atribuciones = forms.CharField(
        label=_("Atribuciones"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    activa = forms.BooleanField(
        label=_("Activa"),
        required=False,
        initial=True,
        help_text=_("Una dependencia inactiva no recibe asuntos nuevos."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["padre"].queryset = Dependencia.objects.all()
