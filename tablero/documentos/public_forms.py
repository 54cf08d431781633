"""What somebody types or brings to verify a document."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.documents.signing.pdf import MAX_BYTES
from portal.documents.snapshot import normal_code
from portal.ui.text import file_size

#: A whole address may be pasted where the code is asked for.
LONGEST_CODE = 300
_ADDRESS = re.compile(r"/verificar/([^/?#\s]+)", re.I)


class CodeForm(forms.Form):
    """A code, forgiving about case, spaces, dashes and letters that look like figures."""

    use_required_attribute = False

    codigo = forms.CharField(
        label=gettext_lazy("Código del documento"),
        help_text=gettext_lazy("Está junto al QR, en el pie de cada hoja."),
        max_length=LONGEST_CODE,
        error_messages={
            "required": gettext_lazy("Escriba el código. Está junto al QR, en el pie de cada hoja.")
        },
        widget=forms.TextInput(
            attrs={
                "placeholder": "XXXX-XXXX-XXXX-XXXX-XXXX",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_codigo(self) -> str:
        """The code as it stands in an address; a dash for what cannot be one."""
        typed = self.cleaned_data["codigo"]
        address = _ADDRESS.search(typed)
        code = normal_code(address[1] if address else typed)
        return code if code.isascii() and code else "-"


class FileForm(forms.Form):
    """The PDF that somebody was given."""

    use_required_attribute = False

    archivo = forms.FileField(
        label=gettext_lazy("PDF que le entregaron"),
        help_text=gettext_lazy("De hasta 25 MB."),
        error_messages={
            "required": gettext_lazy("Elija el PDF que le entregaron."),
            "invalid": gettext_lazy("Elija el PDF que le entregaron."),
            "empty": gettext_lazy("El archivo está vacío."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    @classmethod
    def too_large(cls, size: int) -> "FileForm":
        """The form of a request of ``size`` bytes that was refused without being read."""
        form = cls({}, {})
        form.fields["archivo"].required = False
        form.add_error("archivo", too_large_words(size))
        form.fields["archivo"].required = True
        return form

    def clean_archivo(self):
        """Nothing above the limit is read any further."""
        given = self.cleaned_data["archivo"]
        if given is not None and given.size > MAX_BYTES:
            raise forms.ValidationError(too_large_words(given.size), code="demasiado_grande")
        return given


def too_large_words(size: int) -> str:
    """What is said of a file of ``size`` bytes that is not looked at."""
    values = {"size": file_size(size), "max": file_size(MAX_BYTES)}
    return _("Su archivo pesa %(size)s y aquí se revisan hasta %(max)s. No se abrió.") % values
