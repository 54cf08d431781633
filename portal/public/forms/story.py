"""What happens, in the person's words; the service's own questions; and files."""

import datetime as dt
import math

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.text import clean_text
from portal.ui.widgets import DateInput, MultipleFileField
from tramites.constants import MAX_TEXT, TipoPregunta
from tramites.uploads import MAX_FILES

from .base import PublicForm, TextField

PREFIX = "pregunta_"
SHORT, LONG = 200, 2000


class NumberField(forms.FloatField):
    """A number that is kept as people wrote it: 3, not 3.0."""

    def clean(self, value):
        number = super().clean(value)
        if number is None:
            return ""
        if not math.isfinite(number):
            raise forms.ValidationError(_("Escriba un número."))
        return str(int(number)) if number == int(number) else str(number)


class DayField(forms.DateField):
    """A date kept as ISO text, within reason."""

    def clean(self, value):
        day = super().clean(value)
        if day is None:
            return ""
        if not dt.date(1900, 1, 1) <= day <= dt.date(2200, 1, 1):
            raise forms.ValidationError(_("Revise el año de la fecha."))
        return day.isoformat()


class StoryForm(PublicForm):
    """The text and the questions of one service. ``archivos`` is read by the view, one by one."""

    descripcion = TextField(
        label=_("Cuéntenos qué pasa"),
        max_length=MAX_TEXT,
        required_message=_("Escriba qué pasa o qué pide, con sus palabras."),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Qué pasa, desde cuándo y a quién afecta. No escriba aquí su nombre ni su teléfono."
        ),
    )
    archivos = MultipleFileField(
        label=_("Fotos o documentos"),
        required=False,
        help_text=_("Hasta %(n)s archivos: fotos (JPG, PNG, WebP) o PDF, de 10 MB cada uno.")
        % {"n": MAX_FILES},
    )

    def __init__(self, *args, servicio, preguntas, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.preguntas = list(preguntas)
        for pregunta in self.preguntas:
            self.fields[PREFIX + pregunta.clave] = field_for(pregunta)
        self.order_fields(["descripcion", *(PREFIX + p.clave for p in self.preguntas), "archivos"])
        self.fields["archivos"].widget.attrs["accept"] = (
            "image/jpeg,image/png,image/webp,application/pdf"
        )

    @property
    def question_fields(self) -> list:
        """The bound fields of the questions, in order."""
        return [self[PREFIX + pregunta.clave] for pregunta in self.preguntas]

    def answers(self) -> dict[str, str | list[str]]:
        """Answers by the key of the question, without the empty ones."""
        found = {p.clave: self.cleaned_data.get(PREFIX + p.clave) for p in self.preguntas}
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    def raw_answers(self) -> dict[str, str | list[str]]:
        """What was typed, valid or not, so that nothing is lost with an error."""
        kept = {}
        for pregunta in self.preguntas:
            name = PREFIX + pregunta.clave
            many = pregunta.tipo == TipoPregunta.OPCIONES
            values = [clean_text(value[:LONG]) for value in self.data.getlist(name)]
            if any(values):
                kept[pregunta.clave] = values if many else values[-1]
        return kept


def _localized(pregunta, name: str):
    english = (get_language() or "").startswith("en")
    return (english and getattr(pregunta, f"{name}_en")) or getattr(pregunta, name)


def choices_of(pregunta) -> list[tuple[str, str]]:
    """The options: the Spanish text is the value, so that an answer means one thing."""
    shown = _localized(pregunta, "opciones")
    if len(shown) != len(pregunta.opciones):
        shown = pregunta.opciones
    return list(zip(pregunta.opciones, shown, strict=True))


def field_for(pregunta) -> forms.Field:
    """The form field that asks ``pregunta``."""
    common = {
        "label": _localized(pregunta, "etiqueta"),
        "help_text": _localized(pregunta, "ayuda"),
        "required": pregunta.requerida,
    }
    maker = MAKERS[pregunta.tipo]
    field = maker(pregunta, common)
    field.error_messages["required"] = REQUIRED.get(pregunta.tipo, _("Conteste: %(label)s")) % {
        "label": common["label"]
    }
    return field


def _text(pregunta, common):
    return TextField(max_length=SHORT, **common)


def _long_text(pregunta, common):
    return TextField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **common)


def _number(pregunta, common):
    widget = forms.NumberInput(attrs={"class": "input--w10", "step": "any"})
    return NumberField(widget=widget, min_value=0, max_value=1e12, **common)


def _day(pregunta, common):
    return DayField(widget=DateInput(), **common)


def _choice(pregunta, common):
    return forms.ChoiceField(choices=choices_of(pregunta), widget=forms.RadioSelect, **common)


def _choices(pregunta, common):
    return forms.MultipleChoiceField(
        choices=choices_of(pregunta), widget=forms.CheckboxSelectMultiple, **common
    )


def _yes_no(pregunta, common):
    options = [("si", _("Sí")), ("no", _("No"))]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)


MAKERS = {
    TipoPregunta.TEXTO: _text,
    TipoPregunta.TEXTO_LARGO: _long_text,
    TipoPregunta.NUMERO: _number,
    TipoPregunta.FECHA: _day,
    TipoPregunta.OPCION: _choice,
    TipoPregunta.OPCIONES: _choices,
    TipoPregunta.SI_NO: _yes_no,
}
REQUIRED = {
    TipoPregunta.OPCION: _("Elija una opción: %(label)s"),
    TipoPregunta.OPCIONES: _("Elija al menos una opción: %(label)s"),
    TipoPregunta.SI_NO: _("Elija sí o no: %(label)s"),
}
