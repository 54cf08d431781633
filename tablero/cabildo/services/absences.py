"""Leave and absence of members, and calling their substitutes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import Calidad, TipoAusencia
from ..events import AbsenceEnded, AbsenceGranted
from ..models import Ausencia, Ocupacion
from .base import open_holding, refuse, within


@dataclass(frozen=True, kw_only=True)
class Absence:
    """What is granted or noted. ``hasta`` included; ``None`` until further notice."""

    tipo: str
    desde: dt.date
    motivo: str
    hasta: dt.date | None = None
    suplente_desde: dt.date | None = None


@transaction.atomic
def grant_absence(*, ocupacion_id: int, absence: Absence, actor, now: dt.datetime) -> Ausencia:
    """
    Record that a member is away, and whether their substitute comes in.

    :raises ConflictError: they are already away on some of those days, or there is no substitute.
    :raises InvalidInputError: by field.
    """
    row = open_holding(ocupacion_id, actor)
    motivo = _checked(absence, row)
    ends = absence.hasta or dt.date.max
    overlap = Q(hasta__isnull=True) | Q(hasta__gte=absence.desde)
    if row.ausencias.filter(overlap, desde__lte=ends).exists():
        raise ConflictError(_("Ya consta otra ausencia en algunos de esos días."))
    if absence.suplente_desde is not None:
        _require_substitute(row, absence.suplente_desde)
    away = Ausencia.objects.create(
        ocupacion=row,
        tipo=absence.tipo,
        desde=absence.desde,
        hasta=absence.hasta,
        suplente_desde=absence.suplente_desde,
        motivo=motivo,
    )
    _tell(away, row, actor, now)
    return away


def _checked(absence: Absence, row: Ocupacion) -> str:
    motivo = " ".join(clean_text(absence.motivo or "").split())
    if not motivo or len(motivo) > 400:
        raise refuse("motivo", _("Escriba el motivo y quién la concede, en hasta 400 letras."))
    if absence.tipo not in TipoAusencia.values:
        raise refuse("tipo", _("Elija de qué ausencia se trata."))
    within(absence.desde, row, "desde")
    if absence.hasta is not None and absence.hasta < absence.desde:
        raise refuse("hasta", _("No puede terminar antes de empezar."))
    if absence.tipo == TipoAusencia.FALTA_ABSOLUTA and absence.hasta is not None:
        raise refuse("hasta", _("Una falta absoluta no tiene fecha de regreso."))
    called = absence.suplente_desde
    if called is not None and (called < absence.desde or called > (absence.hasta or called)):
        raise refuse("suplente_desde", _("El suplente entra dentro de los días de la ausencia."))
    return motivo


def _require_substitute(row: Ocupacion, day: dt.date) -> None:
    if row.calidad != Calidad.PROPIETARIO:
        raise refuse("suplente_desde", _("Quien suple no tiene a su vez suplente."))
    found = Ocupacion.objects.filter(asiento_id=row.asiento_id, calidad=Calidad.SUPLENTE)
    found = found.filter(vigente_desde__lte=day).exclude(vigente_hasta__lt=day)
    if not found.exists():
        raise ConflictError(_("El asiento no tiene suplente. Regístrelo antes de llamarlo."))


@transaction.atomic
def call_substitute(*, ausencia_id: int, fecha: dt.date, actor, now: dt.datetime) -> Ausencia:
    """
    The substitute comes in, on a day of an absence that had nobody in the seat.

    :raises ConflictError: they were called already, or there is none.
    :raises InvalidInputError: a day out of the absence.
    """
    away, row = _open_absence(ausencia_id, actor)
    if away.suplente_desde is not None:
        raise ConflictError(_("Su suplente ya fue llamado."))
    if fecha < away.desde or (away.hasta is not None and fecha > away.hasta):
        raise refuse("fecha", _("Esa fecha queda fuera de la ausencia."))
    _require_substitute(row, fecha)
    away.suplente_desde = fecha
    away.save(update_fields=["suplente_desde"])
    _tell(away, row, actor, now)
    return away


@transaction.atomic
def end_absence(*, ausencia_id: int, hasta: dt.date, actor, now: dt.datetime) -> Ausencia:
    """
    The member is back; ``hasta`` is the last day they were away.

    :raises ConflictError: an absolute absence has no way back.
    :raises InvalidInputError: before it began, or after the end it already has.
    """
    away, row = _open_absence(ausencia_id, actor)
    if away.tipo == TipoAusencia.FALTA_ABSOLUTA:
        raise ConflictError(_("De una falta absoluta no hay regreso: registre a quien entra."))
    if hasta < away.desde or (away.hasta is not None and hasta > away.hasta):
        raise refuse("hasta", _("Esa fecha queda fuera de la ausencia."))
    away.hasta = hasta
    if away.suplente_desde is not None and away.suplente_desde > hasta:
        away.suplente_desde = None
    away.save(update_fields=["hasta", "suplente_desde"])
    event = AbsenceEnded(
        organo_id=row.asiento.organo_id,
        ocupacion_id=row.pk,
        ausencia_id=away.pk,
        hasta=hasta.isoformat(),
    )
    publish(event, actor=actor, now=now)
    return away


def _open_absence(ausencia_id: int, actor) -> tuple[Ausencia, Ocupacion]:
    found = Ausencia.objects.filter(pk=ausencia_id).values_list("ocupacion_id").first()
    if found is None:
        raise NotFoundError(_("No encontramos esa ausencia."))
    row = open_holding(found[0], actor)
    return Ausencia.objects.get(pk=ausencia_id), row


def _tell(away: Ausencia, row: Ocupacion, actor, now: dt.datetime) -> None:
    event = AbsenceGranted(
        organo_id=row.asiento.organo_id,
        ocupacion_id=row.pk,
        ausencia_id=away.pk,
        tipo=away.tipo,
        desde=away.desde.isoformat(),
        hasta=away.hasta and away.hasta.isoformat(),
        suplente_desde=away.suplente_desde and away.suplente_desde.isoformat(),
    )
    publish(event, actor=actor, now=now)
