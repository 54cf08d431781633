"""The calendar: the federal list against the text of the law, and the days added to it."""

import datetime as dt

import pytest

from portal.core.clock import Calendar, NonBusinessDay, federal_calendar

D = dt.date
YEARS = range(2024, 2037)


def nth_monday(year, month, n):
    mondays = [D(year, month, day) for day in range(1, 29) if D(year, month, day).weekday() == 0]
    return mondays[n - 1]


def by_the_text_of_the_law(year):
    """LFT 74 as it reads since 2024, fraction by fraction."""
    days = {
        D(year, 1, 1): "I",
        nth_monday(year, 2, 1): "II",
        nth_monday(year, 3, 3): "III",
        D(year, 5, 1): "IV",
        D(year, 9, 16): "V",
        nth_monday(year, 11, 3): "VI",
        D(year, 12, 25): "VIII",
    }
    if (year - 2024) % 6 == 0:
        days[D(year, 10, 1)] = "VII"
    return days


@pytest.mark.parametrize("year", YEARS)
def test_the_federal_list_is_the_one_of_the_law(year):
    calendar = federal_calendar([year])
    basis = {day: f"LFT art. 74, fracción {n}" for day, n in by_the_text_of_the_law(year).items()}
    assert {day: entry.fundamento for day, entry in calendar.dias.items()} == basis
    assert calendar.ejercicios == {year}


def test_the_federal_days_have_their_spanish_names():
    calendar = federal_calendar(YEARS)
    assert calendar.reason(D(2026, 12, 25)) == ("Navidad", "LFT art. 74, fracción VIII")
    assert calendar.reason(D(2030, 10, 1))[0] == "Transmisión del Poder Ejecutivo Federal"
    named = {entry.nombre for entry in calendar.dias.values()}
    assert not named & {"Christmas Day", "Labor Day", "New Year's Day"}


@pytest.mark.parametrize(
    ("year", "mondays"),
    [
        (2026, [D(2026, 2, 2), D(2026, 3, 16), D(2026, 11, 16)]),
        (2027, [D(2027, 2, 1), D(2027, 3, 15), D(2027, 11, 15)]),
    ],
)
def test_the_moved_mondays_of_this_year_and_next(year, mondays):
    assert set(mondays) <= set(federal_calendar([year]).dias)


def test_the_days_that_only_the_other_law_lists_are_business_days():
    calendar = federal_calendar([2026])
    for day in (D(2026, 2, 5), D(2026, 5, 5), D(2026, 9, 1), D(2026, 11, 20), D(2026, 12, 1)):
        assert calendar.is_business(day)


def test_no_years_give_an_empty_list():
    assert federal_calendar([]).dias == {}


def test_an_enabled_day_wins_over_everything():
    sunday = D(2026, 12, 27)
    calendar = Calendar(
        dias={sunday: NonBusinessDay(sunday, "Feria", "Acuerdo")},
        habilitados={sunday: "Acuerdo 3/2026"},
    )
    assert calendar.is_business(sunday)
    assert calendar.reason(sunday) is None
    assert calendar.next_business(D(2026, 12, 25)) == sunday


def test_a_day_off_says_its_name_and_basis():
    calendar = federal_calendar([2026])
    assert calendar.reason(D(2026, 11, 28)) == ("sábado", "LFPA art. 28")
    assert calendar.reason(D(2026, 11, 27)) is None
    assert calendar.roll_forward(D(2026, 11, 27)) == D(2026, 11, 27)
    assert calendar.roll_forward(D(2026, 11, 28)) == D(2026, 11, 30)
    assert calendar.next_business(D(2026, 11, 27)) == D(2026, 11, 30)
    assert calendar.covers(D(2026, 1, 1))
    assert not calendar.covers(D(2027, 1, 1))


def test_days_added_leave_the_first_calendar_as_it_was():
    calendar = federal_calendar([2026])
    day = D(2026, 12, 2)
    more = calendar.with_days([NonBusinessDay(day, "Fundación", "Acuerdo 014/2026")], version=4)
    assert (more.version, more.is_business(day)) == (4, False)
    assert (calendar.version, calendar.is_business(day)) == (1, True)
    assert more.ejercicios == calendar.ejercicios
