"""What every act on an acta begins and ends with."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import DomainEvent, publish

from ..models import Acta
from ..policies import ActaPolicy


def open_acta(*, acta_id: int, actor, cambios: int | None = None, manage: bool = True) -> Acta:
    """
    Lock the acta, ask the policy, and make sure that it is as the person saw it.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it changed meanwhile.
    """
    row = Acta.objects.select_for_update(of=("self",)).filter(pk=acta_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa acta."))
    ActaPolicy(actor).require(row, manage=manage)
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("El acta cambió mientras usted la veía. Revísela otra vez: nada se guardó."),
            code="version_anterior",
            cambios=row.cambios,
        )
    return row


@contextmanager
def admitting(row: Acta, act: str) -> Iterator[None]:
    """Turn a transition that the state does not admit into a sentence (409)."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        message = _("El acta está en «%(state)s»: no se puede %(act)s.")
        raise ConflictError(
            message % {"state": row.get_estado_display(), "act": act}, code="estado_no_admite"
        ) from error


def save_acta(row: Acta, *events: DomainEvent, actor, now: dt.datetime) -> None:
    """Write the acta with its next number of changes and record the facts."""
    row.cambios += 1
    row.actualizado_en = now
    row.save()
    for event in events:
        publish(event, actor=actor, now=now)


def refuse(field: str, line: str) -> InvalidInputError:
    """The refusal of one field."""
    return InvalidInputError(fields={field: [line]})
