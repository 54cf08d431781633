"""What the pages of bodies and members ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.rules import rules_in_force
from portal.ui.widgets import DateInput

from ..constants import CARGOS_OF, Calidad, Cargo, ClaseRegla, TipoAusencia, TipoOrgano
from ..models import Integrante

UNTIL = _("Deje vacío si no tiene término.")


def day_field(label, *, required: bool = True, help_text="") -> forms.DateField:
    """A date, by the browser's own picker."""
    return forms.DateField(label=label, required=required, widget=DateInput, help_text=help_text)


class BodyForm(forms.Form):
    """The data of a body; ``day`` is the one whose rules of quorum may be chosen."""

    nombre = forms.CharField(label=_("Nombre"), max_length=160)
    clave = forms.SlugField(
        label=_("Clave"),
        max_length=60,
        help_text=_("Letras, números y guiones: comision-hacienda. Va en sus direcciones."),
    )
    tipo = forms.ChoiceField(label=_("Qué es"), choices=TipoOrgano.choices)
    regla_quorum = forms.ChoiceField(label=_("Regla de quórum"))
    atribuciones = forms.CharField(
        label=_("De qué conoce"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    vigente_desde = day_field(_("Vigente desde"))
    vigente_hasta = day_field(_("Vigente hasta"), required=False, help_text=UNTIL)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regla_quorum"].choices = [
            (rule.clave, rule.nombre) for rule in rules_in_force(day, clase=ClaseRegla.QUORUM)
        ]


class SeatForm(forms.Form):
    """A seat of a body of the kind ``tipo``."""

    cargo = forms.ChoiceField(label=_("Cargo"))
    nombre = forms.CharField(
        label=_("Nombre del asiento"), max_length=120, help_text=_("Como «Regiduría tercera».")
    )
    orden = forms.IntegerField(
        label=_("Lugar en el pase de lista"), min_value=1, max_value=999, initial=1
    )
    vigente_desde = day_field(_("Vigente desde"))
    vigente_hasta = day_field(_("Vigente hasta"), required=False, help_text=UNTIL)

    def __init__(self, *args, tipo: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cargo"].choices = [(c.value, c.label) for c in map(Cargo, CARGOS_OF[tipo])]


class MemberForm(forms.Form):
    """A person who holds or will hold a seat."""

    nombre = forms.CharField(label=_("Nombre completo"), max_length=160)
    partido = forms.CharField(
        label=_("Partido o candidatura"),
        max_length=80,
        required=False,
        help_text=_("Como aparece en la constancia de mayoría o de asignación."),
    )
    correo = forms.EmailField(label=_("Correo"), required=False)
    consentimiento = forms.CharField(
        label=_("Cómo aceptó ser convocado por correo"),
        max_length=300,
        required=False,
        help_text=_("Escrito, sesión o reglamento. Sin él se le convoca en persona, con cédula."),
    )
    domicilio = forms.CharField(
        label=_("Domicilio para notificarle"), max_length=300, required=False
    )
    usuario = forms.ModelChoiceField(
        label=_("Cuenta"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Sin cuenta"),
        help_text=_("Con ella tiene sus propias pantallas en la sesión."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).order_by("first_name", "last_name")
        self.fields["usuario"].queryset = people


class HoldingForm(forms.Form):
    """Somebody is put in a seat."""

    integrante = forms.ModelChoiceField(
        label=_("Quién"), queryset=Integrante.objects.all(), empty_label=_("Elija")
    )
    calidad = forms.ChoiceField(
        label=_("En calidad de"), choices=Calidad.choices, widget=forms.RadioSelect
    )
    desde = day_field(_("Desde"))
    protesta = day_field(
        _("Rindió protesta"),
        required=False,
        help_text=_("Sin la protesta todavía no actúa. Puede asentarse después."),
    )


class DayForm(forms.Form):
    """One date; its words are those of the act."""

    fecha = day_field(_("Fecha"))

    def __init__(self, *args, label, help_text="", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fecha"].label = label
        self.fields["fecha"].help_text = help_text


class AbsenceForm(forms.Form):
    """Leave, or another absence."""

    tipo = forms.ChoiceField(label=_("Qué es"), choices=TipoAusencia.choices)
    desde = day_field(_("Desde"))
    hasta = day_field(_("Hasta"), required=False, help_text=_("Último día. Vacío: sin término."))
    suplente_desde = day_field(
        _("Entra su suplente"),
        required=False,
        help_text=_("Vacío: el asiento queda sin quien lo ocupe, y no cuenta para el quórum."),
    )
    motivo = forms.CharField(
        label=_("Motivo, y acuerdo que la concede"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
