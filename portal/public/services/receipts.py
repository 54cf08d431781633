"""The sealed receipt of a filing: made when it is first asked for, or by the sweep."""

import datetime as dt
import logging

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from portal.core.actors import SYSTEM
from portal.core.errors import DomainError, UnavailableError
from portal.documents.models import Documento
from portal.documents.services import Issue, issue_sealed, issued_for
from portal.ui.dates import as_date, date_time
from tramites.constants import Canal
from tramites.models import Peticion
from tramites.papers import ACUSE, origin_of
from tramites.services.documents import official_language

from ..receipt_pdf import receipt_extra
from ..selectors.receipts import receipt_of

logger = logging.getLogger("ventanilla.documents")

#: How far back the sweep looks; an older receipt is sealed when somebody asks for it.
RECENT = dt.timedelta(days=3)
PIECE = 20


def receipt_document(peticion: Peticion) -> Documento | None:
    """The sealed receipt of a case, if it is there."""
    return issued_for(origin_of(peticion.pk, ACUSE))


def issue_receipt(*, peticion: Peticion, now: dt.datetime) -> Documento:
    """
    The sealed receipt of a case, made now if it was not yet.

    :raises UnavailableError: the institution has no certificate, or the disk is full.
    :raises DomainError: the template of receipts does not take it.
    """
    known = receipt_document(peticion)
    if known is not None:
        return known
    with official_language():
        it = receipt_of(peticion, now=now)
        issue = Issue(
            tipo="acuse",
            origen=origin_of(peticion.pk, ACUSE),
            dependencia_id=peticion.dependencia_id,
            asunto=it.asunto,
            datos={
                "folio_peticion": it.folio,
                "asunto": it.asunto,
                "recibido": date_time(it.recibida_en, seconds=True),
                "dependencia": it.dependencia,
                "vence": as_date(it.vence).isoformat() if it.vence else "",
            },
            confidencial=peticion.sensible,
            extra=receipt_extra(it),
            folio=it.folio,
        )
        return issue_sealed(issue=issue, actor=SYSTEM, now=now)


def receipt_if_possible(*, peticion: Peticion, now: dt.datetime) -> Documento | None:
    """
    The sealed receipt; ``None`` while it cannot be made, which keeps nobody from a plain one.
    """
    try:
        return issue_receipt(peticion=peticion, now=now)
    except DomainError as error:
        _tell(peticion.pk, error)
        return None


def seal_recent_receipts(*, now: dt.datetime, limit: int = PIECE) -> int:
    """
    Seal up to ``limit`` receipts of the last days that nobody has asked for yet; says how many.

    History that was imported was received elsewhere: it has none.
    """
    origin = Concat(Value("peticion:"), Cast("pk", CharField()), Value(f":{ACUSE}"))
    filed = Peticion.objects.filter(recibida_en__gte=now - RECENT, recibida_en__lte=now)
    without = (
        filed.exclude(canal=Canal.IMPORTADO)
        .annotate(acuse=origin)
        .filter(~Exists(Documento.objects.filter(origen=OuterRef("acuse"))))
        .select_related("servicio", "dependencia", "colonia")
        .order_by("recibida_en")
    )
    done = 0
    for peticion in without[:limit]:
        try:
            issue_receipt(peticion=peticion, now=now)
        except UnavailableError:
            break
        except DomainError as error:
            _tell(peticion.pk, error)
            continue
        done += 1
    return done


def _tell(peticion_id: int, error: Exception) -> None:
    logger.warning("receipt_not_sealed case=%s error=%s", peticion_id, type(error).__name__)
