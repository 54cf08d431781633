"""Votes: opened on a point, cast, excused, closed, and a tie broken."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.rule_kinds import read_value
from portal.core.rules import rule_in_force
from portal.core.text import clean_text
from portal.core.time import local_date

from ..constants import (
    ClasePunto,
    ClaseRegla,
    EstadoAsunto,
    EstadoSesion,
    EstadoVotacion,
    FormaVotacion,
    Resultado,
    Sentido,
)
from ..models import Asunto, Excusa, Punto, Sesion, Votacion, Voto
from ..policies import CabildoPolicy
from ..rules import Tally, decide
from ..rules.majority import Decision, Verdict
from ..sitting_events import (
    ItemDecided,
    MemberExcused,
    TieBroken,
    VoteCast,
    VoteClosed,
    VoteOpened,
)
from ..threads import session_words, tell_petition
from .base import refuse
from .items import fingerprint
from .sessions import keep_session, open_session, require_state
from .sitting import require_no_vote, tell

#: The majority by which what is no item is decided (the agenda, the last acta).
PLAIN_RULE = "mayoria-simple"
LONGEST_TEXT, LONGEST_REASON = 20_000, 400


@dataclass(frozen=True, kw_only=True)
class Motion:
    """
    What is voted on a point: its words ('' for the item's own), its form ('' for the matter's), and
    whether it changes what was proposed. ``motivo`` says why a point is voted again.
    """

    texto: str = ""
    forma: str = ""
    modifica: bool = False
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What was counted in a vote by show of hands or by ballot."""

    favor: int = 0
    contra: int = 0
    abstencion: int = 0


#: What may be approved «con modificaciones»: an item, and the agenda itself.
CHANGEABLE = (ClasePunto.ASUNTO, ClasePunto.ORDEN)


@transaction.atomic
def open_vote(*, punto_id: int, motion: Motion, actor, now: dt.datetime) -> Votacion:
    """
    Put a point to the vote, by the majority its matter demands today.

    :raises ConflictError: the session is not going on, there is no quorum, another vote is open,
        or the item is not on the agenda any more.
    :raises InvalidInputError: no words, or a point voted again without saying why.
    :raises NotFoundError: no rule of majority is in force.
    """
    point = Punto.objects.select_related("asunto__materia").filter(pk=punto_id).first()
    if point is None or point.retirado_en is not None:
        raise NotFoundError(_("Ese punto ya no está en el orden del día."))
    row = open_session(point.sesion_id, actor)
    require_state(row, EstadoSesion.EN_CURSO)
    require_no_vote(row)
    present = row.presencias.filter(hasta=None).count()
    if present < row.quorum:
        line = _("No hay quórum: están %(n)s y se requieren %(needed)s.")
        raise ConflictError(line % {"n": present, "needed": row.quorum}, code="sin_quorum")
    key = point.asunto.materia.regla_mayoria if point.asunto else PLAIN_RULE
    found = Votacion.objects.create(
        sesion=row,
        punto=point,
        texto=_words(point, motion),
        forma=_form(point, motion),
        modifica=motion.modifica and point.clase in CHANGEABLE,
        regla=rule_in_force(key, local_date(now)),
        abierta_en=now,
        sustituye=_before(row, point, motion),
        motivo=_reason(motion),
    )
    tell(row, _opened(found), actor=actor, now=now)
    return found


def _opened(found: Votacion) -> VoteOpened:
    return VoteOpened(
        sesion_id=found.sesion_id,
        votacion_id=found.pk,
        punto_id=found.punto_id,
        forma=found.forma,
        regla_id=found.regla_id,
        sustituye_id=found.sustituye_id,
    )


def _words(point: Punto, motion: Motion) -> str:
    text = clean_text(motion.texto) or (point.asunto.propuesta if point.asunto else point.titulo)
    if motion.modifica and not clean_text(motion.texto):
        raise refuse("texto", _("Escriba el texto con las modificaciones que se votan."))
    if len(text) > LONGEST_TEXT:
        raise refuse("texto", _("Escriba a lo más 20,000 letras."))
    return text


def _reason(motion: Motion) -> str:
    text = " ".join(clean_text(motion.motivo).split())
    if len(text) > LONGEST_REASON:
        raise refuse("motivo", _("Escriba a lo más 400 letras."))
    return text


def _form(point: Punto, motion: Motion) -> str:
    forma = motion.forma or (
        point.asunto.materia.votacion if point.asunto else FormaVotacion.ECONOMICA
    )
    if forma not in FormaVotacion.values:
        raise refuse("forma", _("Elija cómo se vota."))
    return forma


