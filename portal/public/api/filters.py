"""The parameters of the inbox, from keys to the filters of ``tramites.selectors.inbox``."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.accounts.models import Dependencia, User
from tramites.constants import Canal, Estado, Semaforo, Tipo
from tramites.models import Colonia, Servicio, Tema, Zona
from tramites.selectors import InboxFilters

from .fields import KeyField, OptionField, StrictSerializer, TextField
from .problems import InvalidQueryError

MINE = "mias"
#: Parameters that name a row by its key, with where it is found.
ROWS = {
    "dependencia": (Dependencia, "clave"),
    "servicio": (Servicio, "clave"),
    "tema": (Tema, "clave"),
    "zona": (Zona, "clave"),
    "colonia": (Colonia, "clave"),
    "responsable": (User, "username"),
}


class StatesField(TextField):
    """States separated by commas."""

    def to_internal_value(self, data) -> tuple[str, ...]:
        values = tuple(part for part in super().to_internal_value(data).split(",") if part)
        if any(value not in Estado.values for value in values):
            raise serializers.ValidationError(_("Ese valor del filtro no existe."))
        return values


class DayField(serializers.DateField):
    """A date, as ``2026-03-05``."""

    default_error_messages = {"invalid": _("Escriba la fecha como 2026-03-05.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if not 1900 <= day.year <= 2200:
            self.fail("invalid", format="%Y-%m-%d")
        return day


class InboxQuerySerializer(StrictSerializer):
    """Filters of the inbox; what is empty does not filter."""

    estado = StatesField(required=False, max_length=200, help_text="Uno o varios, con comas.")
    semaforo = OptionField(Semaforo.choices, required=False, allow_blank=True)
    dependencia = KeyField(required=False, help_text="Clave de la dependencia.")
    responsable = TextField(required=False, max_length=150, help_text="Usuario, o `mias`.")
    servicio = KeyField(required=False, help_text="Clave del servicio.")
    tema = KeyField(required=False, help_text="Clave del tema.")
    tipo = OptionField(Tipo.choices, required=False, allow_blank=True)
    canal = OptionField(Canal.choices, required=False, allow_blank=True)
    zona = KeyField(required=False, help_text="Clave de la zona.")
    colonia = KeyField(required=False, help_text="Clave de la colonia.")
    texto = TextField(required=False, max_length=400, help_text="Palabras que buscar.")
    desde = DayField(required=False, help_text="Recibidas desde este día.")
    hasta = DayField(required=False, help_text="Recibidas hasta este día.")
    orden = OptionField(["recientes", "vence"], required=False, allow_blank=True)
    cursor = TextField(required=False, max_length=300, help_text="De `siguiente` o `anterior`.")


def filters_from(data: dict) -> InboxFilters:
    """
    The filters that checked parameters ask for.

    :raises InvalidQueryError: a key that names nothing.
    """
    given = {name: value for name, value in data.items() if value and name != "cursor"}
    unknown = {}
    for name, (model, column) in ROWS.items():
        value = given.get(name)
        if value is None or (name == "responsable" and value == MINE):
            continue
        given[name] = model.objects.filter(**{column: value}).values_list("pk", flat=True).first()
        if given[name] is None:
            unknown[name] = [_("Ese valor del filtro no existe.")]
    if unknown:
        raise InvalidQueryError(unknown)
    return InboxFilters(**given)
