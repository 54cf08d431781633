"""The kinds of documents the house comes with can be used as they stand."""

import re
import tomllib

import pytest

from portal.accounts.constants import Rol
from portal.core.clock import Effect
from portal.core.clock.wording import UNITS
from portal.core.rule_values import Silencio
from portal.documents import builtin
from portal.documents.builtin import builtin_keys, builtin_kind
from portal.documents.constants import NivelFirma, OrdenFirma
from portal.documents.templating import REFERENCE, fill, paragraphs, read_values, template_faults
from tramites.constants import MAX_TEXT, Resultado

from .samples import CASE_DATA, DATA

KEYS = builtin_keys()
#: Layouts of the house; each is a file of typst.
LAYOUTS = {
    "acuse", "cedula", "certificacion", "circular", "constancia", "decreto", "nombramiento",
    "oficio", "resolucion", "secciones",
}  # fmt: skip
VALUES = {
    "nombre": 120, "descripcion": 300, "serie": 20, "serie_archivo": 40, "fundamento": 400,
    "nivel_firma": 10, "orden_firma": 12,
}  # fmt: skip
SWITCHES = {"requiere_visto_bueno", "publico", "automatico"}
DAYS = {"dias_revision", "dias_visto_bueno", "dias_firma"}
TEMPLATE = {
    "titulo", "campos", "clausulas", "firmantes", "layout", "fundamento", "pie_de_recurso",
}  # fmt: skip

each_kind = pytest.mark.parametrize("clave", KEYS)


def template_of(clave: str) -> dict:
    """The first template of a kind."""
    return builtin_kind(clave).template


def printed(clave: str, datos: dict) -> list:
    """The paragraphs of a kind with what was typed."""
    template = template_of(clave)
    values, faults = read_values(template["campos"], datos, complete=True)
    assert not faults
    return paragraphs(
        campos=template["campos"], clausulas=template["clausulas"], datos=values, cambios={}
    )


def test_every_kind_has_a_sample_and_keys_come_in_order():
    assert list(KEYS) == sorted(KEYS) == sorted(DATA)


@each_kind
def test_a_template_has_no_faults(clave):
    template = template_of(clave)
    parts = {name: template[name] for name in ("titulo", "campos", "clausulas", "firmantes")}
    assert template_faults(**parts) == {}
    assert set(template) == TEMPLATE
    assert template["layout"] in LAYOUTS
    assert len(template["titulo"]) <= 200
    assert len(template["fundamento"]) <= 400


@each_kind
def test_the_rules_of_a_kind_are_values_its_model_takes(clave):
    values = builtin_kind(clave).values
    assert set(values) <= set(VALUES) | SWITCHES | DAYS | {"roles"}
    assert values["nombre"]
    assert values["descripcion"]
    assert values["serie_archivo"]
    assert {name for name, most in VALUES.items() if len(values.get(name, "")) > most} == set()
    assert all(isinstance(values.get(name, False), bool) for name in SWITCHES)
    assert all(1 <= values.get(name, 1) <= 60 for name in DAYS)
    assert values["nivel_firma"] in NivelFirma.values
    assert values.get("orden_firma", OrdenFirma.EN_ORDEN) in OrdenFirma.values


@each_kind
def test_whoever_may_draft_is_a_role_and_nobody_drafts_what_the_house_issues(clave):
    values = builtin_kind(clave).values
    assert set(values["roles"]) <= set(Rol.values)
    assert bool(values["roles"]) is not values.get("automatico", False)
    assert values.get("automatico", False) is (clave in CASE_DATA)


@each_kind
def test_what_people_sign_names_who_and_the_seal_needs_nobody(clave):
    kind = builtin_kind(clave)
    sealed = kind.values["nivel_firma"] == NivelFirma.SELLO
    assert bool(kind.template["firmantes"]) is not sealed


def test_series_are_unique_and_only_the_receipt_takes_the_folio_of_its_case():
    series = {clave: builtin_kind(clave).values.get("serie", "") for clave in KEYS}
    assert [clave for clave, serie in series.items() if not serie] == ["acuse"]
    assert len(set(series.values())) == len(series)
    assert all(re.fullmatch(r"[A-Z-]*", serie) for serie in series.values())


@each_kind
def test_a_sample_is_complete_and_prints_without_gaps(clave):
    rows = printed(clave, DATA[clave])
    template = template_of(clave)
    texts = [p.texto for p in rows] + [fill(template["titulo"], (), {}, gaps=False)]
    assert rows
    assert not [text for text in texts if "{{" in text or "}}" in text or "[" in text]
    assert not [text for text in texts if re.search(r"  |\n\s*\n| [,.;:]|\.\.", text)]
    assert all(str(value) in "\n".join(texts) for value in DATA[clave].values() if is_word(value))


def is_word(value) -> bool:
    """Printed as typed: no date, no text of several paragraphs."""
    return not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) and "\n\n" not in str(value)


@each_kind
def test_only_what_is_required_makes_whole_sentences(clave):
    template = template_of(clave)
    required = {c["clave"] for c in template["campos"] if c["requerido"]}
    rows = printed(clave, {k: v for k, v in DATA[clave].items() if k in required})
    assert rows
    assert not [p.texto for p in rows if re.search(r"  | [,.;:]|«»|:\.$", p.texto)]


