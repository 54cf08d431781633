"""What anybody may see of the sessions, in both languages."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from portal.ui.kept import pieces
from tablero.cabildo import services
from tablero.cabildo.models import Sesion
from tests.public.test_language import assert_english

from .factories import SesionFactory
from .sitting import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """What other tests drew is of other rows with the same numbers."""
    pieces.clear()


@pytest.fixture
def room(monkeypatch):
    sitting = Sitting(seats=5)
    monkeypatch.setattr("django.utils.timezone.now", lambda: sitting.now)
    return sitting


def page(client, sesion) -> str:
    answer = client.get(reverse("cabildo_publico:sesion", args=[sesion.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_prepared_is_not_known(client):
    sesion = SesionFactory()
    assert client.get(reverse("cabildo_publico:sesion", args=[sesion.pk])).status_code == 404
    text = client.get(reverse("cabildo_publico:sesiones")).content.decode()
    assert "No hay sesiones convocadas" in text
    assert sesion.lugar not in text


def part(client, sesion) -> str:
    address = reverse("cabildo_publico:sesion", args=[sesion.pk])
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_what_changes_is_drawn_once_for_all_and_anew_after_each_fact(
    client, room, django_assert_num_queries
):
    room.roll()
    vote = room.open()
    before = part(client, room.sesion)
    assert before.count("<html") == 0
    assert 'id="vivo"' in before
    assert "En curso" in before
    with django_assert_num_queries(3):
        assert part(client, room.sesion) == before
    minute = room.now
    room.cast(vote, room.members[1])
    room.now = minute  # by the clock, what was kept would still do
    after = part(client, room.sesion)
    assert "1 de 1" in after


def test_anybody_follows_a_session_from_the_notice_to_its_votes(client, room):
    index = client.get(reverse("cabildo_publico:sesiones")).content.decode()
    assert "Sesión ordinaria 1/2026" in index
    assert room.items[0].titulo in page(client, room.sesion)
    room.roll()
    vote = room.open()
    room.cast_all(vote, "ffc")
    text = page(client, room.sesion)
    assert "Hay quórum: están 5 de 5; se requieren 3." in text
    assert "2 de 3; se requieren 2: más de la mitad de los votos emitidos." in text
    room.close(vote)
    text = page(client, room.sesion)
    assert str(room.members[2]) in text
    assert f"/ws/cabildo/{room.sesion.pk}/" in text
    room.close(room.open(place=1, forma="cedula"), (3, 1, 0))
    assert "no se guarda qué votó cada quien" in page(client, room.sesion)
    services.close_session(sesion_id=room.sesion.pk, **room.given())
    assert f"/ws/cabildo/{room.sesion.pk}/" not in page(client, room.sesion)


def test_as_many_for_as_against_is_no_tie_while_it_is_voted(client, room):
    room.roll()
    vote = room.open()
    room.cast_all(vote, "fc")
    text = page(client, room.sesion)
    assert "1 de 2; se requieren 2" in text
    assert "empate" not in text
    room.close(vote)
    assert "empate" in page(client, room.sesion)


def test_of_a_closed_session_only_when_where_and_why(client, room):
    room.roll()
    room.close(room.open(), None)
    Sesion.objects.filter(pk=room.sesion.pk).update(
        caracter="cerrada", fundamento_cierre="Seguridad pública, artículo 30"
    )
    text = page(client, room.sesion)
    assert "Seguridad pública, artículo 30" in text
    assert room.items[0].titulo not in text
    assert str(room.members[0]) not in text


def test_the_home_page_says_when_the_next_session_is(client, room):
    text = client.get("/").content.decode()
    assert "Próxima sesión" in text
    assert reverse("cabildo_publico:sesion", args=[room.sesion.pk]) in text
    room.roll()
    assert "Está sesionando ahora" in client.get("/").content.decode()


def test_a_public_session_costs_the_same_with_many_votes(
    client, monkeypatch, django_assert_max_num_queries
):
    room = Sitting(seats=25, items=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: room.now)
    room.roll()
    for place in range(5):
        vote = room.open(place=place)
        room.cast_all(vote, "f" * 20)
        room.close(vote)
    with django_assert_max_num_queries(20):
        page(client, room.sesion)


def test_the_session_is_in_english_too(client, room):
    call_command("compilar_idiomas", verbosity=0)
    trans_real._translations.clear()
    trans_real._default = None
    type(room.body).objects.update(nombre="Council")
    room.sesion.puntos.filter(asunto__isnull=False).update(titulo="Band")
    Sesion.objects.update(lugar="Hall")
    room.roll()
    vote = room.open(texto="Grant it")
    room.cast_all(vote, "ffca")
    services.excuse_member(
        votacion_id=vote.pk, integrante_id=room.members[4].pk, motivo="Party", **room.given()
    )
    assert_english(client.get(f"/en/cabildo/sesiones/{room.sesion.pk}/"))
    room.close(vote)
    assert_english(client.get(f"/en/cabildo/sesiones/{room.sesion.pk}/"))
    services.begin_recess(sesion_id=room.sesion.pk, **room.given())
    assert_english(client.get(f"/en/cabildo/sesiones/{room.sesion.pk}/"))
    translation.activate(settings.LANGUAGE_CODE)
