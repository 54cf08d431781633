"""What every act on a document begins and ends with."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from portal.core.calendar import current_calendar
from portal.core.clock import Term, Unit, deadline
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.text import clean_text
from portal.core.time import local_date

from ..constants import MAX_REASON
from ..models import Documento
from ..policies import DocumentoPolicy


def locked(documento_id: int) -> Documento:
    """
    The document, locked until the caller's transaction ends.

    :raises NotFoundError: there is none.
    """
    found = Documento.objects.select_for_update().filter(pk=documento_id).first()
    if found is None:
        raise NotFoundError(_("No encontramos ese documento."))
    return found


def open_documento(
    action: str, *, documento_id: int, actor, cambios: int | None = None
) -> Documento:
    """
    Lock the document, ask the policy, and make sure it is the one the person was looking at.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: ``cambios`` is not the present one.
    """
    documento = locked(documento_id)
    DocumentoPolicy(actor).require(action, documento)
    if cambios is not None and cambios != documento.cambios:
        raise ConflictError(
            _("El documento cambió mientras usted lo veía. Revíselo otra vez: nada se guardó."),
            code="version_anterior",
            cambios=documento.cambios,
        )
    return documento


@contextmanager
def admitting(documento: Documento, act: str) -> Iterator[None]:
    """Turn a transition that the state does not admit into a sentence (409)."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise state_conflict(documento, act) from error


def state_conflict(documento: Documento, act: str) -> ConflictError:
    """The refusal of an act («enviar a revisión») by the present state."""
    message = _("El documento está en «%(state)s»: no se puede %(act)s.")
    return ConflictError(
        message % {"state": documento.get_estado_display(), "act": act},
        code="estado_no_admite",
        estado=documento.estado,
    )


def save_documento(documento: Documento, *, now: dt.datetime) -> None:
    """Write the document with its next number of changes."""
    documento.cambios += 1
    documento.actualizado_en = now
    documento.save()


def required_reason(texto: str, *, field: str = "motivo", maximum: int = MAX_REASON) -> str:
    """
    A reason in words, cleaned.

    :raises InvalidInputError: none, or too long.
    """
    clean = clean_text(texto or "")
    if not clean:
        raise InvalidInputError(fields={field: [_("Escriba el motivo.")]})
    if len(clean) > maximum:
        line = _("Escriba a lo más %(most)s caracteres; van %(now)s.")
        numbers = {"most": f"{maximum:,}", "now": f"{len(clean):,}"}
        raise InvalidInputError(fields={field: [line % numbers]})
    return clean


def due_in(days: int, now: dt.datetime) -> dt.date:
    """The last of ``days`` business days of the municipality after the day of ``now``."""
    start = local_date(now)
    if days < 1:
        return start
    term = Term(days, Unit.HABILES)
    return deadline(term=term, start=start, calendar=current_calendar()).vence


def author_pk(actor) -> int | None:
    """The person behind the actor; ``None`` when it is not staff."""
    return actor.pk if getattr(actor, "actor_kind", "") == "usuario" else None


def after_commit(function) -> None:
    """Do something once the facts are kept for good."""
    transaction.on_commit(function)
