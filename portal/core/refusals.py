"""What was tried and could not be: a fact too, where the law looks at who tried what."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from .errors import DomainError, InvalidInputError
from .events import DomainEvent, publish


@contextmanager
def keep_refusals(event: Callable[..., DomainEvent], *, actor, now: dt.datetime) -> Iterator[None]:
    """
    Leave ``event(motivo=…)`` in the record if the act within is refused; the refusal goes on.

    ``motivo`` is what its author was told. The fact is kept after the act was undone. What was only
    ill written (:class:`InvalidInputError`) tried nothing and leaves none.
    """
    try:
        yield
    except InvalidInputError:
        raise
    except DomainError as error:
        with transaction.atomic():
            publish(event(motivo=str(error.message)), actor=actor, now=now)
        raise
