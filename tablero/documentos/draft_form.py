"""The form of a draft, made from its template: every field by its type, clauses, signatories."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.documents.constants import MAX_FIELD, TipoCampo
from portal.documents.models import PlantillaDocumento
from portal.documents.services import Draft
from portal.documents.templating import NO, SHORT_TEXT, YES, fill
from portal.ui.widgets import DateInput

from .people import Person

FIELD, INCLUDE, CLAUSE, SIGNER = "campo.", "incluye.", "clausula.", "firmante."
#: Options up to which all of them are shown at once.
FEW = 4


class _Loose:
    """
    A field that a draft may leave empty although the document will need it: it is not marked
    «opcional», and whether it is there is asked when the draft is handed on.
    """

    def validate(self, value) -> None:
        """Nothing is refused here."""


class LooseText(_Loose, forms.CharField):
    """A text of any kind; what it must be is the business of the services."""


def field_for(campo: Mapping) -> forms.Field:
    """The form field of a field of a template."""
    return _MAKERS[campo["tipo"]](campo, _common(campo))


def _common(campo: Mapping) -> dict:
    return {
        "label": campo["etiqueta"],
        "help_text": campo.get("ayuda", ""),
        "required": bool(campo.get("requerido")),
    }


def _maximum(campo: Mapping, ceiling: int) -> int:
    return min(int(campo.get("maximo") or 0) or ceiling, ceiling)


def _text(campo: Mapping, common: dict) -> forms.Field:
    most = _maximum(campo, SHORT_TEXT)
    css = "" if most > 60 else "input--w20"
    return LooseText(**common, widget=forms.TextInput(attrs={"class": css}))


def _long(campo: Mapping, common: dict) -> forms.Field:
    most = _maximum(campo, MAX_FIELD)
    rows = 3 if most <= 1000 else 6 if most <= 5000 else 12
    field = LooseText(**common, widget=forms.Textarea(attrs={"rows": rows}))
    # Only for the counter: a text too long is refused by the service, with the other faults.
    field.max_length = most
    return field


def _number(campo: Mapping, common: dict) -> forms.Field:
    attrs = {"class": "input--w10", "inputmode": "decimal"}
    return LooseText(**common, widget=forms.TextInput(attrs=attrs))


def _date(campo: Mapping, common: dict) -> forms.Field:
    return LooseText(**common, widget=DateInput())


def _option(campo: Mapping, common: dict) -> forms.Field:
    options = [(option, option) for option in campo.get("opciones", ())]
    return _choice(options, common)


def _yes_no(campo: Mapping, common: dict) -> forms.Field:
    return _choice([(YES, _("Sí")), (NO, _("No"))], common)


def _choice(options: list[tuple], common: dict) -> forms.Field:
    if common["required"] and len(options) <= FEW:
        return LooseText(**common, widget=forms.RadioSelect(choices=options))
    return LooseText(**common, widget=forms.Select(choices=[("", _("Sin elegir")), *options]))


_MAKERS = {
    TipoCampo.TEXTO: _text,
    TipoCampo.TEXTO_LARGO: _long,
    TipoCampo.NUMERO: _number,
    TipoCampo.FECHA: _date,
    TipoCampo.OPCION: _option,
    TipoCampo.SI_NO: _yes_no,
}


class DraftForm(forms.Form):
    """
    The text of a draft. ``offices`` is given for a new one only: afterwards it does not change.

    Names are those by which the services tell faults: ``campo.CLAVE``, ``clausula.CLAVE``,
    ``firmante.CLAVE``.
    """

    use_required_attribute = False
    cambios = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        template: PlantillaDocumento,
        people: Sequence[Person],
        offices: Sequence[Dependencia] | None = None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.people = template, people
        if offices is not None:
            self._add_office(offices)
        self._add_head()
        for campo in template.campos:
            self.fields[f"{FIELD}{campo['clave']}"] = field_for(campo)
        for clause in template.clausulas:
            self._add_clause(clause)
        for place in template.firmantes:
            self._add_place(place)

    def _add_office(self, offices: Sequence[Dependencia]) -> None:
        self.fields["dependencia"] = forms.ChoiceField(
            label=_("A nombre de qué dependencia"),
            choices=[(str(office.pk), office.nombre) for office in offices],
            error_messages={"invalid_choice": _("Elija una dependencia de la lista.")},
        )

    def _add_head(self) -> None:
        self.fields["asunto"] = LooseText(
            label=_("Asunto"),
            help_text=_("De qué trata, en una línea. Así se le encuentra en la lista."),
        )
        self.fields["destinatario"] = LooseText(
            label=_("A quién se dirige"),
            required=False,
            help_text=_("Nombre y cargo. Si son varias líneas, sepárelas con punto y coma."),
        )
        self.fields["confidencial"] = forms.BooleanField(
            label=_("Es confidencial"),
            required=False,
            help_text=_("Sólo lo ven quien lo redacta, revisa o firma, y sus superiores."),
        )

    def _add_clause(self, clause: Mapping) -> None:
        if clause.get("opcional"):
            self.fields[f"{INCLUDE}{clause['clave']}"] = forms.BooleanField(
                label=_("Incluir este párrafo"), required=False
            )
        if clause.get("editable"):
            field = LooseText(
                label=clause.get("titulo") or _("Texto del párrafo"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            field.max_length = MAX_FIELD
            self.fields[f"{CLAUSE}{clause['clave']}"] = field

    def _add_place(self, place: Mapping) -> None:
        people = [(str(person.pk), person.words) for person in self.people]
        self.fields[f"{SIGNER}{place['clave']}"] = LooseText(
            label=place["cargo"],
            widget=forms.Select(
                choices=[("", _("Nadie todavía")), *people], attrs={"data-combobox": True}
            ),
        )

    # as the page shows it

    @cached_property
    def head(self) -> list[BoundField]:
        """Office, subject, addressee, confidentiality."""
        names = ("dependencia", "asunto", "destinatario", "confidencial")
        return [self[name] for name in names if name in self.fields]

    def data_fields(self) -> Iterator[BoundField]:
        """The fields of the template."""
        return (self[name] for name in self.fields if name.startswith(FIELD))

    def signers(self) -> Iterator[BoundField]:
        """Who signs each place."""
        return (self[name] for name in self.fields if name.startswith(SIGNER))

    def clauses(self) -> list[dict]:
        """The clauses that may be left out or written otherwise: {text, include, own}."""
        found = []
        for clause in self.template.clausulas:
            include = f"{INCLUDE}{clause['clave']}"
            own = f"{CLAUSE}{clause['clave']}"
            if include in self.fields or own in self.fields:
                found.append(
                    {
                        "text": fill(clause["texto"], self.template.campos, {}, gaps=True),
                        "title": clause.get("titulo", ""),
                        "include": self[include] if include in self.fields else None,
                        "own": self[own] if own in self.fields else None,
                    }
                )
        return found

    # as the services take it

    def draft(self) -> Draft:
        """What was typed; the services say what is wrong with it."""
        data = self.cleaned_data
        return Draft(
            asunto=data.get("asunto", ""),
            destinatario=data.get("destinatario", ""),
            confidencial=data.get("confidencial", False),
            datos=self._typed(FIELD),
            clausulas=self._changes(),
            firmantes={
                clave: int(pk) if pk.isascii() and pk.isdigit() else 0 if not pk else -1
                for clave, pk in self._typed(SIGNER).items()
            },
        )

    def _typed(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }

    def _changes(self) -> dict[str, dict]:
        changes: dict[str, dict] = {}
        for clave, included in self._typed(INCLUDE).items():
            changes.setdefault(clave, {})["incluida"] = included
        for clave, text in self._typed(CLAUSE).items():
            changes.setdefault(clave, {})["texto"] = text
        return changes

    @staticmethod
    def initial_of(template: PlantillaDocumento, values: Mapping) -> dict:
        """``values`` (see ``tablero.documentos.drafting.values_of``) by the names of the form."""
        initial = {
            name: values[name]
            for name in ("asunto", "destinatario", "confidencial", "dependencia", "cambios")
            if name in values
        }
        initial |= {f"{FIELD}{k}": v for k, v in values.get("datos", {}).items()}
        initial |= {f"{SIGNER}{k}": v for k, v in values.get("firmantes", {}).items()}
        for clause in template.clausulas:
            clave = clause["clave"]
            change = values.get("clausulas", {}).get(clave, {})
            initial[f"{INCLUDE}{clave}"] = change.get("incluida", True)
            initial[f"{CLAUSE}{clave}"] = change.get("texto") or clause["texto"]
        return initial
