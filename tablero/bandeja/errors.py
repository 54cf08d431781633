"""Putting what a service refused beside the field that caused it."""

from collections.abc import Mapping

from django import forms

from portal.core.errors import InvalidInputError


def spread_faults(
    form: forms.Form, error: InvalidInputError, aliases: Mapping[str, str] | None = None
) -> None:
    """Add each fault to its field, through ``aliases``; what has no field stands on top."""
    aliases = aliases or {}
    for name, messages in error.fields.items():
        field = aliases.get(name, name)
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
    if not error.fields:
        form.add_error(None, error.message)
