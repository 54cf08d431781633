import pytest

from tramites.routing import Facts, Fallback, Line, route, split_keywords, words_of

DESK = Fallback(None, "del servicio", "a la mesa")
OFFICE = Fallback(7, "del servicio", "a la mesa")


def facts(**changed):
    return Facts(**{"servicio_id": 1, "zona_id": 2, "canal": "web", "text": "", **changed})


def line(pk=1, orden=1, dependencia_id=9, nota="nota", **conditions):
    return Line(pk=pk, orden=orden, dependencia_id=dependencia_id, nota=nota, **conditions)


@pytest.mark.parametrize(
    ("conditions", "given", "matches"),
    [
        pytest.param({}, {}, True, id="no condition matches anything"),
        pytest.param({"servicio_id": 1}, {}, True, id="its service"),
        pytest.param({"servicio_id": 3}, {}, False, id="another service"),
        pytest.param({"zona_id": 2}, {}, True, id="its zone"),
        pytest.param({"zona_id": 2}, {"zona_id": None}, False, id="no place"),
        pytest.param({"canal": "escrito"}, {}, False, id="another channel"),
        pytest.param({"servicio_id": 1, "canal": "api"}, {}, False, id="all must hold"),
        pytest.param({"palabras": ("gas",)}, {"text": "Huele a GAS."}, True, id="keyword"),
        pytest.param({"palabras": ("gas",)}, {"text": "gasto"}, False, id="only whole words"),
        pytest.param(
            {"palabras": ("olor a gas", "fuga")}, {"text": "olor\na  gás!"}, True, id="phrase"
        ),
    ],
)
def test_a_line_matches_when_all_its_conditions_hold(conditions, given, matches):
    chosen = route([line(**conditions)], facts(**given), OFFICE)
    assert (chosen.dependencia_id == 9) is matches


def test_the_first_in_order_wins_whatever_the_order_they_come_in():
    lines = [line(pk=1, orden=20, dependencia_id=20), line(pk=2, orden=10, dependencia_id=10)]
    assert route(lines, facts(), OFFICE).dependencia_id == 10
    same = [line(pk=2, dependencia_id=2), line(pk=1, dependencia_id=1)]
    assert route(same, facts(), OFFICE).dependencia_id == 1


def test_without_a_match_it_goes_to_the_office_of_the_service_or_to_the_desk():
    assert route([], facts(), OFFICE).motivo == "del servicio"
    chosen = route([], facts(), DESK)
    assert (chosen.to_desk, chosen.motivo, chosen.regla) == (True, "a la mesa", "mesa")


def test_a_line_may_send_to_the_desk_on_purpose():
    chosen = route([line(to_desk=True)], facts(), OFFICE)
    assert (chosen.to_desk, chosen.regla) == (True, "regla 1")


def test_keywords_are_read_as_people_write_them():
    assert split_keywords("Olor a gas,  FUGA ;\n cable caído ,, ") == (
        "olor a gas",
        "fuga",
        "cable caido",
    )
    assert words_of("¡Peña-Ñuñez, 12!") == " pena nunez 12 "
