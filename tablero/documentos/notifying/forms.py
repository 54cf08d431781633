"""What each page of a notification asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.documents.constants import (
    MAX_NAME,
    MAX_REASON,
    FormaNotificacion,
    MedioNotificacion,
)
from portal.documents.services.serving import WAYS
from portal.ui.forms import depends, explain

from ..forms import ActForm, long_text

MEANS = {
    MedioNotificacion.ELECTRONICA: _("Recibe un enlace y acusa recibo; sólo si lo aceptó."),
    MedioNotificacion.PERSONAL: _("Se imprime la cédula y alguien acude al domicilio."),
    MedioNotificacion.CORREO_CERTIFICADO: _("Se envía por correo con acuse."),
    MedioNotificacion.OFICIO: _("A otra autoridad, que sella de recibido."),
    MedioNotificacion.EDICTO: _("Cuando no se sabe dónde está la persona."),
}
LOCAL = "%Y-%m-%dT%H:%M"


def moment(label, **options) -> forms.DateTimeField:
    """A local day and hour."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    wrong = {"invalid": _("Escriba el día y la hora.")}
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=[LOCAL, f"{LOCAL}:%S"],
        error_messages=wrong, **options,
    )  # fmt: skip


def line(label, maximum: int, **options) -> forms.CharField:
    """A line that not every means needs; the service says when it is missing."""
    return depends(forms.CharField(label=label, max_length=maximum, required=False, **options))


class OrderForm(ActForm):
    destinatario = forms.CharField(label=_("A quién se notifica"), max_length=MAX_NAME)
    medio = forms.ChoiceField(
        label=_("Por qué medio"), choices=MedioNotificacion.choices, widget=forms.RadioSelect
    )
    domicilio = line(
        _("Domicilio"),
        300,
        help_text=_("Calle, número, colonia. No hace falta si es por medios electrónicos."),
    )
    correo = line(_("Correo electrónico"), 254, help_text=_("Sólo por medios electrónicos."))
    consentimiento = line(
        _("Cómo aceptó los medios electrónicos"),
        300,
        help_text=_(
            "Por ejemplo: lo señaló en su escrito del 3 de noviembre. Sin su aceptación expresa no"
            " vale."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["medio"], {key: str(words) for key, words in MEANS.items()})
        self.fields["correo"].widget.input_type = "email"


class CitatorioForm(ActForm):
    visita_en = moment(_("Cuándo fue la visita"))
    cita_en = moment(
        _("Para cuándo se dejó la cita"), help_text=_("Una hora fija del día hábil siguiente.")
    )
    nota = long_text(_("Con quién o dónde se dejó"), maximum=MAX_REASON, required=False)


class PractisedForm(ActForm):
    """``context``: ``medio``, by which the ways are known; ``citado``, whether one was left."""

    forma = forms.ChoiceField(label=_("Cómo se hizo"), widget=forms.RadioSelect)
    cuando = moment(_("Cuándo"))
    recibe = line(_("Quién la recibió"), MAX_NAME)
    relacion = line(_("Relación con la persona"), 120, help_text=_("Si no fue ella misma."))
    identificacion = line(_("Con qué se identificó"), 200)
    referencia = line(_("Número de guía, de oficio o de la publicación"), 200)
    nota = long_text(_("Observaciones"), maximum=MAX_REASON, required=False)
    evidencia = forms.FileField(
        label=_("Constancia escaneada"),
        required=False,
        help_text=_("PDF o foto de la cédula, el acuse o la publicación. Hasta 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )

    PERSONAL_ONLY = ("relacion", "identificacion")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ways = WAYS[self.context["medio"]]
        if not self.context["citado"]:
            ways = [way for way in ways if way not in _after_citatorio()]
        choices = [(way, FormaNotificacion(way).label) for way in ways]
        self.fields["forma"].choices = choices
        personal = self.context["medio"] == MedioNotificacion.PERSONAL
        if not personal:
            self.fields["forma"].widget = forms.HiddenInput()
            self.fields["forma"].initial = choices[0][0]
        for name in ("referencia",) if personal else self.PERSONAL_ONLY:
            del self.fields[name]
        if self.context["medio"] == MedioNotificacion.EDICTO:
            del self.fields["recibe"]
        elif personal and not self.context["citado"]:
            del self.fields["relacion"]
        depends(self.fields["evidencia"])


def _after_citatorio() -> tuple[str, ...]:
    return (FormaNotificacion.TERCERO, FormaNotificacion.INSTRUCTIVO)


class FailedForm(ActForm):
    motivo = long_text(
        _("Por qué no se pudo"),
        maximum=MAX_REASON,
        help_text=_("Queda en la historia. Después puede ordenarse por otro medio."),
    )
