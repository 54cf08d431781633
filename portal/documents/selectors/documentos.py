"""Reading documents for who may see them."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.accounts.constants import Rol
from portal.core.text import fold

from ..constants import (
    REVIEW_STATES,
    EstadoDocumento,
    EstadoFirmante,
    EstadoRevision,
    EtapaRevision,
    OrdenFirma,
)
from ..models import Documento, Firmante, RevisionDocumento
from ..policies import DocumentoPolicy

#: What a person may ask the list for.
TRAYS = ("por_firmar", "por_revisar", "mios", "redactados", "todos")


def documentos_for(
    viewer, *, tray: str = "todos", estado: str = "", tipo: str = "", q: str = ""
) -> QuerySet[Documento]:
    """The documents of a tray, newest first, that match every filter."""
    policy = DocumentoPolicy(viewer)
    rows = policy.visible().select_related("tipo", "dependencia", "autor").order_by("-pk")
    mine = sorted(policy.acting_as)
    if tray == "por_firmar":
        rows = rows.filter(_waits_for_signature(mine))
    elif tray == "por_revisar":
        rows = rows.filter(_waits_for_review(policy, mine))
    elif tray == "redactados":
        rows = rows.filter(tipo__automatico=False)
    elif tray == "mios":
        rows = rows.filter(autor_id__in=mine)
    if estado in EstadoDocumento.values:
        rows = rows.filter(estado=estado)
    if tipo:
        rows = rows.filter(tipo__clave=tipo)
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def _waits_for_signature(mine: list[int]) -> Q:
    pending = Firmante.objects.filter(documento=OuterRef("pk"), estado=EstadoFirmante.PENDIENTE)
    before = pending.filter(orden__lt=OuterRef("orden"), documento=OuterRef("documento"))
    own = pending.filter(usuario_id__in=mine)
    in_turn = own.filter(~Exists(before))
    any_order = Q(tipo__orden_firma=OrdenFirma.EN_PARALELO)
    return Q(estado=EstadoDocumento.EN_FIRMA) & (Q(Exists(in_turn)) | (any_order & Q(Exists(own))))


def _waits_for_review(policy: DocumentoPolicy, mine: list[int]) -> Q:
    pending = RevisionDocumento.objects.filter(
        documento=OuterRef("pk"), estado=EstadoRevision.PENDIENTE
    )
    who = Q(revisor_id__in=mine)
    if policy.staff.has(Rol.JURIDICO):
        who |= Q(etapa=EtapaRevision.VISTO_BUENO)
    return Q(Exists(pending.filter(who)))


def waiting_counts(viewer) -> dict[str, int]:
    """How many documents wait for the viewer: ``por_firmar`` and ``por_revisar``."""
    policy = DocumentoPolicy(viewer)
    mine = sorted(policy.acting_as)
    if not mine:
        return {"por_firmar": 0, "por_revisar": 0}
    # Few documents are on their way at once: the rest need not be looked at.
    rows = policy.visible().filter(estado__in=(*REVIEW_STATES, EstadoDocumento.EN_FIRMA))
    return rows.aggregate(
        por_firmar=Count("pk", filter=_waits_for_signature(mine)),
        por_revisar=Count("pk", filter=_waits_for_review(policy, mine)),
    )


def register(*, serie: str, ejercicio: int) -> QuerySet[Documento]:
    """
    The minutario: every folio of a series and year by number, those without effect too.

    Not filtered by viewer: who reads it must hide the subject of what they may not see.
    """
    return (
        Documento.objects.filter(serie=serie, ejercicio=ejercicio, numero__isnull=False)
        .select_related("tipo", "dependencia")
        .order_by("numero")
    )


def series_in_use() -> list[tuple[str, int]]:
    """Series and years that have folios, newest year first."""
    rows = Documento.objects.filter(numero__isnull=False).values_list("serie", "ejercicio")
    return sorted(set(rows), key=lambda row: (-row[1], row[0]))


def due_steps(*, until: dt.date) -> QuerySet[Documento]:
    """Documents whose step ends on or before ``until`` and still waits for somebody."""
    waiting = (
        EstadoDocumento.EN_REVISION,
        EstadoDocumento.VISTO_BUENO,
        EstadoDocumento.LISTO,
        EstadoDocumento.EN_FIRMA,
    )
    return Documento.objects.filter(estado__in=waiting, vence_etapa__lte=until).order_by(
        "vence_etapa", "pk"
    )
