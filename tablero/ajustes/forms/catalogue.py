from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia
from portal.core.rules import rules_in_force
from portal.core.time import today
from tramites.constants import Canal
from tramites.models import Pregunta, ReglaTurno, Servicio, Tema, Zona

SMALL = {"rows": 3}


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(required=False, max_length=4000, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def run_validators(self, value) -> None:
        """The length was given by the lines together; each is checked by the model."""

    def has_changed(self, initial, data) -> bool:
        return (initial or []) != self.to_python(data)


def _rules() -> list[tuple[str, str]]:
    return [(rule.clave, rule.nombre) for rule in rules_in_force(today())]


class ServiceForm(forms.ModelForm):
    """A service of the catalogue."""

    regla = forms.ChoiceField(label=_("Regla de plazo"), choices=_rules)
    requisitos = LinesField(label=_("Requisitos"), help_text=_("Uno por línea."))

    class Meta:
        model = Servicio
        fields = [
            "clave",
            "nombre",
            "nombre_en",
            "descripcion",
            "descripcion_en",
            "tipo",
            "tema",
            "dependencia",
            "regla",
            "lugar",
            "sensible",
            "anonimo",
            "palabras",
            "requisitos",
            "fundamento",
            "orden",
            "activo",
        ]
        widgets = {
            "descripcion": forms.Textarea(attrs=SMALL),
            "descripcion_en": forms.Textarea(attrs=SMALL),
            "palabras": forms.Textarea(attrs=SMALL),
        }
        help_texts = {
            "clave": _("Letras, números y guiones. Va en la dirección de la página."),
            "sensible": _("Sólo lo ven quien lo atiende, jurídico y la Secretaría."),
            "palabras": _("Lo que escribiría un vecino, separado por comas."),
            "activo": _("Si no está activo, no se puede pedir."),
        }


class ThemeForm(forms.ModelForm):
    """A shelf of the catalogue."""

    class Meta:
        model = Tema
        fields = ["clave", "nombre", "nombre_en", "icono", "orden"]


class QuestionForm(forms.ModelForm):
    """An extra question."""

    opciones = LinesField(label=_("Opciones"), help_text=_("Una por línea."))
    opciones_en = LinesField(label=_("Opciones en inglés"), help_text=_("En el mismo orden."))

    class Meta:
        model = Pregunta
        fields = [
            "clave",
            "etiqueta",
            "etiqueta_en",
            "ayuda",
            "ayuda_en",
            "tipo",
            "requerida",
            "opciones",
            "opciones_en",
            "orden",
        ]


class LineForm(forms.ModelForm):
    """A line of the routing table."""

    class Meta:
        model = ReglaTurno
        fields = ["servicio", "zona", "canal", "palabras", "dependencia", "nota", "activa"]
        widgets = {"palabras": forms.Textarea(attrs=SMALL)}
        help_texts = {"nota": _("La leen el personal y quien presentó el asunto.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dependencia"].queryset = Dependencia.objects.filter(activa=True)


class TryForm(forms.Form):
    """What a petition would say, to see where it would go."""

    servicio = forms.ModelChoiceField(
        label=_("Servicio"), queryset=Servicio.objects.filter(activo=True)
    )
    zona = forms.ModelChoiceField(
        label=_("Zona"), queryset=Zona.objects.all(), required=False, empty_label=_("Ninguna")
    )
    canal = forms.ChoiceField(label=_("Canal"), choices=Canal.choices)
    texto = forms.CharField(
        label=_("Qué escribió"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=SMALL),
    )
