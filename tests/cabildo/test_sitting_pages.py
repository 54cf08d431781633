"""The screens of a session while it is held."""

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.errors import (
    NotFoundError,
)
from portal.core.models import EventRecord
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoSesion
from tablero.cabildo.models import Asunto, Integrante, Votacion
from tests.accounts.factories import UserFactory
from tests.factories import StaffFactory

from .factories import SesionFactory
from .sitting import Sitting

pytestmark = pytest.mark.django_db
TWO_THIRDS = {"base": "integrantes", "umbral": "2/3", "estricto": False, "calidad": False}


def state(item: Asunto) -> str:
    return Asunto.objects.get(pk=item.pk).estado


@pytest.fixture
def room(monkeypatch):
    """A sitting whose clock the pages read."""
    sitting = Sitting(seats=5)
    monkeypatch.setattr("django.utils.timezone.now", lambda: sitting.now)
    return sitting


def act(client, room, que: str, **fields):
    return client.post(reverse("cabildo:sala_acto", args=[room.sesion.pk, que]), fields)


def console(client, room) -> str:
    answer = client.get(reverse("cabildo:sala", args=[room.sesion.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_session_is_held_from_the_console_alone(room, client):
    client.force_login(room.operator)
    assert "Pase de lista" in console(client, room)
    there = [member.pk for member in room.members[:4]]
    assert act(client, room, "lista", presentes=there, preside=room.chair.pk).status_code == 302
    assert "Hay quórum: están 4 de 5; se requieren 3." in console(client, room)
    late = room.members[4].pk
    assert act(client, room, "entra", integrante=late).status_code == 302
    assert act(client, room, "sale", integrante=late).status_code == 302
    refused = act(client, room, "sale", integrante=late)
    assert refused.status_code == 409
    assert "No consta presente" in refused.content.decode()
    point = room.point().pk
    assert act(client, room, "abrir", punto=point, forma="nominal").status_code == 302
    vote = Votacion.objects.get()
    for member in room.members[:3]:
        act(client, room, "votar", votacion=vote.pk, integrante=member.pk, sentido="favor")
    act(client, room, "excusar", votacion=vote.pk, integrante=room.members[3].pk, motivo="Es parte")
    assert "3 de 3; se requieren 2: más de la mitad de los votos emitidos." in console(client, room)
    assert act(client, room, "cerrar", votacion=vote.pk).status_code == 302
    text = client.get(reverse("cabildo:votacion", args=[vote.pk])).content.decode()
    assert "Se excusó" in text
    second = room.point(1).pk
    act(client, room, "abrir", punto=second, forma="cedula")
    secret = Votacion.objects.latest("pk")
    bad = act(client, room, "cerrar", votacion=secret.pk, favor="-1", contra="0", abstencion="0")
    assert bad.status_code == 422
    act(client, room, "cerrar", votacion=secret.pk, favor="2", contra="2", abstencion="0")
    assert "falta el voto de calidad" in console(client, room)
    act(client, room, "calidad", votacion=secret.pk, sentido="contra")
    told = client.get(reverse("cabildo:votacion", args=[secret.pk])).content.decode()
    assert "no se guarda qué votó cada quien" in told
    second_chair = room.members[1].pk
    assert act(client, room, "preside", integrante=second_chair).status_code == 302
    act(client, room, "receso")
    act(client, room, "reanudar")
    assert act(client, room, "clausurar").status_code == 302
    assert room.fresh().estado == EstadoSesion.CONCLUIDA
    page = client.get(reverse("cabildo:sesion", args=[room.sesion.pk])).content.decode()
    assert "Votaciones" in page
    for formato in ("csv", "xlsx"):
        sheet = client.get(reverse("cabildo:sesion_votos", args=[room.sesion.pk, formato]))
        assert sheet.status_code == 200
    lines = b"".join(
        client.get(reverse("cabildo:sesion_votos", args=[room.sesion.pk, "csv"])).streaming_content
    ).decode()
    assert lines.count("A favor") == 4, "the head and three votes"
    assert "Sólo totales" in lines


def test_the_screens_of_the_room_and_of_a_member(room, client):
    own = room.members[1]
    user = UserFactory()
    Integrante.objects.filter(pk=own.pk).update(usuario=user)
    room.roll()
    client.force_login(user)
    page = reverse("cabildo:mi_voto", args=[room.sesion.pk])
    assert "No hay votación abierta" in client.get(page).content.decode()
    vote = room.open()
    assert "Un voto no se cambia" in client.get(page).content.decode()
    assert client.post(page, {"votacion": vote.pk, "sentido": "contra"}).status_code == 302
    assert "Usted votó:" in client.get(page).content.decode()
    twice = client.post(page, {"votacion": vote.pk, "sentido": "favor"})
    assert twice.status_code == 409
    screen = client.get(reverse("cabildo:pantalla", args=[room.sesion.pk])).content.decode()
    assert "0 de 1; se requiere 1" in screen
    assert client.get(reverse("cabildo:sala", args=[room.sesion.pk])).status_code == 403
    assert act(client, room, "cerrar", votacion=vote.pk).status_code == 403
    client.force_login(StaffFactory(rol=Rol.CONSULTA))
    assert client.get(page).status_code == 403


def test_what_was_refused_is_in_the_record_of_the_session(room, client):
    user = UserFactory()
    Integrante.objects.filter(pk=room.members[1].pk).update(usuario=user)
    client.force_login(room.operator)
    room.roll()
    vote = room.open()
    act(client, room, "votar", votacion=vote.pk, integrante="uno", sentido="favor")
    for _twice in range(2):
        act(client, room, "votar", votacion=vote.pk, integrante=room.chair.pk, sentido="favor")
    room.close(vote)
    act(client, room, "cerrar", votacion=vote.pk)
    client.force_login(user)
    own = reverse("cabildo:mi_voto", args=[room.sesion.pk])
    assert client.post(own, {"votacion": vote.pk, "sentido": "favor"}).status_code == 409
    rows = EventRecord.objects.filter(event_type="SessionActRefused").order_by("sequence")
    told = [(row.payload["acto"], row.payload["motivo"], row.actor_id) for row in rows]
    closed, operator = "La votación ya se cerró.", str(room.operator.pk)
    assert [line[:2] for line in told] == [
        ("votar", "Ya votó: un voto no se cambia."),
        ("cerrar", closed),
        ("votar", closed),
    ]
    assert [str(line[2]) for line in told] == [operator, operator, str(user.pk)]
    client.force_login(room.operator)
    unnoticed = SesionFactory()
    early = reverse("cabildo:sala_acto", args=[unnoticed.pk, "lista"])
    assert client.post(early, {"presentes": room.chair.pk}).status_code == 404
    kept = EventRecord.objects.get(stream=f"sesion:{unnoticed.pk}")
    assert kept.payload["motivo"] == "Esa sesión todavía no se convoca."
    page = client.get(reverse("cabildo:sesion", args=[room.sesion.pk])).content.decode()
    assert page.count("No se admitió un acto") == 3
    assert "Ya votó: un voto no se cambia." in page


def test_an_act_that_does_not_exist_and_figures_that_are_none(room, client):
    client.force_login(room.operator)
    assert act(client, room, "bailar").status_code == 404
    assert act(client, room, "entra", integrante="<script>").status_code == 422
    unknown = act(client, room, "abrir", punto="9999999")
    assert unknown.status_code == 404
    assert "no es de esta sesión" in unknown.content.decode()
    room.roll()
    vote = room.open()
    other = SesionFactory()
    type(other).objects.filter(pk=other.pk).update(
        estado="convocada", numero=1, ejercicio=2026, convocada_en=room.now
    )
    address = reverse("cabildo:sala_acto", args=[other.pk, "cerrar"])
    assert client.post(address, {"votacion": vote.pk}).status_code == 404
    assert Votacion.objects.get(pk=vote.pk).estado == "abierta"
    with pytest.raises(NotFoundError):
        services.close_vote(votacion_id=vote.pk + 99, totals=None, **room.given())


def test_the_console_costs_the_same_with_many_members(
    client, monkeypatch, django_assert_max_num_queries
):
    room = Sitting(seats=40, items=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: room.now)
    room.roll()
    room.cast_all(room.open(), "f" * 30)
    client.force_login(room.operator)
    with django_assert_max_num_queries(30):
        console(client, room)
