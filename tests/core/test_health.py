"""`/salud` tells the truth, in any state of the house, and nothing that must not be told."""

import datetime as dt
import shutil
from collections import namedtuple

import pytest
from django.db import connection

from portal.core import health
from portal.core.actors import SYSTEM
from portal.core.calendar import load_year
from portal.core.time import now
from portal.core.worker import HEARTBEAT, beat

pytestmark = pytest.mark.django_db
MARCH = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _kernel_checks_only(monkeypatch):
    monkeypatch.setattr(health, "_checks", dict(health.KERNEL_CHECKS))


def load(*years: int) -> None:
    for year in years:
        load_year(ejercicio=year, fundamento="LFT, artículo 74", actor=SYSTEM, now=MARCH)


def all_well(moment: dt.datetime) -> None:
    beat(HEARTBEAT, moment)
    load(moment.year, moment.year + 1)


def test_a_healthy_house_answers_200_part_by_part(client):
    all_well(now())
    response = client.get("/salud")
    assert response.status_code == 200, response.content
    body = response.json()
    assert body["estado"] == "bien"
    assert {"base_datos", "canales", "trabajador", "calendario", "disco"} <= set(body)
    assert "no-store" in response["Cache-Control"]


def test_one_failing_part_makes_503_and_the_others_still_answer(client):
    load(now().year, now().year + 1)
    response = client.get("/salud")
    assert response.status_code == 503
    body = response.json()
    assert body["trabajador"] == {"estado": "falla", "detalle": "nunca ha dado señales"}
    assert body["base_datos"]["estado"] == "bien"


def test_a_database_that_is_away_is_told_not_raised(client, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("host=10.0.0.1 password=x")

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "chunked_cursor", away)
    response = client.get("/salud")
    assert response.status_code == 503
    assert response.json()["base_datos"] == {"estado": "falla", "detalle": "ConnectionError"}
    assert b"10.0.0.1" not in response.content


@pytest.mark.parametrize(("age", "well"), [(0, True), (59, True), (61, False)])
def test_a_worker_is_alive_for_a_minute_after_its_last_sign(age, well):
    beat(HEARTBEAT, MARCH - dt.timedelta(seconds=age))
    assert (health.check_all(MARCH)["trabajador"]["estado"] == "bien") is well


@pytest.mark.parametrize(
    ("today", "years", "alarm"),
    [
        pytest.param(dt.date(2026, 3, 6), (), "2026", id="nothing is loaded"),
        pytest.param(dt.date(2026, 9, 30), (2026,), None, id="September, this year is enough"),
        pytest.param(dt.date(2026, 10, 1), (2026,), "2027", id="October asks for next year"),
        pytest.param(dt.date(2026, 10, 1), (2026, 2027), None, id="October with next year"),
        pytest.param(dt.date(2026, 12, 31), (2026, 2027), None, id="New Year's eve"),
    ],
)
def test_the_calendar_alarm_rings_when_next_year_is_missing(today, years, alarm):
    load(*years)
    found = health.calendar_alarm(today)
    assert (found is None) if alarm is None else (alarm in found)


def test_two_months_must_lie_ahead_whatever_the_date_of_the_yearly_alarm(monkeypatch):
    load(2026)
    monkeypatch.setattr(health, "LOAD_NEXT_YEAR_FROM", (12, 31))
    assert health.calendar_alarm(dt.date(2026, 11, 1)) is None
    assert "2027" in health.calendar_alarm(dt.date(2026, 11, 2))


def test_a_full_disk_fails(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12, 499_999_999))
    assert health.check_all(MARCH)["disco"] == {"estado": "falla", "detalle": "499 MB libres"}


def test_a_full_disk_of_uploads_fails_though_the_database_has_room(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    usage = namedtuple("usage", "total used free")
    room = {tmp_path: 1_000_000}
    found = lambda path: usage(10**12, 0, room.get(path, 10**11))  # noqa: E731
    monkeypatch.setattr(shutil, "disk_usage", found)
    assert health.check_all(MARCH)["disco"] == {"estado": "falla", "detalle": "1 MB libres"}


def test_a_channel_layer_that_swallows_messages_fails_in_time(monkeypatch):
    class Deaf:
        async def new_channel(self):
            return "x"

        async def send(self, channel, message):
            pass

        async def receive(self, channel):
            import asyncio

            await asyncio.sleep(60)

    monkeypatch.setattr(health, "get_channel_layer", Deaf)
    monkeypatch.setattr(health, "CHANNELS_TIMEOUT", 0.05)
    assert health.check_all(MARCH)["canales"]["detalle"] == "los mensajes no vuelven"


def test_asking_costs_few_queries(client, django_assert_max_num_queries):
    all_well(now())
    with django_assert_max_num_queries(6):
        client.get("/salud")


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "POST"])
def test_health_is_only_read(client, method):
    assert client.generic(method, "/salud").status_code == 405
