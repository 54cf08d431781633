"""Taking charge, notes, and answering."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.accounts.models import User
from portal.accounts.selectors import people_of_office
from portal.core.errors import InvalidInputError
from portal.core.events import publish, publish_all
from portal.core.rules import RuleValue
from portal.core.time import local_date
from portal.documents.services import Credentials

from ..constants import Resultado
from ..deadlines import business_days_after
from ..events import NoteAdded, PeticionAccepted, PeticionAnswered
from ..models import Nota, Peticion, Respuesta
from ..papers import is_formal
from ..policies import ATTENDING_ROLES
from ..uploads import StoredFile
from .attachments import attachment_events, new_attachments, require_count
from .base import (
    admitting,
    author_of,
    municipal_zone,
    open_case,
    optional_text,
    required_text,
    save_case,
)
from .clock import calendar_in_force, current_plazo, rule_of
from .documents import sign_answer

MAX_BASIS = 400


@transaction.atomic
def accept_peticion(
    *,
    peticion_id: int,
    actor,
    now: dt.datetime,
    version: int | None = None,
    responsable_id: int | None = None,
) -> Peticion:
    """
    Take charge of a petition (atender), oneself or somebody of the office that holds it.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: ``responsable_id`` is nobody of that office.
    :raises ConflictError: the state does not admit it, or it changed.
    """
    peticion = open_case("accept", peticion_id=peticion_id, actor=actor, version=version)
    person = _responsible(peticion, responsable_id, actor, now)
    with admitting("accept", peticion):
        peticion.accept(responsable=person)
    save_case(peticion, now=now)
    event = PeticionAccepted(peticion_id=peticion.pk, responsable_id=person.pk)
    publish(event, actor=actor, now=now)
    return peticion


def _responsible(peticion: Peticion, responsable_id: int | None, actor, now: dt.datetime) -> User:
    if responsable_id is None or responsable_id == actor.pk:
        return actor
    people = people_of_office(peticion.dependencia_id, on=local_date(now), roles=ATTENDING_ROLES)
    person = people.filter(pk=responsable_id).first()
    if person is None:
        line = _("Elija a una persona de %(office)s.") % {"office": peticion.dependencia}
        raise InvalidInputError(fields={"responsable": [line]})
    return person


@transaction.atomic
def add_note(*, peticion_id: int, texto: str, actor, now: dt.datetime) -> Nota:
    """
    Leave an internal note. The citizen never sees it.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no text, or over 4,000 characters.
    """
    peticion = open_case("note", peticion_id=peticion_id, actor=actor)
    texto = required_text(texto, "texto", message=_("Escriba la nota."))
    nota = Nota.objects.create(
        peticion=peticion, autor=author_of(actor), creado_en=now, texto=texto
    )
    save_case(peticion, now=now)
    publish(NoteAdded(peticion_id=peticion.pk, nota_id=nota.pk), actor=actor, now=now)
    return nota


@transaction.atomic
@sensitive_variables("credenciales")
def answer_peticion(
    *,
    peticion_id: int,
    resultado: str,
    texto: str,
    actor,
    now: dt.datetime,
    fundamento: str = "",
    adjuntos: Sequence[StoredFile] = (),
    version: int | None = None,
    credenciales: Credentials | None = None,
) -> Respuesta:
    """
    Answer with an outcome and a text (Constitución, art. 8), and stop the clock.

    The answer to a formal petition is signed by who gives it, with ``credenciales``: the answer
    and its signed document are kept together or not at all. The person may disagree until the end
    of the rule's ``conclusion_dias`` business days.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no outcome or text, too long, too many files, or what must sign it
        is missing or not good.
    :raises ConflictError: the state does not admit it, or it changed.
    :raises UnavailableError, TooManyAttemptsError: see ``sign_answer``.
    """
    peticion = open_case("answer", peticion_id=peticion_id, actor=actor, version=version)
    respuesta = _answer(
        peticion,
        resultado=resultado,
        texto=texto,
        fundamento=fundamento,
        adjuntos=adjuntos,
        actor=actor,
        now=now,
    )
    if is_formal(peticion):
        sign_answer(respuesta=respuesta, credenciales=credenciales, actor=actor, now=now)
    return respuesta


@transaction.atomic
def record_past_answer(
    *, peticion_id: int, resultado: str, texto: str, actor, now: dt.datetime, fundamento: str = ""
) -> Respuesta:
    """
    Keep an answer that was given, and signed on paper if it had to be, before this house signed.

    :raises DomainError: as ``answer_peticion``.
    """
    peticion = open_case("answer", peticion_id=peticion_id, actor=actor)
    return _answer(
        peticion,
        resultado=resultado,
        texto=texto,
        fundamento=fundamento,
        adjuntos=(),
        actor=actor,
        now=now,
    )


def _answer(
    peticion: Peticion, *, resultado, texto, fundamento, adjuntos, actor, now: dt.datetime
) -> Respuesta:
    resultado = _outcome(resultado)
    texto = required_text(texto, "texto", message=_("Escriba la respuesta."))
    fundamento = optional_text(fundamento, "fundamento", maximum=MAX_BASIS)
    require_count(adjuntos)
    _mark_answered(peticion, resultado, now)
    respuesta = Respuesta.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        clase=Respuesta.Clase.RESPUESTA,
        resultado=resultado,
        texto=texto,
        fundamento=fundamento,
    )
    act = f"respuesta:{respuesta.pk}"
    files = new_attachments(peticion, adjuntos, act=act, actor=actor, now=now)
    facts = [*attachment_events(peticion, files, actor), (_answered(respuesta), actor)]
    publish_all(facts, now=now)
    return respuesta


def _mark_answered(peticion: Peticion, resultado: str, now: dt.datetime) -> None:
    with admitting("answer", peticion):
        peticion.answer(resultado=resultado, at=now)
    peticion.concluye_en = _last_day_to_disagree(peticion, now)
    save_case(peticion, now=now)


def _answered(respuesta: Respuesta) -> PeticionAnswered:
    return PeticionAnswered(
        peticion_id=respuesta.peticion_id,
        respuesta_id=respuesta.pk,
        resultado=respuesta.resultado,
    )


def _outcome(resultado: str) -> str:
    if resultado not in Resultado.values:
        raise InvalidInputError(fields={"resultado": [_("Elija cómo se resolvió.")]})
    return resultado


def _last_day_to_disagree(peticion: Peticion, now: dt.datetime) -> dt.datetime:
    rule = RuleValue.from_rule(rule_of(peticion, current_plazo(peticion)))
    return business_days_after(now, rule.conclusion_dias, calendar_in_force(), municipal_zone())
