"""Prevenir: asking the citizen to complete, and receiving what was missing (LFPA 17-A)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.errors import ConflictError
from portal.core.events import publish_all
from portal.core.rules import RuleValue

from ..deadlines import business_days_after, correction_limit
from ..events import CorrectionReceived, CorrectionRequested
from ..models import Peticion, Prevencion
from ..uploads import StoredFile
from .attachments import attachment_events, new_attachments, require_count
from .base import admitting, author_of, municipal_zone, open_case, required_text, save_case
from .clock import calendar_in_force, counting_from, current_plazo, reset_clock, rule_of


@transaction.atomic
def request_correction(
    *, peticion_id: int, texto: str, actor, now: dt.datetime, version: int | None = None
) -> Prevencion:
    """
    Ask the citizen for what is missing, once, within the first part of the term; the clock stops.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no text, or over 4,000 characters.
    :raises ConflictError: the rule admits none, it was asked before, it is too late (the message
        gives the limit), the state does not admit it, or the case changed.
    """
    peticion = open_case(
        "request_correction", peticion_id=peticion_id, actor=actor, version=version
    )
    texto = required_text(texto, "texto", message=_("Escriba qué falta y cómo completarlo."))
    with admitting("request_correction", peticion):
        peticion.request_correction()
    rule = _require_correctable(peticion, now)
    row = Prevencion.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        texto=texto,
        efecto=rule.prevencion.efecto,
        vence=business_days_after(
            now, rule.prevencion.dias_cumplir, calendar_in_force(), municipal_zone()
        ),
    )
    clock = reset_clock(peticion, cause="paused", now=now, author=author_of(actor))
    save_case(peticion, now=now)
    event = CorrectionRequested(
        peticion_id=peticion.pk, prevencion_id=row.pk, vence=row.vence.isoformat()
    )
    publish_all([(event, actor), (clock, actor)], now=now)
    return row


def correction_deadline(peticion: Peticion) -> dt.datetime | None:
    """The last moment to ask for a correction; ``None`` if the rule admits none."""
    plazo = current_plazo(peticion)
    rule = rule_of(peticion, plazo)
    if RuleValue.from_rule(rule).prevencion is None:
        return None
    start = plazo.inicia if plazo else peticion.recibida_en
    return correction_limit(counting_from(rule=rule, start=start, calendar=calendar_in_force()))


def _require_correctable(peticion: Peticion, now: dt.datetime) -> RuleValue:
    if peticion.prevenciones.exists():
        raise ConflictError(
            _("Ya se previno una vez y la ley no permite hacerlo de nuevo: responda o deseche."),
            code="ya_prevenida",
        )
    limit = correction_deadline(peticion)
    if limit is None:
        raise ConflictError(_("La regla de este servicio no admite prevención."), code="sin_regla")
    if now > limit:
        day = full_date(limit.astimezone(municipal_zone()).date())
        message = _(
            "Ya no se puede prevenir: el límite era el %(day)s, la primera parte del plazo que"
            " señala la regla. Resuelva con lo que hay."
        )
        raise ConflictError(message % {"day": day}, code="prevencion_tarde", limite=day)
    return RuleValue.from_rule(rule_of(peticion, current_plazo(peticion)))


@transaction.atomic
def receive_correction(
    *,
    peticion_id: int,
    texto: str,
    actor,
    now: dt.datetime,
    adjuntos: Sequence[StoredFile] = (),
) -> Prevencion:
    """
    The citizen completed what was missing; the clock goes on (or starts anew, if the rule says).

    A reply after its own limit is still received while nobody has dismissed the case.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: neither text nor file, too long, or too many files.
    :raises ConflictError: nothing was asked.
    """
    peticion = open_case("receive_correction", peticion_id=peticion_id, actor=actor)
    require_count(adjuntos)
    texto = required_text(
        texto or (_("(Se entregaron archivos)") if adjuntos else ""),
        "texto",
        message=_("Escriba su respuesta o agregue un archivo."),
    )
    with admitting("receive_correction", peticion):
        peticion.receive_correction()
    row = peticion.prevenciones.get(cumplida_en=None)
    row.cumplida_en, row.texto_cumplimiento = now, texto
    row.save(update_fields=["cumplida_en", "texto_cumplimiento"])
    clock = reset_clock(peticion, cause="resumed", now=now, author=author_of(actor))
    save_case(peticion, now=now)
    files = new_attachments(peticion, adjuntos, act=f"prevencion:{row.pk}", actor=actor, now=now)
    event = CorrectionReceived(peticion_id=peticion.pk, prevencion_id=row.pk)
    facts = [*attachment_events(peticion, files, actor), (event, actor), (clock, actor)]
    publish_all(facts, now=now)
    return row
