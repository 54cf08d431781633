import pytest
from django.test import override_settings

from portal.ui.checks import check_municipality_colors
from portal.ui.colors import DEFAULT_MUNI, contrast_ratio, municipality_css, valid_color

HOSTILE = [
    "red;}body{display:none}",
    "#fff;background:url(//x)",
    "#2b3a84\n}",
    "url(javascript:1)",
    "#12",
    "#gggggg",
    None,
    42,
]


def test_contrast_runs_from_1_to_21():
    assert contrast_ratio("#fff", "#ffffff") == 1
    assert round(contrast_ratio("#000", "#fff"), 1) == 21.0
    assert round(contrast_ratio("#767676", "#ffffff"), 2) == 4.54


def test_contrast_refuses_what_is_not_a_colour():
    with pytest.raises(ValueError):
        contrast_ratio("rojo", "#fff")


def test_the_stock_colour_keeps_seven_to_one():
    assert contrast_ratio(DEFAULT_MUNI, "#ffffff") >= 7


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_only_a_plain_hex_colour_is_a_colour(value):
    assert valid_color(value) is None


def test_short_colours_are_written_in_full():
    assert valid_color("#ABC") == "#aabbcc"


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_the_stylesheet_refuses_css_from_the_settings(client, settings, value):
    settings.MUNICIPIO = {"nombre": "X", "color": value, "cenefa": value}
    response = client.get("/ui/colores.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.content.decode() == municipality_css(DEFAULT_MUNI, "#d99a2b")


def test_the_stylesheet_carries_the_municipality_s_colours(client, settings):
    settings.MUNICIPIO = {"color": "#7A1F3D", "cenefa": "#0a0"}
    body = client.get("/ui/colores.css").content.decode()
    assert body == ":root{--muni:#7a1f3d;--cenefa:#00aa00}\n"


@pytest.mark.parametrize(
    ("municipio", "ids"),
    [
        pytest.param({"color": "#2b3a84"}, [], id="dark enough"),
        pytest.param({"color": "#ffcc00"}, ["ui.W003"], id="too pale"),
        pytest.param({"color": "azul"}, ["ui.W001"], id="not a colour"),
        pytest.param({"cenefa": "oro"}, ["ui.W002"], id="line not a colour"),
        pytest.param({}, [], id="nothing set"),
    ],
)
def test_the_check_warns_of_colours_nobody_could_read(municipio, ids):
    with override_settings(MUNICIPIO=municipio):
        assert [warning.id for warning in check_municipality_colors(None)] == ids
