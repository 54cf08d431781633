"""Terms worked out by hand on the federal calendar of 2026 and 2027."""

import datetime as dt
import subprocess
import sys
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from portal.core.clock import (
    Calendar,
    ClockError,
    CountFrom,
    Effect,
    Extension,
    NonBusinessDay,
    Pause,
    Term,
    deadline,
    extension_cap,
    federal_calendar,
    prevencion_limit,
)

D = dt.date
FEDERAL = federal_calendar(range(2024, 2032))


def due(amount, unit, start, **more):
    more.setdefault("calendar", FEDERAL)
    return deadline(term=Term(amount, unit), start=start, **more).vence


@pytest.mark.parametrize(
    ("amount", "unit", "start", "expected"),
    [
        pytest.param(10, "habiles", D(2026, 12, 23), D(2027, 1, 8), id="over Christmas"),
        pytest.param(1, "habiles", D(2026, 11, 13), D(2026, 11, 17), id="over a long weekend"),
        pytest.param(10, "habiles", D(2026, 11, 23), D(2026, 12, 7), id="two plain weeks"),
        pytest.param(10, "habiles", D(2026, 11, 21), D(2026, 12, 7), id="received on Monday"),
        pytest.param(20, "habiles", D(2027, 1, 4), D(2027, 2, 2), id="over 1 February 2027"),
        pytest.param(3, "naturales", D(2026, 11, 23), D(2026, 11, 26), id="natural days"),
        pytest.param(3, "naturales", D(2026, 11, 20), D(2026, 11, 25), id="count from Monday"),
        pytest.param(4, "naturales", D(2026, 12, 21), D(2026, 12, 28), id="25 December rolls"),
        pytest.param(1, "meses", D(2026, 1, 31), D(2026, 3, 2), id="31 January + 1 month"),
        pytest.param(1, "meses", D(2024, 1, 31), D(2024, 3, 1), id="31 January of a leap year"),
        pytest.param(1, "meses", D(2024, 1, 29), D(2024, 2, 29), id="29 February exists"),
        pytest.param(3, "meses", D(2026, 11, 23), D(2027, 2, 23), id="three months"),
        pytest.param(1, "meses", D(2026, 12, 1), D(2027, 1, 4), id="1 January rolls"),
        pytest.param(12, "meses", D(2026, 12, 23), D(2027, 12, 23), id="a year"),
    ],
)
def test_a_term_ends_on_the_day_the_law_says(amount, unit, start, expected):
    assert due(amount, unit, start) == expected


def test_months_count_from_the_act_unless_reception_is_asked_for():
    saturday = D(2026, 1, 31)
    assert due(1, "meses", saturday, received_next_business=True) == D(2026, 3, 3)
    assert due(1, "meses", D(2026, 3, 12), after_hours=True) == D(2026, 4, 13)


def test_reception_on_a_day_off_or_after_hours_moves_the_start():
    saturday = D(2026, 11, 21)
    assert due(1, "habiles", saturday) == D(2026, 11, 24)
    assert due(1, "habiles", saturday, received_next_business=False) == D(2026, 11, 23)
    assert due(1, "habiles", D(2026, 11, 20), after_hours=True) == D(2026, 11, 24)


def test_the_first_day_can_be_the_next_natural_day_or_the_second_business_day():
    friday = D(2026, 11, 20)
    assert due(4, "naturales", friday, count_from=CountFrom.NEXT_DAY) == D(2026, 11, 24)
    assert due(4, "habiles", friday, count_from=CountFrom.SECOND_BUSINESS) == D(2026, 11, 27)
    assert due(1, "meses", friday, count_from=CountFrom.SECOND_BUSINESS) == D(2026, 12, 23)


@pytest.mark.parametrize(
    ("unit", "amount", "effect", "expected"),
    [
        ("habiles", 10, Effect.SUSPENDE, D(2026, 12, 14)),
        ("habiles", 10, Effect.INTERRUMPE, D(2026, 12, 16)),
        ("naturales", 10, Effect.SUSPENDE, D(2026, 12, 10)),
        ("naturales", 10, Effect.INTERRUMPE, D(2026, 12, 14)),
        ("meses", 1, Effect.SUSPENDE, D(2026, 12, 30)),
        ("meses", 1, Effect.INTERRUMPE, D(2027, 1, 4)),
    ],
)
def test_a_pause_keeps_or_loses_the_days_already_counted(unit, amount, effect, expected):
    pause = Pause(D(2026, 11, 25), D(2026, 12, 2), effect, "falta croquis")
    assert due(amount, unit, D(2026, 11, 23), pauses=[pause]) == expected


