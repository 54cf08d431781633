from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from portal.ui import charts, maps, quantiles, rulers
from portal.ui.templatetags.ui import fig

COUNTS = {"vencida": 9, "por_vencer": 14, "en_tiempo": 58, "pausada": 7}


def parsed(svg):
    return ElementTree.fromstring(str(svg))


def chart(bars, line, labels=None):
    return charts.bars_and_line(
        labels=labels or [str(i) for i in range(len(bars))],
        bars=bars,
        line=line,
        bar_label="Recibidos",
        line_label="Contestados",
        title="Recibidos & contestados <b>",
        first_column="Día",
    )


@pytest.mark.parametrize(
    ("bars", "line"),
    [([], []), ([0], [0]), ([1, 2], [2, 1]), (list(range(90)), list(range(90))), ([10**6], [3])],
    ids=["nothing", "zero", "two", "ninety days", "a million"],
)
def test_a_chart_is_valid_svg_with_a_name_and_no_style(bars, line):
    figure = chart(bars, line)
    root = parsed(figure.svg)
    title = root[0]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert title.text == "Recibidos & contestados <b>"
    assert all("style" not in element.attrib for element in root.iter())
    assert len(root.findall("rect")) == len(bars)
    heights = [float(rect.get("height")) for rect in root.findall("rect")]
    assert all(0 <= height <= 170 for height in heights)


def test_the_table_says_what_the_picture_shows():
    figure = chart([268, 281], [240, 262], ["7 sep", "14 sep"])
    html = render_to_string("components/fig.html", fig(figure, csv_url="/x.csv"))
    assert figure.rows == [["7 sep", 268, 240], ["14 sep", 281, 262]]
    assert '<th scope="row">7 sep</th><td class="n">268</td><td class="n">240</td>' in html
    assert '<details class="more">' in html


def test_series_of_different_length_are_refused():
    with pytest.raises(ValueError):
        chart([1, 2], [1])


def test_two_pictures_of_a_page_do_not_share_an_id():
    one, other = parsed(chart([1], [1]).svg), parsed(chart([1], [1]).svg)
    assert one.get("aria-labelledby") != other.get("aria-labelledby")


@pytest.mark.parametrize("maximum", [None, 100, 88, 10])
def test_the_bar_keeps_its_order_and_stays_inside(maximum):
    rects = parsed(charts.stack_bar(COUNTS, maximum)).findall("rect")
    assert [rect.get("class") for rect in rects] == ["f-late", "f-soon", "f-ok", "f-hold"]
    last = rects[-1]
    assert float(last.get("x")) + float(last.get("width")) <= 200.5


@pytest.mark.parametrize(
    "svg",
    [
        charts.stack_bar(COUNTS),
        charts.sparkline([1, 2], title="x"),
        rulers.ruler(total=3, done=1, summary="x", pauses=[(1, "p")]),
        maps.map_picture(title="x", pins=[maps.Pin(-96.7, 17.0, "a")]).svg,
    ],
    ids=["bar", "sparkline", "ruler", "map"],
)
def test_no_drawing_needs_a_looser_content_policy(svg):
    for element in parsed(svg).iter():
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}


def test_an_empty_bar_is_still_svg():
    assert parsed(charts.stack_bar({})).findall("rect") == []


def test_a_lone_semaphore_bar_carries_its_table():
    figure = charts.semaphore_figure(COUNTS, title="Abiertos")
    assert [row[1] for row in figure.rows] == [9, 14, 58, 7]
    assert parsed(figure.svg).get("role") == "img"


def test_a_sparkline_says_its_trend_in_words():
    root = parsed(charts.sparkline([3, 9], title="Sube de 3 a 9"))
    assert root.find(".//title").text == "Sube de 3 a 9"
    assert parsed(charts.sparkline([], title="Sin datos")) is not None


@pytest.mark.parametrize(
    ("total", "done", "pauses"),
    [(15, 10, [(5, "pausa")]), (10, 0, []), (3, 3, []), (0, 0, []), (10, 14, [])],
)
def test_the_ruler_has_a_block_a_day_and_one_mark(total, done, pauses):
    svg = rulers.ruler(total=total, done=done, summary="Van <b>", labels={1: "a"}, pauses=pauses)
    root = parsed(svg)
    kinds = [rect.get("class") for rect in root.findall("rect")]
    assert kinds.count("r-run") == min(done, max(total, 1))
    assert kinds.count("r-run") + kinds.count("r-bg") == max(total, 1)
    assert len(root.findall("path[@class='r-now']")) == 1
    assert root.get("aria-label") == "Van <b>"


SQUARE = [[-96.72, 17.06], [-96.70, 17.06], [-96.70, 17.08], [-96.72, 17.08], [-96.72, 17.06]]


def test_a_map_fits_what_it_draws_with_north_up():
    picture = maps.map_picture(
        title="Colonias",
        areas=[maps.Area('Guad"alupe', {"type": "Polygon", "coordinates": [SQUARE]}, level=9)],
        pins=[
            maps.Pin(-96.71, 17.08, "norte", "/n"),
            maps.Pin(-96.71, 17.06, "sur", kind="dot", weight=12),
        ],
        names=True,
    )
    root = parsed(picture.svg)
    north, south = picture.placed
    assert north[1] < south[1]
    assert all(0 <= x <= 640 and 0 <= y <= 420 for x, y in picture.placed)
    assert root.find("a").get("href") == "/n"
    assert root.find("path").get("class") == "m-area m-l4"


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
        [SQUARE],
    ],
    ids=["multipolygon", "feature", "rings"],
)
def test_every_way_to_write_a_polygon_is_drawn(geometry):
    root = parsed(maps.map_picture(title="x", areas=[maps.Area("a", geometry)]).svg)
    assert root.find("path").get("d").startswith("M")


def test_a_map_of_nothing_is_still_a_picture():
    assert parsed(maps.map_picture(title="Nada").svg).get("role") == "img"


@pytest.mark.parametrize(
    "rows", [[], [("Obras", 9, 14, 21)], [("a", 0, 0, 0), ("b", 0.5, 1.5, 250)]], ids=len
)
def test_times_are_drawn_in_order_and_inside_the_picture(rows):
    figure = quantiles.quantile_figure(rows, title="Días", first_column="Área")
    root = parsed(figure.svg)
    ends = [float(p.get("d").split("H")[1]) for p in root.findall("path") if "H" in p.get("d")]
    assert all(170 <= x <= 700 for x in ends)
    assert len(root.findall("circle")) == len(rows)
    assert [row[0] for row in figure.rows] == [row[0] for row in rows]
