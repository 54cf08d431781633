"""Text is printed as it was typed, whatever it is."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.documents.rendering import Paragraph, Table, layout_source, render_pdf
from portal.documents.rendering.text import printable

from .looking import ink, picture
from .papers import LETTERHEAD, paper, paragraphs

OFICIO = layout_source("oficio")


def printed(*texts, **fields):
    content = paper(parrafos=paragraphs(*texts), **fields)
    return render_pdf(layout=OFICIO, content=content, letterhead=LETTERHEAD)


def words(made) -> str:
    pages = PdfReader(io.BytesIO(made.pdf)).pages
    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in pages))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    "text",
    [
        "*negrita* _cursiva_ ~ `código` $x^2$ @cita <etiqueta> \\ \\* // nota /* nota */",
        '#let x = 1 #import "@preview/cetz:0.3.4" #panic() #{ }',
        "= Título\n- punto\n+ número\n/ término: dicho",
        "it's «así» \"asá\" 'sencillas' -- --- ... 1'2\" 1/2",
        "<b>html</b> <script>alert(1)</script> &amp; %PDF {{ x }} {% y %}",
        "C:\\Users\\n [corchete] (paréntesis) {llave} ^~|°¬€¢½²",
        "Ñandú, pingüino, Xóchitl, O’Higgins, Müller, Dvořák, Łódź, Άλφα, Привет",
    ],
)
def test_markup_and_signs_print_as_typed(text):
    made = printed(text, asunto=text, destinatario=(text,), fundamento=text)
    assert words(made).count(bare(text)) >= 3
    assert not made.missing


@pytest.mark.parametrize(
    "text", ["שלום", "مرحبا", "ሰላም", "नमस्ते", "ไทย", "ქართული", "Հայերեն", "😀👍✔☎→√≤■"]
)
def test_scripts_and_emoji_have_letters(text):
    assert not printed(text).missing


def test_marks_of_direction_are_kept_and_overrides_are_not():
    assert printable("\u200fא\u200e \u2067ב\u2069") == "\u200fא\u200e \u2067ב\u2069"
    assert printable("\u202eabc\u202c") == "abc"


def test_controls_go_and_lines_stay():
    assert printable("uno\r\ndos\rtres\x00\x07\x1b\ud800\ufffe\x85fin") == "uno\ndos\ntres\nfin"
    assert printable("a\tb") == "a    b"


def test_lines_of_an_address_stay_lines():
    made = printed("Línea uno\nLínea dos\n\nPárrafo nuevo")
    text = PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()
    assert re.search(r"Línea uno\s*\n\s*Línea dos\s*\n\s*Párrafo nuevo", text)


def test_a_character_without_letter_is_named_and_told():
    made = printed("王 小明, vecino")
    assert set(made.missing) == {"王", "小", "明"}
    assert "[U+738B]" in words(made)
    assert "[U+E000]" in words(printed("\ue000"))


@pytest.mark.parametrize(
    "text", ["x" * 2_000, "ñ" * 500, "W" * 300, "https://e.example/" + "a/" * 400]
)
def test_a_word_longer_than_the_line_breaks_inside_the_margins(text):
    table = Table(("A", "B", "C", "D"), ((text, text[:90], "c", "d"),))
    made = printed(text, tablas=(table,), destinatario=(text[:200],), asunto=text[:200])
    assert words(made).count(text[0] * 2) or "a/a/" in words(made)
    page = picture(made.pdf)
    assert ink(page.crop((566, 40, page.width, page.height))) == 0


def test_twenty_thousand_characters_are_all_there():
    text = "".join(f"Artículo {i}. Texto del artículo. " for i in range(600))[:20_000]
    made = printed(text)
    assert made.pages > 4
    assert words(made).count("Textodelartículo.") > 550


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_a_document(text):
    made = printed(text, titulo=text, asunto=text, destinatario=(text,), notas=(text,))
    assert made.pages >= 1
    assert len(made.boxes) == 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            Paragraph,
            clave=st.just("p"),
            texto=st.text(max_size=80),
            clase=st.sampled_from(
                ["parrafo", "titulo", "clausula", "cita", "considerando", "resolutivo", "otra"]
            ),
            numero=st.text(max_size=6),
        ),
        max_size=6,
    )
)
def test_no_paragraph_of_any_class_breaks_a_document(pieces):
    content = paper(parrafos=tuple(pieces))
    assert render_pdf(layout=OFICIO, content=content, letterhead=LETTERHEAD).boxes