@each_kind
def test_every_field_is_printed_and_has_a_label(clave):
    template = template_of(clave)
    texts = [c["texto"] for c in template["clausulas"]] + [template["titulo"]]
    used = {name for text in texts for name in REFERENCE.findall(text)}
    assert {campo["clave"] for campo in template["campos"]} == used


@each_kind
def test_an_optional_field_stands_in_clauses_that_may_be_left_out(clave):
    """Alone with other optional fields, so that an empty one leaves no broken sentence."""
    template = template_of(clave)
    optional = {c["clave"] for c in template["campos"] if not c["requerido"]}
    for clause in template["clausulas"]:
        named = set(REFERENCE.findall(clause["texto"]))
        if named & optional:
            assert len(named) == 1, clause["clave"]
            assert clause["opcional"], clause["clave"]


@each_kind
def test_what_is_printed_as_it_stands_names_no_field(clave):
    kind = builtin_kind(clave)
    fixed = [kind.values.get("fundamento", ""), kind.template["pie_de_recurso"]]
    assert not [text for text in fixed if "{" in text]


@each_kind
def test_text_of_the_files_is_not_broken_where_the_file_wraps(clave):
    kind = builtin_kind(clave)
    texts = [c["texto"] for c in kind.template["clausulas"]]
    texts += [kind.template["pie_de_recurso"], kind.values.get("fundamento", "")]
    assert not [text for text in texts if "\n" in text or text != text.strip()]


@pytest.mark.parametrize(
    "clave", ["resolucion", "respuesta_peticion", "desechamiento", "no_competencia"]
)
def test_what_ends_a_matter_says_how_to_dispute_it(clave):
    """LFPA, article 39: whether it is final, the remedy, before whom and by when."""
    text = template_of(clave)["pie_de_recurso"]
    assert "recurso" in text
    assert "Secretaría General" in text
    assert "días hábiles" in text


@pytest.mark.parametrize("clave", sorted(CASE_DATA))
def test_what_the_acts_of_a_case_hold_fits_its_documents(clave):
    """The longest answer, reason and basis an act may keep; folio and service as long as theirs."""
    campos = {campo["clave"]: campo for campo in template_of(clave)["campos"]}
    longest = {
        "texto": MAX_TEXT, "respuesta": MAX_TEXT, "motivo": MAX_TEXT, "fundamento": 400,
        "autoridad_competente": 300, "folio_peticion": 24, "asunto": 300, "domicilio": 300,
    }  # fmt: skip
    given = {k: "x" * longest[k] if k in longest else v for k, v in DATA[clave].items()}
    values, faults = read_values(list(campos.values()), given, complete=True)
    assert faults == {}
    assert all(values[k] == "x" * longest[k] for k in set(longest) & set(campos))


def test_choices_are_the_words_the_acts_keep():
    def choices(clave: str, campo: str) -> list[str]:
        rows = template_of(clave)["campos"]
        return next(row["opciones"] for row in rows if row["clave"] == campo)

    assert choices("respuesta_peticion", "resultado") == list(Resultado.values)
    assert choices("prevencion", "efecto") == list(Effect)
    assert choices("constancia_ficta", "sentido") == [
        effect for effect in Silencio if effect != Silencio.NINGUNA
    ]


def test_any_unit_of_a_term_fits_an_extension():
    campos = template_of("prorroga")["campos"]
    for pair in UNITS["es"].values():
        for word in pair:
            values, faults = read_values(
                campos, {**DATA["prorroga"], "unidad": word}, complete=True
            )
            assert (values["unidad"], faults) == (word, {})


def test_a_legal_opinion_begins_confidential_and_nothing_confidential_is_public():
    marked = [clave for clave in KEYS if builtin_kind(clave).confidencial]
    assert marked == ["opinion_juridica"]
    assert not [clave for clave in marked if builtin_kind(clave).values.get("publico")]


def test_what_names_a_neighbour_is_not_public():
    public = {clave for clave in KEYS if builtin_kind(clave).values.get("publico")}
    assert public == {
        "acta_protesta", "acta_publica", "acuerdo_administrativo", "acuerdo_cabildo",
        "certificacion_libro", "convocatoria",
        "convocatoria_cabildo", "decreto", "gaceta", "nombramiento", "revocacion_nombramiento",
    }  # fmt: skip


def test_files_are_read_once_and_a_caller_may_change_what_it_gets(monkeypatch):
    builtin._read.cache_clear()
    loads, read = [], tomllib.loads
    monkeypatch.setattr(builtin.tomllib, "loads", lambda text: loads.append(1) or read(text))
    first = builtin_kind("oficio")
    first.template["campos"].clear()
    first.values["roles"].append("nadie")
    second = builtin_kind("oficio")
    assert len(loads) == 1
    assert second.template["campos"]
    assert "nadie" not in second.values["roles"]


@pytest.mark.parametrize("clave", ["", "nada", "../builtin", "Oficio"])
def test_an_unknown_kind_is_told(clave):
    with pytest.raises(KeyError):
        builtin_kind(clave)
