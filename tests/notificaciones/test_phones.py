import pytest
from hypothesis import given
from hypothesis import strategies as st

from notificaciones.phones import mask, normalize
from portal.core.errors import InvalidInputError

MEXICO = "+525512345678"


@pytest.mark.parametrize(
    "raw",
    [
        "5512345678",
        "55 1234 5678",
        "(55) 1234-5678",
        "55.1234.5678",
        " 55-12-34-56-78 ",
        "+52 55 1234 5678",
        "525512345678",
        "+52 1 55 1234 5678",
        "+5215512345678",
        "5215512345678",
        "044 55 1234 5678",
        "0455512345678",
        "01 55 1234 5678",
        "015512345678",
        "0052 55 1234 5678",
        "00521 55 1234 5678",
        "15512345678",
        "+52 (55) 1234 5678",
    ],
)
def test_every_way_people_write_a_mexican_number_is_one_number(raw):
    assert normalize(raw) == MEXICO


@pytest.mark.parametrize(
    ("raw", "number"), [("+1 212 555 0123", "+12125550123"), ("001 212 555 0123", "+12125550123")]
)
def test_a_number_from_abroad_keeps_its_country(raw, number):
    assert normalize(raw) == number


@pytest.mark.parametrize(
    "raw",
    [
        "",
        None,
        "123",
        "55 1234 567",
        "55 1234 56789 0",
        "0000000000",
        "cinco cinco",
        "5512345678;rm",
        "٥٥١٢٣٤٥٦٧٨",
        "800 123 4567",
        "900 123 4567",
        "+999 1234567890",
        "55" * 40,
    ],
)
def test_what_cannot_get_a_message_is_refused_in_words(raw):
    with pytest.raises(InvalidInputError) as refused:
        normalize(raw, field="celular")
    assert "10 dígitos" in str(refused.value.fields["celular"][0])


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_it(raw):
    try:
        number = normalize(raw)
    except InvalidInputError:
        return
    assert normalize(number) == number
    assert number.startswith("+")
    assert number[1:].isascii()
    assert number[1:].isdecimal()


def test_an_address_is_shown_by_its_end():
    assert mask(MEXICO) == "••••5678"
    assert mask("maria@correo.mx") == "m•••@correo.mx"
