"""Kept pieces: found by all they show, bounded, and without anybody's token."""

import threading

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from portal.accounts.models import Dependencia
from portal.ui.kept import TOKEN_MARK, Kept, component, frozen, keep, with_token

CRUMBS = "components/crumbs.html"


def test_the_piece_unused_for_longest_goes_first():
    kept = Kept(room=40_000)
    for number in range(40):
        kept.put(number, "x" * 1000)
        kept.find(0)
    assert kept.find(0) is not None
    assert kept.find(1) is None
    assert kept.find(39) is not None
    assert kept.size <= kept.room


def test_a_piece_put_twice_is_counted_once():
    kept = Kept(room=40_000)
    for _ in range(3):
        kept.put("one", "x" * 1000)
    size = kept.size
    kept.put("one", "x" * 1000)
    assert kept.size == size
    kept.put("one", "")
    assert kept.size < size


def test_a_piece_too_large_is_not_kept():
    kept = Kept(room=40_000)
    kept.put("one", "x" * 10_000)
    assert kept.find("one") is None
    assert kept.size == 0


def test_many_threads_leave_its_size_right():
    kept = Kept(room=60_000)

    def fill(start: int) -> None:
        for number in range(400):
            kept.put((start + number) % 97, "x" * (number % 500))
            kept.find(number % 97)

    threads = [threading.Thread(target=fill, args=(n * 13,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < kept.size <= kept.room
    for number in range(97):
        kept.put(number, "x" * 5000)
    assert kept.size <= kept.room


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("<b>", mark_safe("<b>"), id="safe and not"),
        pytest.param(1, True, id="a number and a truth"),
        pytest.param("1", 1, id="a word and a number"),
        pytest.param([], {}, id="a list and a dict"),
        pytest.param(["a", "b"], ["ab"], id="cut elsewhere"),
        pytest.param({"a": "b"}, {"b": "a"}, id="names and values"),
        pytest.param(None, "None", id="nothing and its word"),
    ],
)
def test_what_prints_otherwise_is_another_key(one, other):
    assert frozen(one) != frozen(other)


def test_rows_of_the_database_cannot_be_part_of_a_key():
    with pytest.raises(TypeError):
        frozen({"office": Dependencia(pk=1, nombre="Obras")})


def test_a_lazy_text_is_its_words_in_the_language_of_the_reader():
    lazy = gettext_lazy("Ruta de navegación")
    with override("en"):
        english = frozen(lazy)
    assert frozen(lazy) == "Ruta de navegación" != english


def test_a_component_is_kept_by_its_values_and_language():
    values = {"migas": [{"label": "Inicio", "url": "/"}, {"label": "Ayuda", "url": ""}]}
    first = component(CRUMBS, values)
    assert "Ruta de navegación" in first
    assert component(CRUMBS, values) == first
    assert "Cifras" in component(CRUMBS, {"migas": [{"label": "Cifras", "url": ""}]})
    with override("en"):
        assert "Ruta de navegación" not in component(CRUMBS, values)


def test_a_component_escapes_what_is_not_safe():
    html = component(CRUMBS, {"migas": [{"label": "<b>", "url": ""}]})
    assert "&lt;b&gt;" in html
    html = component(CRUMBS, {"migas": [{"label": mark_safe("<b>"), "url": ""}]})
    assert "<b>" in html


def test_what_is_kept_holds_a_mark_and_each_reader_gets_their_token():
    asked = []

    def make() -> str:
        asked.append(1)
        return f"<i>{TOKEN_MARK}</i>"

    readers = [with_token(keep("test", make), name) for name in ("ana", "luis")]
    assert readers == ["<i>ana</i>", "<i>luis</i>"]
    assert len(asked) == 1
