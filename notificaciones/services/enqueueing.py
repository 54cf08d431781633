"""Putting a notice in the outbox, in the transaction of the fact it tells."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from portal.core.actors import SYSTEM
from portal.core.events import publish

from .. import conf
from ..constants import PLANS, Canal, Categoria, Estado, Motivo
from ..events import NoticeDue
from ..models import Envio
from ..rendering import render
from ._shared import nudge_pages


@dataclass(frozen=True)
class Recipient:
    """
    An address: E.164 for ``sms`` and ``whatsapp``, a mailbox for ``correo``.

    ``verificado``: the person proved that it is theirs, or gave it in person.
    """

    canal: str
    destino: str
    verificado: bool = True


@transaction.atomic
def enqueue(
    *,
    clave: str,
    evento: str,
    canales: Sequence[Recipient],
    idioma: str,
    variables: Mapping[str, object],
    categoria: str,
    now: dt.datetime,
    referencia: str = "",
    sensible: bool = False,
) -> list[Envio]:
    """
    Render ``evento`` for each recipient and leave it to be sent; only rows are written here.

    ``clave`` names the fact: the same one again adds nothing and returns what there is. ``now`` is
    aware. ``referencia`` is what it is about, ``kind:number``. ``sensible`` hides the text from
    the staff. ``variables`` are strings, dates or moments.

    :raises ValueError: unknown event, channel or category, or a variable is missing.
    """
    notice = _Notice(
        clave, evento, idioma, variables, Categoria(categoria), referencia, sensible, now
    )
    drafts = [_draft(notice, to) for to in dict.fromkeys(canales) if to.destino]
    if not drafts:
        return []
    Envio.objects.bulk_create(drafts, ignore_conflicts=True)
    rows = list(Envio.objects.filter(clave__in=[d.clave for d in drafts]).order_by("canal"))
    fresh = {draft.pk for draft in drafts}
    for row in rows:
        if row.pk in fresh and row.estado == Estado.PENDIENTE:
            announce(row, now=now)
    nudge_pages(rows)
    return rows


def announce(envio: Envio, *, now: dt.datetime, retry: bool = False) -> None:
    """Tell the queue that ``envio`` will be ready at its ``proximo_en``. Needs a transaction."""
    priority = PLANS[envio.categoria].priority
    later = envio.proximo_en > now
    publish(
        NoticeDue(
            envio_id=str(envio.pk),
            priority=min(priority, -10) if retry and priority <= 0 else priority,
            run_after=envio.proximo_en.isoformat() if later else "",
        ),
        actor=SYSTEM,
        now=now,
    )


@dataclass(frozen=True)
class _Notice:
    """What all the recipients of one fact share."""

    clave: str
    evento: str
    idioma: str
    variables: Mapping[str, object]
    categoria: Categoria
    referencia: str
    sensible: bool
    now: dt.datetime


def _draft(notice: _Notice, recipient: Recipient) -> Envio:
    canal = Canal(recipient.canal)
    rendered = render(
        evento=notice.evento, canal=canal, idioma=notice.idioma, variables=notice.variables
    )
    kind, _colon, number = notice.referencia.partition(":")
    envio = Envio(
        clave=_row_key(notice.clave, canal, recipient.destino),
        evento=notice.evento,
        categoria=notice.categoria,
        canal=canal,
        destino=recipient.destino,
        idioma=notice.idioma[:8],
        objeto=kind if number.isdecimal() else "",
        objeto_id=int(number) if number.isdecimal() else None,
        asunto=rendered.subject,
        cuerpo=rendered.text,
        cuerpo_html=rendered.html,
        codificacion=rendered.encoding,
        caracteres=rendered.characters,
        segmentos=rendered.segments,
        sensible=notice.sensible,
        modo=conf.mode(),
        proximo_en=notice.now,
        caduca_en=notice.now + PLANS[notice.categoria].expiry,
        encolado_en=notice.now,
        creado_en=notice.now,
        actualizado_en=notice.now,
    )
    if not recipient.verificado and notice.categoria != Categoria.CODIGO:
        envio.estado, envio.motivo = Estado.RETENIDO, Motivo.SIN_VERIFICAR
    return envio


def _row_key(clave: str, canal: str, destino: str) -> str:
    """One row per fact, channel and address; the address itself stays out of the key."""
    digest = hashlib.sha256(destino.casefold().encode()).hexdigest()[:16]
    return f"{clave}:{canal}:{digest}"
