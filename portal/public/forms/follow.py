"""Following a case: the way in, and what its citizen may do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.widgets import MultipleFileField
from tramites.constants import MAX_TEXT
from tramites.pins import normal_folio

from .base import PublicForm, TextField

REPLY_TEXT = MAX_TEXT
SHORT_TEXT = 1000


class FollowForm(PublicForm):
    """Folio and PIN, forgiving about spaces, dashes and case."""

    folio = TextField(
        label=_("Folio"),
        max_length=40,
        required_message=_("Escriba su folio. Está en su acuse, como SJV-2026-000123."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "input--w20"}
        ),
        help_text=_("Está en su acuse y en los avisos que recibió."),
    )
    pin = TextField(
        label=_("PIN"),
        max_length=40,
        required_message=_("Escriba el PIN que recibió al presentar su asunto."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "class": "input--code"}
        ),
        help_text=_("Las cifras que aparecieron una sola vez, junto a su folio."),
    )

    def clean_folio(self) -> str:
        return normal_folio(self.cleaned_data["folio"])

    def clean_pin(self) -> str:
        return "".join(char for char in self.cleaned_data["pin"] if char.isalnum())


class ReplyForm(PublicForm):
    """What the authority asked for."""

    texto = TextField(
        label=_("Su respuesta"),
        max_length=REPLY_TEXT,
        required_message=_("Escriba su respuesta."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    archivos = MultipleFileField(
        label=_("Archivos"), required=False, help_text=_("PDF o foto, hasta 10 MB cada uno.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["archivos"].widget.attrs["accept"] = (
            "image/jpeg,image/png,image/webp,application/pdf"
        )


class DisagreeForm(PublicForm):
    """Why the answer does not settle it."""

    texto = TextField(
        label=_("Por qué no está de acuerdo"),
        max_length=MAX_TEXT,
        required_message=_("Escriba por qué no está de acuerdo con la respuesta."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(PublicForm):
    """Taking the case back."""

    motivo = TextField(
        label=_("Motivo"),
        max_length=SHORT_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
