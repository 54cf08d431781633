"""The list of speakers: asked for, given, timed, and told on every screen."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core.errors import ConflictError, NotAllowedError, NotFoundError
from portal.core.models import EventRecord
from tablero.actas.services import draft_acta
from tablero.cabildo import services
from tablero.cabildo.models import Integrante, Intervencion
from tests.accounts.factories import UserFactory

from .sitting import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    held = Sitting(seats=5, items=1)
    held.roll(present=4)
    return held


def ask(room, place: int, **changes):
    given = {"sesion_id": room.sesion.pk, "integrante_id": room.members[place].pk}
    return services.ask_floor(**given | {"punto_id": None} | room.given() | changes)


def give(room, place: int):
    return services.give_floor(
        sesion_id=room.sesion.pk, integrante_id=room.members[place].pk, **room.given()
    )


def account(room, place: int):
    user = UserFactory()
    Integrante.objects.filter(pk=room.members[place].pk).update(usuario=user)
    return user


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_speaks_at_a_time_and_is_timed(room):
    ask(room, 1)
    ask(room, 2)
    first = give(room, 1)
    second = give(room, 2)
    first.refresh_from_db()
    assert first.hasta == second.desde == room.now
    services.end_floor(sesion_id=room.sesion.pk, **room.given())
    fact = EventRecord.objects.filter(event_type="FloorEnded").latest("sequence")
    assert fact.payload["segundos"] == 60
    with pytest.raises(ConflictError):
        services.end_floor(sesion_id=room.sesion.pk, **room.given())


def test_asked_once_by_who_is_there_and_for_oneself(room):
    user = account(room, 1)
    ask(room, 1, actor=user)
    with pytest.raises(ConflictError):
        ask(room, 1, actor=user)
    with pytest.raises(NotAllowedError):
        ask(room, 2, actor=user)
    with pytest.raises(ConflictError):
        ask(room, 4)
    with pytest.raises(NotFoundError):
        ask(room, 2, punto_id=10**6)
    with pytest.raises(NotAllowedError):
        services.give_floor(
            sesion_id=room.sesion.pk,
            integrante_id=room.members[1].pk,
            actor=user,
            now=room.now,
        )
    with pytest.raises(ConflictError):
        give(room, 2)
    given = {"sesion_id": room.sesion.pk, "integrante_id": room.members[1].pk}
    services.withdraw_floor(**given, actor=user, now=room.now)
    with pytest.raises(ConflictError):
        services.withdraw_floor(**given, actor=user, now=room.now)
    ask(room, 1)


def test_not_while_voting_nor_in_recess(room):
    ask(room, 1)
    vote = room.open(0)
    with pytest.raises(ConflictError):
        give(room, 1)
    room.cast_all(vote, "ffff")
    room.close(vote)
    services.begin_recess(sesion_id=room.sesion.pk, **room.given())
    with pytest.raises(ConflictError):
        give(room, 1)
    with pytest.raises(ConflictError):
        ask(room, 2)


def test_who_leaves_neither_speaks_nor_waits(room):
    ask(room, 1)
    ask(room, 2)
    speaking = give(room, 1)
    for place in (1, 2):
        services.note_exit(
            sesion_id=room.sesion.pk, integrante_id=room.members[place].pk, **room.given()
        )
    speaking.refresh_from_db()
    assert speaking.hasta is not None
    assert not Intervencion.objects.filter(hasta=None, retirada_en=None).exists()
    ask(room, 3)
    give(room, 3)
    services.close_session(sesion_id=room.sesion.pk, **room.given())
    assert not Intervencion.objects.filter(hasta=None, retirada_en=None).exists()


def test_the_database_lets_one_speak(room):
    for place in (1, 2):
        ask(room, place)
    give(room, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Intervencion.objects.filter(desde=None).update(desde=room.now)


def test_every_screen_tells_it_and_the_acta_keeps_it(room, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: room.given()["now"])
    user = account(room, 1)
    boss, theirs = browser(room.operator), browser(user)
    here = f"/tablero/cabildo/sesiones/{room.sesion.pk}/"
    assert theirs.post(f"{here}mi-voto/", {"palabra": "pedir"}).status_code == 302
    assert theirs.post(f"{here}mi-voto/", {"palabra": "pedir"}).status_code == 409
    assert "Ya no la pido" in theirs.get(f"{here}mi-voto/").content.decode()
    member, other = room.members[1], room.members[2]
    note = {"integrante": other.pk, "punto": room.point(0).pk}
    assert boss.post(f"{here}sala/pedir-palabra/", note).status_code == 302
    text = boss.get(f"{here}sala/").content.decode()
    assert "Dar la palabra" in text
    for person in (member, other):
        assert boss.post(f"{here}sala/dar-palabra/", {"integrante": person.pk}).status_code == 302
    for address in (f"{here}pantalla/", f"/cabildo/sesiones/{room.sesion.pk}/"):
        text = boss.get(address).content.decode()
        assert "Tiene la palabra:" in text
        assert other.nombre in text
    assert boss.post(f"{here}sala/fin-palabra/").status_code == 302
    assert boss.post(f"{here}sala/fin-palabra/").status_code == 409
    services.close_session(sesion_id=room.sesion.pk, **room.given())
    acta = draft_acta(sesion_id=room.sesion.pk, **room.given())
    text = acta.secciones.get(titulo="Uso de la palabra").texto
    assert text.index(member.nombre) < text.index(other.nombre)
    assert f"sobre «{room.point(0)}»" in text
