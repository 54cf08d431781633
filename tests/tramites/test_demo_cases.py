"""The cases of the demo municipality can be played, in order, through the state machine."""

import datetime as dt
import itertools
import math
import re
import unicodedata
from collections import Counter

import pytest
from shapely import Point
from shapely.geometry import shape

from tramites.demo import reader, workdays
from tramites.demo.casos import CaseSeed, generate_cases

TODAY = dt.date(2026, 11, 23)
ESTADOS = {
    "recibida", "turnada", "en_atencion", "prevenida", "respondida", "concluida", "desechada",
    "no_competente", "acumulada", "cancelada", "reabierta",
}  # fmt: skip
RESULTADOS = {"resuelta", "contestada", "improcedente"}
UNANSWERED = {"recibida", "turnada", "en_atencion", "reabierta"}
#: act: (states it may leave, state it reaches); None keeps the state.
MACHINE = {
    "assign": (UNANSWERED, "turnada"),
    "return": ({"turnada", "en_atencion"}, "recibida"),
    "accept": ({"turnada", "reabierta"}, "en_atencion"),
    "request_correction": ({"en_atencion"}, "prevenida"),
    "receive_correction": ({"prevenida"}, "en_atencion"),
    "extend": ({"en_atencion"}, None),
    "answer": ({"en_atencion"}, "respondida"),
    "conclude": ({"respondida"}, "concluida"),
    "reopen": ({"respondida", "concluida"}, "reabierta"),
    "dismiss": (UNANSWERED | {"prevenida"}, "desechada"),
    "declare_not_competent": (UNANSWERED, "no_competente"),
    "merge": (UNANSWERED, "acumulada"),
    "cancel": (UNANSWERED | {"prevenida"}, "cancelada"),
}


@pytest.fixture(scope="module")
def casos() -> list[CaseSeed]:
    return generate_cases(TODAY)


def test_cases_are_the_same_for_the_same_day_and_seed(casos) -> None:
    assert generate_cases(TODAY) == casos
    assert generate_cases(TODAY, seed=7) != casos


@pytest.mark.parametrize(
    "today",
    [TODAY, dt.date(2027, 1, 3), dt.date(2026, 4, 5), dt.date(2026, 7, 25), dt.date(2028, 6, 1)],
)
def test_every_state_is_there_on_any_day_of_the_year(today: dt.date) -> None:
    cases = generate_cases(today, count=400)
    assert len(cases) == 400
    assert {c.estado for c in cases} == ESTADOS
    assert [c.filed_at(today) for c in cases] == sorted(c.filed_at(today) for c in cases)


def test_the_acts_of_each_case_are_legal_and_end_in_its_state(casos) -> None:
    for case in casos:
        state = "turnada" if case.auto_assign else "recibida"
        for step in case.pasos:
            sources, target = MACHINE[step.act]
            assert state in sources, (case.indice, step)
            state = target or state
        assert state == case.estado, case.indice


def test_moments_grow_and_lie_in_the_past(casos) -> None:
    now = dt.datetime.combine(TODAY, dt.time(6))
    for case in casos:
        moments = [case.filed_at(TODAY), *(case.step_at(s, TODAY) for s in case.pasos)]
        assert moments == sorted(set(moments)), case.indice
        assert moments[-1] < now
        assert 0 <= case.days_ago <= 75


def test_acts_carry_what_they_need(casos) -> None:
    needs = {
        "answer": "resultado", "assign": "dependencia", "extend": "dias",
        "dismiss": "fundamento", "declare_not_competent": "autoridad",
    }  # fmt: skip
    silent = {"accept", "conclude"}
    for case in casos:
        for step in case.pasos:
            assert step.texto or step.act in silent
            assert getattr(step, needs.get(step.act, "act"))
            assert not step.resultado or step.resultado in RESULTADOS
            assert (step.into is not None) == (step.act == "merge")


def test_corrections_and_extensions_respect_the_rule(casos) -> None:
    services = reader.by_key("servicios", "servicio")
    rules = reader.by_key("reglas", "regla")
    for case in casos:
        rule, start = rules[services[case.servicio]["regla"]], case.filed_at(TODAY)
        for step in case.pasos:
            if step.act == "extend":
                assert 1 <= step.dias <= rule["plazo"]["cantidad"] / 2
                assert step.texto
                limit = workdays.due(rule["plazo"], start)
                assert case.step_at(step, TODAY).date() <= limit
            if step.act == "request_correction":
                top, bottom = map(int, rule["prevencion"]["fraccion"].split("/"))
                third = math.ceil(rule["plazo"]["cantidad"] * top / bottom)
                asked = case.step_at(step, TODAY).date()
                unit = rule["plazo"]["unidad"]
                passed = workdays.between(workdays.received(start), asked)
                assert unit == "meses" or passed <= third


