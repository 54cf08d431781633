from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia, User
from portal.ui.widgets import DateInput


def _offices():
    return Dependencia.objects.filter(activa=True)


def _people():
    return User.objects.filter(is_active=True).order_by("first_name", "last_name")


class PersonForm(forms.Form):
    """What an account says of a person."""

    username = forms.CharField(
        label=_("Usuario"), max_length=150, help_text=_("Con él entra: nombre.apellido.")
    )
    first_name = forms.CharField(label=_("Nombre"), max_length=150)
    last_name = forms.CharField(label=_("Apellidos"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("Correo"), required=False, help_text=_("Para recuperar la contraseña y los avisos.")
    )


class PostForm(forms.Form):
    """A role in an office."""

    rol = forms.ChoiceField(label=_("Rol"), choices=Rol.choices)
    dependencia = forms.ModelChoiceField(label=_("Dependencia"), queryset=None)
    puesto = forms.CharField(label=_("Puesto"), max_length=120, required=False)
    vigente_desde = forms.DateField(label=_("Desde"), widget=DateInput)
    vigente_hasta = forms.DateField(label=_("Hasta"), widget=DateInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dependencia"].queryset = _offices()


class NewPersonForm(PersonForm):
    """An account and its first post."""

    rol = forms.ChoiceField(label=_("Rol"), choices=Rol.choices)
    dependencia = forms.ModelChoiceField(label=_("Dependencia"), queryset=None)
    puesto = forms.CharField(label=_("Puesto"), max_length=120, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dependencia"].queryset = _offices()


class EndPostForm(forms.Form):
    """The last day of a post."""

    hasta = forms.DateField(label=_("Último día"), widget=DateInput)


class SubstitutionForm(forms.Form):
    """Who acts for whom, and until when."""

    ausente = forms.ModelChoiceField(label=_("Persona ausente"), queryset=None)
    suplente = forms.ModelChoiceField(label=_("Quien suple"), queryset=None)
    vigente_desde = forms.DateField(label=_("Desde"), widget=DateInput)
    vigente_hasta = forms.DateField(label=_("Hasta"), widget=DateInput)
    fundamento = forms.CharField(
        label=_("Fundamento"), max_length=300, help_text=_("El oficio de designación.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ausente"].queryset = _people()
        self.fields["suplente"].queryset = _people()


class RequirementsForm(forms.Form):
    """Which roles demand a second factor."""

    roles = forms.MultipleChoiceField(
        label=_("Exigen verificación en dos pasos"),
        choices=Rol.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Quien tenga el rol y no la active no podrá entrar al tablero."),
    )
