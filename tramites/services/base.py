"""What every act on a case begins and ends with."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from portal.accounts.models import Dependencia, User
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from portal.core.text import clean_text

from ..constants import MAX_TEXT
from ..models import Peticion
from ..policies import PeticionPolicy
from ..selectors.changes import changes_since

#: The act, said so that it fits «no se puede …».
ACT_NAMES = {
    "assign": gettext_noop("turnar"),
    "return_to_desk": gettext_noop("devolver a la mesa de turno"),
    "accept": gettext_noop("atender"),
    "request_correction": gettext_noop("prevenir"),
    "receive_correction": gettext_noop("recibir lo que faltaba"),
    "extend": gettext_noop("ampliar el plazo"),
    "answer": gettext_noop("responder"),
    "conclude": gettext_noop("concluir"),
    "dismiss": gettext_noop("desechar"),
    "declare_not_competent": gettext_noop("declarar la no competencia"),
    "merge": gettext_noop("acumular"),
    "cancel": gettext_noop("cancelar"),
    "reopen": gettext_noop("reabrir"),
    "attach": gettext_noop("agregar archivos"),
}


def locked(peticion_id: int) -> Peticion:
    """
    The case, locked until the caller's transaction ends.

    Without joins: while this one waits, another may move the case to a different office, and
    PostgreSQL would then find that the row it waited for no longer joins the office it had.

    :raises NotFoundError: there is none.
    """
    found = Peticion.objects.select_for_update().filter(pk=peticion_id).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa petición."))
    return found


def open_case(action: str, *, peticion_id: int, actor, version: int | None = None) -> Peticion:
    """
    Lock the case, ask the policy, and make sure that it is the one the person was looking at.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: ``version`` is not the present one; ``details["cambios"]`` tells what
        changed since.
    """
    peticion = locked(peticion_id)
    PeticionPolicy(actor).require(action, peticion)
    if version is not None and version != peticion.version:
        raise ConflictError(
            _("La petición %(folio)s cambió mientras usted la veía. Nada se guardó todavía.")
            % {"folio": peticion.folio},
            code="version_anterior",
            version=peticion.version,
            cambios=changes_since(peticion, version, actor),
        )
    return peticion


@contextmanager
def admitting(action: str, peticion: Peticion) -> Iterator[None]:
    """Turn a transition that the state does not admit into a sentence (409)."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise state_conflict(action, peticion) from error


def state_conflict(action: str, peticion: Peticion) -> ConflictError:
    """The refusal of an act by the present state of the case."""
    message = _("La petición %(folio)s está en «%(state)s»: ya no se puede %(act)s.")
    return ConflictError(
        message
        % {
            "folio": peticion.folio,
            "state": peticion.get_estado_display(),
            "act": _(ACT_NAMES[action]),
        },
        code="estado_no_admite",
        estado=peticion.estado,
    )


def save_case(peticion: Peticion, *, now: dt.datetime) -> None:
    """Write the case with its next version number."""
    peticion.version += 1
    peticion.actualizada_en = now
    peticion.save()


def required_text(
    value: str, field: str, *, maximum: int = MAX_TEXT, message: str | None = None
) -> str:
    """
    ``value`` cleaned.

    :raises InvalidInputError: empty, or longer than ``maximum`` characters.
    """
    text = optional_text(value, field, maximum=maximum)
    if not text:
        raise InvalidInputError(fields={field: [message or _("Escriba este texto.")]})
    return text


def optional_text(value: str, field: str, *, maximum: int = MAX_TEXT) -> str:
    """
    ``value`` cleaned, perhaps empty.

    :raises InvalidInputError: longer than ``maximum`` characters.
    """
    text = clean_text(value or "")
    if len(text) > maximum:
        line = _("Escriba a lo más %(most)s caracteres; lleva %(now)s.")
        raise InvalidInputError(fields={field: [line % {"most": maximum, "now": len(text)}]})
    return text


def author_of(actor) -> User | None:
    """The user to write as author of an act; citizens and the system have no account."""
    return actor if isinstance(actor, User) else None


def triage_desk() -> Dependencia:
    """
    The office that takes what no rule assigns.

    :raises UnavailableError: the installation has none.
    """
    return required_desk(Dependencia.objects.filter(es_ventanilla=True).first())


def required_desk(desk: Dependencia | None) -> Dependencia:
    """
    ``desk`` itself.

    :raises UnavailableError: it is none.
    """
    if desk is None:
        raise UnavailableError(_("Falta señalar qué dependencia es la mesa de turno."))
    return desk


def municipal_zone():
    """The zone in which the municipality's days begin and end."""
    return ZoneInfo(settings.TIME_ZONE)
