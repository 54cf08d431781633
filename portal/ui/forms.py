"""How a bound field becomes the ``.field`` component: what kind it is, and what describes it."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .text import thousands

KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "check"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
]


@dataclass
class FieldView:
    """Everything ``components/field.html`` shows of one bound field."""

    bound: BoundField
    kind: str
    anchor: str
    help_id: str
    error_id: str
    described_by: str
    control: SafeString | str = ""
    picks: list[dict] = field(default_factory=list)
    maximum: int | None = None
    optional: bool = False
    prefix: str = ""
    errors: list[str] = field(default_factory=list)


def kind_of(bound: BoundField) -> str:
    """Return hidden, checks, radios, check, textarea, select, file or input."""
    for widget_class, kind in KINDS:
        if isinstance(bound.field.widget, widget_class):
            return kind
    return "input"


def anchor_of(bound: BoundField) -> str:
    """Id of the first control of the field: where a link of the error summary must land."""
    base = bound.auto_id or bound.html_name
    return f"{base}_0" if kind_of(bound) in ("radios", "checks") else base


def describe(bound: BoundField) -> tuple[str, str, str]:
    """Return the ids of help and error, and the value of ``aria-describedby`` in that order."""
    base = bound.auto_id or bound.html_name
    help_id = f"{base}_ayuda" if bound.help_text else ""
    error_id = f"{base}_error" if bound.errors else ""
    return help_id, error_id, " ".join(part for part in (help_id, error_id) if part)


def explain(form_field: forms.Field, details: dict[str, str]) -> None:
    """Give each option (by value) a line of explanation under its label."""
    form_field.detalles = details  # type: ignore[attr-defined]


def prefix(form_field: forms.Field, words: str) -> None:
    """Glue words such as +52 before the control."""
    form_field.prefijo = words  # type: ignore[attr-defined]


def depends(form_field: forms.Field) -> forms.Field:
    """Some answers need it and others do not: it is not called optional."""
    form_field.depende = True  # type: ignore[attr-defined]
    return form_field


def build_field(bound: BoundField, *, css: str = "", **extra: str | bool) -> FieldView:
    """Prepare a bound field for the component.

    The form field may carry what ``explain`` and ``prefix`` put on it.
    """
    help_id, error_id, described_by = describe(bound)
    kind = kind_of(bound)
    view = FieldView(
        bound=bound,
        kind=kind,
        anchor=anchor_of(bound),
        help_id=help_id,
        error_id=error_id,
        described_by=described_by,
        optional=_is_optional(bound, kind),
        prefix=getattr(bound.field, "prefijo", ""),
        errors=plain_errors(bound),
    )
    if kind in ("radios", "checks"):
        view.picks = _picks(bound)
        return view
    attrs: dict[str, str | bool] = {**extra}
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if kind != "check":
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = " ".join(part for part in ("input", own, css) if part)
    if kind == "textarea":
        view.maximum = getattr(bound.field, "max_length", None)
        if view.maximum:
            # With a limit in the control a long text pasted in would be cut without a word.
            attrs["maxlength"] = False
    view.control = bound.as_widget(attrs=attrs)
    return view


def _is_optional(bound: BoundField, kind: str) -> bool:
    if bound.field.required or kind in ("check", "hidden"):
        return False
    return not getattr(bound.field, "depende", False)


def _picks(bound: BoundField) -> list[dict]:
    details = getattr(bound.field, "detalles", {})
    return [
        {
            "tag": option.tag(),
            "label": option.choice_label,
            "detail": details.get(str(option.data.get("value", "")), ""),
        }
        for option in bound.subwidgets
    ]


def error_list(form: forms.BaseForm) -> list[dict]:
    """Return [{anchor, message}] for the summary: the form's own errors first, then by field."""
    found = [{"anchor": "", "message": message} for message in form.non_field_errors()]
    for bound in form:
        found.extend(
            {"anchor": anchor_of(bound), "message": error} for error in plain_errors(bound)
        )
    return found


def plain_errors(bound: BoundField) -> list[str]:
    """Errors of a field in words that say how to fix them.

    Django's stock messages name neither the field nor the way out («Este campo es obligatorio.»);
    those are replaced. A message written by a form stays as it is.
    """
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [message for error in errors for message in _plain(bound, error)]


def _plain(bound: BoundField, error: ValidationError) -> list[str]:
    params = error.params or {}
    if error.code == "required" and error.message is forms.Field.default_error_messages["required"]:
        return [_required(bound)]
    if error.code == "max_length" and error.message is MaxLengthValidator.message:
        over = params["show_value"] - params["limit_value"]
        return [
            ngettext(
                "“%(label)s” admite hasta %(limit)s letras; sobra %(over)s.",
                "“%(label)s” admite hasta %(limit)s letras; sobran %(over)s.",
                over,
            )
            % {
                "label": bound.label,
                "limit": thousands(params["limit_value"]),
                "over": thousands(over),
            }
        ]
    if error.code == "min_length" and error.message is MinLengthValidator.message:
        return [
            _("“%(label)s” necesita al menos %(limit)s letras; lleva %(has)s.")
            % {
                "label": bound.label,
                "limit": thousands(params["limit_value"]),
                "has": thousands(params["show_value"]),
            }
        ]
    return list(error.messages)


def _required(bound: BoundField) -> str:
    words = {
        "radios": _("Elija una opción en “%(label)s”."),
        "select": _("Elija una opción en “%(label)s”."),
        "checks": _("Elija al menos una opción en “%(label)s”."),
        "check": _("Marque “%(label)s” para continuar."),
        "file": _("Agregue un archivo en “%(label)s”."),
    }
    default = _("Complete “%(label)s”.")
    return words.get(kind_of(bound), default) % {"label": bound.label}
