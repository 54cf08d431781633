"""The working of a count: its words, its data and its picture."""

import datetime as dt
import json
import locale
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.clock import (
    ClockError,
    Effect,
    Explanation,
    Extension,
    NonBusinessDay,
    Origin,
    Pause,
    Term,
    deadline,
    federal_calendar,
)

from .test_clock_reference import calendar_of, extension_of, hour_situations, situations, terms

D = dt.date
FOUNDATION = NonBusinessDay(D(2026, 12, 2), "Fundación del municipio", "Acuerdo 014/2026")
CALENDAR = federal_calendar(range(2026, 2029)).with_days([FOUNDATION])
RULE = "Reglamento de Atención Ciudadana, artículo 18"


MONDAY = D(2026, 11, 23)


def explain(amount=10, unit="habiles", start=MONDAY, **more):
    more.setdefault("calendar", CALENDAR)
    return deadline(term=Term(amount, unit), start=start, **more).explicacion


def test_the_words_say_start_term_basis_days_off_and_end():
    assert explain(fundamento=RULE).as_text() == (
        "Presentada el lunes 23 de noviembre de 2026."
        " El plazo es de 10 días hábiles (Reglamento de Atención Ciudadana, artículo 18)"
        " y empieza a contar el martes 24 de noviembre de 2026."
        " No cuentan: sábados y domingos;"
        " miércoles 2 de diciembre (Fundación del municipio, Acuerdo 014/2026)."
        " Vence el martes 8 de diciembre de 2026."
    )


def test_the_words_exist_in_english():
    assert explain(fundamento=RULE).as_text("en") == (
        "Filed on Monday, 23 November 2026."
        " The time limit is 10 business days (Reglamento de Atención Ciudadana, artículo 18)"
        " and the count starts on Tuesday, 24 November 2026."
        " These days do not count: Saturdays and Sundays;"
        " Wednesday, 2 December (Fundación del municipio, Acuerdo 014/2026)."
        " Due on Tuesday, 8 December 2026."
    )


def test_another_language_is_refused():
    with pytest.raises(ClockError):
        explain().as_text("fr")


def test_the_words_do_not_follow_the_locale_of_the_process():
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert "lunes 23 de noviembre" in explain().as_text()
    finally:
        locale.setlocale(locale.LC_TIME, before)


PAUSED = Pause(D(2026, 11, 25), D(2026, 11, 27), Effect.SUSPENDE, "falta croquis", "LFPA 17-A")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(
            {"pauses": [PAUSED]},
            "El plazo se suspende el miércoles 25 de noviembre de 2026 (falta croquis, LFPA 17-A);"
            " con la respuesta del viernes 27 de noviembre de 2026,"
            " la cuenta sigue el lunes 30 de noviembre de 2026.",
            id="suspended",
        ),
        pytest.param(
            {"pauses": [Pause(D(2026, 11, 25), D(2026, 11, 27), "interrumpe", "falta croquis")]},
            "la cuenta empieza de nuevo el lunes 30 de noviembre de 2026.",
            id="interrupted",
        ),
        pytest.param(
            {"pauses": [Pause(D(2026, 11, 25), None, "suspende", "falta croquis")]},
            "El plazo está suspendido desde el miércoles 25 de noviembre de 2026 (falta croquis):"
            " van 2 y quedan 8 días hábiles.",
            id="on hold",
        ),
        pytest.param(
            {"pauses": [Pause(D(2026, 11, 25), None, "interrumpe", "falta croquis")]},
            "el plazo completo empieza de nuevo cuando llegue la respuesta.",
            id="on hold from zero",
        ),
        pytest.param(
            {"extension": Extension(5, "habiles", "visita de campo")},
            "Se prorroga 5 días hábiles (visita de campo).",
            id="extended",
        ),
        pytest.param(
            {"start": D(2026, 11, 21)},
            "Presentada el sábado 21 de noviembre de 2026; como ese día es inhábil"
            " (LFPA art. 28), se tiene por recibida el lunes 23 de noviembre de 2026.",
            id="filed on Saturday",
        ),
        pytest.param(
            {"start": D(2026, 12, 2)},
            "como ese día es inhábil (Fundación del municipio, Acuerdo 014/2026), se tiene",
            id="filed on a holiday",
        ),
        pytest.param(
            {"after_hours": True},
            "como llegó fuera del horario de oficina, se tiene por recibida el martes 24",
            id="after hours",
        ),
        pytest.param({"origen": Origin.NOTIFICACION}, "Notificada el lunes 23", id="notified"),
        pytest.param({"count_from": "second_business"}, "Surte efectos el martes 24", id="effect"),
        pytest.param(
            {"calendar": CALENDAR.with_days((), {D(2026, 11, 28): "Acuerdo 9"})},
            "Sí cuentan, porque se habilitaron: sábado 28 de noviembre (Acuerdo 9).",
            id="enabled",
        ),
        pytest.param(
            {"unit": "naturales", "amount": 5, "start": D(2026, 11, 23)},
            "El último día cae en día inhábil, sábado 28 de noviembre (LFPA art. 28),"
            " y se recorre al siguiente día hábil. Vence el lunes 30 de noviembre de 2026.",
            id="rolled",
        ),
        pytest.param(
            {"unit": "meses", "amount": 1, "start": D(2026, 1, 31)},
            "Ese mes no tiene el mismo número de día",
            id="no such day",
        ),
        pytest.param({"amount": 1}, "El plazo es de 1 día hábil y", id="one day"),
    ],
)
def test_each_thing_that_happens_has_its_sentence(more, said):
    assert said in explain(**more).as_text()


