"""The visible seal and the words in the margin, laid over a page that exists."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from portal.documents.rendering import (
    StampData,
    layout_source,
    render_margin,
    render_pdf,
    render_stamp,
)

from .looking import clear_picture
from .papers import LETTERHEAD, paper

MEXICO = dt.timezone(dt.timedelta(hours=-6))
DATA = StampData(
    nombre="Lic. Amalia Reyes Ortega",
    cargo="Secretaria General del Ayuntamiento",
    momento=dt.datetime(2026, 11, 24, 13, 5, 22, tzinfo=MEXICO),
    serie="30001000000500003416",
    sello="kL8xQ2vN0aZb7Yw3RtUeHs1MpDfGjKcVsecreto",
    url="https://ventanilla.sanjacinto.example/verificar/7K3M9QX2T5VW8YZ4B6CD",
)


def page(pdf: bytes):
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    return pages[0]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("avanzada", "FIRMADO ELECTRÓNICAMENTE"),
        ("rubrica", "RÚBRICA"),
        ("sello", "SELLO INSTITUCIONAL"),
    ],
)
def test_a_seal_says_who_when_and_with_what(kind, words):
    text = page(render_stamp(kind, DATA)).extract_text()
    for part in (words, DATA.nombre, DATA.cargo, "24/11/2026 13:05:22 (UTC−06:00)", DATA.serie):
        assert part in text
    assert DATA.sello[:24] in text
    assert "secreto" not in text


def test_a_seal_fills_the_place_kept_for_it_exactly():
    made = render_pdf(layout=layout_source("oficio"), content=paper(), letterhead=LETTERHEAD)
    box = made.boxes[0]
    size = page(render_stamp("avanzada", replace(DATA, ancho=box.w, alto=box.h))).mediabox
    assert float(size.width) == pytest.approx(box.w, abs=0.01)
    assert float(size.height) == pytest.approx(box.h, abs=0.01)


def test_a_seal_is_the_same_each_time():
    assert render_stamp("sello", DATA) == render_stamp("sello", DATA)


@pytest.mark.parametrize("name", ["X" * 200, "María " * 30, "*#$ <b>", "", "أمل\nשלום"])
def test_no_name_is_too_much_for_a_seal(name):
    assert page(render_stamp("rubrica", replace(DATA, nombre=name, cargo=name, leyenda=name)))


def test_a_seal_of_an_unknown_kind_or_without_zone_is_refused():
    with pytest.raises(ValueError):
        render_stamp("otra", DATA)
    with pytest.raises(ValueError):
        render_stamp("sello", replace(DATA, momento=dt.datetime(2026, 11, 24)))


def test_the_margin_carries_its_words_on_a_page_of_the_size_asked():
    made = page(render_margin("CERTIFICADO DE PRUEBA · SIN VALIDEZ OFICIAL", (792, 612)))
    assert "CERTIFICADO DE PRUEBA" in made.extract_text(orientations=(90, 270, 0, 180))
    assert (float(made.mediabox.width), float(made.mediabox.height)) == (792, 612)


def test_what_is_laid_over_a_page_hides_nothing():
    margin = clear_picture(render_margin("PRUEBA"))
    assert margin.getpixel((margin.width // 2, margin.height // 2))[3] == 0
    stamp = clear_picture(render_stamp("avanzada", replace(DATA, url="")))
    assert stamp.getpixel((stamp.width - 8, stamp.height // 2))[3] == 0
