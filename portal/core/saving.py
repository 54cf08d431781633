"""Saving a row of reference: checked whole, and known by the fields that changed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from .errors import InvalidInputError, NotFoundError
from .text import clean_text


def locked(model: type[Model], pk: int | None) -> Model:
    """
    The row under lock, or a new one without ``pk``.

    :raises NotFoundError: there is none.
    """
    if pk is None:
        return model()
    row = model.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotFoundError
    return row


def assign(row: Model, values: Mapping[str, Any]) -> list[str]:
    """Set the fields and return the names of those that changed; of a new row, all."""
    changed = []
    for name, value in values.items():
        value = clean_text(value) if isinstance(value, str) else value
        field = row._meta.get_field(name)
        current = None if row.pk is None else getattr(row, field.attname)
        wanted = value.pk if isinstance(value, Model) else value
        if row.pk is None or current != wanted:
            setattr(row, name, value)
            changed.append(name)
    return sorted(changed)


def check(row: Model, *, exclude: Collection[str] = ()) -> None:
    """
    Fields in ``exclude`` are not looked at (a state that only transitions move).

    :raises InvalidInputError: the model's own rules, by field.
    """
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        faults = dict(error.message_dict)
        general = faults.pop(NON_FIELD_ERRORS, [])
        if general:
            faults.setdefault("clave", []).extend(general)
        raise InvalidInputError(fields=faults) from error
