"""What a department does about a charge: acknowledges it, and reports with evidence."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.text import clean_text
from portal.documents.services.base import author_pk
from tramites.uploads import StoredFile, receive_upload

from ..constants import EstadoEncargo
from ..events import ChargeAcknowledged, ChargeReported
from ..models import Encargo, EvidenciaEncargo, InformeEncargo
from ..policies import EncargoPolicy
from .base import admitting, open_charge, save_charge

LONGEST = 4000
MOST_FILES = 5


@dataclass(frozen=True, kw_only=True)
class Report:
    """``avance`` in per cent; ``concluye``: the department says that it is done."""

    texto: str
    avance: int
    concluye: bool = False
    archivos: Sequence = field(default_factory=tuple)


@transaction.atomic
def acknowledge_charge(
    *, encargo_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Encargo:
    """
    The department knows of it and answers for it.

    :raises ConflictError: it did already, or the charge ended.
    """
    row = open_charge("answer", encargo_id=encargo_id, actor=actor, cambios=cambios)
    with admitting(row, _("acusar recibo")):
        row.acknowledge(now)
    save_charge(row, ChargeAcknowledged(encargo_id=row.pk), actor=actor, now=now)
    return row


def report_charge(
    *, encargo_id: int, report: Report, actor, now: dt.datetime, cambios: int | None = None
) -> InformeEncargo:
    """
    Report how it goes, with its evidence; a charge reported before it was acknowledged is
    acknowledged by that.

    :raises NotFoundError, NotAllowedError: as the policy says; asked before any file is read.
    :raises InvalidInputError: by field; of a charge said to be done, evidence is demanded.
    :raises ConflictError: a report waits to be validated, or the charge ended.
    """
    row = Encargo.objects.filter(pk=encargo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese encargo."))
    EncargoPolicy(actor).require("answer", row)
    text = _checked(report)
    with files.undone_on_error() as note:
        stored = []
        for upload in report.archivos:
            kept = receive_upload(upload)
            note(kept.ruta)
            stored.append(kept)
        return _keep(
            encargo_id=row.pk,
            report=report,
            text=text,
            stored=stored,
            actor=actor,
            now=now,
            cambios=cambios,
        )


def _checked(report: Report) -> str:
    text = clean_text(report.texto or "")
    faults = {}
    if not 0 < len(text) <= LONGEST:
        faults["texto"] = [_("Diga qué se hizo, en hasta 4,000 letras.")]
    if not isinstance(report.avance, int) or not 0 <= report.avance <= 100:
        faults["avance"] = [_("El avance va de 0 a 100 por ciento.")]
    if len(report.archivos) > MOST_FILES:
        faults["archivos"] = [_("Adjunte hasta %(n)s archivos.") % {"n": MOST_FILES}]
    if report.concluye and not report.archivos:
        faults["archivos"] = [_("Para darlo por cumplido adjunte al menos una evidencia.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return text


@transaction.atomic
def _keep(
    *,
    encargo_id: int,
    report: Report,
    text: str,
    stored: list[StoredFile],
    actor,
    now: dt.datetime,
    cambios: int | None,
) -> InformeEncargo:
    row = open_charge("answer", encargo_id=encargo_id, actor=actor, cambios=cambios)
    facts: list = []
    if row.estado == EstadoEncargo.PENDIENTE:
        row.acknowledge(now)
        facts.append(ChargeAcknowledged(encargo_id=row.pk))
    if row.estado != EstadoEncargo.EN_PROCESO:
        message = _("El encargo está en «%(state)s»: no espera informes.")
        raise ConflictError(message % {"state": row.get_estado_display()}, code="estado_no_admite")
    row.avance = 100 if report.concluye else report.avance
    if report.concluye:
        row.hand_in()
    told = InformeEncargo.objects.create(
        encargo=row,
        texto=text,
        avance=row.avance,
        concluye=report.concluye,
        autor_id=author_pk(actor),
        creado_en=now,
    )
    for kept in stored:
        _keep_file(told, kept)
    event = ChargeReported(
        encargo_id=row.pk,
        informe_id=told.pk,
        avance=row.avance,
        concluye=report.concluye,
        sha256=[kept.sha256 for kept in stored],
    )
    save_charge(row, *facts, event, actor=actor, now=now)
    return told


def _keep_file(told: InformeEncargo, kept: StoredFile) -> None:
    EvidenciaEncargo.objects.create(
        informe=told,
        clave=kept.clave,
        ruta=kept.ruta,
        archivo=kept.nombre,
        tipo=kept.tipo,
        tamano=kept.tamano,
        sha256=kept.sha256,
    )
