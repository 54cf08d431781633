"""How to reach the person, or that they would rather not say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notificaciones.phones import normalize
from portal.core.errors import InvalidInputError
from portal.ui.widgets import CodeInput, PhoneInput
from tramites.constants import Tipo

from ..ways import AMBOS, CHANNELS, CORREO, NINGUNO, SMS
from .base import PublicForm, TextField, needed_here


class ContactForm(PublicForm):
    """Only what the chosen way needs is checked; the rest is kept as it was typed."""

    via = forms.ChoiceField(
        label=_("Quiero recibir avisos por"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija cómo quiere recibir avisos.")},
    )
    nombre = TextField(
        label=_("Su nombre"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    telefono = TextField(
        label=_("Celular"),
        max_length=30,
        required=False,
        widget=PhoneInput(),
        help_text=_("10 dígitos, con lada."),
    )
    correo = TextField(
        label=_("Correo electrónico"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    domicilio = TextField(
        label=_("Domicilio para recibir notificaciones"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        help_text=_("Calle, número, colonia y municipio. Ahí se le notifica la respuesta."),
    )
    acepta_electronico = forms.BooleanField(
        label=_("Acepto que me notifiquen por medios electrónicos"),
        required=False,
        help_text=_("La respuesta en esta página y el aviso por correo o SMS bastan."),
    )
    aviso = forms.BooleanField(
        label=_("Leí el aviso de privacidad"),
        required=False,
        help_text=_("Sus datos solo sirven para este asunto y no se publican."),
    )

    def __init__(self, *args, servicio, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.servicio = servicio
        self.fields["telefono"].prefijo = "+52"
        for name in ("telefono", "correo"):
            needed_here(self.fields[name])
        self._set_ways()
        if servicio.tipo != Tipo.PETICION:
            del self.fields["domicilio"]
            del self.fields["acepta_electronico"]
        if not servicio.anonimo:
            self.fields["nombre"].required = True
            self.fields["nombre"].error_messages["required"] = _("Escriba su nombre.")

    def _set_ways(self) -> None:
        ways = [(SMS, _("Mensaje SMS")), (CORREO, _("Correo")), (AMBOS, _("SMS y correo"))]
        details = {SMS: _("Sin costo para usted")}
        if self.servicio.anonimo or self.servicio.tipo == Tipo.PETICION:
            ways.append((NINGUNO, _("Ninguno")))
            details[NINGUNO] = _("Consultaré con mi folio")
        self.fields["via"].choices = ways
        self.fields["via"].detalles = details

    def _channels(self) -> tuple[str, ...]:
        return CHANNELS.get(self.cleaned_data.get("via", ""), ())

    def clean_telefono(self) -> str:
        """
        The number as ``+52…`` when notices go there.

        An unusable one is left to the person only if it is the one that counts.
        """
        given = self.cleaned_data["telefono"]
        if SMS not in self._channels():
            return given
        if not given:
            raise forms.ValidationError(_("Escriba su celular, con 10 dígitos."))
        try:
            return normalize(given)
        except InvalidInputError:
            raise forms.ValidationError(_phone_fault(given)) from None

    def clean_correo(self) -> str:
        given = self.cleaned_data["correo"]
        if CORREO not in self._channels():
            return given
        if not given:
            raise forms.ValidationError(_("Escriba su correo, como nombre@dominio.mx."))
        try:
            forms.EmailField().clean(given)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("Revise el correo: debe verse como nombre@dominio.mx.")
            ) from None
        return given.lower()

    def clean(self) -> dict:
        data = super().clean()
        gives = data.get("via") != NINGUNO or data.get("nombre") or data.get("domicilio")
        if gives and "via" in data and not data.get("aviso"):
            self.add_error("aviso", _("Marque que leyó el aviso de privacidad."))
        if data.get("via") == NINGUNO and not self.servicio.anonimo and not data.get("domicilio"):
            self.add_error(
                "domicilio", _("Escriba un domicilio, o elija recibir avisos por SMS o correo.")
            )
        return data


def _phone_fault(given: str):
    digits = sum(char.isdigit() for char in given)
    if digits < 10:
        return _("Escriba el celular con 10 dígitos; faltan %(n)s.") % {"n": 10 - digits}
    return _("Revise el celular: deben ser 10 dígitos de un número de México.")


class CodeForm(PublicForm):
    """The six figures that were sent."""

    codigo = TextField(
        label=_("Código de 6 cifras"),
        max_length=20,
        required_message=_("Escriba el código de 6 cifras que le enviamos."),
        widget=CodeInput(),
    )

    def clean_codigo(self) -> str:
        digits = "".join(char for char in self.cleaned_data["codigo"] if char.isdigit())
        if len(digits) != 6:
            raise forms.ValidationError(_("El código tiene 6 cifras."))
        return digits