def _before(row: Sesion, point: Punto, motion: Motion) -> Votacion | None:
    """The vote on the same point that this one corrects."""
    item = point.asunto
    last = row.votaciones.filter(punto=point, sustituida_por=None).order_by("-pk").first()
    if item is not None and last is None and item.estado != EstadoAsunto.AGENDADO:
        raise ConflictError(_("Ese asunto ya no está por decidirse en esta sesión."))
    if last is not None and not clean_text(motion.motivo):
        raise refuse("motivo", _("Este punto ya se votó: diga por qué se vota otra vez."))
    return last


def _open_vote(votacion_id: int, *states: str) -> Votacion:
    """
    The vote under lock, with its session.

    :raises ConflictError: it is in none of ``states``.
    """
    rows = Votacion.objects.select_for_update(of=("self",)).select_related("sesion", "regla")
    found = rows.filter(pk=votacion_id).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa votación."))
    if found.estado not in states:
        raise ConflictError(_("La votación ya se cerró."), code="votacion_cerrada")
    return found


@transaction.atomic
def cast_vote(
    *, votacion_id: int, integrante_id: int, sentido: str, actor, now: dt.datetime
) -> Voto:
    """
    Record what a member votes in a nominal vote: the member themselves, or who runs the session.

    :raises NotAllowedError: not the actor's to cast.
    :raises ConflictError: the vote closed, is not nominal, the member voted, is excused or is out.
    :raises InvalidInputError: neither for, nor against, nor abstention.
    """
    policy = CabildoPolicy(actor)
    own = policy.integrante is not None and policy.integrante.pk == integrante_id
    if not own and not policy.can_manage():
        raise NotAllowedError
    found = _open_vote(votacion_id, EstadoVotacion.ABIERTA)
    if found.forma != FormaVotacion.NOMINAL:
        raise ConflictError(_("Esta votación no es nominal: sólo se asientan los totales."))
    if sentido not in Sentido.values:
        raise refuse("sentido", _("Elija a favor, en contra o abstención."))
    _require_voter(found, integrante_id)
    try:
        with transaction.atomic():
            vote = Voto.objects.create(
                votacion=found, integrante_id=integrante_id, sentido=sentido, en=now
            )
    except IntegrityError as error:
        raise ConflictError(_("Ya votó: un voto no se cambia."), code="ya_voto") from error
    event = VoteCast(
        sesion_id=found.sesion_id,
        votacion_id=found.pk,
        integrante_id=integrante_id,
        sentido=sentido,
    )
    tell(found.sesion, event, actor=actor, now=now)
    return vote


def _require_voter(found: Votacion, integrante_id: int) -> None:
    if found.excusas.filter(integrante_id=integrante_id).exists():
        raise ConflictError(_("Se excusó de esta votación."))
    there = found.sesion.presencias.filter(integrante_id=integrante_id, hasta=None)
    if not there.exists():
        raise ConflictError(_("No consta presente en la sesión."))


@transaction.atomic
def excuse_member(
    *, votacion_id: int, integrante_id: int, motivo: str, actor, now: dt.datetime
) -> Excusa:
    """
    A member does not vote, for a conflict of interest.

    :raises ConflictError: the vote closed, or they voted, are out, or were excused.
    :raises InvalidInputError: no reason.
    """
    CabildoPolicy(actor).require("manage")
    found = _open_vote(votacion_id, EstadoVotacion.ABIERTA)
    reason = " ".join(clean_text(motivo or "").split())
    if not 0 < len(reason) <= 300:
        raise refuse("motivo", _("Escriba en qué consiste el conflicto de interés."))
    _require_voter(found, integrante_id)
    if found.votos.filter(integrante_id=integrante_id).exists():
        raise ConflictError(_("Ya votó: no puede excusarse."))
    row = Excusa.objects.create(votacion=found, integrante_id=integrante_id, motivo=reason)
    event = MemberExcused(
        sesion_id=found.sesion_id, votacion_id=found.pk, integrante_id=integrante_id
    )
    tell(found.sesion, event, actor=actor, now=now)
    return row


@transaction.atomic
def close_vote(*, votacion_id: int, totals: Totals | None, actor, now: dt.datetime) -> Votacion:
    """
    Close a vote: its figures and its roll are frozen, and the result is what the rule says.

    ``totals`` are for votes that are not nominal; nobody's name goes with them.

    :raises ConflictError: it closed already.
    :raises InvalidInputError: more votes than people who may vote.
    """
    CabildoPolicy(actor).require("manage")
    found = _open_vote(votacion_id, EstadoVotacion.ABIERTA)
    row = open_session(found.sesion_id, actor)
    _freeze(found, row, totals)
    outcome = decide(_rule(found), tally_of(found))
    found.cerrada_en = now
    found.estado = EstadoVotacion.CERRADA
    if outcome.verdict is Verdict.EMPATE:
        found.estado = EstadoVotacion.EMPATADA
    else:
        found.resultado = outcome.verdict.value
    found.save()
    keep_session(row)
    tell(row, _closed(found, outcome), actor=actor, now=now)
    if found.resultado:
        _settle(found, row, actor, now)
    return found


