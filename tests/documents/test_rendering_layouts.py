"""A layout written by an administrator: tried, told its line, kept inside its walls."""

import pytest

from portal.documents.rendering import (
    NAMES,
    LayoutError,
    check_layout,
    layout_source,
    render_pages,
    render_pdf,
)

from .papers import LETTERHEAD, paper

HEAD = '#import "base.typ": *\n#show: documento\n'


def refused(layout: str) -> LayoutError:
    with pytest.raises(LayoutError) as caught:
        check_layout(layout)
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_every_layout_of_the_house_passes_its_own_trial(name):
    check_layout(layout_source(name))


def test_a_layout_of_ones_own_passes():
    check_layout(HEAD + "#titulo()\nTexto fijo, *en negrita*.\n#cuerpo()\n#firmas()\n#cierre()\n")


@pytest.mark.parametrize(
    ("body", "line", "column", "word"),
    [
        ("#firmas()\n#nada()", 4, 2, "nada"),
        ("#firmas()\n\n#let x = (", 5, 10, "cerrar"),
        ('#firmas()\n#contenido.at("sueldo")', 4, 2, "sueldo"),
        ('#firmas()\n#texto("a", otro: 1)', 4, 13, ""),
        ("#firmas()\n#referencia()\n#heading(level: 9)[a]\n#grid(columns: none)", 6, 7, ""),
    ],
)
def test_the_line_at_fault_is_told(body, line, column, word):
    error = refused(HEAD + body)
    assert error.line == line
    assert error.column >= column - 1
    assert word in str(error.message)


def test_the_line_is_the_layouts_even_when_the_fault_shows_in_the_prelude():
    assert refused(HEAD + "#firmas()\n#texto(3)").line == 4


@pytest.mark.parametrize(
    "layout",
    [
        '#import "@preview/cetz:0.3.4": *',
        '#import "@local/x:0.1.0"',
        '#import ("@pre" + "view/cetz:0.3.4"): *',
        '#eval("#import \\"@preview/cetz:0.3.4\\"")',
        "#let f = dictionary(std)",
        '#include "oficio.typ"',
        '#plugin("x.wasm")',
        '#import "parts/data.typ": *',
        '#{import "../engine.py"}',
        '#import "base.typ": * ; #import "@preview/x:1.0.0"',
        "// import",
    ],
)
def test_a_layout_reaches_nothing_but_the_prelude(layout):
    error = refused(HEAD + layout)
    assert error.line == 3
    assert "no puede usar" in str(error.message)
    for render in (render_pdf, render_pages):
        with pytest.raises(LayoutError, match="no puede usar"):
            render(layout=HEAD + layout, content=paper(), letterhead=LETTERHEAD)


@pytest.mark.parametrize(
    "read",
    [
        '#read("/etc/passwd")',
        '#read("../content.py")',
        '#read("../../../../pyproject.toml")',
        '#image("/etc/hostname")',
        '#json("/proc/self/environ")',
    ],
)
def test_a_layout_reads_no_file_outside_its_folder(read):
    assert "archivos" in str(refused(HEAD + "#firmas()\n" + read).message)


@pytest.mark.parametrize(
    "body",
    [
        "#for a in range(9000) { for b in range(9000) { let c = calc.sqrt(a * b) } }",
        '#let s = ("x" * 1000000000) * 8\n#s.len()',
        "#let f(x) = f(x + 1)\n#f(1)",
        "#while true { }",
        "#let i = 0\n#while i < 2 { i = 1 }",
    ],
)
def test_a_layout_that_does_not_end_is_stopped(body):
    error = refused(HEAD + "#firmas()\n" + body)
    assert str(error.message)


def test_a_layout_without_the_sheet_is_told_what_it_lacks():
    assert "documento" in str(
        refused(
            '#import "base.typ": *\n#set document(title: "x")\n#set text(lang: "es")\nHola'
        ).message
    )


def test_a_layout_without_signatures_is_told_what_it_lacks():
    assert "firmas" in str(refused(HEAD + "#titulo()\n#cuerpo()").message)


def test_a_layout_without_title_is_told_what_it_lacks():
    """The paragraphs' own headings cannot come first in an accessible document."""
    assert "#titulo()" in str(refused(HEAD + "#cuerpo()\n#firmas()").message)


def test_a_picture_without_words_is_refused_with_its_line():
    """An accessible document needs them; the compiler says so when the layout is tried."""
    svg = '<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 1 1\\"/>'
    error = refused(HEAD + f'#firmas()\n#image(bytes("{svg}"), format: "svg")')
    assert error.line == 4
    assert "alt" in str(error.message)


def test_a_huge_layout_is_refused():
    assert "60" in str(refused(HEAD + "a" * 61_000).message)
