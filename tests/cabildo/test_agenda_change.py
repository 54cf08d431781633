"""Once a session goes on, its agenda changes only as its members voted."""

import pytest
from django.test import Client

from portal.core.errors import ConflictError, InvalidInputError
from portal.core.models import EventRecord
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto
from tablero.cabildo.models import Asunto, Punto
from tablero.cabildo.services.voting import Motion, Totals

from .factories import AsuntoFactory, MateriaFactory
from .sitting import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    held = Sitting(seats=5, items=2)
    held.roll()
    return held


def vote_agenda(
    room, favor: int = 5, *, modifica: bool = True, texto: str = "Se agrega el de la banda."
):
    point = Punto.objects.get(sesion=room.sesion, clase="orden")
    motion = Motion(
        forma="economica", modifica=modifica, texto=texto, motivo="Se propuso otra vez."
    )
    vote = services.open_vote(punto_id=point.pk, motion=motion, **room.given())
    totals = Totals(favor=favor, contra=5 - favor, abstencion=0)
    return services.close_vote(votacion_id=vote.pk, totals=totals, **room.given())


def ready(room) -> Asunto:
    row = AsuntoFactory(organo=room.body, materia=MateriaFactory())
    Asunto.objects.filter(pk=row.pk).update(estado=EstadoAsunto.VALIDADO)
    return row


def add(room, item):
    return services.add_point(sesion_id=room.sesion.pk, asunto_id=item.pk, **room.given())


def change_all(room, item) -> tuple:
    return (
        lambda: add(room, item),
        lambda: services.remove_point(punto_id=room.point(1).pk, **room.given()),
        lambda: services.move_point(punto_id=room.point(0).pk, arriba=False, **room.given()),
    )


@pytest.mark.parametrize(
    "vote", [None, {"modifica": False, "texto": ""}, {"favor": 2}], ids=["none", "as is", "lost"]
)
def test_without_such_a_vote_nothing_changes(room, vote):
    if vote is not None:
        vote_agenda(room, **vote)
    for act in change_all(room, ready(room)):
        with pytest.raises(ConflictError) as refused:
            act()
        assert refused.value.code == "orden_sin_votar"


def test_as_voted_it_changes_and_each_change_names_the_vote(room):
    vote = vote_agenda(room)
    item = ready(room)
    for act in change_all(room, item):
        act()
    facts = EventRecord.objects.filter(
        stream=f"sesion:{room.sesion.pk}",
        event_type__startswith="Point",
        payload__votacion_id=vote.pk,
    )
    assert {fact.event_type for fact in facts} == {"PointAdded", "PointRemoved", "PointMoved"}
    assert Punto.objects.get(asunto=item).tardio
    assert Asunto.objects.get(pk=room.items[1].pk).estado == EstadoAsunto.VALIDADO


def test_a_later_vote_that_leaves_it_as_it_is_ends_it(room):
    vote_agenda(room)
    vote_agenda(room, modifica=False, texto="")
    with pytest.raises(ConflictError):
        add(room, ready(room))


def test_not_while_a_vote_is_open_and_not_what_was_voted(room):
    vote_agenda(room)
    vote = room.open(1)
    with pytest.raises(ConflictError):
        add(room, ready(room))
    room.cast_all(vote, "fffff")
    room.close(vote)
    with pytest.raises(ConflictError):
        services.remove_point(punto_id=room.point(1).pk, **room.given())


def test_modifications_are_said_in_words(room):
    with pytest.raises(InvalidInputError):
        vote_agenda(room, texto="")


def test_the_screens_offer_it_only_then(room):
    client = Client()
    client.force_login(room.operator, backend="django.contrib.auth.backends.ModelBackend")
    here = f"/tablero/cabildo/sesiones/{room.sesion.pk}/"
    assert "Cambiarlo como se votó" not in client.get(f"{here}sala/").content.decode()
    assert "punto/nuevo" not in client.get(here).content.decode()
    vote_agenda(room)
    assert "Cambiarlo como se votó" in client.get(f"{here}sala/").content.decode()
    text = client.get(here).content.decode()
    assert "Subir: " in text
    assert "Agregar" in text
