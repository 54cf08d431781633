"""What every form of the site shares."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from portal.core.errors import InvalidInputError
from portal.core.text import clean_text


class TextField(forms.CharField):
    """Text as people send it: control characters go, what is left is measured and kept."""

    def __init__(self, *, max_length: int, required_message="", **kwargs) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.required_message = required_message
        if required_message:
            self.error_messages["required"] = required_message

    def to_python(self, value):
        return super().to_python(clean_text(str(value)) if value not in (None, "") else "")

    def run_validators(self, value) -> None:
        over = len(value) - self.max_length if value else 0
        if over > 0:
            raise ValidationError(
                ngettext(
                    "Sobra %(over)s letra: puede escribir hasta %(max)s.",
                    "Sobran %(over)s letras: puede escribir hasta %(max)s.",
                    over,
                )
                % {"over": f"{over:,}", "max": f"{self.max_length:,}"}
            )
        super().run_validators(value)


def needed_here(field: forms.Field) -> None:
    """
    Mark a field as needed, so that the page does not call it optional.

    Whether it was left empty is judged by the form, which knows what else was answered.
    """
    checked = field.validate
    field.required = True
    field.validate = lambda value: None if value in field.empty_values else checked(value)


class PublicForm(forms.Form):
    """Spanish sentences for the commonest faults, and room for what a service refuses."""

    use_required_attribute = False

    def add_domain_error(self, error: InvalidInputError, names: dict[str, str] | None = None):
        """Show what a service refused beside its field; ``names`` maps its names to ours."""
        told = False
        for name, messages in error.fields.items():
            field = (names or {}).get(name, name)
            for message in messages:
                self.add_error(field if field in self.fields else None, str(message))
                told = True
        if not told:
            self.add_error(None, str(error.message))
