"""A new non-working day moves the terms it touches, with a record entry and a notice."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notificaciones.models import Envio
from portal.core.actors import SYSTEM
from portal.core.calendar import Day, publish_calendar_change
from portal.core.models import EventRecord
from tests.factories import NOON, PeticionFactory, ReglaFactory, ServicioFactory, fresh
from tramites import subscribers, tasks
from tramites.models import Plazo
from tramites.services import Contact, recompute_open_cases

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)
MONDAY = dt.date(2026, 10, 12)
REACHED = Contact(correo="ana@correo.example", correo_verificado_en=NOON)


def close(*days, now=LATER):
    return publish_calendar_change(
        add=[Day(day, "Suspensión", "Acuerdo 7/2026", "suspension") for day in days],
        motivo="Contingencia",
        actor=SYSTEM,
        now=now,
    )


def due(peticion):
    return fresh(peticion).vence_en.astimezone(NOON.tzinfo).date().isoformat()


def notices(peticion):
    rows = Envio.objects.filter(evento="plazo_recalculado", objeto_id=peticion.pk)
    return rows.count()


def test_a_closed_day_moves_the_terms_it_falls_in():
    peticion = PeticionFactory(contacto=REACHED)
    version = close(MONDAY)
    assert due(peticion) == "2026-10-20"
    plazo = fresh(peticion).plazos.get(vigente=True)
    assert (plazo.motivo, plazo.calendario) == ("cambio del calendario", version)
    last = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").latest("sequence")
    assert (last.event_type, last.payload["cause"]) == ("DeadlineSet", "calendar")
    assert last.actor_kind == "sistema"
    assert fresh(peticion).version == peticion.version + 1
    assert notices(peticion) == 1


def test_opening_the_day_again_brings_the_term_back():
    peticion = PeticionFactory(contacto=REACHED)
    close(MONDAY)
    publish_calendar_change(remove=[MONDAY], motivo="Se levantó", actor=SYSTEM, now=LATER)
    assert due(peticion) == "2026-10-19"
    assert notices(peticion) == 2


@pytest.mark.parametrize("day", [dt.date(2026, 10, 2), dt.date(2026, 10, 20), dt.date(2026, 10, 5)])
def test_a_day_outside_the_count_leaves_the_term_alone(day):
    peticion = PeticionFactory(contacto=REACHED)
    if day == NOON.date():
        # The day of filing itself: the case counts as received on the next business day.
        close(day)
        assert due(peticion) == "2026-10-20"
        return
    close(day)
    assert due(peticion) == "2026-10-19"
    assert fresh(peticion).plazos.count() == 1
    assert notices(peticion) == 0


def test_a_weekend_day_changes_nothing():
    peticion = PeticionFactory()
    close(dt.date(2026, 10, 10))
    assert due(peticion) == "2026-10-19"


@pytest.mark.parametrize("situation", ["respondida", "cancelada", "prevenida"])
def test_a_clock_that_does_not_run_is_not_counted_again(situation):
    peticion = PeticionFactory(**{situation: True})
    before = fresh(peticion).plazos.count()
    close(MONDAY)
    assert fresh(peticion).plazos.count() == before


def test_a_term_in_hours_does_not_move():
    servicio = ServicioFactory(regla=ReglaFactory(urgente=True).clave)
    peticion = PeticionFactory(servicio=servicio)
    before = peticion.vence_en
    close(dt.date(2026, 10, 6))
    assert fresh(peticion).vence_en == before


def test_pauses_and_extensions_are_kept_when_counting_again():
    peticion = PeticionFactory(cumplida=True)
    assert due(peticion) == "2026-10-19"
    close(MONDAY)
    assert due(peticion) == "2026-10-20"
    extended = PeticionFactory(ampliada=True)
    assert due(extended) == "2026-10-27"


def test_the_days_of_the_citizen_move_too():
    waiting = PeticionFactory(prevenida=True)
    answered = PeticionFactory(respondida=True)
    assert waiting.prevenciones.get().vence.astimezone(NOON.tzinfo).date() == MONDAY
    close(MONDAY)
    assert waiting.prevenciones.get().vence.astimezone(NOON.tzinfo).date() == dt.date(2026, 10, 13)
    moved = fresh(answered).concluye_en - answered.concluye_en
    assert moved == dt.timedelta(days=1)


def test_what_is_too_much_for_one_transaction_follows_in_the_background(
    monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(subscribers, "AT_ONCE", 2)
    monkeypatch.setattr(tasks, "PIECE", 2)
    monkeypatch.setattr("tramites.services.calendar.BATCH", 2)
    servicio = ServicioFactory()
    cases = [PeticionFactory(servicio=servicio) for _ in range(5)]
    asked = []
    monkeypatch.setattr(
        type(tasks.recompute_terms), "enqueue", lambda self, *args: asked.append(args)
    )
    with django_capture_on_commit_callbacks(execute=True):
        close(MONDAY)
    assert sorted(due(case) for case in cases) == ["2026-10-19"] * 3 + ["2026-10-20"] * 2
    while asked:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.recompute_terms.func(*asked.pop())
    assert {due(case) for case in cases} == {"2026-10-20"}
    assert Plazo.objects.filter(vigente=True).count() == 5


def test_repeating_the_count_changes_nothing():
    peticion = PeticionFactory()
    close(MONDAY)
    before = fresh(peticion).version
    assert recompute_open_cases(fechas=[MONDAY], now=LATER) == (0, None)
    assert fresh(peticion).version == before


def test_cases_that_the_day_does_not_touch_cost_nothing():
    servicio = ServicioFactory()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            recompute_open_cases(fechas=[dt.date(2027, 6, 1)], now=LATER)
        return len(captured)

    PeticionFactory(servicio=servicio)
    first = cost()
    for _ in range(5):
        PeticionFactory(servicio=servicio)
    assert cost() == first
