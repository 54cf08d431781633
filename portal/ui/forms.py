"""How a bound field becomes the ``.field`` component: what kind it is, and what describes it."""

from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

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


def build_field(bound: BoundField, *, css: str = "", **extra: object) -> FieldView:
    """Prepare a bound field for the component.

    The form field may carry ``detalles`` (a dict from option value to a line of explanation) and
    ``prefijo`` (text glued before the control, such as +52).
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
        optional=not bound.field.required and kind not in ("check", "hidden"),
        prefix=getattr(bound.field, "prefijo", ""),
    )
    if kind in ("radios", "checks"):
        view.picks = _picks(bound)
        return view
    attrs: dict[str, object] = {**extra}
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
        found.extend({"anchor": anchor_of(bound), "message": error} for error in bound.errors)
    return found
