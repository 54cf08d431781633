"""What every act on a charge begins and ends with."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from portal.core.errors import ConflictError, NotFoundError
from portal.core.events import DomainEvent, publish

from ..models import Encargo
from ..policies import EncargoPolicy


def open_charge(action: str, *, encargo_id: int, actor, cambios: int | None) -> Encargo:
    """
    Lock the charge, ask the policy, and make sure that it is as the person saw it.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it changed meanwhile.
    """
    row = Encargo.objects.select_for_update(of=("self",)).filter(pk=encargo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese encargo."))
    EncargoPolicy(actor).require(action, row)
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("El encargo cambió mientras usted lo veía. Revíselo otra vez: nada se guardó."),
            code="version_anterior",
            cambios=row.cambios,
        )
    return row


@contextmanager
def admitting(row: Encargo, act: str) -> Iterator[None]:
    """Turn a transition that the state does not admit into a sentence (409)."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        message = _("El encargo está en «%(state)s»: no se puede %(act)s.")
        raise ConflictError(
            message % {"state": row.get_estado_display(), "act": act}, code="estado_no_admite"
        ) from error


def save_charge(row: Encargo, *events: DomainEvent, actor, now: dt.datetime) -> None:
    """Write the charge with its next number of changes and record the facts."""
    row.cambios += 1
    row.actualizado_en = now
    row.save()
    for event in events:
        publish(event, actor=actor, now=now)
