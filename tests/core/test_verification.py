"""Tampering with the record is found, and the first broken link is named."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from portal.core.actors import SYSTEM
from portal.core.anchors import anchor_heads, anchor_yesterday
from portal.core.events import publish
from portal.core.models import ChainAnchor, EventRecord, StreamHead
from portal.core.record import link_hash
from portal.core.verification import FIELDS, verify

from .events import SomethingHappened

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 6, 18, 30, 5, 123456, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 3, 6)


@transaction.atomic
def happen(thing: int, times: int = 1) -> None:
    for number in range(times):
        publish(SomethingHappened(thing_id=thing, number=number), actor=SYSTEM, now=NOW)


@pytest.fixture
def three_streams():
    for thing in (1, 2, 3):
        happen(thing, times=4)


def link(sequence: int, thing: int = 2) -> EventRecord:
    return EventRecord.objects.get(stream=f"prueba:{thing}", sequence=sequence)


def change(sequence: int, thing: int = 2, **fields) -> None:
    EventRecord.objects.filter(pk=link(sequence, thing).pk).update(**fields)


def rehash(sequence: int, thing: int = 2, **fields) -> str:
    """Edit a link and give it the hash that its new content deserves."""
    change(sequence, thing, **fields)
    edited = {name: getattr(link(sequence, thing), name) for name in FIELDS if name != "hash"}
    change(sequence, thing, hash=link_hash(**edited))
    return link_hash(**edited)


def delete(sequence: int) -> None:
    link(sequence).delete()


def swap(one: int, other: int) -> None:
    first, second = link(one), link(other)
    for row, place in ((first, 99), (second, one), (first, other)):
        EventRecord.objects.filter(pk=row.pk).update(sequence=place)


def rewrite_everything() -> None:
    """What somebody with the whole database at hand, but not the key, can do."""
    previous = rehash(3, payload={"thing_id": 2, "number": 77})
    previous = rehash(4, previous_hash=previous)
    StreamHead.objects.filter(pk="prueba:2").update(hash=previous)


def erase_stream() -> None:
    EventRecord.objects.filter(stream="prueba:2").delete()
    StreamHead.objects.filter(pk="prueba:2").delete()


def broken(stream: str | None = None) -> tuple | None:
    found = verify(stream).rota
    return found and (found.stream, found.sequence, found.code)


@pytest.mark.usefixtures("three_streams")
def test_an_untouched_record_is_whole():
    result = verify()
    assert (result.integra, result.hechos, result.registros, result.anclas) == (True, 12, 3, 0)
    assert verify("prueba:2").hechos == 4


@pytest.mark.usefixtures("three_streams")
@pytest.mark.parametrize(
    ("tamper", "where"),
    [
        pytest.param(lambda: change(2, payload={}), (2, "contenido"), id="a payload edited"),
        pytest.param(lambda: change(2, actor_id=9), (2, "contenido"), id="another actor"),
        pytest.param(lambda: change(2, event_type="X"), (2, "contenido"), id="another fact"),
        pytest.param(
            lambda: change(2, occurred_at=NOW + dt.timedelta(microseconds=1)),
            (2, "contenido"),
            id="another moment",
        ),
        pytest.param(lambda: delete(1), (1, "falta"), id="the first link deleted"),
        pytest.param(lambda: delete(3), (3, "falta"), id="a middle link deleted"),
        pytest.param(lambda: delete(4), (4, "truncado"), id="the last link deleted"),
        pytest.param(lambda: swap(2, 3), (2, "enlace"), id="two links swapped"),
        pytest.param(
            lambda: rehash(2, payload={}), (3, "enlace"), id="edited with its own hash made anew"
        ),
        pytest.param(
            lambda: rehash(4, payload={}), (4, "cabeza"), id="the last edited with a new hash"
        ),
        pytest.param(
            lambda: StreamHead.objects.filter(pk="prueba:2").delete(),
            (4, "sin_cabeza"),
            id="the head deleted",
        ),
        pytest.param(
            lambda: EventRecord.objects.filter(stream="prueba:2").delete(),
            (1, "vacio"),
            id="every link deleted, the head left",
        ),
    ],
)
def test_tampering_is_named(tamper, where):
    tamper()
    assert broken() == ("prueba:2", *where)
    assert broken("prueba:2") == ("prueba:2", *where)
    assert broken("prueba:1") is None


@pytest.mark.usefixtures("three_streams")
def test_of_several_broken_links_the_first_is_named():
    change(2, thing=3, payload={})
    delete(4)
    assert broken() == ("prueba:2", 4, "truncado")


@pytest.mark.usefixtures("three_streams")
@pytest.mark.parametrize(
    ("tamper", "where"),
    [
        pytest.param(erase_stream, (4, "ancla_falta"), id="a whole stream deleted"),
        pytest.param(rewrite_everything, (4, "ancla_contenido"), id="a chain recomputed"),
    ],
)
def test_what_a_chain_alone_cannot_show_the_anchor_does(tamper, where):
    anchor_heads(fecha=FRIDAY, now=NOW)
    happen(1)
    assert verify().anclas == 1
    tamper()
    assert broken() == ("prueba:2", *where)
    ChainAnchor.objects.all().delete()
    assert broken() is None


@pytest.mark.usefixtures("three_streams")
@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param({"records": 3}, id="its totals"),
        pytest.param({"heads": b"not compressed"}, id="its heads"),
        pytest.param({"signature": "00" * 64}, id="its signature"),
        pytest.param({"signature": "firma"}, id="a signature that is none"),
    ],
)
def test_an_anchor_cannot_be_changed(tamper):
    anchor_heads(fecha=FRIDAY, now=NOW)
    ChainAnchor.objects.update(**tamper)
    assert broken() == ("ancla:2026-03-06", 0, "ancla_firma")


def test_an_anchor_cannot_be_taken_out():
    for days in range(3):
        happen(days + 1)
        anchor_heads(fecha=FRIDAY + dt.timedelta(days), now=NOW)
    assert verify().anclas == 3
    ChainAnchor.objects.filter(fecha=FRIDAY + dt.timedelta(1)).delete()
    assert broken() == ("ancla:2026-03-08", 0, "ancla_enlace")


def test_a_changed_key_is_noticed_unless_the_old_one_is_still_accepted(settings):
    from portal.core.anchors import public_key_hex

    happen(1)
    anchor_heads(fecha=FRIDAY, now=NOW)
    old = public_key_hex()
    settings.ANCHOR_KEY = "another secret altogether"
    assert broken() == ("ancla:2026-03-06", 0, "ancla_firma")
    settings.ANCHOR_OLD_PUBLIC_KEYS = [old]
    assert broken() is None


def test_a_day_is_anchored_once_and_only_when_it_has_ended():
    happen(1)
    late_evening = dt.datetime(2026, 3, 7, 5, 59, tzinfo=dt.UTC)
    assert anchor_yesterday(late_evening).fecha == dt.date(2026, 3, 5)
    assert anchor_yesterday(late_evening) is None
    assert anchor_yesterday(late_evening + dt.timedelta(minutes=1)).fecha == FRIDAY
    assert anchor_heads(fecha=dt.date(2026, 3, 1), now=NOW) is None


def test_an_empty_house_is_whole_and_can_be_anchored():
    assert verify().integra
    assert anchor_heads(fecha=FRIDAY, now=NOW).streams == 0
    assert verify().anclas == 1


@pytest.mark.usefixtures("three_streams")
def test_the_command_says_in_words_and_as_data_what_it_found():
    out = StringIO()
    call_command("verificar_cadena", stdout=out)
    assert out.getvalue().startswith("12 hechos en 3 registros, íntegros")
    change(2, payload={})
    out = StringIO()
    with pytest.raises(CommandError, match="prueba:2#2") as refused:
        call_command("verificar_cadena", "--json", stdout=out)
    assert refused.value.returncode == 1
    assert json.loads(out.getvalue())["rota"]["code"] == "contenido"
    with pytest.raises(CommandError, match="No hay registro"):
        call_command("verificar_cadena", flujo="peticion:0", stdout=out)


@pytest.mark.usefixtures("three_streams")
def test_verifying_costs_no_more_queries_with_more_links(django_assert_num_queries):
    with django_assert_num_queries(4):
        verify()
    happen(1, times=20)
    with django_assert_num_queries(4):
        verify()


def test_anchoring_by_hand_refuses_days_that_have_not_ended():
    out = StringIO()
    with pytest.raises(CommandError, match="ya terminó"):
        call_command("anclar", fecha="2999-01-01")
    with pytest.raises(CommandError, match="fecha"):
        call_command("anclar", fecha="ayer")
    call_command("anclar", stdout=out)
    with pytest.raises(CommandError, match="ya está anclado"):
        call_command("anclar")
    assert ChainAnchor.objects.count() == 1
