"""What keeps a template from being used."""

import pytest

from portal.documents.constants import MAX_FIELD
from portal.documents.templating import MAX_CLAUSES, MAX_FIELDS, template_faults

from .parts import clause, field


def faults_of(**parts) -> dict:
    """The faults of a good template with one part changed."""
    good = {
        "titulo": "Constancia",
        "campos": [field()],
        "clausulas": [clause("Hago constar que {{nombre}} vive aquí.")],
        "firmantes": [{"clave": "titular", "cargo": "Titular"}],
    }
    return template_faults(**{**good, **parts})


def test_a_good_template_has_no_faults():
    assert faults_of() == {}


@pytest.mark.parametrize(
    "part, value, says",
    [
        pytest.param("titulo", "", "título", id="no title"),
        pytest.param("titulo", "De {{nadie}}", "«nadie», que no existe", id="title names nobody"),
        pytest.param("clausulas", [], "al menos una cláusula", id="no clauses"),
        pytest.param("clausulas", [clause(" ")], "está vacía", id="an empty clause"),
        pytest.param(
            "clausulas", [clause("De {{nadie}}")], "«nadie», que no existe", id="unknown field"
        ),
        pytest.param("clausulas", [clause("A {{ }} B")], "«», que no existe", id="no field named"),
        pytest.param("clausulas", [clause("A {{nombre B")], "sin pareja", id="never closed"),
        pytest.param("clausulas", [clause("A nombre}} B")], "sin pareja", id="never opened"),
        pytest.param("clausulas", [clause("a"), clause("b")], "se repite", id="a clause twice"),
        pytest.param("clausulas", [clause("a", clave="Ñ")], "clave", id="a bad clause key"),
        pytest.param("clausulas", [clause("a", clase="verso")], "clase", id="unknown class"),
        pytest.param(
            "clausulas",
            [clause("a", clave=f"c{n}") for n in range(MAX_CLAUSES + 1)],
            str(MAX_CLAUSES),
            id="too many clauses",
        ),
        pytest.param("campos", [field(), field()], "dos veces", id="a field twice"),
        pytest.param("campos", [field("Nombre")], "minúsculas", id="a bad field key"),
        pytest.param("campos", [field(tipo="color")], "de qué tipo", id="unknown type"),
        pytest.param("campos", [field(tipo="opcion")], "opciones", id="no options"),
        pytest.param("campos", [field(tipo="opcion", opciones="abc")], "opciones", id="a text"),
        pytest.param("campos", [field(tipo="opcion", opciones=["a", "a"])], "repetida", id="twice"),
        pytest.param("campos", [field(tipo="opcion", opciones=["a", " "])], "vacía", id="a blank"),
        pytest.param("campos", [field(tipo="opcion", opciones=["a "])], "opciones", id="a space"),
        pytest.param("campos", [field(tipo="opcion", opciones=[1])], "opciones", id="a number"),
        pytest.param("campos", [field(maximo="mil")], "máximo", id="a maximum in words"),
        pytest.param("campos", [field(maximo=-1)], "máximo", id="a negative maximum"),
        pytest.param("campos", [field(maximo=MAX_FIELD + 1)], "máximo", id="a huge maximum"),
        pytest.param("campos", [field(maximo=True)], "máximo", id="a maximum of yes"),
        pytest.param(
            "campos",
            [field(), *(field(f"c{n}") for n in range(MAX_FIELDS))],
            str(MAX_FIELDS),
            id="too many fields",
        ),
        pytest.param("firmantes", [{"clave": "a"}], "cargo", id="no post"),
        pytest.param("firmantes", [{"clave": "a", "cargo": "x" * 161}], "160", id="a long post"),
        pytest.param(
            "firmantes", [{"clave": "a", "cargo": "x"}] * 2, "distinta", id="a signatory twice"
        ),
        pytest.param(
            "firmantes",
            [{"clave": f"f{n}", "cargo": "x"} for n in range(41)],
            "40",
            id="too many signatories",
        ),
    ],
)
def test_a_template_that_cannot_be_used_says_why(part, value, says):
    found = faults_of(**{part: value})
    assert set(found) >= {part}
    assert says in " ".join(found[part])


def test_a_field_without_a_name_is_told():
    assert "falta su nombre" in str(faults_of(campos=[{"clave": "nombre", "tipo": "texto"}]))
