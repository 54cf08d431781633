from django import forms
from django.utils.translation import gettext_lazy as _

from .services.tokens import LIFETIMES


class TokenForm(forms.Form):
    """How long a new token lasts."""

    days = forms.TypedChoiceField(
        label=_("Validez"),
        coerce=int,
        choices=[(days, _("%(days)s días") % {"days": days}) for days in LIFETIMES],
    )
