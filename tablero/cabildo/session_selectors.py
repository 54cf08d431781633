"""Reading sessions, their agenda and who was noticed."""

from django.db.models import Count, Q, QuerySet

from portal.core.models import EventRecord

from .constants import EstadoAsunto, EstadoSesion, EstadoVotacion
from .models import Asunto, Convocado, Organo, Punto, Sesion, Votacion

#: States of a session that is still to come, or going on.
AHEAD = (
    EstadoSesion.PREPARACION,
    EstadoSesion.CONVOCADA,
    EstadoSesion.EN_CURSO,
    EstadoSesion.RECESO,
)


def sessions(*, ahead: bool) -> QuerySet[Sesion]:
    """Sessions to come, the next first; or those that are over, the last first."""
    rows = Sesion.objects.select_related("organo")
    items = Count("puntos", filter=Q(puntos__asunto__isnull=False, puntos__retirado_en=None))
    rows = rows.annotate(asuntos_n=items)
    if ahead:
        return rows.filter(estado__in=AHEAD).order_by("inicia_en", "pk")
    return rows.exclude(estado__in=AHEAD).order_by("-pk")


def agenda(sesion: Sesion) -> list[Punto]:
    """The points that stand, in order."""
    rows = sesion.puntos.filter(retirado_en=None).order_by("orden", "pk")
    return list(rows.select_related("asunto__materia"))


def schedulable(organo: Organo) -> QuerySet[Asunto]:
    """Items of a body that may be put on an agenda: with the opinion their matter demands."""
    ready = Q(estado=EstadoAsunto.DICTAMINADO) | Q(
        estado__in=[EstadoAsunto.VALIDADO, EstadoAsunto.POSPUESTO], materia__exige_dictamen=False
    )
    ready |= Q(estado=EstadoAsunto.POSPUESTO) & ~Q(dictamen_sentido="")
    return Asunto.objects.filter(ready, organo=organo).order_by("pk")


def noticed(sesion: Sesion) -> list[Convocado]:
    """Who was noticed, in the order of the roll call, each with the state of their notice."""
    rows = sesion.convocados.select_related("integrante", "ocupacion__asiento", "notificacion")
    return list(rows.order_by("ocupacion__asiento__orden", "pk"))


def closed_votes(sesion: Sesion) -> list[Votacion]:
    """The votes that came to an end, in order; a corrected one is left out."""
    rows = sesion.votaciones.filter(estado=EstadoVotacion.CERRADA, sustituida_por=None)
    return list(rows.select_related("punto", "regla").order_by("pk"))


def session_facts(sesion: Sesion) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"sesion:{sesion.pk}").order_by("-sequence"))


def last_fact(sesion_id: int) -> str:
    """The hash of the last link of its record: while it is the same, nothing happened in it."""
    rows = EventRecord.objects.filter(stream=f"sesion:{sesion_id}").order_by("-sequence")
    return rows.values_list("hash", flat=True).first() or ""
