"""The text of an acuerdo as a document with the institution's seal."""

import datetime as dt
import logging

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.actors import SYSTEM
from portal.core.clock.wording import full_date
from portal.core.errors import DomainError, NotFoundError, UnavailableError
from portal.core.events import publish
from portal.core.time import local_date
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.services import Issue, issue_sealed
from tablero.cabildo.services.base import office_of
from tablero.cabildo.sitting_presenting import result_of

from ..events import AcuerdoSealed
from ..models import Acuerdo

logger = logging.getLogger("ventanilla.acuerdos")

KIND = "acuerdo_cabildo"
#: Sealed in one round of the worker.
BATCH = 20


def session_line(row: Acuerdo) -> str:
    """«sesión ordinaria 3/2026, Ayuntamiento, viernes 27 de noviembre de 2026»."""
    name = row.sesion.nombre
    day = full_date(local_date(row.adoptado_en))
    return f"{name[0].lower()}{name[1:]}, {row.organo}, {day}"


def seal_acuerdo(*, acuerdo_id: int, now: dt.datetime) -> Documento:
    """
    Issue its document once; asked again, gives the same.

    :raises NotFoundError: there is none.
    :raises UnavailableError: the institution has no certificate, or the disk is full.
    """
    rows = Acuerdo.objects.select_related("sesion", "organo", "votacion__regla", "documento")
    row = rows.filter(pk=acuerdo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese acuerdo."))
    if row.documento is not None:
        return row.documento
    issue = Issue(
        tipo=KIND,
        origen=f"acuerdo:{row.pk}",
        dependencia_id=office_of(SYSTEM),
        asunto=row.titulo,
        confidencial=not row.publico,
        folio=row.folio,
        datos={
            "numero": row.folio,
            "titulo": row.titulo,
            "sesion": session_line(row)[:300],
            "texto": row.texto,
            "votacion": result_of(row.votacion)["dice"][:1000],
        },
    )
    documento = issue_sealed(issue=issue, actor=SYSTEM, now=now)
    _keep(row, documento, now)
    return documento


@transaction.atomic
def _keep(row: Acuerdo, documento: Documento, now: dt.datetime) -> None:
    """Tie it to the acuerdo; of two who sealed at once, the first."""
    free = Acuerdo.objects.filter(pk=row.pk, documento=None)
    if not free.update(documento=documento):
        return
    kept = documento.archivos.get(clase=ClaseArchivo.FIRMADO)
    event = AcuerdoSealed(acuerdo_id=row.pk, documento_id=documento.pk, sha256=kept.sha256)
    publish(event, actor=SYSTEM, now=now)


def seal_missing(now: dt.datetime) -> int:
    """
    Seal what was left without a document, and tell how many were. Without a certificate or room on
    the disk the rest waits; one that is no good holds up no other.
    """
    done = 0
    for pk in (
        Acuerdo.objects.filter(documento=None).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        try:
            seal_acuerdo(acuerdo_id=pk, now=now)
        except UnavailableError:
            break
        except DomainError as error:
            logger.warning("acuerdo_not_sealed acuerdo=%s code=%s", pk, error.code)
            continue
        done += 1
    return done
