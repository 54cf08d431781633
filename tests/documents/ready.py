"""A town's documents that wait for their signatures, through the services, without reviewers."""

import datetime as dt

from portal.documents import services
from portal.documents.constants import OrdenFirma
from portal.documents.models import Documento
from portal.documents.services import Draft
from tests.factories import NOON

from .samples import DATA


def later(minutes: int) -> dt.datetime:
    """A moment after noon."""
    return NOON + dt.timedelta(minutes=minutes)


def waiting(drafter, office, *signers, kind="memorandum", parallel=False, **values) -> Documento:
    """
    A document of ``kind`` that waits for ``signers``, in the places of its template; ``values``
    are fields of the draft.
    """
    services.ensure_kind(kind, now=NOON)
    rules = {
        "requiere_visto_bueno": False,
        "orden_firma": OrdenFirma.EN_PARALELO if parallel else OrdenFirma.EN_ORDEN,
    }
    row = services.save_kind(clave=kind, values=rules, actor=drafter, now=NOON)
    places = row.plantillas.get(vigente=True).firmantes
    people = {place["clave"]: who.pk for place, who in zip(places, signers, strict=True)}
    draft = {"asunto": "Aviso de guardia", "datos": DATA[kind], "firmantes": people} | values
    documento = services.draft_documento(
        tipo=kind, dependencia_id=office.pk, draft=Draft(**draft), actor=drafter, now=NOON
    )
    services.submit_documento(documento_id=documento.pk, revisores=[], actor=drafter, now=later(1))
    return services.send_to_sign(documento_id=documento.pk, actor=drafter, now=later(2))


def fresh(documento) -> Documento:
    """The document as it stands in the database."""
    return Documento.objects.get(pk=documento.pk)
