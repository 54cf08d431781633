"""Legal rules: what a value may hold, and which version is in force."""

import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.core.actors import SYSTEM
from portal.core.clock import Effect, Term, Unit
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.models import EventRecord, ReglaJuridica
from portal.core.rules import RuleValue, Silencio, publish_rule, rule_in_force

NOW = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 6)
VALOR = {
    "plazo": {"cantidad": 10, "unidad": "habiles"},
    "prevencion": {
        "efecto": "suspende",
        "dias_cumplir": 5,
        "fraccion": "1/3",
        "fundamento": "LFPA, artículo 17-A",
    },
    "prorroga": {"tope": "1/2", "fundamento": "LFPA, artículo 31"},
    "silencio": "negativa",
    "alerta_dias": 3,
    "conclusion_dias": 10,
}


def put(*, desde: dt.date = TODAY, **changes) -> ReglaJuridica:
    fields = {"clave": "queja-10", "nombre": "Queja", "valor": VALOR, "fundamento": "Artículo 22"}
    return publish_rule(**(fields | changes), vigente_desde=desde, actor=SYSTEM, now=NOW)


def test_a_value_is_read_with_its_types():
    value = RuleValue.parse(VALOR)
    assert value.plazo == Term(10, Unit.HABILES)
    assert value.prevencion.efecto is Effect.SUSPENDE
    assert value.prevencion.fraccion == Fraction(1, 3)
    assert value.prorroga.tope == Fraction(1, 2)
    assert value.silencio is Silencio.NEGATIVA


def test_without_prevencion_or_prorroga_neither_is_allowed():
    value = RuleValue.parse({k: v for k, v in VALOR.items() if k[:3] != "pre" and k[:3] != "pro"})
    assert value.prevencion is None
    assert value.prorroga is None


@pytest.mark.parametrize(
    ("part", "bad"),
    [
        ("plazo", None),
        ("plazo", {"cantidad": 0, "unidad": "habiles"}),
        ("plazo", {"cantidad": "diez", "unidad": "habiles"}),
        ("plazo", {"cantidad": 10, "unidad": "semanas"}),
        ("prevencion", VALOR["prevencion"] | {"efecto": "borra"}),
        ("prevencion", VALOR["prevencion"] | {"dias_cumplir": 0}),
        ("prevencion", VALOR["prevencion"] | {"fraccion": "1/0"}),
        ("prevencion", VALOR["prevencion"] | {"fundamento": ""}),
        ("prorroga", {"tope": 0.5, "fundamento": "x"}),
        ("prorroga", {"tope": "3/2", "fundamento": "x"}),
        ("prorroga", "la mitad"),
        ("silencio", "indiferente"),
        ("alerta_dias", -1),
        ("alerta_dias", True),
        ("conclusion_dias", None),
        ("cuenta_desde", "ayer"),
        ("valor", {"extra": 1}),
    ],
)
def test_a_bad_part_is_refused_by_its_name(part, bad):
    valor = VALOR | (bad if part == "valor" else {part: bad})
    with pytest.raises(InvalidInputError) as refused:
        RuleValue.parse(valor)
    assert list(refused.value.fields) == [part]


def test_every_fault_is_told_at_once():
    with pytest.raises(InvalidInputError) as refused:
        RuleValue.parse({})
    assert set(refused.value.fields) == {"plazo", "silencio", "alerta_dias", "conclusion_dias"}
    with pytest.raises(InvalidInputError):
        RuleValue.parse(["plazo"])


def test_the_model_refuses_a_bad_value_too():
    rule = ReglaJuridica(clave="x", nombre="x", fundamento="x", vigente_desde=TODAY, valor={"x": 1})
    with pytest.raises(ValidationError, match="silencio"):
        rule.clean()


@pytest.mark.django_db
def test_a_new_version_closes_the_old_one_the_day_before():
    first = put(desde=dt.date(2026, 1, 1))
    second = put(desde=dt.date(2026, 4, 1), valor=VALOR | {"alerta_dias": 1})
    assert rule_in_force("queja-10", dt.date(2026, 3, 31)) == first
    assert rule_in_force("queja-10", dt.date(2026, 4, 1)) == second
    assert (second.version, second.vigente_hasta) == (2, None)
    assert [e.payload["version"] for e in EventRecord.objects.filter(stream="regla:queja-10")] == [
        1,
        2,
    ]


@pytest.mark.django_db
def test_no_rule_before_the_first_version():
    put(desde=TODAY)
    with pytest.raises(NotFoundError):
        rule_in_force("queja-10", TODAY - dt.timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"desde": dt.date(2026, 3, 5)}, InvalidInputError, id="begins in the past"),
        pytest.param({"desde": TODAY}, ConflictError, id="begins with the version before"),
        pytest.param({"desde": TODAY + dt.timedelta(1), "valor": {}}, InvalidInputError, id="bad"),
        pytest.param(
            {"desde": TODAY + dt.timedelta(1), "nombre": " "}, InvalidInputError, id="no name"
        ),
        pytest.param(
            {"desde": TODAY + dt.timedelta(1), "fundamento": ""}, InvalidInputError, id="no basis"
        ),
    ],
)
def test_a_refused_version_leaves_the_old_one_open(changes, error):
    put()
    with pytest.raises(error), transaction.atomic():
        put(**changes)
    assert ReglaJuridica.objects.get().vigente_hasta is None
    assert EventRecord.objects.count() == 1


@pytest.mark.django_db
def test_a_rule_in_force_costs_one_query(django_assert_num_queries):
    put()
    with django_assert_num_queries(1):
        rule_in_force("queja-10", TODAY)