def test_a_long_closure_is_said_as_a_range():
    days = [
        NonBusinessDay(D(2026, 12, n), "Vacaciones", "Acuerdo 20/2026")
        for n in (*range(7, 12), *range(14, 17))
    ]
    text = explain(calendar=CALENDAR.with_days(days)).as_text()
    said = "del lunes 7 de diciembre al miércoles 16 de diciembre (Vacaciones, Acuerdo 20/2026)"
    assert said in text
    assert text.count("Vacaciones") == 1


def test_two_closures_of_one_name_with_work_between_are_two_ranges():
    days = [NonBusinessDay(D(2026, 11, n), "Feria", "Acuerdo 20") for n in (25, 27)]
    text = explain(calendar=CALENDAR.with_days(days)).as_text()
    assert text.count("Feria") == 2


def test_hours_say_the_hour_of_their_zone():
    start = dt.datetime(2026, 11, 23, 17, 30, tzinfo=ZoneInfo("America/Mexico_City"))
    text = explain(24, "horas", start).as_text()
    assert "Vence el martes 24 de noviembre de 2026 a las 17:30 h." in text


def test_the_data_hold_every_day_with_its_name_and_basis():
    data = explain().as_data()
    off = {s["fecha"]: (s["nombre"], s["fundamento"]) for s in data["pasos"] if "nombre" in s}
    assert off == {
        "2026-11-28": ("sábado", "LFPA art. 28"),
        "2026-11-29": ("domingo", "LFPA art. 28"),
        "2026-12-02": ("Fundación del municipio", "Acuerdo 014/2026"),
        "2026-12-05": ("sábado", "LFPA art. 28"),
        "2026-12-06": ("domingo", "LFPA art. 28"),
    }
    numbers = [s["numero"] for s in data["pasos"] if s["clase"] == "cuenta"]
    assert numbers == list(range(1, 11))
    assert (data["vence"], data["inicia"]) == ("2026-12-08", "2026-11-24")


@settings(max_examples=150, deadline=None)
@given(situations(), terms())
def test_the_data_come_back_equal_and_can_always_be_told_and_drawn(situation, asked):
    start, off, on, pauses = situation
    term, added = asked
    whole = deadline(
        term=term,
        start=start,
        calendar=calendar_of(off, on),
        pauses=pauses,
        extension=extension_of(added, term.unidad),
    ).explicacion
    back = Explanation.from_data(json.loads(json.dumps(whole.as_data())))
    assert back == whole
    assert back.as_text() == whole.as_text()
    assert back.as_text("en") == whole.as_text("en")
    cells = [cell for week in whole.calendar_weeks() for cell in week]
    dates = [cell["date"] for cell in cells]
    assert dates == [dates[0] + dt.timedelta(days=n) for n in range(len(dates))]
    assert sum(cell["kind"] == "due" for cell in cells) == (0 if whole.pausado else 1)


@settings(max_examples=60, deadline=None)
@given(hour_situations(), st.integers(1, 72))
def test_hours_come_back_equal_and_say_the_same(situation, amount):
    start, pauses = situation
    whole = explain(amount, "horas", start, pauses=pauses)
    back = Explanation.from_data(json.loads(json.dumps(whole.as_data())))
    assert back == whole
    assert back.as_text() == whole.as_text()
    assert back.calendar_grid() == whole.calendar_grid()


def test_the_picture_has_months_of_whole_weeks():
    november, december = explain().calendar_grid()
    assert (november["name"], december["name"]) == ("noviembre de 2026", "diciembre de 2026")
    assert all(len(week) == 7 for month in (november, december) for week in month["weeks"])
    first = december["weeks"][0]
    assert [cell["kind"] for cell in first] == [
        "out",
        "count",
        "off",
        "count",
        "count",
        "off",
        "off",
    ]
    assert first[0]["date"] is None
    assert first[1] == {
        "date": D(2026, 12, 1),
        "kind": "count",
        "number": 6,
        "title": "",
        "holiday": False,
    }
    assert (first[2]["title"], first[2]["holiday"]) == ("Fundación del municipio", True)
    assert (first[5]["title"], first[5]["holiday"]) == ("sábado", False)
    assert december["weeks"][1][1]["kind"] == "due"
    assert december["weeks"][1][1]["number"] == 10
    assert explain().calendar_grid("en")[0]["name"] == "November 2026"


def test_the_picture_shows_reception_and_pause():
    kinds = {
        cell["date"]: cell["kind"]
        for week in explain(start=D(2026, 11, 21), pauses=[PAUSED]).calendar_weeks()
        for cell in week
    }
    assert kinds[D(2026, 11, 21)] == "out"
    assert kinds[D(2026, 11, 23)] == "start"
    assert kinds[D(2026, 11, 25)] == "count"
    assert [kinds[D(2026, 11, n)] for n in (26, 27, 28, 29)] == ["pause"] * 4
    assert kinds[D(2026, 11, 30)] == "count"