def _rule(found: Votacion):
    return read_value(ClaseRegla.MAYORIA, found.regla.valor)


def tally_of(found: Votacion) -> Tally:
    """The figures of a closed vote, as the rule takes them."""
    return Tally(
        integrantes=found.integrantes,
        presentes=found.presentes,
        favor=found.favor,
        contra=found.contra,
        abstencion=found.abstencion,
        excusados=found.excusados,
        preside=found.preside,
    )


def _freeze(found: Votacion, row: Sesion, totals: Totals | None) -> None:
    """Who could vote and, of a nominal one, what each voted; and the figures."""
    votes = {vote.integrante_id: vote.sentido for vote in found.votos.all()}
    excused = set(found.excusas.values_list("integrante_id", flat=True))
    there = set(row.presencias.filter(hasta=None).values_list("integrante_id", flat=True))
    there |= set(votes)
    if found.forma == FormaVotacion.NOMINAL:
        cast = list(votes.values())
        totals = Totals(**{side.value: cast.count(side.value) for side in Sentido})
    elif totals is None:
        raise refuse("favor", _("Escriba cuántos votos hubo."))
    found.favor, found.contra, found.abstencion = totals.favor, totals.contra, totals.abstencion
    excused &= there
    found.presentes, found.excusados = len(there), len(excused)
    found.integrantes = max(row.integrantes_n, len(there))
    found.preside = row.preside_id in there and row.preside_id not in excused
    if totals.favor + totals.contra + totals.abstencion > len(there) - len(excused):
        line = _("Son más votos que quienes pueden votar: %(n)s.")
        raise refuse("favor", line % {"n": len(there) - len(excused)})
    found.padron = [
        {
            "integrante_id": pk,
            "excusado": pk in excused,
            "preside": pk == row.preside_id,
            "sentido": votes.get(pk, ""),
        }
        for pk in sorted(there)
    ]


def _closed(found: Votacion, outcome: Decision) -> VoteClosed:
    return VoteClosed(
        sesion_id=found.sesion_id,
        votacion_id=found.pk,
        favor=found.favor,
        contra=found.contra,
        abstencion=found.abstencion,
        presentes=found.presentes,
        integrantes=found.integrantes,
        base=outcome.base,
        requeridos=outcome.requeridos,
        resultado=found.resultado,
    )


@transaction.atomic
def break_tie(*, votacion_id: int, sentido: str, actor, now: dt.datetime) -> Votacion:
    """
    Whoever presides breaks a tie. It is written apart and added to no side.

    :raises ConflictError: there is no tie that waits.
    :raises InvalidInputError: neither for nor against.
    """
    CabildoPolicy(actor).require("manage")
    found = _open_vote(votacion_id, EstadoVotacion.EMPATADA)
    if sentido not in (Sentido.FAVOR, Sentido.CONTRA):
        raise refuse("sentido", _("El voto de calidad es a favor o en contra."))
    row = open_session(found.sesion_id, actor)
    outcome = decide(_rule(found), tally_of(found), calidad=str(sentido))
    found.calidad, found.resultado = sentido, outcome.verdict.value
    found.estado = EstadoVotacion.CERRADA
    found.save()
    event = TieBroken(
        sesion_id=row.pk, votacion_id=found.pk, sentido=sentido, resultado=found.resultado
    )
    tell(row, event, actor=actor, now=now)
    _settle(found, row, actor, now)
    return found


def _settle(found: Votacion, row: Sesion, actor, now: dt.datetime) -> None:
    """What the result makes of the item, told to its petition."""
    point = Punto.objects.get(pk=found.punto_id)
    if point.asunto_id is None:
        return
    item = Asunto.objects.select_for_update(of=("self",)).get(pk=point.asunto_id)
    item.decide(found.resultado == Resultado.APROBADO, found.modifica)
    item.cambios += 1
    item.actualizado_en = now
    item.save()
    event = ItemDecided(
        asunto_id=item.pk,
        sesion_id=row.pk,
        votacion_id=found.pk,
        resultado=item.estado,
        huella=fingerprint(item),
    )
    publish(event, actor=actor, now=now)
    tell_petition(item, actor=actor, now=now, detalle=session_words(row))
