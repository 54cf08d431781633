"""Form widgets and fields that Django lacks, free of any domain."""

from django import forms


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as ISO."""

    input_type = "date"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs={"class": "input--w10", **(attrs or {})}, format="%Y-%m-%d")


class CodeInput(forms.TextInput):
    """A one-time code: figures, wide letters, filled in by the phone itself."""

    def __init__(self, attrs=None, *, length: int = 6) -> None:
        super().__init__(
            attrs={
                "class": "input--code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": length,
                **(attrs or {}),
            }
        )


class PhoneInput(forms.TextInput):
    """A Mexican phone of ten figures."""

    input_type = "tel"

    def __init__(self, attrs=None) -> None:
        super().__init__(
            attrs={"inputmode": "tel", "autocomplete": "tel-national", **(attrs or {})}
        )


class MultipleFileInput(forms.FileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs={"multiple": True, **(attrs or {})})


class MultipleFileField(forms.FileField):
    """Cleans to a list of uploaded files, empty when none came and none was required."""

    widget = MultipleFileInput

    def clean(self, data, initial=None) -> list:
        single = super().clean
        if not data:
            single(data, initial)
            return []
        items = data if isinstance(data, list | tuple) else [data]
        return [single(item, initial) for item in items]
