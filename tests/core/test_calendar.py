"""Publishing the calendar and reading any version of it."""

import datetime as dt

import pytest
from django.db import transaction

from portal.core.actors import SYSTEM
from portal.core.calendar import (
    Day,
    calendar_at,
    current_calendar,
    horizon,
    load_year,
    publish_calendar_change,
)
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.models import CalendarioVersion, DiaInhabil, EventRecord

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)
FAIR = dt.date(2026, 8, 17)
LABOUR_DAY = dt.date(2026, 5, 1)


def load(year: int = 2026) -> CalendarioVersion:
    return load_year(ejercicio=year, fundamento="LFT, artículo 74", actor=SYSTEM, now=NOW)


def change(*, add=(), remove=(), motivo="Acuerdo 014/2026") -> CalendarioVersion:
    return publish_calendar_change(add=add, remove=remove, motivo=motivo, actor=SYSTEM, now=NOW)


def day(fecha: dt.date, tipo: str = "municipal", nombre: str = "Feria") -> Day:
    return Day(fecha, nombre, "Acuerdo de Cabildo 014/2026", tipo)


def test_an_install_without_calendar_knows_weekends_and_covers_nothing():
    calendar = current_calendar()
    assert not calendar.is_business(dt.date(2026, 3, 7))
    assert calendar.is_business(LABOUR_DAY)
    assert not calendar.covers(LABOUR_DAY)
    assert horizon(LABOUR_DAY) is None


def test_loading_a_year_seeds_the_federal_list_with_its_basis():
    version = load()
    calendar = current_calendar()
    assert calendar.version == version.pk
    assert calendar.reason(LABOUR_DAY) == ("Día del Trabajo", "LFT art. 74, fracción IV")
    assert calendar.covers(LABOUR_DAY)
    event = EventRecord.objects.get(stream="calendario")
    assert event.payload["ejercicio"] == 2026
    assert "2026-05-01" in event.payload["fechas"]


def test_a_year_is_loaded_once():
    load()
    with pytest.raises(ConflictError), transaction.atomic():
        load()
    assert CalendarioVersion.objects.count() == 1


def test_the_horizon_ends_where_a_year_is_missing():
    load(2026), load(2027), load(2029)
    assert horizon(dt.date(2026, 6, 1)) == dt.date(2027, 12, 31)
    assert horizon(dt.date(2028, 1, 1)) is None


def test_any_past_version_can_be_read_again():
    first = load()
    second = change(add=[day(FAIR)])
    third = change(remove=[FAIR])
    load(2027)
    assert calendar_at(first.pk).is_business(FAIR)
    assert not calendar_at(second.pk).is_business(FAIR)
    assert calendar_at(third.pk).is_business(FAIR)
    assert calendar_at(third.pk).ejercicios == {2026}
    with pytest.raises(NotFoundError):
        calendar_at(999_999)


def test_a_suspension_over_a_holiday_leaves_the_holiday():
    load()
    decree = [day(dt.date(2026, 12, n), "suspension", "Vacaciones") for n in range(21, 32)]
    change(add=decree)
    calendar = current_calendar()
    assert calendar.reason(dt.date(2026, 12, 25))[0] == "Navidad"
    assert calendar.reason(dt.date(2026, 12, 24))[0] == "Vacaciones"
    assert "2026-12-25" not in EventRecord.objects.latest("sequence").payload["fechas"]


def test_an_enabled_day_covers_a_holiday_and_gives_it_back():
    load()
    change(add=[day(LABOUR_DAY, "habilitado", "Jornada extraordinaria")])
    assert current_calendar().is_business(LABOUR_DAY)
    change(remove=[LABOUR_DAY])
    assert current_calendar().reason(LABOUR_DAY)[0] == "Día del Trabajo"


def test_a_day_is_replaced_by_removing_and_adding_it_in_one_change():
    load()
    change(add=[day(FAIR)])
    change(remove=[FAIR], add=[day(FAIR, nombre="Fiesta patronal")])
    assert current_calendar().reason(FAIR)[0] == "Fiesta patronal"
    assert DiaInhabil.objects.filter(fecha=FAIR, hasta_version=None).count() == 1


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param({"add": [Day(FAIR, " ", "Acuerdo")]}, id="a day without name"),
        pytest.param({"add": [Day(FAIR, "Feria", "")]}, id="a day without legal basis"),
        pytest.param({"add": [Day(FAIR, "Feria", "Acuerdo", "fiesta")]}, id="an unknown kind"),
        pytest.param({"add": [day(dt.date(1999, 1, 1))]}, id="a year nobody meant"),
        pytest.param({"add": [day(FAIR)], "motivo": ""}, id="a change without reason"),
        pytest.param({"remove": [FAIR]}, id="removing a day that is not there"),
        pytest.param({"add": [day(LABOUR_DAY)]}, id="nothing changes"),
        pytest.param({}, id="nothing asked"),
    ],
)
def test_a_refused_change_leaves_no_version(refused):
    before = load()
    with pytest.raises(InvalidInputError), transaction.atomic():
        change(**refused)
    assert CalendarioVersion.objects.get() == before
    assert EventRecord.objects.count() == 1


def test_a_version_undone_leaves_nothing_in_the_memory_of_the_process():
    load()
    with transaction.atomic():
        change(add=[day(FAIR)])
        assert not current_calendar().is_business(FAIR)
        transaction.set_rollback(True)
    change(add=[day(FAIR + dt.timedelta(days=1))])
    assert current_calendar().is_business(FAIR)
    assert not current_calendar().is_business(FAIR + dt.timedelta(days=1))


def test_reading_the_calendar_again_costs_one_query(django_assert_num_queries):
    load()
    current_calendar()
    with django_assert_num_queries(1):
        current_calendar()