def test_nobody_is_dismissed_while_the_correction_may_still_come(casos) -> None:
    services = reader.by_key("servicios", "servicio")
    rules = reader.by_key("reglas", "regla")
    seen = 0
    for case in casos:
        acts = {s.act: case.step_at(s, TODAY).date() for s in case.pasos}
        if {"request_correction", "dismiss"} <= set(acts):
            rule = rules[services[case.servicio]["regla"]]
            given = rule["prevencion"]["dias_cumplir"]
            assert workdays.between(acts["request_correction"], acts["dismiss"]) > given
            seen += 1
    assert seen


def test_duplicates_join_an_open_case_filed_before(casos) -> None:
    joined = [(c, s.into) for c in casos for s in c.pasos if s.act == "merge"]
    assert joined
    for case, into in joined:
        first = casos[into]
        assert into < case.indice
        assert first.estado == "en_atencion"
        assert (first.servicio, first.colonia) == (case.servicio, case.colonia)


def test_disagreement_comes_in_time_whatever_the_day() -> None:
    rules = {service["clave"]: service["regla"] for service in reader.toml("servicios")["servicio"]}
    days = {rule["clave"]: rule["conclusion_dias"] for rule in reader.toml("reglas")["regla"]}
    reopened = 0
    for shift in range(0, 366, 11):
        today = TODAY + dt.timedelta(days=shift)
        for case in generate_cases(today):
            for before, step in itertools.pairwise(case.pasos):
                if step.act == "reopen":
                    answered = case.step_at(before, today).date()
                    limit = workdays.add(answered, days[rules[case.servicio]])
                    assert case.step_at(step, today).date() <= limit, (today, case.indice)
                    reopened += 1
    assert reopened > 50


def test_places_lie_inside_their_neighbourhood(casos) -> None:
    areas = {f["properties"]["clave"]: shape(f["geometry"]) for f in reader.features("colonias")}
    services = reader.by_key("servicios", "servicio")
    for case in casos:
        kind = services[case.servicio]["lugar"]
        assert kind != "requerido" or case.colonia
        assert kind != "no" or not case.colonia
        if case.colonia:
            assert areas[case.colonia].contains(Point(case.longitud, case.latitud))
            assert case.direccion


def _answers_fit(question: dict, value) -> bool:
    kind = question["tipo"]
    checks = {
        "si_no": lambda: isinstance(value, bool),
        "numero": lambda: isinstance(value, int),
        "fecha": lambda: bool(dt.date.fromisoformat(value)),
        "opcion": lambda: value in question["opciones"],
        "opciones": lambda: bool(value) and set(value) <= set(question["opciones"]),
    }
    return checks.get(kind, lambda: bool(value.strip()))()


def test_required_questions_are_answered_with_their_type(casos) -> None:
    services = reader.by_key("servicios", "servicio")
    for case in casos:
        questions = {q["clave"]: q for q in services[case.servicio].get("preguntas", [])}
        required = {key for key, q in questions.items() if q["requerida"]}
        assert required <= set(case.respuestas) <= set(questions)
        for key, value in case.respuestas.items():
            assert _answers_fit(questions[key], value), (case.servicio, key, value)


def test_people_can_be_reached_unless_the_service_admits_no_contact(casos) -> None:
    services = reader.by_key("servicios", "servicio")
    assert {c.canal for c in casos} == {"web", "ventanilla", "telefono", "escrito"}
    for case in casos:
        assert not case.telefono or re.fullmatch(r"55 0000 \d{4}", case.telefono)
        assert not case.correo or case.correo.endswith("@correo.example")
        reachable = bool(case.telefono or case.correo)
        assert reachable == bool(case.nombre)
        assert reachable or services[case.servicio]["anonimo"]
    assert any(not c.nombre for c in casos)


def test_stories_are_varied_and_whole(casos) -> None:
    texts = {c.descripcion for c in casos}
    assert len(texts) >= 300
    assert not [t for t in texts if "{" in t or len(t) > 1500]
    assert min(map(len, texts)) < 60
    assert max(map(len, texts)) > 200
    assert len({c.servicio for c in casos}) >= 45


def test_the_dashboard_has_late_and_nearly_late_cases(casos) -> None:
    why = Counter(c.situacion for c in casos)
    assert why["vencido"] == 32
    assert why["por_vencer"] >= 15
    for case in casos:
        if case.situacion == "vencido":
            assert case.vence_estimado < TODAY
            assert case.estado in {"turnada", "en_atencion"}


def test_arrivals_are_fewer_on_weekends_and_reach_today(casos) -> None:
    days = Counter(c.filed_at(TODAY).weekday() for c in casos)
    assert max(days[5], days[6]) * 2 < min(days[n] for n in range(5))
    recent = Counter(c.days_ago for c in casos)
    assert recent[0] >= 1
    assert max(recent.values()) <= 20


def test_no_routing_word_moves_a_matter_that_waits_in_triage(casos) -> None:
    words = [word for route in reader.toml("ruteo")["ruta"] for word in route["palabras"]]
    waiting = [c for c in casos if not c.auto_assign]
    assert waiting
    for case in waiting:
        folded = unicodedata.normalize("NFD", case.descripcion.lower())
        plain = folded.encode("ascii", "ignore").decode()
        assert not [w for w in words if re.search(rf"\b{re.escape(w)}\b", plain)], plain