def test_pauses_that_overlap_count_once():
    one = Pause(D(2026, 11, 25), D(2026, 11, 30), Effect.SUSPENDE, "falta croquis")
    two = Pause(D(2026, 11, 27), D(2026, 12, 2), Effect.SUSPENDE, "falta firma")
    joined = Pause(D(2026, 11, 25), D(2026, 12, 2), Effect.SUSPENDE, "")
    start = D(2026, 11, 23)
    assert due(10, "habiles", start, pauses=[two, one]) == due(
        10, "habiles", start, pauses=[joined]
    )


def test_a_second_pause_in_the_same_wait_makes_it_interrupt():
    one = Pause(D(2026, 11, 25), D(2026, 11, 27), Effect.SUSPENDE, "falta croquis")
    two = Pause(D(2026, 11, 28), None, Effect.INTERRUMPE, "falta firma")
    result = deadline(
        term=Term(10, "habiles"), start=D(2026, 11, 23), calendar=FEDERAL, pauses=[one, two]
    )
    assert (result.vence, result.usados, result.restantes) == (None, 0, 10)
    assert result.explicacion.pasos[-1].nombre == "falta croquis; falta firma"


def test_a_reply_before_the_act_takes_effect_does_not_bring_the_months_forward():
    saturday = D(2026, 11, 21)
    pause = Pause(saturday, saturday, Effect.INTERRUMPE, "falta firma")
    last = due(1, "meses", saturday, pauses=[pause], received_next_business=True)
    assert last == D(2026, 12, 23)


def test_a_pause_after_the_last_day_changes_nothing():
    for since in (D(2026, 12, 7), D(2026, 12, 20)):
        pause = Pause(since, None, Effect.INTERRUMPE, "tarde")
        assert due(10, "habiles", D(2026, 11, 23), pauses=[pause]) == D(2026, 12, 7)


def test_an_open_pause_leaves_no_last_day_but_what_is_left():
    pause = Pause(D(2026, 11, 25), None, Effect.SUSPENDE, "falta croquis")
    months = deadline(
        term=Term(1, "meses"), start=D(2026, 11, 23), calendar=FEDERAL, pauses=[pause]
    )
    assert (months.vence, months.pausado) == (None, True)
    assert (months.usados, months.restantes) == (2, 28)


def test_an_extension_lengthens_the_term_up_to_its_cap():
    more = Extension(5, "habiles", "visita de campo")
    assert due(10, "habiles", D(2026, 11, 23), extension=more) == D(2026, 12, 14)
    with pytest.raises(ClockError, match="no puede pasar de 5 días hábiles"):
        due(10, "habiles", D(2026, 11, 23), extension=Extension(6, "habiles", ""))
    with pytest.raises(ClockError, match="misma unidad"):
        due(10, "habiles", D(2026, 11, 23), extension=Extension(1, "meses", ""))
    with pytest.raises(ClockError, match="no admite prórroga"):
        due(1, "meses", D(2026, 11, 23), extension=Extension(1, "meses", ""))


def test_the_cap_of_an_extension_is_a_fraction_rounded_down():
    assert extension_cap(Term(15, "habiles")) == 7
    assert extension_cap(Term(3, "meses")) == 1
    assert extension_cap(Term(10, "habiles"), Fraction(1, 3)) == 3
    more = Extension(10, "habiles", "")
    assert due(10, "habiles", D(2026, 11, 23), extension=more, extension_cap=Fraction(1)) == D(
        2026, 12, 21
    )


def test_hours_are_elapsed_time_when_the_clock_on_the_wall_changes():
    tijuana = ZoneInfo("America/Tijuana")
    start = dt.datetime(2026, 3, 7, 12, 0, tzinfo=tijuana)
    assert due(24, "horas", start) == dt.datetime(2026, 3, 8, 13, 0, tzinfo=tijuana)
    mexico = ZoneInfo("America/Mexico_City")
    start = dt.datetime(2026, 3, 7, 12, 0, tzinfo=mexico)
    assert due(24, "horas", start).isoformat() == "2026-03-08T12:00:00-06:00"


def test_a_pause_at_the_very_end_of_the_hours_changes_nothing():
    start = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
    pause = Pause(start + dt.timedelta(hours=24), None, Effect.INTERRUMPE, "tarde")
    assert due(24, "horas", start, pauses=[pause]) == start + dt.timedelta(hours=24)


