"""How the documents of a case are named: after the case and the act that owes them."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .constants import Tipo
from .models import Peticion, Prevencion, Prorroga, Respuesta

#: The act of filing, which has no row of its own.
ACUSE = "acuse"
#: What each kind of document is called to whoever reads the case.
NAMES: dict[str, str | Promise] = {
    "acuse": _("Acuse de recibo"),
    "prevencion": _("Prevención"),
    "prorroga": _("Ampliación del plazo"),
    "respuesta": _("Respuesta"),
    "respuesta_peticion": _("Respuesta firmada"),
    "desechamiento": _("Acuerdo de desechamiento"),
    "no_competencia": _("Acuerdo de no competencia"),
}
_ORIGIN = re.compile(r"peticion:(\d+):[a-z_]+(:\d+)?\Z")
_RESOLUTIONS = {
    Respuesta.Clase.DESECHAMIENTO: "desechamiento",
    Respuesta.Clase.NO_COMPETENCIA: "no_competencia",
}


def is_formal(peticion: Peticion) -> bool:
    """A petition in the sense of article 8 of the Constitution: its answer is signed."""
    return peticion.tipo == Tipo.PETICION


def act_of(row: Prevencion | Prorroga | Respuesta) -> str:
    """The act of a row: ``prevencion:3``."""
    return f"{row._meta.model_name}:{row.pk}"


def origin_of(peticion_id: int, act: str) -> str:
    """What the document of an act names as its origin, once in the house."""
    return f"peticion:{peticion_id}:{act}"


def case_of(origen: str | None) -> int | None:
    """The case that an origin names, if it names one."""
    found = _ORIGIN.match(origen or "")
    return int(found[1]) if found else None


def kind_of(row: Prevencion | Prorroga | Respuesta) -> str:
    """The kind of document an act owes; empty for one that owes none (a cancellation)."""
    if not isinstance(row, Respuesta):
        return row._meta.model_name
    if row.clase == Respuesta.Clase.RESPUESTA:
        return "respuesta_peticion" if is_formal(row.peticion) else "respuesta"
    return _RESOLUTIONS.get(row.clase, "")
