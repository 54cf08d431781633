"""From signed documents to who holds which post."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.events import publish
from portal.core.text import fold
from portal.core.time import local_date
from portal.documents.models import Documento
from portal.documents.services.drafting import current_version

from ..models import Nombramiento
from .events import (
    AppointmentEnded,
    AppointmentEnding,
    AppointmentEndUndone,
    AppointmentRegistered,
    OathRecorded,
)
from .selectors import in_force

APPOINTMENT, OATH, REVOCATION = "nombramiento", "acta_protesta", "revocacion_nombramiento"
KINDS = (APPOINTMENT, OATH, REVOCATION)
#: Days before the end at which the Secretaría is told.
ALERTS = (90, 30, 7)


@transaction.atomic
def record_signed(*, documento: Documento, actor, now: dt.datetime) -> Nombramiento | None:
    """
    Take to the register what a signed document says; ``None`` if it fits no appointment.

    An oath or a revocation that names no known folio changes nothing: the register shows it apart.
    """
    datos = current_version(documento).datos
    if documento.tipo.clave == APPOINTMENT:
        return _register(documento, datos, actor, now)
    if documento.tipo.clave == OATH:
        return _record_oath(documento, datos, actor, now)
    return _revoke(documento, datos, actor, now)


def _register(documento: Documento, datos: dict, actor, now: dt.datetime) -> Nombramiento:
    start, end = _day(datos.get("desde")), _day(datos.get("hasta"))
    start = start or local_date(now)
    row, made = Nombramiento.objects.get_or_create(
        documento=documento,
        defaults={
            "persona": datos.get("persona", ""),
            "cargo": datos.get("cargo", ""),
            "adscripcion": datos.get("adscripcion", ""),
            "acuerdo": datos.get("acuerdo", ""),
            "desde": start,
            "hasta": max(end, start) if end else None,
        },
    )
    if made:
        event = AppointmentRegistered(nombramiento_id=row.pk, documento_id=documento.pk)
        publish(event, actor=actor, now=now)
        _relieve(row, datos.get("sustituye_a", ""), actor, now)
    return row


def _relieve(new: Nombramiento, name: str, actor, now: dt.datetime) -> None:
    """End the appointment of whoever the new one says it replaces in the same post."""
    if not fold(name):
        return
    for old in in_force(new.desde).filter(puesto=new.puesto).exclude(pk=new.pk):
        if fold(old.persona) != fold(name):
            continue
        old.relevado_desde = new.desde
        old.motivo_fin = _("Sustituido por %(folio)s") % {"folio": new.documento.folio}
        _save_end(old, new.documento, actor, now)


def _record_oath(documento: Documento, datos: dict, actor, now: dt.datetime):
    row = _by_folio(datos.get("nombramiento", ""))
    if row is None or row.protesta_id is not None:
        return None
    row.protesta = documento
    row.protestado_el = _day(datos.get("fecha")) or local_date(now)
    row.save()
    event = OathRecorded(nombramiento_id=row.pk, documento_id=documento.pk)
    publish(event, actor=actor, now=now)
    return row


def _revoke(documento: Documento, datos: dict, actor, now: dt.datetime):
    row = _by_folio(datos.get("folio_nombramiento", ""))
    if row is None or row.sin_efecto:
        return None
    row.revocacion = documento
    row.revocado_desde = _day(datos.get("desde")) or local_date(now)
    row.motivo_fin = datos.get("motivo", "")[:300]
    _save_end(row, documento, actor, now)
    return row


def _save_end(row: Nombramiento, documento: Documento, actor, now: dt.datetime) -> None:
    row.save()
    event = AppointmentEnded(nombramiento_id=row.pk, documento_id=documento.pk)
    publish(event, actor=actor, now=now)


@transaction.atomic
def undo_document(*, documento: Documento, actor, now: dt.datetime) -> None:
    """
    A document was cancelled or replaced: what it said of an appointment no longer holds.

    Whoever an appointment without effect had relieved holds the post again.
    """
    for row in Nombramiento.objects.select_for_update().filter(documento=documento):
        row.sin_efecto = True
        row.motivo_fin = row.motivo_fin or _("Su documento quedó sin efecto")
        _save_end(row, documento, actor, now)
        relieved = Nombramiento.objects.filter(puesto=row.puesto, relevado_desde=row.desde)
        for other in relieved.exclude(pk=row.pk):
            other.relevado_desde, other.motivo_fin = None, ""
            _save_undone(other, documento, actor, now)
    for row in Nombramiento.objects.select_for_update().filter(revocacion=documento):
        row.revocacion, row.revocado_desde, row.motivo_fin = None, None, ""
        _save_undone(row, documento, actor, now)
    for row in Nombramiento.objects.select_for_update().filter(protesta=documento):
        row.protesta, row.protestado_el = None, None
        _save_undone(row, documento, actor, now)


def _save_undone(row: Nombramiento, documento: Documento, actor, now: dt.datetime) -> None:
    row.save()
    event = AppointmentEndUndone(nombramiento_id=row.pk, documento_id=documento.pk)
    publish(event, actor=actor, now=now)


def alert_endings(*, actor, now: dt.datetime) -> int:
    """
    Tell of each appointment that ends within 90, 30 and 7 days, once each; returns how many.

    Bears being run late: only the nearest of the thresholds that went by is told.
    """
    today = local_date(now)
    near = in_force(today).filter(termina__lte=today + dt.timedelta(days=ALERTS[0]))
    told = 0
    for pk in list(near.values_list("pk", flat=True)):
        told += _alert(pk=pk, today=today, actor=actor, now=now)
    return told


@transaction.atomic
def _alert(*, pk: int, today: dt.date, actor, now: dt.datetime) -> bool:
    row = Nombramiento.objects.select_for_update().get(pk=pk)
    if not row.in_force_on(today) or row.termina is None:
        return False
    left = (row.termina - today).days
    due = [days for days in ALERTS if left <= days]
    if not due or (row.avisado_dias is not None and row.avisado_dias <= due[-1]):
        return False
    row.avisado_dias = due[-1]
    row.save()
    event = AppointmentEnding(nombramiento_id=row.pk, dias=due[-1], termina=row.termina.isoformat())
    publish(event, actor=actor, now=now)
    return True


def _by_folio(folio: str) -> Nombramiento | None:
    rows = Nombramiento.objects.select_for_update()
    return rows.filter(documento__folio=" ".join(folio.split()).upper()).first()


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
