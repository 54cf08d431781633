import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.constants import Rol
from portal.core.errors import InvalidInputError
from tests.factories import (
    NOON,
    ColoniaFactory,
    DependenciaFactory,
    PeticionFactory,
    ServicioFactory,
    StaffFactory,
    TemaFactory,
    fresh,
    local,
    worker_of,
)
from tramites.constants import Canal, Estado, Semaforo
from tramites.models import Peticion
from tramites.selectors import InboxFilters, inbox, semaphore_condition
from tramites.services import Place

pytestmark = pytest.mark.django_db


def page(viewer=None, cursor=None, page_size=50, now=NOON, **filters):
    return inbox(
        viewer=viewer or StaffFactory(Rol.SECRETARIA),
        filters=InboxFilters(**filters),
        now=now,
        cursor=cursor,
        page_size=page_size,
    )


def folios(found):
    return [row.folio for row in found.rows]


def many(count, **given):
    servicio = given.pop("servicio", None) or ServicioFactory()
    hours = [dt.timedelta(hours=n) for n in range(count)]
    return [PeticionFactory(servicio=servicio, at=NOON + hour, **given) for hour in hours]


def test_the_newest_come_first_and_pages_join_without_gap_or_repeat():
    cases = many(7)
    viewer = StaffFactory(Rol.SECRETARIA)
    expected = [case.folio for case in reversed(cases)]
    first = page(viewer, page_size=3)
    second = page(viewer, first.next, page_size=3)
    third = page(viewer, second.next, page_size=3)
    assert folios(first) + folios(second) + folios(third) == expected
    assert (first.previous, third.next) == (None, None)
    assert folios(page(viewer, third.previous, page_size=3)) == folios(second)
    back = page(viewer, second.previous, page_size=3)
    assert folios(back) == folios(first)
    assert back.previous is None


def test_cases_of_the_same_instant_are_not_lost_between_pages():
    servicio = ServicioFactory()
    cases = [PeticionFactory(servicio=servicio) for _ in range(5)]
    viewer, found, cursor = StaffFactory(Rol.SECRETARIA), [], None
    while True:
        got = page(viewer, cursor, page_size=2)
        found += folios(got)
        cursor = got.next
        if cursor is None:
            break
    assert sorted(found) == sorted(case.folio for case in cases)
    assert len(found) == 5


def test_a_head_of_several_offices_reads_them_as_one_list():
    above = DependenciaFactory()
    services_of = [ServicioFactory(dependencia=above)]
    services_of += [ServicioFactory(dependencia=DependenciaFactory(padre=above)) for _ in range(2)]
    cases = [
        PeticionFactory(servicio=services_of[n % 3], at=NOON + dt.timedelta(hours=n))
        for n in range(7)
    ]
    PeticionFactory()
    viewer, found, cursor = StaffFactory(Rol.TITULAR, above), [], None
    for _ in range(4):
        got = page(viewer, cursor, page_size=2)
        found += folios(got)
        cursor = got.next
    assert found == [case.folio for case in reversed(cases)]
    assert folios(page(viewer, got.previous, page_size=2)) == found[4:6]
    answered = page(viewer, estado=("respondida",))
    assert folios(answered) == []


def test_by_due_date_the_next_to_fall_due_comes_first_and_the_paused_last():
    servicio = ServicioFactory()
    paused = PeticionFactory(servicio=servicio, prevenida=True)
    late = PeticionFactory(servicio=servicio, at=NOON + dt.timedelta(days=5))
    soon = PeticionFactory(servicio=servicio)
    PeticionFactory(servicio=servicio, respondida=True)
    viewer = StaffFactory(Rol.SECRETARIA)
    first = page(viewer, orden="vence", page_size=2)
    rest = page(viewer, first.next, orden="vence", page_size=2)
    assert folios(first) + folios(rest) == [soon.folio, late.folio, paused.folio]
    assert folios(page(viewer, rest.previous, orden="vence", page_size=2)) == folios(first)


@pytest.mark.parametrize("cursor", ["x", "a.b.c", "." * 400, "\x00", "eyJ9.sdf:sdf"])
def test_a_made_up_cursor_is_refused(cursor):
    with pytest.raises(InvalidInputError) as caught:
        page(cursor=cursor)
    assert "cursor" in caught.value.fields


def test_a_cursor_of_another_order_is_refused():
    many(3)
    with pytest.raises(InvalidInputError):
        page(cursor=page(page_size=1).next, orden="vence")


@pytest.mark.parametrize("name", ["estado", "semaforo", "tipo", "canal", "orden"])
def test_an_unknown_filter_value_is_refused(name):
    value = ("nada",) if name == "estado" else "nada"
    with pytest.raises(InvalidInputError) as caught:
        page(**{name: value})
    assert name in caught.value.fields


