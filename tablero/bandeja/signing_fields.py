"""What an act asks for when who does it signs: the password again, or their pair of files."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from portal.documents.services import Credentials

#: A certificate or a key is a few kilobytes.
MAX_PAIR = 64 * 1024


#: The fields of who signs with their own pair instead of the password.
PAIR = ("certificado", "llave", "clave_llave")


def _secret(label, autocomplete: str = "off", **more) -> forms.Field:
    attrs = {"autocomplete": autocomplete, "class": "input--w20"}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, max_length=256, strip=False, widget=widget, **more)


def signing_fields(*, with_pair: bool) -> dict[str, forms.Field]:
    """
    The fields, by name; ``with_pair`` tells that a certificate or key was sent.

    Which of them are good is for the service to say.
    """
    pair = {"required": False, "max_length": 120}
    return {
        "contrasena": _secret(
            _("Su contraseña, para firmar"),
            "current-password",
            required=not with_pair,
            help_text=_("La respuesta a una petición formal sale firmada por usted."),
            error_messages={"required": _("Escriba su contraseña: con ella firma la respuesta.")},
        ),
        "certificado": forms.FileField(label=_("Certificado (.cer)"), **pair),
        "llave": forms.FileField(label=_("Llave privada (.key)"), **pair),
        "clave_llave": _secret(_("Contraseña de la llave"), required=False),
    }


@sensitive_variables()
def take_credentials(data: dict) -> dict:
    """The arguments of the act with what signs it in one piece; the files are read, not kept."""
    credentials = Credentials(
        contrasena=data.pop("contrasena", ""),
        certificado=_read(data.pop("certificado", None)),
        llave=_read(data.pop("llave", None)),
        clave_llave=data.pop("clave_llave", ""),
    )
    return data | {"credenciales": credentials}


def _read(upload) -> bytes:
    """Its first bytes: what is longer is no certificate, and is refused for that."""
    return upload.read(MAX_PAIR) if upload else b""
