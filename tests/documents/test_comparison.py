"""Two versions of a text side by side."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.comparison import compare, word_runs
from portal.documents.templating import Parrafo
from tests.waiting import ends


def text(**clauses: list[str]) -> list[Parrafo]:
    """A version: each clause with its paragraphs."""
    return [
        Parrafo(clave=f"{clave}.{n}", texto=texto)
        for clave, texts in clauses.items()
        for n, texto in enumerate(texts, start=1)
    ]


def seen(pairs) -> list[tuple[str, str]]:
    """What happened to each paragraph."""
    return [(pair.clave, pair.cambio) for pair in pairs]


def joined(runs) -> str:
    """The text that runs are made of."""
    return "".join(run for run, _changed in runs)


# Words


@pytest.mark.parametrize(
    "old, new, left, right",
    [
        pytest.param("a b c", "a b c", [("a b c", False)], [("a b c", False)], id="the same"),
        pytest.param(
            "a b c",
            "a x c",
            [("a ", False), ("b ", True), ("c", False)],
            [("a ", False), ("x ", True), ("c", False)],
            id="a word",
        ),
        pytest.param(
            "a b", "a b c", [("a b", False)], [("a b ", False), ("c", True)], id="one at the end"
        ),
        pytest.param(
            "a b", "c a b", [("a b", False)], [("c ", True), ("a b", False)], id="one before"
        ),
        pytest.param(
            "a\nb c",
            "a b c",
            [("a\n", True), ("b c", False)],
            [("a ", True), ("b c", False)],
            id="another line end",
        ),
        pytest.param("", "a b", [], [("a b", True)], id="from nothing"),
        pytest.param("a b", "", [("a b", True)], [], id="to nothing"),
        pytest.param("", "", [], [], id="nothing"),
        pytest.param("uno dos", "tres", [("uno dos", True)], [("tres", True)], id="all"),
    ],
)
def test_changed_words_are_marked(old, new, left, right):
    assert word_runs(old, new) == (tuple(left), tuple(right))


WORDS = st.lists(
    st.sampled_from(["de", "la", "👩🏽‍🌾", "<b>", "{{x}}", " ", "\n", "\n\n", "\u200f", "peña"]),
    max_size=25,
).map(" ".join) | st.text(max_size=80)


@given(old=WORDS, new=WORDS)
def test_runs_join_back_to_the_texts_and_the_same_words_stay_unmarked(old, new):
    left, right = word_runs(old, new)
    assert (joined(left), joined(right)) == (old, new)
    for runs in (left, right):
        assert all(run for run, _changed in runs)
        assert all(one[1] != next_[1] for one, next_ in pairwise(runs))
    assert "".join(joined([r for r in left if not r[1]]).split()) == "".join(
        joined([r for r in right if not r[1]]).split()
    )


@given(old=WORDS)
def test_a_text_does_not_differ_from_itself(old):
    assert not any(changed for runs in word_runs(old, old) for _run, changed in runs)


@pytest.mark.parametrize(
    "old, new",
    [
        pytest.param("a " * 10_000, "b " + "a " * 9_000 + "c", id="the same word"),
        pytest.param("a b " * 5_000, "b a c " * 3_300, id="two words"),
        pytest.param("x" * 20_000, "x" * 19_999, id="one word"),
        pytest.param(" ".join(map(str, range(4_000))), " ".join(map(str, range(4_000, 0, -1))),
                     id="backwards"),
    ],
)  # fmt: skip
def test_texts_as_long_as_a_field_are_compared_at_once(old, new):
    with ends():
        left, right = word_runs(old, new)
    assert (joined(left), joined(right)) == (old, new)


def test_a_few_words_of_a_long_prose_are_found_at_once():
    """About as many repetitions as Spanish has: a word in sixteen is «de»."""
    old = [f"palabra{n}" if n % 3 else ("de", "la", "que", "el", "en")[n % 5] for n in range(3_300)]
    new = [*old[:1_000], "otra", *old[1_001:2_000], *old[2_010:]]
    with ends():
        left, right = word_runs(" ".join(old), " ".join(new))
    assert [r.strip() for r, changed in right if changed] == ["otra"]
    assert [len(r.split()) for r, changed in left if changed] == [1, 10]


# Paragraphs


def test_each_paragraph_says_what_happened_to_it():
    pairs = compare(
        text(saludo=["Hola."], cuerpo=["Uno.", "Dos."], fin=["Adiós."]),
        text(saludo=["Hola."], cuerpo=["Uno.", "Dos y medio."], nota=["Nueva."]),
    )
    assert seen(pairs) == [
        ("saludo.1", "igual"),
        ("cuerpo.1", "igual"),
        ("cuerpo.2", "cambiado"),
        ("fin.1", "quitado"),
        ("nota.1", "agregado"),
    ]


def test_a_paragraph_put_in_before_others_leaves_them_as_they_were():
    pairs = compare(text(c=["Uno.", "Dos.", "Tres."]), text(c=["Cero.", "Uno.", "Dos.", "Tres."]))
    assert seen(pairs) == [
        ("c.1", "agregado"),
        ("c.2", "igual"),
        ("c.3", "igual"),
        ("c.4", "igual"),
    ]


def test_a_paragraph_taken_off_stays_in_its_place():
    pairs = compare(text(c=["Uno.", "Dos.", "Tres."]), text(c=["Uno.", "Tres."]))
    assert [(p.cambio, joined(p.antes), joined(p.despues)) for p in pairs] == [
        ("igual", "Uno.", "Uno."),
        ("quitado", "Dos.", ""),
        ("igual", "Tres.", "Tres."),
    ]


def test_the_same_words_in_another_clause_are_another_paragraph():
    assert seen(compare(text(a=["X."]), text(b=["X."]))) == [
        ("a.1", "quitado"),
        ("b.1", "agregado"),
    ]


def test_an_empty_version_is_all_added_or_all_taken_off():
    version = text(a=["X."], b=["Y."])
    assert {pair.cambio for pair in compare([], version)} == {"agregado"}
    assert {pair.cambio for pair in compare(version, [])} == {"quitado"}
    assert compare([], []) == []


VERSION = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(["X.", "Y z.", "Y w.", "👍"]), min_size=1, max_size=5),
).map(lambda clauses: text(**clauses))


@given(old=VERSION, new=VERSION)
def test_nothing_of_either_version_is_lost_and_the_new_one_keeps_its_order(old, new):
    pairs = compare(old, new)
    assert [joined(p.despues) for p in pairs if p.despues] == [p.texto for p in new]
    assert sorted(joined(p.antes) for p in pairs if p.antes) == sorted(p.texto for p in old)
    for pair in pairs:
        marks = {changed for _run, changed in (*pair.antes, *pair.despues)}
        assert (pair.cambio == "igual") is (marks == {False})


def test_ten_thousand_short_paragraphs_are_compared_at_once():
    with ends():
        pairs = compare(text(c=["a"] * 10_000), text(c=["b", *["a"] * 9_998, "c"]))
    assert len(pairs) == 10_000
