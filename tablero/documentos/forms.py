"""What each page of a document asks for. The services check; these forms carry what was typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.documents.constants import MAX_COMMENT, MAX_REASON


def long_text(label, *, maximum: int, required: bool = True, help_text="") -> forms.CharField:
    """A text of several lines, with its counter."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=maximum,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ActForm(forms.Form):
    """An act on a document as the person saw it: ``cambios`` tells whether it changed meanwhile."""

    cambios = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, context=None, **kwargs) -> None:
        self.context = context or {}
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict:
        """What the service takes besides document, actor and now."""
        return dict(self.cleaned_data)


class SubmitForm(ActForm):
    """``context``: ``people`` ({office, people}), ``revisores`` (ids chosen at first)."""

    revisores = forms.TypedMultipleChoiceField(
        label=_("Quién lo revisa"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Elija personas de la lista.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        groups = self.context.get("people", ())
        people = [person for group in groups for person in group["people"]]
        self.fields["revisores"].choices = [(person.pk, person.words) for person in people]

    def groups(self) -> list[dict]:
        """The people under their offices, those chosen marked; an office with any stands open."""
        chosen = {str(value) for value in self["revisores"].value() or ()}
        found = []
        for n, group in enumerate(self.context.get("people", ())):
            rows = [
                {"person": person, "marked": str(person.pk) in chosen} for person in group["people"]
            ]
            count = sum(row["marked"] for row in rows)
            found.append(group | {"rows": rows, "marked": count, "open": n == 0 or count > 0})
        return found


class ApproveForm(ActForm):
    comentario = long_text(
        _("Comentario"),
        maximum=MAX_COMMENT,
        required=False,
        help_text=_("Lo leerá quien redacta. Si algo debe cambiar, devuelva el documento."),
    )


class ReasonForm(ActForm):
    motivo = long_text(_("Motivo"), maximum=MAX_REASON)


class ReturnForm(ReasonForm):
    motivo = long_text(
        _("Qué debe cambiar"),
        maximum=MAX_REASON,
        help_text=_("Lo leerá quien redacta. Lo de un párrafo en particular, coméntelo en él."),
    )


class CommentForm(ActForm):
    """``context``: ``paragraphs``, pairs of key and words."""

    parrafo = forms.ChoiceField(label=_("Sobre qué"), required=False)
    texto = long_text(_("Comentario"), maximum=MAX_COMMENT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        whole = ("", _("Todo el documento"))
        self.fields["parrafo"].choices = [whole, *self.context.get("paragraphs", ())]

    def arguments(self) -> dict:
        data = super().arguments()
        data.pop("cambios")
        return data