@pytest.mark.parametrize(
    "name", ["dependencia", "responsable", "servicio", "tema", "zona", "colonia"]
)
@pytest.mark.parametrize("value", ["1 OR 1=1", 10**30, -1, [1]])
def test_a_filter_that_is_no_id_is_refused(name, value):
    with pytest.raises(InvalidInputError) as caught:
        page(**{name: value})
    assert name in caught.value.fields


def test_each_filter_keeps_only_its_own():
    colonia = ColoniaFactory()
    tema = TemaFactory(clave="agua", nombre="Agua")
    servicio = ServicioFactory(tema=tema, tipo="queja")
    other = PeticionFactory(at=NOON - dt.timedelta(days=3))
    wanted = PeticionFactory(
        servicio=servicio, canal=Canal.API, lugar=Place(colonia_id=colonia.pk), atendida=True
    )
    filters = [
        {"estado": ("en_atencion",)},
        {"estado": "en_atencion"},
        {"dependencia": servicio.dependencia_id},
        {"responsable": wanted.responsable_id},
        {"servicio": servicio.pk},
        {"tema": tema.pk},
        {"tipo": "queja"},
        {"canal": "api"},
        {"zona": colonia.zona_id},
        {"colonia": colonia.pk},
        {"desde": NOON.date()},
    ]
    for given in filters:
        assert folios(page(**given)) == [wanted.folio], given
    assert folios(page(hasta=other.recibida_en.astimezone(NOON.tzinfo).date())) == [other.folio]


def test_mine_are_those_i_am_responsible_for():
    one, two = many(2)
    head = worker_of(one.dependencia)
    Peticion.objects.filter(pk=one.pk).update(responsable=head)
    assert folios(page(head, responsable="mias")) == [one.folio]
    assert set(folios(page(head))) == {one.folio, two.folio}


def test_the_list_obeys_the_policy():
    mine, theirs = PeticionFactory(), PeticionFactory()
    assert folios(page(worker_of(mine.dependencia))) == [mine.folio]
    assert folios(page(worker_of(mine.dependencia), texto="bache")) == [mine.folio]
    assert theirs.folio not in folios(page(StaffFactory(Rol.ADMINISTRADOR)))


@pytest.mark.parametrize("value", list(Semaforo), ids=str)
@pytest.mark.parametrize("days", [0, 8, 9, 14, 15, 40])
def test_the_semaphore_of_the_list_is_that_of_the_case(value, days):
    servicio = ServicioFactory()
    for situation in ("atendida", "prevenida", "respondida", "cancelada", "ampliada"):
        PeticionFactory(servicio=servicio, **{situation: True})
    now = NOON + dt.timedelta(days=days, hours=12)
    expected = {p.pk for p in Peticion.objects.all() if p.semaforo(now) == value}
    found = Peticion.objects.filter(semaphore_condition(value, now))
    assert {p.pk for p in found} == expected


def queries(**kwargs):
    with CaptureQueriesContext(connection) as captured:
        rows = page(**kwargs).rows
        for row in rows:
            shown = (row.servicio.nombre, row.dependencia.siglas, row.extracto, row.semaforo(NOON))
            assert shown
            assert str(row.responsable or "") is not None
            assert row.colonia is None or row.colonia.nombre
    return len(captured)


@pytest.mark.parametrize("orden", ["recientes", "vence"])
@pytest.mark.parametrize("texto", ["", "bache"])
def test_a_page_takes_the_same_queries_however_many_cases(orden, texto):
    viewer = StaffFactory(Rol.TITULAR, DependenciaFactory())
    servicio = ServicioFactory(dependencia=viewer.cargos[0].dependencia)
    many(2, servicio=servicio, atendida=True)
    first = queries(viewer=StaffFactory(Rol.SECRETARIA), orden=orden, texto=texto)
    many(6, servicio=servicio, atendida=True)
    second = queries(viewer=StaffFactory(Rol.SECRETARIA), orden=orden, texto=texto)
    assert first == second
    # The posts of the viewer (two), the page, and how to search.
    assert second <= 3 + bool(texto)


def test_long_texts_stay_in_the_database():
    PeticionFactory(descripcion="x" * 4000)
    row = page().rows[0]
    assert "descripcion" in row.get_deferred_fields()
    assert "busqueda" in row.get_deferred_fields()
    assert len(row.extracto) == 200


def test_a_day_begins_and_ends_in_the_municipality():
    night = PeticionFactory(at=local(2026, 10, 5, 23, 30))
    assert folios(page(desde=dt.date(2026, 10, 5), hasta=dt.date(2026, 10, 5))) == [night.folio]
    assert folios(page(desde=dt.date(2026, 10, 6))) == []


def test_open_and_closed_states_may_be_asked_for_together():
    one, two = PeticionFactory(atendida=True), PeticionFactory(cancelada=True)
    found = folios(page(estado=(Estado.EN_ATENCION, Estado.CANCELADA)))
    assert set(found) == {one.folio, two.folio}
    assert fresh(one).abierta
