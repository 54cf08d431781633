"""Reading actas: lists, one, and what custody finds wrong."""

import hashlib

from django.db.models import Count, Q

from portal.core.errors import DomainError
from portal.core.models import EventRecord
from portal.documents.constants import ClaseArchivo
from portal.documents.services.files import read_file
from tablero.cabildo.constants import EstadoSesion
from tablero.cabildo.models import Sesion

from .constants import EstadoActa, EstadoFirmaActa, EstadoObservacion
from .models import Acta, LibroActas
from .policies import ActaPolicy

HELD = (EstadoSesion.CONCLUIDA, EstadoSesion.NO_CELEBRADA)


def actas_for(viewer, *, estado: str = ""):
    """The actas that match, those of the newest sessions first."""
    rows = ActaPolicy(viewer).visible().select_related("sesion__organo", "libro")
    if estado in EstadoActa.values:
        rows = rows.filter(estado=estado)
    return rows.annotate(
        faltan=Count("firmas", filter=Q(firmas__estado=EstadoFirmaActa.PENDIENTE))
    ).order_by("-pk")


def without_acta():
    """Sessions that ended and have no acta, the oldest first."""
    rows = Sesion.objects.filter(estado__in=HELD, acta=None).select_related("organo")
    return rows.order_by("inicia_en", "pk")


def later_sessions(acta: Acta):
    """Sessions of the body after its own that may have approved it."""
    rows = Sesion.objects.filter(
        organo_id=acta.sesion.organo_id, inicia_en__gt=acta.sesion.inicia_en
    )
    held = (EstadoSesion.EN_CURSO, EstadoSesion.RECESO, EstadoSesion.CONCLUIDA)
    return rows.filter(estado__in=held).order_by("inicia_en", "pk")


def acta_facts(acta: Acta) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"acta:{acta.pk}").order_by("-sequence"))


def pending_observations(acta: Acta) -> int:
    """How many are not settled."""
    return acta.observaciones.filter(estado=EstadoObservacion.PENDIENTE).count()


def custody_faults() -> list[dict]:
    """
    What is wrong with the actas: ``{clase, acta | sesion | libro}``; reads every signed file.

    ``falta_acta``, ``faltan_firmas``, ``huella_rota`` (the text is not the approved one),
    ``archivo_roto`` (the file is not the recorded one, or is gone), ``fojas`` (a gap or overlap).
    """
    found: list[dict] = [{"clase": "falta_acta", "sesion": row} for row in without_acta()]
    rows = Acta.objects.select_related("sesion__organo", "documento", "publica")
    waiting = Q(firmas__estado=EstadoFirmaActa.PENDIENTE)
    for acta in rows.annotate(faltan=Count("firmas", filter=waiting)).order_by("pk"):
        if acta.faltan:
            found.append({"clase": "faltan_firmas", "acta": acta, "n": acta.faltan})
        if acta.huella and acta.fingerprint() != acta.huella:
            found.append({"clase": "huella_rota", "acta": acta})
        papers = [paper for paper in (acta.documento, acta.publica) if paper is not None]
        if any(not _whole(paper) for paper in papers):
            found.append({"clase": "archivo_roto", "acta": acta})
    for libro in LibroActas.objects.select_related("organo"):
        if not _gapless(libro):
            found.append({"clase": "fojas", "libro": libro})
    return found


def _whole(documento) -> bool:
    stored = documento.archivos.filter(clase=ClaseArchivo.FIRMADO).order_by("-pk").first()
    if stored is None:
        return False
    try:
        return hashlib.sha256(read_file(stored)).hexdigest() == stored.sha256
    except (DomainError, OSError):
        return False


def _gapless(libro: LibroActas) -> bool:
    last = 0
    for start, end in libro.actas.order_by("foja_desde").values_list("foja_desde", "foja_hasta"):
        if start != last + 1:
            return False
        last = end
    return last == libro.fojas
