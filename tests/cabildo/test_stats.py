"""Attendance and votes of each member, as counted by hand."""

import datetime as dt

import pytest
from django.urls import reverse

from tablero.cabildo import services
from tablero.cabildo.member_stats import member_stats

from .sitting import START, Sitting

pytestmark = pytest.mark.django_db
DAY = START.date()


def held() -> Sitting:
    """Four of five there: two nominal votes, one of them corrected, and a secret one."""
    room = Sitting(seats=5, items=3)
    room.roll(present=4)
    first = room.open()
    services.excuse_member(
        votacion_id=first.pk, integrante_id=room.members[3].pk, motivo="Es parte.", **room.given()
    )
    room.cast_all(first, "ffc")
    room.close(first)
    wrong = room.open(place=1)
    room.cast_all(wrong, "cccc")
    room.close(wrong)
    again = room.open(place=1, motivo="Se contó mal.")
    room.cast_all(again, "fa")
    room.close(again)
    room.close(room.open(place=2, forma="cedula"), (2, 2, 0))
    return room


def test_each_member_has_what_they_did():
    room = held()
    found = {row.integrante.pk: row for row in member_stats(DAY, DAY)}
    fields = ("convocado", "asistio", "favor", "contra", "abstencion", "excusas", "sin_voto")
    rows = [found[member.pk] for member in room.members[:4]]
    counted = [tuple(getattr(row, name) for name in fields) for row in rows]
    assert counted == [
        (1, 1, 2, 0, 0, 0, 0),
        (1, 1, 1, 0, 1, 0, 0),
        (1, 1, 0, 1, 0, 0, 1),
        (1, 1, 0, 0, 0, 1, 1),
    ]
    assert not member_stats(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=9))


def test_it_costs_the_same_with_more_members(django_assert_max_num_queries):
    held()
    with django_assert_max_num_queries(7):
        member_stats(DAY, DAY)


def test_the_table_is_seen_and_taken_along(client, monkeypatch):
    room = held()
    monkeypatch.setattr("django.utils.timezone.now", lambda: room.now)
    client.force_login(room.operator)
    text = client.get(reverse("cabildo:estadistica")).content.decode()
    assert str(room.members[0]) in text
    asked = {"desde": "2026-12-01", "hasta": "2026-11-01"}
    assert "Revise las fechas" in client.get(reverse("cabildo:estadistica"), asked).content.decode()
    none = client.get(
        reverse("cabildo:estadistica"), {"desde": "2020-01-01", "hasta": "2020-02-01"}
    )
    assert "Ninguna sesión celebrada" in none.content.decode()
    for formato, code in (("csv", 200), ("xlsx", 200), ("pdf", 404)):
        address = reverse("cabildo:estadistica_archivo", args=[formato])
        assert client.get(address).status_code == code
