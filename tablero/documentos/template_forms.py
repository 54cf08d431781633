"""The rules of a kind of documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.constants import Rol
from portal.documents.models import TipoDocumento
from portal.ui.forms import explain

RULES = (
    *("nombre", "descripcion", "serie", "serie_archivo", "fundamento"),
    *("nivel_firma", "orden_firma", "requiere_visto_bueno", "publico", "confidencial"),
    *("roles", "dias_revision", "dias_visto_bueno", "dias_firma", "activo"),
)
RESERVED = {"nuevo"}


class KindForm(forms.ModelForm):
    """What a kind demands. Whether the system issues it is not for a form to change."""

    roles = forms.MultipleChoiceField(
        label=_("Quién lo redacta"),
        required=False,
        choices=Rol.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = TipoDocumento
        fields = list(RULES)
        widgets = {
            "descripcion": forms.Textarea(attrs={"rows": 2}),
            "fundamento": forms.Textarea(attrs={"rows": 2}),
            "nivel_firma": forms.RadioSelect,
            "orden_firma": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serie"].help_text = _(
            "Mayúsculas sin acento, números y guiones, por ejemplo SG-OF. Con folios dados ya no"
            " cambia."
        )
        self.fields["publico"].help_text = _(
            "Quien tenga el código de verificación puede leer el documento mismo."
        )
        self.fields["confidencial"].help_text = _("Cada borrador empieza marcado así.")
        self.fields["activo"].help_text = _("Sin esta marca nadie puede empezar otro.")
        explain(
            self.fields["nivel_firma"],
            {
                "sello": _("Lo sella la institución; nadie firma en persona."),
                "rubrica": _("Quien firma escribe otra vez su contraseña."),
                "avanzada": _("Quien firma usa su certificado y su llave."),
            },
        )
        self.fields["serie"].required = not self.instance.automatico
        for name in ("dias_revision", "dias_visto_bueno", "dias_firma"):
            self.fields[name].widget.attrs["class"] = "input--w4"
        if self.instance.automatico:
            for name in ("roles", "dias_revision", "dias_visto_bueno", "dias_firma"):
                del self.fields[name]


class NewKindForm(KindForm):
    """A kind that did not exist; its key is for good."""

    clave = forms.SlugField(
        label=_("Clave"),
        max_length=40,
        help_text=_("Minúsculas, números y guiones, sin acentos; no cambia después."),
    )
    field_order = ["clave", *RULES]

    def clean_clave(self) -> str:
        """
        The key, if no kind has it.

        :raises ValidationError: it is taken.
        """
        clave = self.cleaned_data["clave"]
        if clave in RESERVED or TipoDocumento.objects.filter(clave=clave).exists():
            raise forms.ValidationError(_("Ya hay un tipo con esa clave."))
        return clave
