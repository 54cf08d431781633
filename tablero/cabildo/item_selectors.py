"""Reading items and matters."""

from django.db.models import QuerySet

from portal.core.models import EventRecord
from portal.core.rules import rules_in_force
from portal.core.text import fold

from .constants import ClaseRegla, EstadoAsunto, OrigenAsunto
from .item_policies import AsuntoPolicy
from .models import AnexoAsunto, Asunto, Materia

RELATED = ("organo", "materia", "proponente", "dependencia", "peticion", "comision", "autor")
BULKY = ("exposicion", "propuesta", "dictamen")


def items_for(
    viewer, *, estado: str = "", origen: str = "", organo: str = "", q: str = ""
) -> QuerySet[Asunto]:
    """The items that match every filter, newest first."""
    rows = AsuntoPolicy(viewer).visible().select_related("materia", "proponente", "dependencia")
    rows = rows.select_related("peticion", "organo", "comision").defer(*BULKY).order_by("-pk")
    if estado in EstadoAsunto.values:
        rows = rows.filter(estado=estado)
    if origen in OrigenAsunto.values:
        rows = rows.filter(origen=origen)
    if organo.isascii() and organo.isdigit() and len(organo) < 10:
        rows = rows.filter(organo_id=int(organo))
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def annexes_of(asunto: Asunto, policy: AsuntoPolicy) -> list[dict]:
    """The annexes that stand: each with whether this person may read it."""
    rows = list(asunto.anexos.filter(retirado_en=None))
    return [{"a": row, "lee": policy.can_read_annex(row)} for row in rows if row.asunto == asunto]


def item_facts(asunto: Asunto) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"asunto:{asunto.pk}").order_by("-sequence"))


def matters_with_rules(day) -> list[dict]:
    """Every matter with the rule of majority it demands on ``day`` (``None`` without one)."""
    rules = {rule.clave: rule for rule in rules_in_force(day, clase=ClaseRegla.MAYORIA)}
    return [{"m": row, "regla": rules.get(row.regla_mayoria)} for row in Materia.objects.all()]


def annex_by_key(pk: int, clave: str) -> AnexoAsunto | None:
    """An annex that stands, of the item ``pk``."""
    rows = AnexoAsunto.objects.select_related("asunto").filter(asunto_id=pk, retirado_en=None)
    return rows.filter(clave=clave).first()
