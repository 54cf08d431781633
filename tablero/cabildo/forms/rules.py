"""The rules of a body as forms, one for each kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..constants import ClaseRegla
from ..rules import Abstenciones, Base, Formula, NoticeUnit, SecondCall
from .bodies import day_field


class BodyRuleForm(forms.Form):
    """What every kind has; ``PARTS`` are the fields that make its value."""

    PARTS: tuple[str, ...] = ()

    nombre = forms.CharField(label=_("Nombre"), max_length=160)
    fundamento = forms.CharField(label=_("Fundamento"), max_length=400)
    vigente_desde = day_field(
        _("Vigente desde"),
        help_text=_("Lo que ya se decidió conserva la versión con que se decidió."),
    )

    def valor(self) -> dict:
        """What was filled in, as a rule keeps it; nothing where nothing was."""
        data = self.cleaned_data
        return {name: data[name] for name in self.PARTS if data[name] not in ("", None)}


class QuorumForm(BodyRuleForm):
    PARTS = ("formula", "segunda", "segunda_fraccion", "espera_minutos", "exige_presidencia")

    formula = forms.ChoiceField(
        label=_("Quiénes deben estar"),
        choices=[
            (Formula.MAS_DE_LA_MITAD, _("Más de la mitad: de 13, 7")),
            (Formula.MITAD_MAS_UNO, _("La mitad más uno: de 13, 8")),
        ],
        widget=forms.RadioSelect,
    )
    segunda = forms.ChoiceField(
        label=_("En segunda convocatoria"),
        choices=[
            (SecondCall.IGUAL, _("Los mismos que en la primera")),
            (SecondCall.FRACCION, _("Una parte de los integrantes")),
            (SecondCall.PRESENTES, _("Quienes asistan")),
        ],
        widget=forms.RadioSelect,
    )
    segunda_fraccion = forms.CharField(
        label=_("Qué parte"), max_length=9, required=False, help_text=_("Como 1/3.")
    )
    espera_minutos = forms.IntegerField(
        label=_("Minutos entre la primera y la segunda"), min_value=0, max_value=10_080, initial=30
    )
    exige_presidencia = forms.BooleanField(
        label=_("No se sesiona sin quien preside o quien le suple"), required=False, initial=True
    )


class MajorityForm(BodyRuleForm):
    PARTS = ("base", "umbral", "estricto", "abstenciones", "calidad", "excusados_fuera")

    base = forms.ChoiceField(
        label=_("De qué se cuenta"),
        choices=[
            (Base.EMITIDOS, _("De los votos a favor y en contra")),
            (Base.PRESENTES, _("De quienes están presentes")),
            (Base.INTEGRANTES, _("De todos los integrantes en funciones")),
        ],
        widget=forms.RadioSelect,
    )
    umbral = forms.CharField(label=_("Qué parte"), max_length=9, help_text=_("Como 1/2 o 2/3."))
    estricto = forms.BooleanField(
        label=_("Hace falta más que esa parte, no sólo alcanzarla"), required=False
    )
    abstenciones = forms.ChoiceField(
        label=_("Las abstenciones"),
        choices=[
            (Abstenciones.NO_CUENTAN, _("No se suman a nadie")),
            (Abstenciones.CON_LA_MAYORIA, _("Se suman a la mayoría")),
            (Abstenciones.EN_CONTRA, _("Cuentan en contra")),
        ],
        widget=forms.RadioSelect,
    )
    calidad = forms.BooleanField(
        label=_("Si hay empate, decide el voto de calidad de quien preside"), required=False
    )
    excusados_fuera = forms.BooleanField(
        label=_("Quien se excusa no cuenta entre los integrantes"), required=False
    )


class NoticeForm(BodyRuleForm):
    PARTS = ("cantidad", "unidad", "urgencia")

    cantidad = forms.IntegerField(label=_("Anticipación"), min_value=1, max_value=720)
    unidad = forms.ChoiceField(
        label=_("Contada en"),
        choices=[
            (NoticeUnit.HORAS, _("horas")),
            (NoticeUnit.HORAS_HABILES, _("horas de días hábiles")),
            (NoticeUnit.HABILES, _("días hábiles completos")),
            (NoticeUnit.NATURALES, _("días naturales completos")),
        ],
    )
    urgencia = forms.BooleanField(
        label=_("Puede celebrarse antes si se funda la urgencia"), required=False
    )


FORMS: dict[str, type[BodyRuleForm]] = {
    ClaseRegla.QUORUM: QuorumForm,
    ClaseRegla.MAYORIA: MajorityForm,
    ClaseRegla.CONVOCATORIA: NoticeForm,
}


def new_rule_form(clase: str) -> type[BodyRuleForm]:
    """The form of a kind, with the key by which the rule will be named."""
    key = forms.SlugField(
        label=_("Clave"), max_length=60, help_text=_("Letras, números y guiones: mayoria-2-3.")
    )
    fields = {"clave": key, "field_order": ["clave"]}
    return type(f"New{FORMS[clase].__name__}", (FORMS[clase],), fields)
