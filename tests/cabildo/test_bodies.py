"""Who sits in a body on a day, and the acts that change it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord, ReglaJuridica
from portal.core.verification import verify
from tablero.cabildo import services
from tablero.cabildo.constants import Calidad, Cargo, TipoAusencia
from tablero.cabildo.models import Asiento, Ausencia, Ocupacion, Organo
from tablero.cabildo.selectors import members_in_office, quorum_rule, seats_by_body, seats_on
from tablero.cabildo.services.absences import Absence
from tests.factories import NOON, StaffFactory

from .factories import (
    VALUES,
    AsientoFactory,
    AusenciaFactory,
    IntegranteFactory,
    OcupacionFactory,
    OrganoFactory,
    a_body,
    rule,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 5)
ONE = dt.timedelta(days=1)


def secretary():
    return StaffFactory(rol=Rol.SECRETARIA)


def acting(body: Organo, day: dt.date = DAY) -> list[str]:
    """Who acts in each seat, by its place; '' where nobody does."""
    return [str(seat.integrante or "") for seat in seats_on(body, day)]


# who sits


def test_a_holder_acts_from_the_oath_on():
    held = OcupacionFactory(sin_protesta=True)
    body = held.asiento.organo
    assert acting(body) == [""]
    services.take_oath(ocupacion_id=held.pk, fecha=DAY, actor=SYSTEM, now=NOON)
    assert acting(body, DAY - ONE) == [""]
    assert acting(body, DAY) == [str(held.integrante)]
    with pytest.raises(ConflictError):
        services.take_oath(ocupacion_id=held.pk, fecha=DAY, actor=SYSTEM, now=NOON)


def test_a_substitute_acts_from_the_call_to_the_end_of_the_absence():
    held = OcupacionFactory()
    body = held.asiento.organo
    stand_in = OcupacionFactory(asiento=held.asiento, suplente=True)
    away = Absence(
        tipo=TipoAusencia.LICENCIA,
        desde=DAY,
        hasta=DAY + 4 * ONE,
        suplente_desde=DAY + ONE,
        motivo="Licencia, acuerdo 12/2026",
    )
    services.grant_absence(ocupacion_id=held.pk, absence=away, actor=SYSTEM, now=NOON)
    holder, substitute = str(held.integrante), str(stand_in.integrante)
    days = [DAY + n * ONE for n in range(-1, 6)]
    found = [acting(body, day)[0] for day in days]
    assert found == [holder, "", substitute, substitute, substitute, substitute, holder]
    assert members_in_office(seats_on(body, DAY)) == 0


def test_without_a_call_the_seat_is_empty_and_a_substitute_may_be_called_later():
    away = AusenciaFactory()
    seat = away.ocupacion.asiento
    with pytest.raises(ConflictError, match="suplente"):
        services.call_substitute(ausencia_id=away.pk, fecha=DAY, actor=SYSTEM, now=NOON)
    stand_in = OcupacionFactory(asiento=seat, suplente=True)
    services.call_substitute(ausencia_id=away.pk, fecha=DAY, actor=SYSTEM, now=NOON)
    assert acting(seat.organo) == [str(stand_in.integrante)]
    with pytest.raises(ConflictError):
        services.call_substitute(ausencia_id=away.pk, fecha=DAY, actor=SYSTEM, now=NOON)


def test_coming_back_early_ends_the_absence():
    away = AusenciaFactory(suplente_desde=dt.date(2026, 10, 3))
    services.end_absence(ausencia_id=away.pk, hasta=dt.date(2026, 10, 2), actor=SYSTEM, now=NOON)
    assert acting(away.ocupacion.asiento.organo) == [str(away.ocupacion.integrante)]
    assert Ausencia.objects.get().suplente_desde is None


def test_from_an_absolute_absence_there_is_no_way_back():
    away = AusenciaFactory(tipo=TipoAusencia.FALTA_ABSOLUTA, hasta=None)
    with pytest.raises(ConflictError):
        services.end_absence(ausencia_id=away.pk, hasta=DAY, actor=SYSTEM, now=NOON)


def test_a_seat_that_was_left_is_free_for_the_next_one():
    held = OcupacionFactory()
    services.leave_seat(ocupacion_id=held.pk, hasta=DAY, actor=SYSTEM, now=NOON)
    following = services.seat_member(
        asiento_id=held.asiento_id,
        integrante_id=IntegranteFactory().pk,
        calidad=Calidad.PROPIETARIO,
        desde=DAY + ONE,
        protesta=DAY + ONE,
        actor=SYSTEM,
        now=NOON,
    )
    body = held.asiento.organo
    assert acting(body, DAY) == [str(held.integrante)]
    assert acting(body, DAY + ONE) == [str(following.integrante)]


def test_many_bodies_cost_what_one_does(django_assert_num_queries):
    bodies = [a_body(3), a_body(4, comision=True), a_body(2, comision=True)]
    rows = list(Organo.objects.filter(pk__in=[b.pk for b in bodies]).prefetch_related("asientos"))
    with django_assert_num_queries(2):
        found = seats_by_body(rows, DAY)
    assert sorted(len(seats) for seats in found.values()) == [2, 3, 4]
    assert {b.pk: members_in_office(found[b.pk]) for b in rows} == {
        b.pk: members_in_office(seats_on(b, DAY)) for b in rows
    }


# what is refused


def seat(asiento: Asiento, **changes):
    given = {
        "asiento_id": asiento.pk,
        "integrante_id": IntegranteFactory().pk,
        "calidad": Calidad.PROPIETARIO,
        "desde": DAY,
        "protesta": None,
        "actor": SYSTEM,
        "now": NOON,
    }
    return services.seat_member(**(given | changes))


def test_one_seat_has_one_holder_and_one_person_one_seat_of_a_body():
    held = OcupacionFactory()
    with pytest.raises(ConflictError, match="ocupa"):
        seat(held.asiento)
    other = AsientoFactory(organo=held.asiento.organo)
    with pytest.raises(ConflictError, match="ya está en este órgano"):
        seat(other, integrante_id=held.integrante_id)
    commission = AsientoFactory(organo=OrganoFactory(comision=True), cargo=Cargo.VOCALIA)
    assert seat(commission, integrante_id=held.integrante_id)


def test_the_database_refuses_a_second_holder_too():
    held = OcupacionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        OcupacionFactory(asiento=held.asiento)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"desde": dt.date(1999, 1, 1)}, "desde"),
        ({"protesta": DAY - ONE}, "protesta"),
        ({"calidad": "oyente"}, "calidad"),
    ],
)
def test_a_seat_is_not_held_on_impossible_terms(changes, field):
    with pytest.raises(InvalidInputError) as refused:
        seat(AsientoFactory(), **changes)
    assert field in refused.value.fields
    assert not Ocupacion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"motivo": "  "}, "motivo"),
        ({"motivo": "x" * 401}, "motivo"),
        ({"tipo": "vacaciones"}, "tipo"),
        ({"hasta": DAY - ONE}, "hasta"),
        ({"tipo": TipoAusencia.FALTA_ABSOLUTA, "hasta": DAY}, "hasta"),
        ({"suplente_desde": DAY - ONE}, "suplente_desde"),
        ({"suplente_desde": DAY + 9 * ONE}, "suplente_desde"),
    ],
)
def test_an_absence_makes_sense(changes, field):
    held = OcupacionFactory()
    OcupacionFactory(asiento=held.asiento, suplente=True)
    fields = {
        "tipo": TipoAusencia.LICENCIA,
        "desde": DAY,
        "hasta": DAY + 4 * ONE,
        "motivo": "Licencia",
    }
    with pytest.raises(InvalidInputError) as refused:
        services.grant_absence(
            ocupacion_id=held.pk, absence=Absence(**(fields | changes)), actor=SYSTEM, now=NOON
        )
    assert field in refused.value.fields
    assert not Ausencia.objects.exists()


def test_nobody_is_away_twice_at_once():
    away = AusenciaFactory()
    again = Absence(tipo=TipoAusencia.LICENCIA, desde=dt.date(2026, 10, 31), motivo="Otra")
    with pytest.raises(ConflictError):
        services.grant_absence(
            ocupacion_id=away.ocupacion_id, absence=again, actor=SYSTEM, now=NOON
        )


BODY = {
    "clave": "ayuntamiento",
    "nombre": "Ayuntamiento",
    "tipo": "ayuntamiento",
    "regla_quorum": "quorum-prueba",
    "atribuciones": "",
    "vigente_desde": dt.date(2025, 1, 1),
    "vigente_hasta": dt.date(2027, 12, 31),
}


def test_there_is_one_ayuntamiento_at_a_time():
    rule("quorum")
    services.save_body(organo_id=None, values=BODY, actor=SYSTEM, now=NOON)
    with pytest.raises(InvalidInputError):
        services.save_body(organo_id=None, values=BODY | {"clave": "otro"}, actor=SYSTEM, now=NOON)
    later = {
        "clave": "siguiente",
        "vigente_desde": dt.date(2028, 1, 1),
        "vigente_hasta": dt.date(2030, 12, 31),
    }
    services.save_body(organo_id=None, values=BODY | later, actor=SYSTEM, now=NOON)
    assert Organo.objects.count() == 2


def test_a_body_sits_by_a_rule_of_quorum_that_exists():
    rule("mayoria")
    with pytest.raises(InvalidInputError) as refused:
        services.save_body(
            organo_id=None,
            values=BODY | {"regla_quorum": "mayoria-prueba"},
            actor=SYSTEM,
            now=NOON,
        )
    assert "regla_quorum" in refused.value.fields


def test_a_seat_is_mended_only_in_its_own_body():
    seat_of_one, other = AsientoFactory(), OrganoFactory(comision=True)
    with pytest.raises(NotFoundError):
        services.save_seat(
            organo_id=other.pk,
            asiento_id=seat_of_one.pk,
            values={"orden": 3},
            actor=SYSTEM,
            now=NOON,
        )


def test_a_body_has_one_presidency_and_the_seats_of_its_kind():
    body = a_body(2)
    values = {"nombre": "Otra", "orden": 9, "vigente_desde": DAY, "vigente_hasta": None}
    for cargo in (Cargo.PRESIDENCIA, Cargo.VOCALIA):
        with pytest.raises(InvalidInputError) as refused:
            services.save_seat(
                organo_id=body.pk,
                asiento_id=None,
                values=values | {"cargo": cargo},
                actor=SYSTEM,
                now=NOON,
            )
        assert "cargo" in refused.value.fields


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.SECRETARIA])
def test_only_the_secretaria_keeps_the_bodies(rol):
    held = OcupacionFactory()
    with pytest.raises(NotAllowedError):
        services.leave_seat(ocupacion_id=held.pk, hasta=DAY, actor=StaffFactory(rol=rol), now=NOON)
    services.leave_seat(ocupacion_id=held.pk, hasta=DAY, actor=secretary(), now=NOON)


def test_each_act_joins_the_record_of_its_body():
    held = OcupacionFactory(sin_protesta=True)
    services.take_oath(ocupacion_id=held.pk, fecha=DAY, actor=secretary(), now=NOON)
    services.leave_seat(ocupacion_id=held.pk, hasta=DAY, actor=secretary(), now=NOON)
    stream = f"organo:{held.asiento.organo_id}"
    told = EventRecord.objects.filter(stream=stream).order_by("sequence")
    assert [row.event_type for row in told] == ["OathTaken", "SeatLeft"]
    assert verify().integra


# rules


def publish(clase: str, **changes) -> ReglaJuridica:
    given = {
        "clase": clase,
        "clave": f"{clase}-nueva",
        "nombre": "Regla",
        "valor": VALUES.get(clase),
        "fundamento": "Reglamento Interior, artículo 3",
        "vigente_desde": DAY,
        "actor": SYSTEM,
        "now": NOON,
    }
    return services.publish_body_rule(**(given | changes))


@pytest.mark.parametrize(
    ("clase", "part", "bad"),
    [
        ("quorum", "formula", "todos"),
        ("quorum", "segunda_fraccion", "tres"),
        ("quorum", "espera_minutos", -1),
        ("quorum", "exige_presidencia", "sí"),
        ("mayoria", "umbral", "1/3"),
        ("mayoria", "umbral", "3/2"),
        ("mayoria", "umbral", "1/0"),
        ("mayoria", "base", None),
        ("mayoria", "abstenciones", ""),
        ("convocatoria", "cantidad", 0),
        ("convocatoria", "cantidad", True),
        ("convocatoria", "unidad", "semanas"),
    ],
)
def test_a_rule_that_nobody_could_apply_is_not_published(clase, part, bad):
    with pytest.raises(InvalidInputError) as refused:
        publish(clase, valor=VALUES[clase] | {part: bad})
    assert part in refused.value.fields
    assert not ReglaJuridica.objects.exists()


def test_a_rule_has_no_parts_of_another_and_its_casting_vote_is_for_halves():
    with pytest.raises(InvalidInputError):
        publish("mayoria", valor=VALUES["mayoria"] | {"plazo": 3})
    with pytest.raises(InvalidInputError) as refused:
        publish("mayoria", valor=VALUES["mayoria"] | {"umbral": "2/3"})
    assert "calidad" in refused.value.fields
    with pytest.raises(InvalidInputError):
        publish("plazo", valor={})


def test_a_body_sits_by_the_version_in_force_that_day():
    body = OrganoFactory()
    changed = VALUES["quorum"] | {"formula": "mitad_mas_uno"}
    publish("quorum", clave=body.regla_quorum, valor=changed)
    assert quorum_rule(body, DAY - ONE)[1].formula == "mas_de_la_mitad"
    row, found = quorum_rule(body, DAY)
    assert (row.version, found.formula) == (2, "mitad_mas_uno")


def test_a_key_is_of_one_kind_for_ever():
    publish("quorum", clave="la-regla")
    with pytest.raises(ConflictError):
        publish("mayoria", clave="la-regla", vigente_desde=DAY + ONE)
