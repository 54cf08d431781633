from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.clock import CountFrom, Effect, Unit
from portal.core.rules import Silencio
from portal.ui.widgets import DateInput

UNITS = [
    (Unit.HABILES, _("días hábiles")),
    (Unit.NATURALES, _("días naturales")),
    (Unit.MESES, _("meses")),
    (Unit.HORAS, _("horas")),
]
EFFECTS = [
    (Effect.SUSPENDE, _("Suspende: al cumplir, el plazo sigue donde iba")),
    (Effect.INTERRUMPE, _("Interrumpe: al cumplir, el plazo empieza de nuevo")),
]
SILENCES = [
    (Silencio.NINGUNA, _("No tiene efecto")),
    (Silencio.NEGATIVA, _("Negativa ficta: se entiende negado")),
    (Silencio.AFIRMATIVA, _("Afirmativa ficta: se entiende concedido")),
]
COUNTS = [
    (CountFrom.NEXT_BUSINESS, _("El día hábil siguiente")),
    (CountFrom.NEXT_DAY, _("El día siguiente, hábil o no")),
    (CountFrom.SECOND_BUSINESS, _("El segundo día hábil siguiente")),
]


class Few(forms.NumberInput):
    """A number of a few figures."""

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs={"class": "input--w10", **(attrs or {})})


#: Where the fault of a part of the value is told.
FIELD_OF_PART = {
    "plazo": "cantidad",
    "prevencion": "prevencion_fraccion",
    "prorroga": "prorroga_tope",
    "valor": None,
}


class RuleForm(forms.Form):
    """One version of a rule about a term."""

    nombre = forms.CharField(label=_("Nombre"), max_length=160)
    fundamento = forms.CharField(label=_("Fundamento"), max_length=400)
    vigente_desde = forms.DateField(
        label=_("Vigente desde"),
        widget=DateInput,
        help_text=_("Los asuntos ya presentados conservan la versión con que se calcularon."),
    )
    cantidad = forms.IntegerField(label=_("Plazo"), min_value=1, max_value=87_600)
    unidad = forms.ChoiceField(label=_("Unidad"), choices=UNITS)
    cuenta_desde = forms.ChoiceField(label=_("Empieza a contar"), choices=COUNTS)
    silencio = forms.ChoiceField(label=_("Si no se contesta a tiempo"), choices=SILENCES)
    alerta_dias = forms.IntegerField(
        label=_("Avisar cuando falten"),
        min_value=0,
        max_value=365,
        help_text=_("Días hábiles antes de vencer en que el semáforo cambia."),
    )
    conclusion_dias = forms.IntegerField(
        label=_("Días para inconformarse"),
        min_value=0,
        max_value=365,
        help_text=_("Días hábiles después de la respuesta; pasados, el asunto se concluye."),
    )
    admite_prevencion = forms.BooleanField(label=_("Admite prevención"), required=False)
    prevencion_efecto = forms.ChoiceField(
        label=_("Efecto de la prevención"), choices=EFFECTS, required=False
    )
    prevencion_dias = forms.IntegerField(
        label=_("Días hábiles para cumplirla"), min_value=1, max_value=365, required=False
    )
    prevencion_fraccion = forms.CharField(
        label=_("Parte del plazo en que debe hacerse"),
        required=False,
        max_length=10,
        help_text=_("Como 1/3."),
    )
    prevencion_fundamento = forms.CharField(
        label=_("Fundamento de la prevención"), required=False, max_length=300
    )
    admite_prorroga = forms.BooleanField(label=_("Admite prórroga"), required=False)
    prorroga_tope = forms.CharField(
        label=_("Tope de la prórroga"),
        required=False,
        max_length=10,
        help_text=_("Parte del plazo, como 1/2."),
    )
    prorroga_fundamento = forms.CharField(
        label=_("Fundamento de la prórroga"), required=False, max_length=300
    )

    def valor(self) -> dict:
        """What was filled in, as a rule keeps it."""
        data = self.cleaned_data
        value = {
            "plazo": {"cantidad": data["cantidad"], "unidad": data["unidad"]},
            "silencio": data["silencio"],
            "alerta_dias": data["alerta_dias"],
            "conclusion_dias": data["conclusion_dias"],
            "cuenta_desde": data["cuenta_desde"],
        }
        if data["admite_prevencion"]:
            value["prevencion"] = {
                "efecto": data["prevencion_efecto"],
                "dias_cumplir": data["prevencion_dias"],
                "fraccion": data["prevencion_fraccion"],
                "fundamento": data["prevencion_fundamento"],
            }
        if data["admite_prorroga"]:
            value["prorroga"] = {
                "tope": data["prorroga_tope"],
                "fundamento": data["prorroga_fundamento"],
            }
        return value


class NewRuleForm(RuleForm):
    """The first version of a rule, with the key by which services name it."""

    clave = forms.SlugField(
        label=_("Clave"), max_length=60, help_text=_("Letras, números y guiones: queja-10.")
    )
    field_order = ["clave"]


def initial_of(rule) -> dict:
    """The fields of a version, to start the next one from."""
    valor = rule.valor
    prevencion, prorroga = valor.get("prevencion") or {}, valor.get("prorroga") or {}
    return {
        "nombre": rule.nombre,
        "fundamento": rule.fundamento,
        "cantidad": valor["plazo"]["cantidad"],
        "unidad": valor["plazo"]["unidad"],
        "cuenta_desde": valor.get("cuenta_desde", CountFrom.NEXT_BUSINESS),
        "silencio": valor["silencio"],
        "alerta_dias": valor["alerta_dias"],
        "conclusion_dias": valor["conclusion_dias"],
        "admite_prevencion": bool(prevencion),
        "prevencion_efecto": prevencion.get("efecto", Effect.SUSPENDE),
        "prevencion_dias": prevencion.get("dias_cumplir"),
        "prevencion_fraccion": prevencion.get("fraccion", ""),
        "prevencion_fundamento": prevencion.get("fundamento", ""),
        "admite_prorroga": bool(prorroga),
        "prorroga_tope": prorroga.get("tope", ""),
        "prorroga_fundamento": prorroga.get("fundamento", ""),
    }
