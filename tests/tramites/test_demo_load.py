"""The demo loads on any day, whatever the calendar does to its stories."""

import datetime as dt

import pytest

from tests.factories import MEXICO
from tramites.constants import Estado
from tramites.demo import reference
from tramites.demo.play import Stage
from tramites.models import Peticion

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize(
    "today",
    [
        pytest.param(dt.date(2026, 11, 25), id="an autumn day"),
        pytest.param(dt.date(2027, 1, 9), id="after the holidays"),
    ],
)
def test_the_demo_loads_and_hardly_any_story_is_stopped(today):
    now = dt.datetime.combine(today, dt.time(13, 0), MEXICO)
    since, opening = dt.date(today.year - 1, 1, 1), now - dt.timedelta(days=120)
    offices = reference.load_offices()
    reference.load_staff(offices, password="una clave de prueba", since=since)
    years = (today.year - 1, today.year, today.year + 1)
    reference.load_calendar(years=years, now=opening)
    reference.load_rules(since=since, now=opening)
    reference.load_places()
    reference.load_catalogue(offices)
    stage = Stage(today=today, now=now, zone=MEXICO)
    assert stage.play_all(200) == 200
    assert len(stage.stopped) <= 4
    assert set(Peticion.objects.values_list("estado", flat=True)) == set(Estado.values)
