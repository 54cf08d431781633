"""What the pages of actas ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import depends
from tablero.cabildo.models import Organo, Sesion
from tablero.shared.forms import ChangesForm, long_text

from .services.signing import BY_HAND


class SectionForm(ChangesForm):
    texto = long_text(
        _("Texto"), 16, maximum=60_000, help_text=_("Deje un renglón en blanco entre párrafos.")
    )


class ObserveForm(forms.Form):
    texto = long_text(_("Su observación"), 5, maximum=2000)


class SettleForm(forms.Form):
    """The paragraph as it reads now, or why it stays."""

    acepta = forms.ChoiceField(
        label=_("Qué se resuelve"),
        choices=[("si", _("Se acepta")), ("no", _("No se acepta"))],
        widget=forms.RadioSelect,
    )
    texto = depends(
        long_text(_("Cómo queda el párrafo, si se acepta"), 6, maximum=60_000, required=False)
    )
    respuesta = depends(
        long_text(_("Respuesta; si no se acepta, el motivo"), 3, maximum=1000, required=False)
    )


class ApproveForm(ChangesForm):
    sesion = forms.ModelChoiceField(
        label=_("Sesión que la aprobó"),
        queryset=Sesion.objects.none(),
        empty_label=_("Elija"),
        help_text=_("En ella se votó a favor su punto «Lectura y aprobación del acta anterior»."),
    )

    def __init__(self, *args, sessions, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sesion"].queryset = sessions


class PasswordForm(forms.Form):
    contrasena = forms.CharField(
        label=_("Su contraseña"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Con ella firma."),
    )


class SignatureForm(forms.Form):
    """What a member did with the printed acta."""

    estado = forms.ChoiceField(
        label=_("Qué hizo"),
        choices=[(state.value, state.label) for state in BY_HAND],
        widget=forms.RadioSelect,
    )
    motivo = depends(long_text(_("Si se negó, qué dijo"), 3, maximum=1000, required=False))


class BookForm(PasswordForm):
    organo = forms.ModelChoiceField(
        label=_("Órgano"), queryset=Organo.objects.all(), empty_label=_("Elija")
    )

    field_order = ("organo", "contrasena")


class ErratumForm(PasswordForm):
    dice = long_text(_("Dice"), 3, maximum=2000, help_text=_("Tal como aparece en el acta."))
    debe_decir = long_text(_("Debe decir"), 3, maximum=2000)

    field_order = ("dice", "debe_decir", "contrasena")


class PublicForm(PasswordForm):
    tachar = depends(
        long_text(
            _("Datos que se tachan"),
            6,
            maximum=6000,
            required=False,
            help_text=_("Uno en cada renglón, tal como aparece: un nombre, un domicilio."),
        )
    )
    fundamento = depends(
        forms.CharField(
            label=_("Fundamento y resolución del Comité de Transparencia"),
            max_length=400,
            required=False,
        )
    )

    field_order = ("tachar", "fundamento", "contrasena")
