"""Serializers that take only what is documented: no unknown fields, no other kinds of value."""

import math
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.core.text import clean_text
from tramites.uploads import MAX_FILES

#: Largest whole number that both databases keep.
LARGEST_INTEGER = 2**31 - 1
NOT_TEXT = {"invalid": _("Escriba texto."), "blank": _("Escriba este dato.")}
MOST_UNKNOWN = 20
FILE_TOKEN = r"^[A-Za-z0-9_-]{32}$"  # noqa: S105 - a pattern, not a secret


class StrictSerializer(serializers.Serializer):
    """Refuses unknown fields by name, together with the faults of the known ones."""

    default_error_messages = {"invalid": _("Envíe un objeto JSON con sus campos.")}

    def to_internal_value(self, data):
        unknown = {}
        if isinstance(data, Mapping):
            names = [str(name)[:60] for name in data if name not in self.fields]
            unknown = {name: [_("Este campo no existe.")] for name in names[:MOST_UNKNOWN]}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if unknown and isinstance(error.detail, dict):
                raise serializers.ValidationError({**error.detail, **unknown}) from error
            raise
        if unknown:
            raise serializers.ValidationError(unknown)
        return value


class TextField(serializers.CharField):
    """
    Text given as text, cleaned of control characters; ``max_length`` counts what is kept.

    ``required`` text may not be empty.
    """

    default_error_messages = {
        **NOT_TEXT,
        "required": _("Falta este campo."),
        "null": _("Escriba texto."),
        "max_length": _("Escriba a lo más {max_length} caracteres."),
        "min_length": _("Escriba al menos {min_length} caracteres."),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("allow_blank", not kwargs.get("required", True))
        super().__init__(**kwargs)

    def run_validation(self, data=serializers.empty):
        if isinstance(data, str):
            data = clean_text(data)
        return super().run_validation(data)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class KeyField(TextField):
    """A short key such as the one of a service."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)


class WholeNumberField(serializers.IntegerField):
    """A JSON integer (not text, not true) that the database can keep."""

    default_error_messages = {
        "required": _("Falta este campo."),
        "null": _("Escriba un número entero."),
        "invalid": _("Escriba un número entero."),
        "max_value": _("Escriba un número de hasta {max_value}."),
        "min_value": _("Escriba un número desde {min_value}."),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_value", LARGEST_INTEGER)
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        if isinstance(data, float) and data.is_integer():
            data = int(data)
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class DecimalDegreesField(serializers.FloatField):
    """A coordinate: a finite JSON number."""

    default_error_messages = {
        "null": _("Escriba un número."),
        "invalid": _("Escriba un número."),
        "max_value": _("Escriba un número de hasta {max_value}."),
        "min_value": _("Escriba un número desde {min_value}."),
    }

    def to_internal_value(self, data):
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            self.fail("invalid")
        if isinstance(data, int) and abs(data) > LARGEST_INTEGER or not math.isfinite(data):
            self.fail("invalid")
        return float(data)


class YesNoField(serializers.BooleanField):
    """``true`` or ``false``, and nothing that looks like them."""

    default_error_messages = {
        "invalid": _("Escriba true o false."),
        "null": _("Escriba true o false."),
    }

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class OptionField(serializers.ChoiceField):
    """One of a closed list of keys."""

    default_error_messages = {
        "required": _("Falta este campo."),
        "null": _("Elija una de las opciones."),
        "invalid_choice": _("Elija una de las opciones."),
    }

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        return super().to_internal_value(data)


def files_field() -> serializers.ListField:
    """The tokens of files sent ahead; each is good for one petition or one act."""
    return serializers.ListField(
        child=serializers.RegexField(FILE_TOKEN, max_length=32),
        required=False,
        max_length=MAX_FILES,
        help_text="Los `id` que dio `POST adjuntos/`.",
    )
