"""What the pages of items and matters ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia
from portal.core.rules import rules_in_force
from portal.ui.forms import depends
from tablero.shared.forms import ChangesForm, long_text
from tramites.models import Peticion

from ..constants import ClaseRegla, FormaVotacion, OrigenAsunto, SentidoDictamen, TipoOrgano
from ..models import Integrante, Materia, Organo
from .bodies import day_field


class ItemForm(forms.Form):
    """
    An item. ``viewer`` is its policy: whoever is not the Secretaría brings what is theirs.
    """

    organo = forms.ModelChoiceField(
        label=_("Quién debe decidirlo"), queryset=Organo.objects.none(), empty_label=_("Elija")
    )
    materia = forms.ModelChoiceField(
        label=_("Materia"),
        queryset=Materia.objects.filter(activa=True),
        empty_label=_("Elija"),
        help_text=_("De ella depende la mayoría, la forma de votar y los anexos que se exigen."),
    )
    titulo = forms.CharField(label=_("Título"), max_length=300)
    exposicion = long_text(_("Exposición de motivos"), 8)
    propuesta = long_text(
        _("Punto de acuerdo"),
        6,
        help_text=_("El texto que se votaría, tal como quedaría aprobado."),
    )
    origen = forms.ChoiceField(
        label=_("Quién lo propone"), choices=OrigenAsunto.choices, widget=forms.RadioSelect
    )
    proponente = depends(
        forms.ModelChoiceField(
            label=_("Integrante que lo propone"),
            queryset=Integrante.objects.all(),
            required=False,
            empty_label=_("Elija"),
        )
    )
    dependencia = depends(
        forms.ModelChoiceField(
            label=_("Dependencia que lo propone o lo acompaña"),
            queryset=Dependencia.objects.filter(activa=True),
            required=False,
            empty_label=_("Elija"),
        )
    )
    folio_peticion = depends(
        forms.CharField(
            label=_("Folio de la petición"),
            required=False,
            max_length=24,
            help_text=_("La persona sabrá cuándo se discute y qué se decidió."),
        )
    )
    cambios = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, bodies, policy, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organo"].queryset = bodies
        self.policy = policy
        if policy.cabildo.can_manage():
            return
        member, offices = policy.cabildo.integrante, policy.staff.offices
        if member is not None:
            self.fields["proponente"].queryset = Integrante.objects.filter(pk=member.pk)
        else:
            del self.fields["proponente"]
        self.fields["dependencia"].queryset = Dependencia.objects.filter(pk__in=offices)
        if not offices:
            del self.fields["dependencia"]
        allowed = [] if member is None else ["presidencia", "sindicatura", "regiduria"]
        allowed += ["dependencia"] if offices else []
        labels = dict(OrigenAsunto.choices)
        self.fields["origen"].choices = [(value, labels[value]) for value in allowed]
        del self.fields["folio_peticion"]

    def clean_folio_peticion(self) -> Peticion | None:
        """The petition of that folio; whether the person may know of it is the service's."""
        folio = self.cleaned_data["folio_peticion"].strip().upper()
        if not folio:
            return None
        found = Peticion.objects.filter(folio=folio).first()
        if found is None:
            raise forms.ValidationError(_("No encontramos una petición con ese folio."))
        return found

    def values(self) -> dict:
        """What the service takes."""
        data = dict(self.cleaned_data)
        data.pop("cambios")
        return data | {"peticion": data.pop("folio_peticion", None)}


class AnnexForm(forms.Form):
    """A file of an item of some matter."""

    exigido = depends(forms.ChoiceField(label=_("Qué anexo es"), required=False))
    nombre = depends(forms.CharField(label=_("Nombre"), max_length=160, required=False))
    archivo = forms.FileField(
        label=_("Archivo"), help_text=_("PDF, JPG, PNG o WebP, de hasta 10 MB.")
    )
    confidencial = forms.BooleanField(
        label=_("Confidencial: sólo lo ven integrantes, Secretaría y Jurídico"), required=False
    )
    fundamento = depends(
        forms.CharField(label=_("Fundamento de la reserva"), max_length=300, required=False)
    )

    def __init__(self, *args, materia: Materia, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = materia.anexos_exigidos
        if names:
            other = ("", _("Otro: dígalo abajo"))
            self.fields["exigido"].choices = [*((name, name) for name in names), other]
        else:
            del self.fields["exigido"]


class ReferForm(ChangesForm):
    comision = forms.ModelChoiceField(
        label=_("Comisión"),
        queryset=Organo.objects.filter(tipo=TipoOrgano.COMISION),
        empty_label=_("Elija"),
    )
    vence = day_field(_("Dictamen a más tardar el"))


class ReportForm(ChangesForm):
    sentido = forms.ChoiceField(
        label=_("La comisión dictamina"), choices=SentidoDictamen.choices, widget=forms.RadioSelect
    )
    dictamen = long_text(_("Dictamen"), 10)


class MatterForm(forms.Form):
    """A matter; ``day`` is the one whose rules of majority may be chosen."""

    nombre = forms.CharField(label=_("Nombre"), max_length=160)
    clave = forms.SlugField(label=_("Clave"), max_length=60)
    regla_mayoria = forms.ChoiceField(label=_("Mayoría que exige"))
    votacion = forms.ChoiceField(
        label=_("Se vota en forma"), choices=FormaVotacion.choices, widget=forms.RadioSelect
    )
    exige_dictamen = forms.BooleanField(label=_("Exige dictamen de comisión"), required=False)
    anexos = forms.CharField(
        label=_("Anexos que exige"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Uno en cada renglón."),
    )
    fundamento = forms.CharField(label=_("Fundamento"), max_length=400)
    activa = forms.BooleanField(label=_("Se puede usar"), required=False, initial=True)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regla_mayoria"].choices = [
            (rule.clave, rule.nombre) for rule in rules_in_force(day, clase=ClaseRegla.MAYORIA)
        ]
