"""What follows when a batch ends: one letter to who began it and to who must sign it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.accounts.models import User
from portal.core.events import EventContext, subscribe

from ..batch_events import BatchFinished
from ..constants import FormaEmision
from ..models import LoteDocumento
from ..notices import addresses


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(BatchFinished, tell_end)


def tell_end(event: BatchFinished, context: EventContext) -> None:
    """The one who began it learns how it went; the signatories, that their turn has come."""
    lote = LoteDocumento.objects.select_related("autor", "tipo").get(pk=event.lote_id)
    done = ngettext(
        "Se emitió %(n)s documento", "Se emitieron %(n)s documentos", event.emitidas
    ) % {"n": event.emitidas}
    failed = _("; %(n)s filas no se pudieron emitir") % {"n": event.fallidas}
    text = f"{done}{failed if event.fallidas else ''}."
    _write(lote, [lote.autor], _("Terminó un lote de documentos"), text, context, "fin")
    if lote.forma == FormaEmision.POR_FIRMAR and event.emitidas:
        signers = User.objects.filter(pk__in=lote.firmantes.values())
        line = _("Hay %(n)s documentos de un lote que esperan su firma. Puede firmarlos juntos.")
        text = line % {"n": event.emitidas}
        _write(lote, signers, _("Le toca firmar un lote"), text, context, "firma")


def _write(lote, people, subject: str, text: str, context: EventContext, key: str) -> None:
    boxes = addresses(people)
    if not boxes:
        return
    path = "documentos:firmar_lote" if key == "firma" else "documentos:lote"
    url = reverse(path, args=[] if key == "firma" else [lote.pk])
    enqueue(
        clave=f"lote:{lote.pk}:{key}:{context.record.sequence}",
        evento="aviso_personal",
        canales=[Recipient(Canal.CORREO, box) for box in boxes.values()],
        idioma="es",
        variables={
            "asunto": subject,
            "texto": text,
            "enlace": f"{settings.PUBLIC_URL.rstrip('/')}{url}",
        },
        categoria=Categoria.REQUERIMIENTO if key == "firma" else Categoria.ESTADO,
        now=context.now,
        referencia=f"lote:{lote.pk}",
    )
