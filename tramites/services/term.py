"""Extending the term: once, before it runs out, with reasons, within the cap (LFPA 31)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.clock.wording import quantity
from portal.core.errors import ConflictError, InvalidInputError
from portal.core.events import publish_all

from ..constants import Estado, Reloj
from ..events import TermExtended
from ..models import Peticion, Prorroga
from .base import author_of, open_case, required_text, save_case, state_conflict
from .clock import current_plazo, most_extension, reset_clock, rule_of

EXTENDABLE = (Estado.TURNADA, Estado.EN_ATENCION, Estado.REABIERTA)


@transaction.atomic
def extend_term(
    *,
    peticion_id: int,
    cantidad: int,
    motivo: str,
    actor,
    now: dt.datetime,
    version: int | None = None,
) -> Prorroga:
    """
    Add ``cantidad`` units of the rule to the case's term.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no reason, or an amount outside 1 to the rule's cap.
    :raises ConflictError: the rule admits none, it was extended before, the term has run out, the
        state does not admit it, or the case changed.
    """
    peticion = open_case("extend", peticion_id=peticion_id, actor=actor, version=version)
    if peticion.estado not in EXTENDABLE:
        raise state_conflict("extend", peticion)
    motivo = required_text(motivo, "motivo", message=_("Escriba las razones de la prórroga."))
    rule = rule_of(peticion, current_plazo(peticion))
    _require_extendable(peticion, now)
    unit = rule.valor["plazo"]["unidad"]
    row = Prorroga.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        motivo=motivo,
        cantidad=_amount(cantidad, most_extension(rule), unit),
        unidad=unit,
    )
    clock = reset_clock(peticion, cause="extended", now=now, author=author_of(actor))
    save_case(peticion, now=now)
    event = TermExtended(
        peticion_id=peticion.pk, prorroga_id=row.pk, vence=peticion.vence_en.isoformat()
    )
    publish_all([(event, actor), (clock, actor)], now=now)
    return row


def _require_extendable(peticion: Peticion, now: dt.datetime) -> None:
    if peticion.prorrogas.exists():
        raise ConflictError(
            _("El plazo ya se amplió una vez y no puede ampliarse de nuevo."), code="ya_ampliada"
        )
    if peticion.reloj != Reloj.CORRIENDO or now > peticion.vence_en:
        raise ConflictError(
            _("El plazo ya venció: sólo se amplía antes de que termine."), code="plazo_vencido"
        )


def _amount(cantidad: int, most: int, unit: str) -> int:
    if most == 0:
        raise ConflictError(_("La regla de este servicio no admite prórroga."), code="sin_regla")
    if isinstance(cantidad, bool) or not isinstance(cantidad, int) or not 1 <= cantidad <= most:
        line = _("Escriba de 1 a %(most)s.") % {"most": quantity(most, unit)}
        raise InvalidInputError(fields={"cantidad": [line]})
    return cantidad
