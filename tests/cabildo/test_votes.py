"""Votes: who casts them, what they come to by the rule, and what stays of them."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.constants import Rol
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto
from tablero.cabildo.models import Asunto, Integrante, Presencia, Votacion, Voto
from tablero.cabildo.sitting_presenting import open_vote_of, room_of
from tests.accounts.factories import UserFactory
from tests.factories import StaffFactory

from .sitting import Sitting

pytestmark = pytest.mark.django_db
TWO_THIRDS = {"base": "integrantes", "umbral": "2/3", "estricto": False, "calidad": False}


def state(item: Asunto) -> str:
    return Asunto.objects.get(pk=item.pk).estado


def test_a_two_thirds_majority_fails_by_one_and_carries_with_one_more():
    room = Sitting(seats=13, majority=TWO_THIRDS)
    room.roll(present=12)
    vote = room.open()
    room.cast_all(vote, "ffffffffcccc")
    running = open_vote_of(room_of(room.fresh(), room.now))
    assert running["va"].startswith("8 de 13; se requieren 9: dos terceras partes")
    assert room.close(vote).resultado == "rechazado"
    assert state(room.items[0]) == EstadoAsunto.RECHAZADO
    other = room.open(place=1)
    room.cast_all(other, "fffffffffccc")
    assert room.close(other).resultado == "aprobado"
    assert state(room.items[1]) == EstadoAsunto.APROBADO


def test_the_roll_is_frozen_when_a_vote_closes():
    room = Sitting(seats=5)
    room.roll()
    vote = room.open()
    excused = room.members[4]
    services.excuse_member(
        votacion_id=vote.pk, integrante_id=excused.pk, motivo="Es su hermano.", **room.given()
    )
    room.cast_all(vote, "ffc")
    services.note_exit(sesion_id=room.sesion.pk, integrante_id=room.members[0].pk, **room.given())
    closed = room.close(vote)
    assert (closed.presentes, closed.excusados, closed.favor, closed.contra) == (5, 1, 2, 1)
    said = {line["integrante_id"]: line for line in closed.padron}
    assert said[room.members[0].pk]["sentido"] == "favor", "a vote stands when its voter leaves"
    assert said[excused.pk]["excusado"]
    assert said[room.members[3].pk]["sentido"] == ""
    before = closed.padron
    services.note_exit(sesion_id=room.sesion.pk, integrante_id=room.members[1].pk, **room.given())
    assert Votacion.objects.get(pk=vote.pk).padron == before


def test_a_vote_is_not_changed_nor_cast_by_who_may_not():
    room = Sitting(seats=5)
    room.roll(present=4)
    vote = room.open()
    first, absent = room.members[0], room.members[4]
    room.cast(vote, first)
    with pytest.raises(ConflictError, match="Ya votó"):
        room.cast(vote, first, "contra")
    with pytest.raises(ConflictError, match="No consta presente"):
        room.cast(vote, absent)
    services.excuse_member(
        votacion_id=vote.pk, integrante_id=room.members[1].pk, motivo="Es parte.", **room.given()
    )
    with pytest.raises(ConflictError, match="excusó"):
        room.cast(vote, room.members[1])
    with pytest.raises(ConflictError, match="Ya votó"):
        services.excuse_member(
            votacion_id=vote.pk, integrante_id=first.pk, motivo="Tarde.", **room.given()
        )
    with pytest.raises(InvalidInputError):
        room.cast(vote, room.members[2], "quizá")
    room.close(vote)
    with pytest.raises(ConflictError, match="cerró"):
        room.cast(vote, room.members[2])
    with pytest.raises(ConflictError):
        room.close(vote)
    assert Voto.objects.get(votacion=vote, integrante=first).sentido == "favor"


def test_a_member_votes_for_themselves_and_for_nobody_else():
    room = Sitting(seats=3)
    room.roll()
    vote = room.open()
    own, other = room.members[1], room.members[2]
    Integrante.objects.filter(pk=own.pk).update(usuario=UserFactory())
    user = Integrante.objects.get(pk=own.pk).usuario
    room.cast(vote, own, actor=user)
    with pytest.raises(NotAllowedError):
        room.cast(vote, other, actor=user)
    with pytest.raises(NotAllowedError):
        room.cast(vote, other, actor=StaffFactory(rol=Rol.CONSULTA))
    with pytest.raises(NotAllowedError):
        services.close_vote(votacion_id=vote.pk, totals=None, actor=user, now=room.now)


def test_of_a_secret_vote_only_totals_can_be_known():
    room = Sitting(seats=5)
    room.roll()
    vote = room.open(forma="cedula")
    with pytest.raises(ConflictError, match="no es nominal"):
        room.cast(vote, room.members[0])
    closed = room.close(vote, (3, 1, 1))
    assert closed.resultado == "aprobado"
    assert not Voto.objects.exists()
    assert {line["sentido"] for line in closed.padron} == {""}
    facts = EventRecord.objects.filter(stream=f"sesion:{room.sesion.pk}")
    assert not facts.filter(event_type="VoteCast").exists()


@pytest.mark.parametrize("totals", [(4, 2, 0), (0, 0, 6), None])
def test_totals_are_those_of_the_people_there(totals):
    room = Sitting(seats=5)
    room.roll()
    vote = room.open(forma="economica")
    with pytest.raises(InvalidInputError):
        room.close(vote, totals)
    assert Votacion.objects.get(pk=vote.pk).estado == "abierta"
    assert room.close(vote, (3, 2, 0)).resultado == "aprobado"


def test_a_tie_waits_for_the_casting_vote_which_is_kept_apart():
    room = Sitting(seats=5)
    room.roll(present=4)
    vote = room.open()
    with pytest.raises(ConflictError):
        services.break_tie(votacion_id=vote.pk, sentido="favor", **room.given())
    room.cast_all(vote, "ffcc")
    tied = room.close(vote)
    assert (tied.estado, tied.resultado) == ("empatada", "")
    assert state(room.items[0]) == EstadoAsunto.AGENDADO
    with pytest.raises(ConflictError, match="sin terminar"):
        room.open(place=1)
    with pytest.raises(InvalidInputError):
        services.break_tie(votacion_id=vote.pk, sentido="abstencion", **room.given())
    services.break_tie(votacion_id=vote.pk, sentido="favor", **room.given())
    done = Votacion.objects.get(pk=vote.pk)
    assert (done.resultado, done.calidad, done.favor, done.contra) == ("aprobado", "favor", 2, 2)
    assert state(room.items[0]) == EstadoAsunto.APROBADO
    with pytest.raises(ConflictError):
        services.break_tie(votacion_id=vote.pk, sentido="contra", **room.given())


def test_without_who_presides_no_casting_vote_and_somebody_may_take_the_chair():
    room = Sitting(seats=5)
    room.roll()
    chair, second = room.members[0], room.members[1]
    take = {"sesion_id": room.sesion.pk, "integrante_id": second.pk}
    services.note_exit(sesion_id=room.sesion.pk, integrante_id=chair.pk, **room.given())
    vote = room.open(place=1)
    with pytest.raises(ConflictError, match="sin terminar"):
        services.take_chair(**take, **room.given())
    room.cast_all(vote, ".ffcc")
    assert room.close(vote).resultado == "rechazado", "nobody presides who could break the tie"
    services.take_chair(**take, **room.given())
    with pytest.raises(ConflictError, match="Ya preside"):
        services.take_chair(**take, **room.given())
    with pytest.raises(ConflictError, match="No consta presente"):
        services.take_chair(sesion_id=room.sesion.pk, integrante_id=chair.pk, **room.given())
    other = room.open()
    room.cast_all(other, ".ffcc")
    assert room.close(other).estado == "empatada"


def test_a_point_is_voted_again_only_with_a_reason_and_the_first_vote_stays():
    room = Sitting(seats=3)
    room.roll()
    first = room.close(room.open(forma="economica"), (3, 0, 0))
    with pytest.raises(InvalidInputError) as refused:
        room.open()
    assert "motivo" in refused.value.fields
    again = room.open(motivo="Se contó mal.")
    room.cast_all(again, "fcc")
    room.close(again)
    assert Votacion.objects.get(pk=again.pk).sustituye_id == first.pk
    assert Votacion.objects.get(pk=first.pk).resultado == "aprobado"
    assert state(room.items[0]) == EstadoAsunto.RECHAZADO


def test_what_is_approved_with_changes_says_its_text():
    room = Sitting(seats=3)
    room.roll()
    with pytest.raises(InvalidInputError):
        room.open(modifica=True)
    vote = room.open(forma="economica", modifica=True, texto="Se autoriza hasta 40 mil pesos.")
    room.close(vote, (3, 0, 0))
    assert state(room.items[0]) == EstadoAsunto.APROBADO_MODIFICADO
    assert Votacion.objects.get(pk=vote.pk).texto == "Se autoriza hasta 40 mil pesos."


def test_a_long_text_is_voted_whole():
    room = Sitting(seats=3)
    room.roll()
    long = "Se autoriza. " * 1500
    Asunto.objects.filter(pk=room.items[0].pk).update(propuesta=long.strip())
    assert room.open(forma="economica").texto == long.strip()
    other = Sitting(seats=3)
    other.roll()
    for too_long in ({"texto": "x" * 20_001}, {"motivo": "x" * 401}):
        with pytest.raises(InvalidInputError) as refused:
            other.open(**too_long)
        assert set(too_long) == set(refused.value.fields)


def test_the_rule_in_force_when_the_vote_opened_decides():
    room = Sitting(seats=3)
    room.roll()
    vote = room.open()
    services.publish_body_rule(
        clase="mayoria",
        clave="mayoria-prueba",
        nombre="Otra",
        valor=TWO_THIRDS | {"abstenciones": "no_cuentan", "umbral": "1"},
        fundamento="Reforma",
        vigente_desde=room.now.date() + dt.timedelta(days=1),
        actor=room.operator,
        now=room.now,
    )
    room.cast_all(vote, "ffc")
    closed = room.close(vote)
    assert (closed.regla.version, closed.resultado) == (1, "aprobado")


def test_the_database_holds_one_open_vote_and_one_presence():
    room = Sitting(seats=3)
    room.roll()
    vote = room.open()
    with pytest.raises(IntegrityError), transaction.atomic():
        Votacion.objects.create(
            sesion=vote.sesion,
            punto=vote.punto,
            texto="Otra",
            forma="nominal",
            regla=vote.regla,
            abierta_en=room.now,
        )
    present = Presencia.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Presencia.objects.create(
            sesion=present.sesion,
            integrante=present.integrante,
            ocupacion=present.ocupacion,
            desde=room.now,
        )


def run_at_once(*acts) -> list[str]:
    """Each act in its thread; what came of each."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act) -> None:
        try:
            start.wait()
            act()
            outcomes.append("done")
        except (ConflictError, InvalidInputError) as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_member_who_votes_on_two_screens_at_once_has_one_vote():
    room = Sitting(seats=3)
    room.roll()
    vote, member = room.open(), room.members[1]
    given = {"votacion_id": vote.pk, "integrante_id": member.pk, "now": room.now}
    outcomes = run_at_once(
        *(
            lambda side=side: services.cast_vote(sentido=side, actor=room.operator, **given)
            for side in ("favor", "contra", "favor", "abstencion")
        )
    )
    assert outcomes == ["done", "ya_voto", "ya_voto", "ya_voto"]
    assert Voto.objects.filter(votacion=vote).count() == 1
    assert verify().integra


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_operators_open_one_vote_and_close_it_once():
    room = Sitting(seats=3)
    room.roll()
    from tablero.cabildo.services.voting import Motion

    points = [room.point(0).pk, room.point(1).pk]
    given = {"actor": room.operator, "now": room.now}
    outcomes = run_at_once(
        *(
            lambda pk=pk: services.open_vote(punto_id=pk, motion=Motion(forma="nominal"), **given)
            for pk in points
        )
    )
    assert outcomes.count("done") == 1
    vote = Votacion.objects.get()
    closed = run_at_once(
        *(lambda: services.close_vote(votacion_id=vote.pk, totals=None, **given) for _ in range(3))
    )
    assert closed.count("done") == 1
    assert EventRecord.objects.filter(event_type="VoteClosed").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_vote_cast_while_it_closes_is_counted_or_refused():
    room = Sitting(seats=5)
    room.roll()
    vote = room.open()
    given = {"actor": room.operator, "now": room.now}
    acts = [
        lambda pk=member.pk: services.cast_vote(
            votacion_id=vote.pk, integrante_id=pk, sentido="favor", **given
        )
        for member in room.members
    ]
    acts.insert(2, lambda: services.close_vote(votacion_id=vote.pk, totals=None, **given))
    run_at_once(*acts)
    closed = Votacion.objects.get(pk=vote.pk)
    assert closed.favor == Voto.objects.filter(votacion=vote).count()
    assert closed.favor == sum(line["sentido"] == "favor" for line in closed.padron)
