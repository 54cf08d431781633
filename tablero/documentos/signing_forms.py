"""What is asked of who signs. Nothing secret is ever put back into these forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.errors import DomainError, InvalidInputError, TooManyAttemptsError
from portal.documents.constants import MAX_REASON
from portal.documents.services import Credentials

#: Bytes of a certificate or of a key.
MAX_FILE = 100_000


class SecretInput(forms.PasswordInput):
    """A secret: never filled in, neither by us nor by the browser."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "class": "input--w20"}
        super().__init__(attrs=attrs, render_value=False)


class SecretField(forms.CharField):
    """Taken as it was typed: blanks at its ends may be part of it."""

    widget = SecretInput

    def __init__(self, **kwargs) -> None:
        super().__init__(strip=False, max_length=300, **kwargs)


class KeyFileField(forms.FileField):
    """A file of a few kilobytes; what is inside is for the service to say."""

    def __init__(self, accept: str, **kwargs) -> None:
        widget = forms.FileInput(attrs={"accept": accept, "autocomplete": "off"})
        super().__init__(allow_empty_file=True, widget=widget, **kwargs)

    def clean(self, data, initial=None) -> bytes:
        """
        The bytes of the file.

        :raises ValidationError: none was chosen, or it is too large.
        """
        found = super().clean(data, initial)
        if found.size > MAX_FILE:
            raise forms.ValidationError(_("El archivo pesa más de 100 kB: no es el correcto."))
        return found.read()


class PairForm(forms.Form):
    """The signer's own pair of files and its passphrase."""

    certificado = KeyFileField(
        ".cer,.crt,.pem",
        label=_("Certificado (.cer)"),
        error_messages={"required": _("Elija su certificado (.cer).")},
    )
    llave = KeyFileField(
        ".key,.pem",
        label=_("Llave privada (.key)"),
        error_messages={"required": _("Elija su llave privada (.key).")},
    )
    clave_llave = SecretField(
        label=_("Contraseña de la llave"),
        error_messages={"required": _("Escriba la contraseña de la llave.")},
    )

    def credentials(self) -> Credentials:
        """What was given, for one act."""
        names = ("certificado", "llave", "clave_llave")
        return Credentials(**{name: self.cleaned_data[name] for name in names})


class AdvancedForm(PairForm):
    """An advanced signature on the text that was shown."""

    huella = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RubricaForm(forms.Form):
    """The password again, on the text that was shown."""

    huella = forms.CharField(max_length=64, widget=forms.HiddenInput)
    contrasena = SecretField(
        label=_("Su contraseña de Ventanilla"),
        help_text=_("La misma con la que entra al sistema."),
        error_messages={"required": _("Escriba su contraseña.")},
    )

    def credentials(self) -> Credentials:
        """What was given, for one act."""
        return Credentials(contrasena=self.cleaned_data["contrasena"])


class BatchForm(PairForm):
    """One pair for many documents; each is chosen with the text that was on the list."""

    sel = forms.MultipleChoiceField(
        label=_("Documentos"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Marque al menos un documento."),
            "invalid_choice": _("Alguno de los documentos cambió o ya no espera su firma. Revise."),
        },
    )
    field_order = ("sel", "certificado", "llave", "clave_llave")

    def __init__(self, *args, waiting=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sel"].choices = [(row.token, row.token) for row in waiting]


class RefuseForm(forms.Form):
    """Why somebody does not sign."""

    cambios = forms.IntegerField(widget=forms.HiddenInput)
    motivo = forms.CharField(
        label=_("Motivo"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo leerá quien lo redactó. Diga qué debe cambiar para que usted firme."),
        error_messages={"required": _("Escriba el motivo.")},
    )


def attach(form: forms.Form, error: DomainError) -> int:
    """Put a refusal where it belongs on the form; gives the status to answer with."""
    faults = error.fields if isinstance(error, InvalidInputError) else {}
    if isinstance(error, TooManyAttemptsError):
        faults = {"contrasena": [error.message]}
    for name, lines in faults.items():
        for line in lines:
            form.add_error(name if name in form.fields else None, str(line))
    if not faults:
        form.add_error(None, str(error.message))
    return error.status


def too_large(form: forms.Form) -> int:
    """Tell that what was sent is no pair of files; gives the status to answer with."""
    line = _("Lo que envió pesa demasiado. El certificado y la llave pesan unos pocos kB cada uno.")
    form.full_clean()
    form.errors.clear()
    form.add_error(None, line)
    return 413
