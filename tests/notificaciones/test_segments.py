import pytest
from hypothesis import given
from hypothesis import strategies as st

from notificaciones.segments import GSM_BASIC, GSM_EXTENSION, degrade, measure

ALPHABET = st.text(
    st.sampled_from([*sorted(GSM_BASIC), *sorted(GSM_EXTENSION), "á", "Ó", "👍", "漢", "’", "“"]),
    max_size=340,
)


def reference(text: str) -> tuple[str, int]:
    """Fewest parts that hold ``text``, found by looking at every cut."""
    gsm = all(c in GSM_BASIC | GSM_EXTENSION for c in text)
    sizes = [
        (2 if c in GSM_EXTENSION else 1) if gsm else len(c.encode("utf-16-be")) // 2 for c in text
    ]
    alone, part = (160, 153) if gsm else (70, 67)
    if sum(sizes) <= alone:
        return ("gsm7" if gsm else "ucs2"), 1
    best = [0] + [10**6] * len(sizes)
    for end in range(1, len(sizes) + 1):
        used = 0
        for start in range(end - 1, -1, -1):
            used += sizes[start]
            if used > part:
                break
            best[end] = min(best[end], best[start] + 1)
    return ("gsm7" if gsm else "ucs2"), best[-1]


@given(ALPHABET)
def test_segments_agree_with_a_slow_reference(text):
    size = measure(text)
    assert (size.encoding, size.segments) == reference(text)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("^" * 80, 1),
        ("^" * 81, 2),
        ("a" * 158 + "|", 1),
        ("a" * 159 + "|", 2),
        ("a" * 152 + "^" + "a" * 152, 3),
        ("漢" * 70, 1),
        ("漢" * 71, 2),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("漢" * 66 + "👍" + "漢" * 66, 3),
    ],
)
def test_known_borders(text, segments):
    assert measure(text).segments == segments


@pytest.mark.parametrize(
    ("given_", "sent"),
    [
        ("¿Cómo está la niña Güemes?", "¿Como esta la niña Güemes?"),
        ("ÁÍÓÚ áíóú éñÑüÜ¡", "AIOU aiou éñÑüÜ¡"),
        ("“Bache” – calle ‘5’…", "\"Bache\" - calle '5'..."),
        ("a\u00a0b\u200bc", "a bc"),
        ("3º piso", "3o piso"),
        ("nin\u0303a", "niña"),
        ("👍 漢", "👍 漢"),
    ],
)
def test_degrading_keeps_what_spanish_needs_and_never_invents(given_, sent):
    assert degrade(given_) == sent


@given(ALPHABET)
def test_degrading_twice_changes_nothing_and_never_costs_more(text):
    once = degrade(text)
    assert degrade(once) == once
    if "…" not in text:
        assert measure(once).segments <= measure(text).segments
