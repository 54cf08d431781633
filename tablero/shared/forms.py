"""Parts of forms that are the same in every room."""

from django import forms
from django.utils.translation import gettext_lazy as _


def long_text(label, rows: int, *, maximum: int = 20_000, **extra) -> forms.CharField:
    """A text of several lines, with its counter."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=maximum, widget=widget, **extra)


class ChangesForm(forms.Form):
    """An act on a thing as the person saw it."""

    cambios = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(ChangesForm):
    """An act for a reason."""

    motivo = long_text(_("Motivo"), 4, maximum=1000)
