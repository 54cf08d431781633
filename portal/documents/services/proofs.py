"""The sealed proof of an electronic notification, issued after its acknowledgement."""

import datetime as dt
import logging

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.core.actors import SYSTEM
from portal.core.errors import DomainError
from portal.core.time import local_date

from ..constants import ClaseArchivo, EstadoNotificacion, FormaNotificacion
from ..models import Documento, NotificacionDocumento
from .files import last_file
from .issuing import Issue, issued_for
from .sealed import issue_sealed

logger = logging.getLogger("ventanilla.documents")
PIECE = 20


def proof_origin(notificacion_id: int) -> str:
    """What the proof of a notification is issued for."""
    return f"notificacion:{notificacion_id}:constancia"


def proof_of(row: NotificacionDocumento) -> Documento | None:
    """The proof, once it is issued."""
    return issued_for(proof_origin(row.pk))


def issue_proof(*, notificacion_id: int, now: dt.datetime) -> Documento | None:
    """
    Issue the proof of an acknowledged notification; ``None`` if it was not acknowledged.

    :raises UnavailableError: no certificate of the institution, or no room on the disk.
    """
    row = (
        NotificacionDocumento.objects.select_related("documento__tipo", "documento__dependencia")
        .filter(pk=notificacion_id, forma=FormaNotificacion.ACUSE)
        .first()
    )
    if row is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        return issue_sealed(issue=_issue(row), actor=SYSTEM, now=now)


def issue_missing_proofs(now: dt.datetime, limit: int = PIECE) -> int:
    """Issue up to ``limit`` proofs that could not be issued when they were due; says how many."""
    origin = Concat(
        Value("notificacion:"),
        Cast(OuterRef("pk"), models.CharField()),
        Value(":constancia"),
    )
    rows = NotificacionDocumento.objects.filter(
        ~Exists(Documento.objects.filter(origen=origin)),
        estado=EstadoNotificacion.PRACTICADA,
        forma=FormaNotificacion.ACUSE,
    )
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:limit]):
        done += issue_proof_or_leave(notificacion_id=pk, now=now)
    return done


def issue_proof_or_leave(*, notificacion_id: int, now: dt.datetime) -> bool:
    """Issue it now if that can be; otherwise it is tried again later. Never raises."""
    try:
        return issue_proof(notificacion_id=notificacion_id, now=now) is not None
    except DomainError as error:
        logger.warning("proof_not_issued notice=%s error=%s", notificacion_id, error.code)
        return False


def _issue(row: NotificacionDocumento) -> Issue:
    documento = row.documento
    return Issue(
        tipo="constancia_notificacion",
        origen=proof_origin(row.pk),
        dependencia_id=documento.dependencia_id,
        asunto=_("Notificación electrónica de %(folio)s") % {"folio": documento.folio},
        destinatario=row.destinatario,
        confidencial=documento.confidencial,
        datos={
            "persona": row.destinatario,
            "correo": row.correo,
            "consentimiento": row.consentimiento.rstrip("."),
            "documento": f"{documento.tipo}, {documento.folio}",
            "fecha_documento": local_date(documento.firmado_en).isoformat(),
            "emisor": documento.dependencia.nombre,
            "huella": last_file(documento, ClaseArchivo.FIRMADO).sha256,
        },
        extra={
            "campos": [
                [_("Se envió"), _moment(row.enviada_en)],
                [_("Se abrió"), _moment(row.abierta_en or row.practicada_en)],
                [_("Acuse de recibo"), _moment(row.practicada_en)],
            ]
        },
    )


def _moment(moment: dt.datetime) -> str:
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return _("%(day)s a las %(hour)s h") % {"day": f"{local:%d/%m/%Y}", "hour": f"{local:%H:%M}"}
