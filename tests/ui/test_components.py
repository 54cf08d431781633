import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from portal.ui.calendars import day_grid
from portal.ui.icons import ICONS, MARKS, icon_svg, mark_svg
from portal.ui.semaphore import LABELS, TONES
from portal.ui.showcase import sample_context

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Mail goes out without our stylesheet and outside the content policy.
PAGES = [p for p in sorted(TEMPLATES.rglob("*.html")) if "notificaciones" not in p.parts]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))


def render(source: str, **values) -> str:
    request = RequestFactory().get("/lista/", values.pop("query", {}))
    return Template("{% load ui i18n %}" + source).render(Context({"request": request, **values}))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_a_drawing_hidden_from_screen_readers(name):
    root = ElementTree.fromstring(icon_svg(name))
    assert root.get("aria-hidden") == "true"
    assert len(root)


def test_an_unknown_icon_is_a_mistake_seen_at_once():
    with pytest.raises(KeyError):
        icon_svg("no-existe")


def test_every_icon_a_template_asks_for_exists():
    asked = {
        (path.name, name)
        for path in PAGES
        for name in re.findall(r'{%\s*icon "([^"]+)"', path.read_text())
    }
    assert asked
    assert {name for _path, name in asked} <= set(ICONS), asked


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_says_its_variables_first_and_compiles(path):
    assert path.read_text().startswith("{% comment %}")
    get_template(f"components/{path.name}")


def test_no_page_carries_inline_style_script_or_handlers():
    wrong = []
    for path in PAGES:
        text = path.read_text()
        if re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text):
            wrong.append(path.name)
        for attributes in re.findall(r"<script([^>]*)>", text):
            if "src=" not in attributes and 'type="application/json"' not in attributes:
                wrong.append(path.name)
    assert wrong == []


@pytest.mark.parametrize("status", TONES)
def test_the_semaphore_tells_by_shape_word_and_colour(status):
    html = render("{% sem s %}", s=status)
    assert f"sem--{TONES[status]}" in html
    assert str(LABELS[status]) in html
    assert str(mark_svg(TONES[status])) in html


def test_no_two_marks_share_a_shape():
    assert len(set(MARKS.values())) == len(MARKS) == len(set(TONES.values()))


def test_words_of_people_are_escaped_in_components():
    html = render(
        '{% sem "vencida" t %}{% badge t %}{% note "ok" title=t %}{{ t }}{% endnote %}'
        "{% timeline e %}",
        t="<script>x</script>",
        e=[{"title": "<script>x</script>", "text": "<script>y</script>"}],
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 6


def test_the_day_count_fills_whole_weeks_and_names_each_kind():
    days = [
        {"date": dt.date(2026, 11, 24), "kind": "start"},
        {"date": dt.date(2026, 11, 28), "kind": "off"},
        {"date": dt.date(2026, 12, 2), "kind": "off", "title": "fundación"},
        {"date": dt.date(2026, 12, 3), "kind": "pause", "today": True},
        {"date": dt.date(2026, 12, 9), "kind": "due", "number": 10},
    ]
    grid = day_grid(days, name="Cuenta")
    assert [len(week) for week in grid["weeks"]] == [7, 7, 7]
    assert grid["weeks"][0][0]["label"] == "23 nov"
    assert grid["weeks"][1][1]["label"] == "1 dic"
    html = render("{% day_count grid %}", grid=grid)
    assert 'class="is-off"' in html
    assert 'class="is-hol" title="fundación"' in html
    assert 'class="is-hold is-now"' in html
    assert '<b><span class="sr">vence, día </span>10</b>' in html
    assert "En pausa" in html
    assert "Día que cuenta" not in html


def test_a_sorted_column_says_so_and_turns_around():
    html = render(
        '{% sort "folio" "Folio" %}', query={"orden": "folio", "despues": "abc", "q": "x"}
    )
    assert 'aria-sort="ascending"' in html
    assert 'href="?orden=-folio&amp;q=x"' in html


def test_paging_keeps_the_filters_and_one_cursor():
    html = render('{% pager "a" "" label="1 a 50" %}', query={"q": "luz", "despues": "z"})
    assert 'href="?q=luz&amp;antes=a"' in html
    assert html.count('aria-disabled="true"') == 1


def test_a_filter_starts_the_pages_over():
    html = render('{% querystring_set estado="abierto" q="" %}', query={"q": "x", "antes": "1"})
    assert html == "?estado=abierto"


def test_the_page_of_components_shows_them_all_and_hides_in_production(client, settings):
    settings.DEBUG = False
    settings.PORTAL_SHOW_COMPONENTS = False
    assert client.get("/ui/componentes/").status_code == 404
    settings.PORTAL_SHOW_COMPONENTS = True
    assert client.get("/ui/componentes/").status_code == 200
    assert "figure" in sample_context(None)
