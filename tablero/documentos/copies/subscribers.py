"""A certification that is signed, or left without effect, moves the request it was made for."""

from portal.core.events import EventContext, subscribe
from portal.documents.events import DocumentoCancelled, DocumentoCompleted
from portal.documents.models import Documento

from .certifying import take_back_certification, take_certified


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(DocumentoCompleted, on_signed)
    subscribe(DocumentoCancelled, on_cancelled)


def _certification(pk: int) -> Documento | None:
    return Documento.objects.filter(pk=pk, origen__startswith="copia:").first()


def on_signed(event: DocumentoCompleted, context: EventContext) -> None:
    """The copy is certified."""
    documento = _certification(event.documento_id)
    if documento is not None:
        take_certified(documento=documento, actor=context.actor, now=context.now)


def on_cancelled(event: DocumentoCancelled, context: EventContext) -> None:
    """The request waits for another certification."""
    documento = _certification(event.documento_id)
    if documento is not None:
        take_back_certification(documento=documento, actor=context.actor, now=context.now)
