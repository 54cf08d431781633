"""What the Secretaría does about a charge: validates it, sends it back, extends it, ends it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError
from portal.core.time import local_date
from portal.documents.services.base import author_pk, required_reason

from ..constants import ENDINGS, OPEN_STATES, EstadoEncargo, ResultadoInforme
from ..events import ChargeEnded, ChargeExtended, ChargeSentBack
from ..models import Encargo, InformeEncargo, ProrrogaEncargo
from .base import admitting, open_charge, save_charge


def _waiting(row: Encargo) -> InformeEncargo:
    """The report that says it is done; the state guarantees that there is one."""
    return row.informes.get(concluye=True, resultado="")


def _ended(row: Encargo) -> ChargeEnded:
    return ChargeEnded(
        encargo_id=row.pk,
        origen_clase=row.origen_clase,
        origen_clave=row.origen_clave,
        estado=row.estado,
    )


@transaction.atomic
def validate_charge(
    *, encargo_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Encargo:
    """
    It is done: the report and its evidence were looked at.

    :raises ConflictError: no report waits.
    """
    row = open_charge("manage", encargo_id=encargo_id, actor=actor, cambios=cambios)
    with admitting(row, _("darlo por cumplido")):
        row.fulfil(now)
    report = _waiting(row)
    report.resultado, report.resuelto_en = ResultadoInforme.VALIDADO, now
    report.save(update_fields=["resultado", "resuelto_en"])
    save_charge(row, _ended(row), actor=actor, now=now)
    return row


@transaction.atomic
def send_charge_back(
    *, encargo_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> Encargo:
    """
    It is not done yet, for the reason given.

    :raises InvalidInputError: no reason.
    :raises ConflictError: no report waits.
    """
    row = open_charge("manage", encargo_id=encargo_id, actor=actor, cambios=cambios)
    reason = required_reason(motivo, maximum=1000)
    with admitting(row, _("devolverlo")):
        row.send_back(reason)
    report = _waiting(row)
    report.resultado, report.motivo = ResultadoInforme.DEVUELTO, reason
    report.resuelto_en = now
    report.save(update_fields=["resultado", "motivo", "resuelto_en"])
    event = ChargeSentBack(encargo_id=row.pk, informe_id=report.pk)
    save_charge(row, event, actor=actor, now=now)
    return row


@transaction.atomic
def extend_charge(
    *,
    encargo_id: int,
    vence: dt.date,
    motivo: str,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> ProrrogaEncargo:
    """
    Move the last day further, for the reason given; what was before is kept.

    :raises InvalidInputError: no reason, or a day that is not later than today and the last one.
    :raises ConflictError: the charge ended.
    """
    row = open_charge("manage", encargo_id=encargo_id, actor=actor, cambios=cambios)
    reason = required_reason(motivo, maximum=1000)
    if row.estado not in OPEN_STATES:
        raise ConflictError(_("El encargo ya terminó: no hay plazo que ampliar."))
    if vence <= row.vence or vence < local_date(now):
        line = _("La nueva fecha debe ser posterior a la de ahora y no haber pasado.")
        raise InvalidInputError(fields={"vence": [line]})
    moved = ProrrogaEncargo.objects.create(
        encargo=row,
        antes=row.vence,
        despues=vence,
        motivo=reason,
        autor_id=author_pk(actor),
        creado_en=now,
    )
    row.vence = vence
    event = ChargeExtended(
        encargo_id=row.pk, antes=moved.antes.isoformat(), despues=vence.isoformat()
    )
    save_charge(row, event, actor=actor, now=now)
    return moved


@transaction.atomic
def end_charge(
    *,
    encargo_id: int,
    estado: str,
    motivo: str,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Encargo:
    """
    End it without fulfilment: not fulfilled, moot, or revoked (``ENDINGS``), for the reason given.

    :raises InvalidInputError: no reason, or no such ending.
    :raises ConflictError: it ended before.
    """
    row = open_charge("manage", encargo_id=encargo_id, actor=actor, cambios=cambios)
    reason = required_reason(motivo, maximum=1000)
    if estado not in ENDINGS:
        raise InvalidInputError(fields={"estado": [_("Elija cómo termina.")]})
    acts = {
        EstadoEncargo.INCUMPLIDO: row.fail,
        EstadoEncargo.SIN_MATERIA: row.moot,
        EstadoEncargo.REVOCADO: row.revoke,
    }
    row.informes.filter(concluye=True, resultado="").update(
        resultado=ResultadoInforme.DEVUELTO, motivo=reason, resuelto_en=now
    )
    with admitting(row, _("terminarlo")):
        acts[EstadoEncargo(estado)](reason, now)
    save_charge(row, _ended(row), actor=actor, now=now)
    return row
