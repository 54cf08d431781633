import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from portal.ui import dates
from portal.ui.text import phone

CENTRE = ZoneInfo("America/Mexico_City")
DAY = dt.date(2026, 12, 15)
MOMENT = dt.datetime(2026, 12, 16, 1, 42, 8, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 12, 16, 2, 0, tzinfo=dt.UTC)


def show(expression: str, language: str = "es-mx", **values) -> str:
    with translation.override(language), timezone.override(CENTRE):
        return Template("{% load ui %}{{ " + expression + " }}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "spanish", "english"),
    [
        ("v|fecha_larga", "martes 15 de diciembre de 2026", "Tuesday, December 15, 2026"),
        ("v|fecha_larga_sin_ano", "martes 15 de diciembre", "Tuesday, December 15"),
        ("v|fecha_corta", "15 dic 2026", "Dec 15, 2026"),
        ("v|fecha_lista", "mar 15 dic", "Tue, Dec 15"),
        ("v|fecha_hora", "martes 15 de diciembre de 2026", "Tuesday, December 15, 2026"),
    ],
)
def test_a_day_is_written_in_both_languages(expression, spanish, english):
    assert show(expression, v=DAY) == spanish
    assert show(expression, "en", v=DAY) == english


def test_a_moment_names_its_zone_and_falls_on_the_local_day():
    assert (
        show("v|fecha_hora", v=MOMENT)
        == "martes 15 de diciembre de 2026, 19:42 h (hora del centro)"
    )
    assert show("v|fecha_hora:'s'", v=MOMENT).startswith(
        "martes 15 de diciembre de 2026, 19:42:08 h"
    )
    assert (
        show("v|fecha_hora", "en", v=MOMENT)
        == "Tuesday, December 15, 2026, 19:42 (Central Mexico time)"
    )
    assert show("v|iso", v=MOMENT) == "2026-12-15T19:42:08-06:00"


def test_the_zone_words_follow_the_zone():
    with translation.override("es"), timezone.override(ZoneInfo("America/Cancun")):
        assert dates.date_time(MOMENT).endswith("20:42 h (hora del sureste)")


@pytest.mark.parametrize(
    ("seconds", "spanish", "english"),
    [
        (3, "ahora", "just now"),
        (20, "hace 20 segundos", "20 seconds ago"),
        (60, "hace 1 minuto", "1 minute ago"),
        (3599, "hace 59 minutos", "59 minutes ago"),
        (7200, "hace 2 horas", "2 hours ago"),
        (86400, "ayer", "yesterday"),
        (3 * 86400, "hace 3 días", "3 days ago"),
        (40 * 86400, "5 nov 2026", "Nov 5, 2026"),
        (-3600, "15 dic 2026", "Dec 15, 2026"),
    ],
)
def test_how_long_ago(seconds, spanish, english):
    moment = NOW - dt.timedelta(seconds=seconds)
    with timezone.override(CENTRE):
        with translation.override("es-mx"):
            assert dates.ago(moment, now=NOW) == spanish
        with translation.override("en"):
            assert dates.ago(moment, now=NOW) == english


@pytest.mark.parametrize("name", ["fecha_larga", "fecha_corta", "fecha_hora", "hace", "iso"])
def test_no_date_prints_nothing(name):
    assert show(f"v|{name}", v=None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1244, "1,244"), (193975, "193,975"), ("52", "52"), ("91 %", "91 %"), (0, "0")],
)
def test_thousands_are_parted_by_commas(value, expected):
    assert show("v|miles", v=value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (840, "840 B"),
        (84_000, "84 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_234_567, "1.2 MB"),
        (48_000_000, "48 MB"),
        (2_500_000_000, "2.5 GB"),
        (None, ""),
    ],
)
def test_sizes_read_as_people_say_them(value, expected):
    assert show("v|tamano", v=value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("+529512044103", "951 ••• ••03"),
        ("951 204 4103", "951 ••• ••03"),
        ("+525500004321", "55 •••• ••21"),
        ("1234", "•••••"),
        ("javier.perez@correo.example.mx", "j•••••@•••••.mx"),
        ("", ""),
    ],
)
def test_contact_data_is_hidden(value, expected):
    assert show("v|enmascarar", v=value) == expected


def test_the_hidden_contact_does_not_tell_its_length():
    assert show("v|enmascarar", v="a@b.mx") == show("v|enmascarar", v="abcdefghi@bcdefgh.mx")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+525500004321", "55 0000 4321"),
        ("+525612345678", "56 1234 5678"),
        ("+523312345678", "33 1234 5678"),
        ("+528112345678", "81 1234 5678"),
        ("+529512044187", "951 204 4187"),
        ("9512044187", "951 204 4187"),
        ("+13125550100", "+13125550100"),
        ("", ""),
    ],
)
def test_a_mexican_number_is_grouped_by_its_area_code(number, expected):
    assert phone(number) == expected
