"""What a person may do to a notice: send it again, or decide that it will not be sent."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish

from .. import conf
from ..constants import DISCARDABLE, PLANS, RESENDABLE, Categoria, Estado, Motivo
from ..events import NoticeDiscarded, NoticeResent
from ..models import Envio
from ._shared import nudge_pages
from .enqueueing import announce


@transaction.atomic
def resend(*, envio_id: str, actor, now: dt.datetime) -> Envio:
    """
    Send the same text to the same address as a new notice, with a life of its own.

    Whether ``actor`` may is asked by the room that shows the notice. An opt-out still holds.

    :raises NotFoundError: there is no such notice.
    :raises ConflictError: it is on its way, or it is a code, which must be asked for anew.
    """
    old = _locked(envio_id)
    if old.categoria == Categoria.CODIGO:
        raise ConflictError(_("Un código no se reenvía: la persona debe pedir uno nuevo."))
    if old.estado not in RESENDABLE:
        raise ConflictError(_("Este aviso todavía está en camino; espere a que termine."))
    turn = old.sustitutos.count() + 1
    new = Envio.objects.get(pk=old.pk)
    new._state.adding = True
    new.pk = new._meta.pk.get_default()
    new.clave = f"{old.clave[:180]}:r{turn}"
    new.sustituye = old
    new.modo = conf.mode()
    new.estado, new.motivo, new.nota, new.ultimo_codigo = Estado.PENDIENTE, "", "", ""
    new.intentos = new.dudas = 0
    new.ficha = new.arriendo_hasta = new.aceptado_en = new.entregado_en = None
    new.proveedor = new.proveedor_id = ""
    new.proximo_en = new.encolado_en = new.creado_en = new.actualizado_en = now
    new.caduca_en = now + PLANS[new.categoria].expiry
    new.save(force_insert=True)
    publish(NoticeResent(envio_id=str(old.pk), nuevo_id=str(new.pk)), actor=actor, now=now)
    announce(new, now=now)
    nudge_pages([old, new])
    return new


@transaction.atomic
def discard(*, envio_id: str, nota: str, actor, now: dt.datetime) -> Envio:
    """
    Decide that a notice will not be sent (again); ``nota`` says why, 300 characters at most.

    :raises NotFoundError: there is no such notice.
    :raises ConflictError: a vendor already has it.
    :raises InvalidInputError: no reason, or one too long.
    """
    reason = nota.strip()
    if not reason or len(reason) > 300:
        message = _("Diga por qué se descarta, en 300 letras o menos.")
        raise InvalidInputError(message, fields={"nota": [message]})
    envio = _locked(envio_id)
    if envio.estado not in DISCARDABLE:
        raise ConflictError(_("Este aviso ya salió o ya terminó; no se puede descartar."))
    before = envio.estado
    envio.estado, envio.motivo, envio.nota = Estado.CANCELADO, Motivo.DESCARTADO, reason
    envio.ficha, envio.actualizado_en = None, now
    envio.save()
    publish(NoticeDiscarded(envio_id=str(envio.pk), estado_anterior=before), actor=actor, now=now)
    nudge_pages([envio])
    return envio


def _locked(envio_id: str) -> Envio:
    envio = Envio.objects.select_for_update().filter(pk=envio_id).first()
    if envio is None:
        raise NotFoundError(_("No encontramos ese aviso."))
    return envio
