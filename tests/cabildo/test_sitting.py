"""Holding a session: roll, quorum, comings and goings, recess and end."""

import datetime as dt

import pytest
from django.test import Client

from portal.core.errors import (
    ConflictError,
    InvalidInputError,
)
from portal.core.verification import verify
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto, EstadoSesion
from tablero.cabildo.models import Asunto, Presencia
from tablero.cabildo.sitting_presenting import room_of, status_of
from tests.factories import PeticionFactory
from tramites.links import follow_up_token
from tramites.models import Vinculo

from .sitting import START, Sitting

pytestmark = pytest.mark.django_db
TWO_THIRDS = {"base": "integrantes", "umbral": "2/3", "estricto": False, "calidad": False}


def state(item: Asunto) -> str:
    return Asunto.objects.get(pk=item.pk).estado


# roll and quorum


def test_with_a_quorum_the_session_opens():
    room = Sitting(seats=13)
    sesion = room.roll(present=7)
    assert sesion.estado == EstadoSesion.EN_CURSO
    assert (sesion.quorum, sesion.integrantes_n, sesion.llamada) == (7, 13, 1)
    assert sesion.preside == room.chair
    assert Presencia.objects.filter(sesion=sesion, hasta=None).count() == 7
    assert verify().integra


def test_without_one_there_is_a_second_call_after_the_wait():
    room = Sitting(seats=13)
    sesion = room.roll(present=6)
    assert sesion.estado == EstadoSesion.CONVOCADA
    with pytest.raises(ConflictError, match="Todavía no es la hora"):
        room.roll(present=6)
    room.now += dt.timedelta(minutes=30)
    sesion = room.roll(present=5)
    assert (sesion.estado, sesion.quorum, sesion.llamada) == (EstadoSesion.EN_CURSO, 5, 2)


def test_a_session_nobody_comes_to_is_not_held_and_frees_its_items():
    room = Sitting(seats=13)
    with pytest.raises(ConflictError, match="Pase lista"):
        services.declare_not_held(sesion_id=room.sesion.pk, **room.given())
    room.roll(present=2)
    room.now += dt.timedelta(minutes=31)
    room.roll(present=2)
    with pytest.raises(ConflictError, match="segunda"):
        room.roll(present=13)
    services.declare_not_held(sesion_id=room.sesion.pk, **room.given())
    assert room.fresh().estado == EstadoSesion.NO_CELEBRADA
    assert state(room.items[0]) == EstadoAsunto.VALIDADO


def test_nobody_sits_without_who_presides():
    room = Sitting(seats=5)
    assert room.roll(present=5, chair=False).estado == EstadoSesion.CONVOCADA


def test_a_session_does_not_open_before_its_hour_nor_twice_nor_unnoticed():
    room = Sitting(seats=3)
    room.now = START - dt.timedelta(minutes=5)
    with pytest.raises(ConflictError, match="Todavía no es la hora"):
        room.roll()
    room.now = START
    room.roll()
    with pytest.raises(ConflictError):
        room.roll()
    type(room.sesion).objects.filter(pk=room.sesion.pk).update(estado="preparacion")
    with pytest.raises(ConflictError):
        room.roll()


def test_only_members_are_on_the_roll():
    room = Sitting(seats=3)
    with pytest.raises(InvalidInputError):
        services.call_roll(
            sesion_id=room.sesion.pk, presentes=[999_999], preside_id=None, **room.given()
        )
    with pytest.raises(InvalidInputError):
        services.call_roll(
            sesion_id=room.sesion.pk, presentes=[], preside_id=room.chair.pk, **room.given()
        )


def test_comings_and_goings_lose_the_quorum_and_regain_it():
    room = Sitting(seats=5)
    room.roll(present=3)
    last = room.members[2]
    leave = {"sesion_id": room.sesion.pk, "integrante_id": last.pk}
    services.note_exit(**leave, **room.given())
    found = room_of(room.fresh(), room.now)
    assert "Se perdió el quórum" in status_of(found)["dice"]
    with pytest.raises(ConflictError, match="No hay quórum"):
        room.open()
    with pytest.raises(ConflictError):
        services.note_exit(**leave, **room.given())
    services.note_entry(**leave, **room.given())
    with pytest.raises(ConflictError):
        services.note_entry(**leave, **room.given())
    assert room_of(room.fresh(), room.now).hay_quorum
    stays = Presencia.objects.filter(integrante=last)
    assert [bool(stay.hasta) for stay in stays] == [True, False]
    room.open()


# recess and end


def test_in_recess_nothing_is_voted_and_the_session_goes_on_after():
    room = Sitting(seats=3)
    room.roll()
    vote = room.open()
    with pytest.raises(ConflictError):
        services.begin_recess(sesion_id=room.sesion.pk, **room.given())
    room.close(vote)
    services.begin_recess(sesion_id=room.sesion.pk, **room.given())
    with pytest.raises(ConflictError):
        room.open(place=1)
    services.end_recess(sesion_id=room.sesion.pk, **room.given())
    room.open(place=1)


def test_at_the_end_what_was_not_voted_is_left_for_another_session():
    room = Sitting(seats=3)
    room.roll()
    vote = room.open(forma="economica")
    with pytest.raises(ConflictError, match="sin terminar"):
        services.close_session(sesion_id=room.sesion.pk, **room.given())
    room.close(vote, (2, 1, 0))
    services.close_session(sesion_id=room.sesion.pk, **room.given())
    assert room.fresh().estado == EstadoSesion.CONCLUIDA
    assert (state(room.items[0]), state(room.items[1])) == ("aprobado", "pospuesto")
    assert not Presencia.objects.filter(hasta=None).exists()
    with pytest.raises(ConflictError):
        services.close_session(sesion_id=room.sesion.pk, **room.given())
    assert verify().integra


def test_an_item_is_left_for_another_session_and_not_withdrawn_meanwhile():
    room = Sitting(seats=3)
    room.roll()
    with pytest.raises(ConflictError, match="celebrando"):
        services.withdraw_item(asunto_id=room.items[0].pk, motivo="Ya no.", **room.given())
    services.postpone_point(punto_id=room.point().pk, **room.given())
    assert state(room.items[0]) == EstadoAsunto.POSPUESTO
    with pytest.raises(ConflictError):
        services.postpone_point(punto_id=room.point().pk, **room.given())
    with pytest.raises(ConflictError):
        room.open()


def test_the_citizen_of_the_petition_reads_what_was_decided():
    peticion = PeticionFactory()
    room = Sitting(seats=3, items=0)
    type(room.sesion).objects.filter(pk=room.sesion.pk).update(estado="preparacion")
    room.items = [room.item(peticion=peticion, dependencia=None, origen="peticion")]
    type(room.sesion).objects.filter(pk=room.sesion.pk).update(estado="convocada")
    room.roll()
    room.close(room.open(forma="economica"), (2, 1, 0))
    link = Vinculo.objects.filter(peticion=peticion).last()
    address = f"/cabildo/sesiones/{room.sesion.pk}/"
    assert link.url_publica == address
    llave = follow_up_token(peticion)
    for root, expected in (("", address), ("/en", f"/en{address}")):
        page = Client().get(f"{root}/seguimiento/{llave}/").content.decode()
        assert f'href="{expected}"' in page
    assert link.texto.startswith("El Cabildo lo aprobó en la sesión ordinaria 1/2026")
    assert link.texto_en.startswith("The City Council approved it in the ordinary session 1/2026")
