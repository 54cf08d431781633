"""From a template and what was typed to paragraphs."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import clean_text
from portal.documents.constants import MAX_FIELD
from portal.documents.templating import (
    BadValueError,
    fill,
    paragraphs,
    read_clause_changes,
    read_value,
    read_values,
    shown,
)

from .parts import clause, field

NASTY = [
    pytest.param("#let x = 1; $x^2$ *b* _i_ <b>b</b> \\ `raw` @ref // c", id="markup"),
    pytest.param("{{otro}} {{nombre}} {{ nombre }} {% if %}", id="references"),
    pytest.param("%(clave)s {0} ${x} \\1 \\g<0>", id="other ways of putting in"),
    pytest.param("👩🏽‍🌾 🇲🇽 ñandú ﷽ Ωμέγα", id="emoji and other letters"),
    pytest.param("‏שלום‎ abc", id="right to left"),
    pytest.param("x" * 300, id="one very long word"),
]


def written(clausulas, datos, *, campos=None, cambios=None, gaps=False) -> list[str]:
    """The texts of the paragraphs."""
    rows = paragraphs(
        campos=campos or [field(), field("otro")],
        clausulas=clausulas,
        datos=datos,
        cambios=cambios or {},
        gaps=gaps,
    )
    return [row.texto for row in rows]


# Reading what was typed


@pytest.mark.parametrize(
    "campo, typed, kept",
    [
        pytest.param(field(), "  Ana \n María ", "Ana María", id="one line"),
        pytest.param(field(), "Pen\u0303a", "Peña", id="one form of each letter"),
        pytest.param(field(tipo="texto_largo"), "a\r\n\r\nb", "a\n\nb", id="paragraphs kept"),
        pytest.param(field(tipo="numero"), "1,250.50", "1250.50", id="thousands"),
        pytest.param(field(tipo="numero"), "$ 1 250", "1250", id="an amount"),
        pytest.param(field(tipo="numero"), 7, "7", id="a number from a sheet"),
        pytest.param(field(tipo="numero"), -0.5, "-0.5", id="less than nothing"),
        pytest.param(field(tipo="fecha"), "05/03/2026", "2026-03-05", id="day first"),
        pytest.param(field(tipo="fecha"), "5-3-2026", "2026-03-05", id="with hyphens"),
        pytest.param(field(tipo="fecha"), "2026-03-05", "2026-03-05", id="as kept"),
        pytest.param(field(tipo="fecha"), dt.date(2026, 3, 5), "2026-03-05", id="a date"),
        pytest.param(
            field(tipo="fecha"),
            dt.datetime(2026, 3, 6, 5, 59, 59, tzinfo=dt.UTC),
            "2026-03-05",
            id="the last second of the day here, the next day in London",
        ),
        pytest.param(
            field(tipo="fecha"),
            dt.datetime(2026, 3, 5),
            "2026-03-05",
            id="a cell",  # noqa: DTZ001
        ),
        pytest.param(field(tipo="opcion", opciones=["a", "b"]), "b", "b", id="an option"),
        pytest.param(field(tipo="si_no"), "on", "Sí", id="a ticked box"),
        pytest.param(field(tipo="si_no"), True, "Sí", id="a true cell"),
        pytest.param(field(tipo="si_no"), "NO", "No", id="no"),
        pytest.param(field(), None, "", id="nothing"),
        pytest.param(field(tipo="numero"), "   ", "", id="blanks"),
    ],
)
def test_a_value_is_kept_in_one_way(campo, typed, kept):
    assert read_value(campo, typed) == kept
    assert read_value(campo, kept) == kept


@pytest.mark.parametrize(
    "campo, typed",
    [
        pytest.param(field(tipo="numero"), "doce", id="a number in words"),
        pytest.param(field(tipo="numero"), "12,50", id="a decimal comma, not 1250"),
        pytest.param(field(tipo="numero"), "1,2,3", id="commas anywhere"),
        pytest.param(field(tipo="numero"), "1.2.3", id="two points"),
        pytest.param(field(tipo="numero"), "-", id="a sign alone"),
        pytest.param(field(tipo="numero"), ".", id="a point alone"),
        pytest.param(field(tipo="numero"), "1e5", id="an exponent"),
        pytest.param(field(tipo="numero"), float("nan"), id="not a number"),
        pytest.param(field(tipo="numero"), "٣", id="figures of another script"),
        pytest.param(field(tipo="numero"), "9" * 16, id="too many figures"),
        pytest.param(field(tipo="fecha"), "31/02/2026", id="no such day"),
        pytest.param(field(tipo="fecha"), "03/05/26", id="two figures of a year"),
        pytest.param(field(tipo="fecha"), "0001-01-01", id="before anything"),
        pytest.param(field(tipo="fecha"), "mañana", id="a word"),
        pytest.param(field(tipo="opcion", opciones=["a", "b"]), "ab", id="no such option"),
        pytest.param(field(tipo="si_no"), "tal vez", id="neither yes nor no"),
        pytest.param(field(), ["a"], id="a list"),
        pytest.param(field(), {"a": 1}, id="an object"),
        pytest.param(field(maximo=5), "seis12", id="longer than the field"),
        pytest.param(field(), "x" * 301, id="longer than a line"),
        pytest.param(field(tipo="texto_largo"), "x" * (MAX_FIELD + 1), id="longer than any text"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_words(campo, typed):
    with pytest.raises(BadValueError, match=r"\.\Z|[0-9]\.\Z"):
        read_value(campo, typed)


def test_a_draft_may_lack_what_the_issue_may_not():
    campos = [field(requerido=True), field("otro")]
    assert read_values(campos, {}, complete=False) == ({"nombre": "", "otro": ""}, {})
    _values, faults = read_values(campos, {"otro": "x"}, complete=True)
    assert faults == {"campo.nombre": ["Falta «Nombre»."]}


def test_no_is_an_answer_and_zero_a_number():
    campos = [field("a", "si_no", requerido=True), field("b", "numero", requerido=True)]
    values, faults = read_values(campos, {"a": False, "b": 0}, complete=True)
    assert (values, faults) == ({"a": "No", "b": "0"}, {})


def test_a_field_that_the_template_lacks_is_told_and_not_kept():
    values, faults = read_values([field()], {"nombre": "Ana", "x" * 90: "y"}, complete=True)
    assert values == {"nombre": "Ana"}
    assert list(faults) == ["campo." + "x" * 40]


def test_a_thousand_unknown_fields_give_twenty_faults():
    _values, faults = read_values([], {f"k{n}": n for n in range(1000)}, complete=True)
    assert len(faults) == 20


@pytest.mark.parametrize(
    "campo, kept, reads",
    [
        pytest.param(field(tipo="fecha"), "2026-03-05", "5 de marzo de 2026", id="a date"),
        pytest.param(field(tipo="numero"), "1234567.5", "1,234,567.5", id="a number"),
        pytest.param(field(tipo="numero"), "-1200", "-1,200", id="a negative number"),
        pytest.param(field(tipo="numero"), ".5", "0.5", id="less than one"),
        pytest.param(field(), "2026", "2026", id="a text of figures"),
        pytest.param(field(tipo="fecha"), "", "", id="nothing"),
    ],
)
def test_a_kept_value_is_shown_as_people_read_it(campo, kept, reads):
    assert shown(campo, kept) == reads


# Putting in


@pytest.mark.parametrize("typed", NASTY)
def test_what_is_typed_is_printed_as_typed(typed):
    value = read_value(field(), typed)
    assert value == clean_text(typed)
    text = fill("<{{nombre}}|{{nombre}}>", [field(), field("otro")], {"nombre": value}, gaps=True)
    assert text == f"<{value}|{value}>"


TYPED = st.text(max_size=80) | st.lists(
    st.sampled_from(["{{", "}}", "{", "}", "nombre", "otro", " ", "\n", "\\1"]), max_size=12
).map("".join)


@given(first=TYPED, second=TYPED, gaps=st.booleans())
def test_what_is_typed_never_acts_as_a_reference(first, second, gaps):
    campos = [field(tipo="texto_largo"), field("otro", "texto_largo")]
    datos = {"nombre": first, "otro": second}
    text = fill("A{{nombre}}B{{ otro }}C{{nombre}}", campos, datos, gaps=gaps)
    shown_first = first or ("[Nombre]" if gaps else "")
    shown_second = second or ("[Otro]" if gaps else "")
    assert text == f"A{shown_first}B{shown_second}C{shown_first}"


@given(typed=TYPED)
def test_braces_beside_a_reference_do_not_make_another_one(typed):
    text = fill("{ {{{nombre}}} }", [field(tipo="texto_largo")], {"nombre": typed}, gaps=False)
    assert text == "{ {" + typed + "} }"


@given(text=st.text(max_size=200).filter(lambda t: "{{" not in t), gaps=st.booleans())
def test_a_text_without_references_stays_as_it_is(text, gaps):
    assert fill(text, [field()], {"nombre": "Ana"}, gaps=gaps) == text


@given(typed=st.text(max_size=300))
def test_what_was_read_reads_the_same_again(typed):
    campo = field(tipo="texto_largo")
    once = read_value(campo, typed)
    assert read_value(campo, once) == once


@given(typed=st.text(alphabet="0123456789.,-$ ", max_size=20))
def test_a_number_that_is_kept_can_be_shown(typed):
    campo = field(tipo="numero")
    try:
        kept = read_value(campo, typed)
    except BadValueError:
        return
    assert not kept or float(shown(campo, kept).replace(",", "")) == float(kept)


def test_an_empty_field_shows_a_blank_only_where_asked():
    texts = [clause("Para {{nombre}}.")]
    assert written(texts, {}, gaps=True) == ["Para [Nombre]."]
    assert written(texts, {}) == ["Para ."]


def test_a_text_of_twenty_thousand_characters_is_put_in_whole():
    long = "ñ" * MAX_FIELD
    campo = field(tipo="texto_largo")
    assert written([clause("{{nombre}}")], {"nombre": long}, campos=[campo]) == [long]


# Paragraphs


def test_an_empty_line_begins_another_paragraph_and_a_line_end_does_not():
    rows = paragraphs(
        campos=[field(tipo="texto_largo")],
        clausulas=[clause("{{nombre}}", titulo="Hechos", clase="considerando")],
        datos={"nombre": "a\nb\n \n\n  c\n\n"},
        cambios={},
    )
    assert [(r.clave, r.texto, r.titulo, r.clase) for r in rows] == [
        ("uno.1", "a\nb", "Hechos", "considerando"),
        ("uno.2", "c", "", "considerando"),
    ]


@given(typed=st.text(alphabet="a \n", max_size=60))
def test_paragraphs_lose_nothing_but_blanks_and_their_keys_are_unique(typed):
    rows = paragraphs(
        campos=[field(tipo="texto_largo")],
        clausulas=[clause("{{nombre}}"), clause("Fin.", "dos")],
        datos={"nombre": typed},
        cambios={},
    )
    assert "".join("".join(r.texto.split()) for r in rows) == "".join(typed.split()) + "Fin."
    assert len({r.clave for r in rows}) == len(rows)
    assert not [r for r in rows if not r.texto.strip() or re.search(r"\n\s*\n", r.texto)]


def test_an_optional_clause_is_left_out_by_choice_and_no_other():
    texts = [clause("A.", "a", opcional=True), clause("B.", "b")]
    out = {"a": {"incluida": False}, "b": {"incluida": False}}
    assert written(texts, {}, cambios=out) == ["B."]


@pytest.mark.parametrize("gaps", [False, True])
def test_an_optional_clause_says_nothing_while_its_optional_fields_are_empty(gaps):
    texts = [clause("Con copia: {{nombre}}{{otro}}.", opcional=True), clause("Fin.", "dos")]
    assert written(texts, {"nombre": "", "otro": ""}, gaps=gaps) == ["Fin."]
    assert len(written(texts, {"nombre": "", "otro": "Ana"}, gaps=gaps)) == 2


def test_a_draft_shows_the_blank_of_a_required_field_in_an_optional_clause():
    campos = [field(requerido=True)]
    texts = [clause("Para {{nombre}}.", opcional=True)]
    assert written(texts, {}, campos=campos, gaps=True) == ["Para [Nombre]."]


def test_a_draft_changes_the_words_only_where_the_template_lets_it():
    texts = [clause("A.", "a", editable=True), clause("B.", "b")]
    own = {"a": {"texto": "Para {{nombre}}."}, "b": {"texto": "Otra."}}
    assert written(texts, {"nombre": "Ana"}, cambios=own) == ["Para Ana.", "B."]


# What a draft changes of its clauses


def test_only_real_changes_are_kept():
    texts = [
        clause("A.", "a", editable=True),
        clause("B.", "b", opcional=True),
        clause("C.", "c"),
        clause("D.", "d", editable=True, opcional=True),
    ]
    given_ = {
        "a": {"texto": " A. "},
        "b": {"incluida": False, "texto": "Otra."},
        "c": {"incluida": False, "texto": "Otra."},
        "d": {"incluida": True, "texto": "Otra.\r\n"},
        "z": {"texto": "De nadie."},
    }
    kept, faults = read_clause_changes(texts, given_, campos=[])
    assert kept == {"b": {"incluida": False}, "d": {"incluida": True, "texto": "Otra."}}
    assert faults == {}


@pytest.mark.parametrize(
    "texto, says",
    [
        pytest.param("De {{nadie}}.", "«nadie», que no existe", id="an unknown field"),
        pytest.param("De {{nombre.", "sin pareja", id="braces that are never closed"),
        pytest.param("x" * (MAX_FIELD + 1), "20,000", id="too long"),
    ],
)
def test_a_clause_that_a_draft_cannot_say_is_told_and_not_kept(texto, says):
    texts = [clause("A.", "a", editable=True)]
    kept, faults = read_clause_changes(texts, {"a": {"texto": texto}}, campos=[field()])
    assert kept == {}
    assert says in faults["clausula.a"][0]


def test_a_clause_of_a_draft_may_name_the_fields_of_its_template():
    texts = [clause("A.", "a", editable=True)]
    kept, faults = read_clause_changes(texts, {"a": {"texto": "De {{nombre}}."}}, campos=[field()])
    assert (kept, faults) == ({"a": {"texto": "De {{nombre}}."}}, {})
