"""What the pages of acuerdos ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Acuerdo


class RevokeForm(forms.Form):
    """Which later acuerdo takes this one back, and why."""

    por = forms.ModelChoiceField(
        label=_("Acuerdo que lo revoca"),
        queryset=Acuerdo.objects.none(),
        empty_label=_("Elija"),
    )
    motivo = forms.CharField(
        label=_("Motivo"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, later, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["por"].queryset = later
        self.fields["por"].label_from_instance = lambda row: f"{row.folio}, {row.titulo}"