def test_hours_roll_forward_only_when_asked():
    start = dt.datetime(2026, 12, 24, 10, 0, tzinfo=ZoneInfo("America/Mexico_City"))
    assert due(24, "horas", start).date() == D(2026, 12, 25)
    rolled = due(24, "horas", start, roll_hours=True)
    assert rolled.isoformat() == "2026-12-28T10:00:00-06:00"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        pytest.param(Term(10, "habiles"), D(2026, 11, 27), id="day 4 of 10"),
        pytest.param(Term(9, "habiles"), D(2026, 11, 26), id="day 3 of 9"),
        pytest.param(Term(1, "habiles"), D(2026, 11, 24), id="the only day"),
        pytest.param(None, D(2026, 12, 7), id="no resolution: 10 days"),
        pytest.param(Term(30, "naturales"), D(2026, 12, 3), id="10 natural days"),
        pytest.param(Term(3, "meses"), D(2026, 12, 23), id="1 month of 3"),
        pytest.param(Term(1, "meses"), D(2026, 12, 3), id="10 days of a month of 30"),
    ],
)
def test_the_prevencion_must_come_in_the_first_third(term, expected):
    assert prevencion_limit(term=term, start=D(2026, 11, 23), calendar=FEDERAL) == expected


def test_the_first_third_of_hours_is_a_moment():
    start = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
    limit = prevencion_limit(term=Term(10, "horas"), start=start, calendar=FEDERAL)
    assert limit == dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)


def test_a_year_that_is_not_loaded_is_said():
    short = federal_calendar([2026])
    result = deadline(term=Term(10, "habiles"), start=D(2026, 12, 23), calendar=short)
    assert not result.covered
    assert "falta cargar el calendario de días inhábiles de 2027" in result.explicacion.as_text()
    within = deadline(term=Term(3, "habiles"), start=D(2026, 12, 23), calendar=short)
    assert within.covered
    assert "Aviso" not in within.explicacion.as_text()


def test_a_decree_and_an_enabled_sunday_move_the_end():
    decree = [NonBusinessDay(D(2026, 11, n), "Feria", "Acuerdo 014/2026") for n in (24, 25)]
    calendar = FEDERAL.with_days(decree, {D(2026, 11, 29): "Acuerdo 015/2026"}, version=7)
    result = deadline(term=Term(5, "habiles"), start=D(2026, 11, 23), calendar=calendar)
    assert (result.vence, result.calendar_version) == (D(2026, 12, 1), 7)


NAIVE = dt.datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001
AWARE = NAIVE.replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Term(0, "habiles"),
        lambda: Term(-3, "habiles"),
        lambda: Term(3651, "naturales"),
        lambda: Term(121, "meses"),
        lambda: Term(87_601, "horas"),
        lambda: Term(1.5, "habiles"),
        lambda: Term(True, "habiles"),
        lambda: Term(5, "lustros"),
        lambda: due(1, "habiles", AWARE),
        lambda: due(1, "habiles", "2026-11-23"),
        lambda: due(1, "habiles", D(2300, 1, 1)),
        lambda: due(1, "habiles", D(1800, 1, 1)),
        lambda: due(1, "horas", NAIVE),
        lambda: due(1, "horas", D(2026, 11, 23)),
        lambda: due(1, "habiles", D(2026, 11, 23), count_from="ayer"),
        lambda: due(1, "habiles", D(2026, 11, 23), calendar=Calendar(weekend=tuple(range(7)))),
        lambda: Pause(D(2026, 11, 23), D(2026, 11, 22), "suspende", ""),
        lambda: Pause(AWARE, D(2026, 11, 24), "suspende", ""),
        lambda: Pause(D(2026, 11, 23), None, "cancela", ""),
        lambda: due(
            1, "habiles", D(2026, 11, 23), pauses=[Pause(D(2026, 11, 22), None, "suspende", "")]
        ),
        lambda: due(1, "habiles", D(2026, 11, 23), pauses=[Pause(AWARE, None, "suspende", "")]),
        lambda: extension_cap(Term(10, "habiles"), Fraction(-1, 2)),
        lambda: prevencion_limit(
            term=Term(10, "habiles"), start=D(2026, 11, 23), calendar=FEDERAL, fraction=0
        ),
        lambda: FEDERAL.next_business(D(2026, 1, 1)) and federal_calendar([1500]),
    ],
)
def test_absurd_input_is_refused_in_spanish(ask):
    with pytest.raises(ClockError) as refused:
        ask()
    assert isinstance(refused.value, ValueError)
    assert str(refused.value).endswith(".")
    assert refused.value.status == 422


def test_the_longest_terms_are_counted():
    assert due(3650, "habiles", D(2026, 1, 5)).year == 2040
    assert due(3650, "naturales", D(2026, 1, 5)).year == 2036
    assert due(120, "meses", D(2026, 1, 5)) == D(2036, 1, 7)


def test_the_clock_needs_no_settings_and_no_database():
    code = (
        "import sys, portal.core.clock;"
        "assert 'django.db' not in sys.modules and 'django.conf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "."})
