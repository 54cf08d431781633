"""A row of a batch as it would be printed: written, rendered, and undone."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError
from portal.documents.printing import content_of
from portal.documents.rendering import Letterhead, render_pdf
from portal.documents.services.drafting import Draft, create_documento, current_version
from portal.documents.snapshot import snapshot

from .batch_services import origin_of
from .constants import EstadoFila
from .models import FilaLote, LoteDocumento


def sample_pdf(lote: LoteDocumento, *, now: dt.datetime) -> bytes:
    """
    The first pending row as a draft. Nothing stays: no row, no file, no fact.

    :raises ConflictError: nothing is pending.
    """
    fila = lote.filas.filter(estado=EstadoFila.PENDIENTE).order_by("numero").first()
    if fila is None:
        raise ConflictError(_("El lote no tiene filas por emitir."), code="lote_vacio")
    with transaction.atomic():
        layout, content, paper = _drafted(lote, fila, now)
        transaction.set_rollback(True)
    return render_pdf(layout=layout, content=content, letterhead=Letterhead(**paper)).pdf


def _drafted(lote: LoteDocumento, fila: FilaLote, now: dt.datetime):
    draft = Draft(
        asunto=lote.asunto,
        destinatario=fila.destinatario,
        datos=fila.datos,
        confidencial=lote.confidencial,
        firmantes=lote.firmantes,
    )
    documento = create_documento(
        kind=lote.tipo,
        dependencia_id=lote.dependencia_id,
        draft=draft,
        actor=lote.autor,
        now=now,
        origen=f"{origin_of(lote.pk, fila.numero)}:muestra",
    )
    content = snapshot(documento, current_version(documento))
    printed = content_of(documento, content, borrador=True)
    return documento.plantilla.diseno, printed, content["membrete"]
