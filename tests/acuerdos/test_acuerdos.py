"""From a vote to an acuerdo, what it charges, its Gaceta, and the petition that follows it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError
from portal.core.models import EventRecord
from portal.documents.services import verify_code
from tablero.acuerdos import services
from tablero.acuerdos.constants import Cumplimiento
from tablero.acuerdos.fulfilment import fulfilment
from tablero.acuerdos.models import Acuerdo, Gaceta
from tablero.acuerdos.policies import AcuerdoPolicy
from tablero.acuerdos.reporting import build_report, report_heads, report_rows
from tablero.cabildo.models import Asunto, Sesion
from tablero.coordinacion.constants import OPEN_STATES, EstadoEncargo
from tablero.coordinacion.models import Encargo
from tablero.coordinacion.services import Report, end_charge, report_charge, validate_charge
from tests.accounts.factories import DependenciaFactory
from tests.documents.authority import ready_authority
from tests.factories import PeticionFactory, StaffFactory
from tramites.models import Vinculo

from .factories import decided, paper, vote_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    ready_authority()
    return decided()


def charge(held, row, **changes) -> Encargo:
    values = {
        "instruccion": "Hacer lo acordado.",
        "dependencia_id": DependenciaFactory().pk,
        "indicador": "Hecho",
        "dias": 10,
    }
    return services.charge_department(acuerdo_id=row.pk, values=values | changes, **held.given())


def fulfil(held, row: Encargo) -> None:
    told = Report(texto="Ya.", avance=100, concluye=True, archivos=(paper(),))
    boss = {"encargo_id": row.pk}
    clerk = StaffFactory(rol="enlace", office=row.dependencia)
    report_charge(report=told, **boss, **held.given() | {"actor": clerk})
    validate_charge(**boss, **held.given())


def test_a_vote_in_favour_numbers_an_acuerdo_in_the_same_act(made):
    held, row = made
    assert (row.numero, row.folio, row.estado) == (1, "ACU-2026-000001", "vigente")
    assert row.texto == held.items[0].propuesta
    vote_on(held, 1, "cccff")
    assert Acuerdo.objects.count() == 1
    fact = EventRecord.objects.get(event_type="AcuerdoAdopted")
    assert fact.payload["votacion_id"] == row.votacion_id


def test_what_was_modified_is_what_the_acuerdo_says(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    held, _first = decided()
    vote_on(held, 1, "fffff", modifica=True, texto="Se autoriza la mitad.")
    assert Acuerdo.objects.get(numero=2).texto == "Se autoriza la mitad."


def test_a_second_vote_leaves_the_first_without_effect_and_revokes_what_it_charged(made):
    held, row = made
    owed = charge(held, row)
    vote_on(held, 0, "fffff", motivo="Se contó mal.")
    row.refresh_from_db()
    owed.refresh_from_db()
    assert (row.estado, owed.estado) == ("sin_efecto", "revocado")
    assert Acuerdo.objects.get(estado="vigente").numero == 2
    vote_on(held, 0, "ccccf", motivo="Se volvió a contar mal.")
    assert not Acuerdo.objects.filter(estado="vigente").exists()


def test_its_document_is_sealed_once_and_says_what_was_voted(made):
    _held, row = made
    documento = services.seal_acuerdo(acuerdo_id=row.pk, now=_held.now)
    assert documento.folio == row.folio
    assert services.seal_acuerdo(acuerdo_id=row.pk, now=_held.now).pk == documento.pk
    assert (
        verify_code(codigo=documento.codigo, address="::1", now=_held.now).documento.pk
        == documento.pk
    )
    assert row.texto in str(documento.contenido)
    assert EventRecord.objects.filter(event_type="AcuerdoSealed").count() == 1
    assert services.seal_missing(_held.now) == 0


def test_one_that_cannot_be_sealed_holds_up_no_other(made, monkeypatch):
    held, row = made
    vote_on(held, 1, "fffff")
    real = services.seal_acuerdo

    def picky(*, acuerdo_id, now):
        if acuerdo_id == row.pk:
            raise InvalidInputError
        return real(acuerdo_id=acuerdo_id, now=now)

    monkeypatch.setattr("tablero.acuerdos.services.sealing.seal_acuerdo", picky)
    assert services.seal_missing(held.now) == 1
    assert list(Acuerdo.objects.filter(documento=None)) == [row]


def test_what_a_closed_session_decided_is_for_few(made):
    held, row = made
    Acuerdo.objects.filter(pk=row.pk).update(publico=False)
    row.refresh_from_db()
    member = held.members[1]
    member.usuario = StaffFactory(rol="enlace")
    member.save()
    for person, sees in (
        (held.operator, True),
        (StaffFactory(rol="juridico"), True),
        (StaffFactory(rol="titular"), False),
        (member.usuario, True),
    ):
        policy = AcuerdoPolicy(person)
        assert policy.can_view(row) is sees
        assert policy.visible().filter(pk=row.pk).exists() is sees
    with pytest.raises(ConflictError):
        services.open_gaceta(**held.given())


def test_a_closed_session_makes_acuerdos_that_are_not_public(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    held, _first = decided()
    Sesion.objects.filter(pk=held.sesion.pk).update(caracter="cerrada", fundamento_cierre="Art. 9")
    vote_on(held, 1, "fffff")
    assert not Acuerdo.objects.get(numero=2).publico


def test_only_the_secretaria_charges_and_nothing_dead_is_charged(made):
    held, row = made
    values = {"instruccion": "x", "dependencia_id": 1, "indicador": "x", "dias": 1}
    with pytest.raises(NotAllowedError):
        services.charge_department(
            acuerdo_id=row.pk, values=values, actor=StaffFactory(rol="titular"), now=held.now
        )
    vote_on(held, 1, "fffff")
    later = Acuerdo.objects.get(numero=2)
    given = {"acuerdo_id": row.pk, "motivo": "Cambió la ley."}
    with pytest.raises(InvalidInputError):
        services.revoke_acuerdo(por_id=row.pk, **given, **held.given())
    owed = charge(held, row)
    services.revoke_acuerdo(por_id=later.pk, **given, **held.given())
    owed.refresh_from_db()
    assert (owed.estado, later.folio in owed.motivo) == ("revocado", True)
    with pytest.raises(ConflictError):
        services.revoke_acuerdo(por_id=later.pk, **given, **held.given())
    with pytest.raises(ConflictError):
        charge(held, row)


def test_the_days_of_a_charge_are_counted_from_the_vote(made):
    held, row = made
    owed = charge(held, row, dias=1)
    held.now += dt.timedelta(days=30)
    assert charge(held, row, dias=1).vence == owed.vence
    assert owed.fundamento == f"Acuerdo de Cabildo {row.folio}"


def test_the_gaceta_gathers_numbers_and_publishes_once(made):
    held, row = made
    number = services.open_gaceta(**held.given())
    vote_on(held, 1, "fffff")
    assert services.open_gaceta(**held.given()).pk == number.pk
    folios = [entry.acuerdo.numero for entry in number.entradas.all()]
    assert folios == [1, 2]
    second = Acuerdo.objects.get(numero=2)
    services.remove_entry(gaceta_id=number.pk, acuerdo_id=second.pk, **held.given())
    services.publish_gaceta(gaceta_id=number.pk, **held.given())
    number.refresh_from_db()
    assert (number.numero, number.ejercicio, number.estado) == (1, 2026, "publicada")
    assert number.documento.folio == "GAC-2026-000001"
    for act in (
        lambda: services.publish_gaceta(gaceta_id=number.pk, **held.given()),
        lambda: services.remove_entry(gaceta_id=number.pk, acuerdo_id=row.pk, **held.given()),
    ):
        with pytest.raises(ConflictError):
            act()
    following = services.open_gaceta(**held.given())
    assert [entry.acuerdo_id for entry in following.entradas.all()] == [second.pk]
    services.remove_entry(gaceta_id=following.pk, acuerdo_id=second.pk, **held.given())
    with pytest.raises(ConflictError):
        services.publish_gaceta(gaceta_id=following.pk, **held.given())


def test_a_publication_that_fails_takes_no_number(made, monkeypatch):
    held, _row = made
    number = services.open_gaceta(**held.given())

    def broken(**given):
        raise ConflictError

    with monkeypatch.context() as patch:
        patch.setattr("tablero.acuerdos.services.gaceta.issue_sealed", broken)
        with pytest.raises(ConflictError):
            services.publish_gaceta(gaceta_id=number.pk, **held.given())
    assert Gaceta.objects.get().estado == "preparacion"
    assert services.publish_gaceta(gaceta_id=number.pk, **held.given()).numero == 1


def test_the_petition_it_came_from_follows_it_to_the_end(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    peticion = PeticionFactory()
    held, row = decided(items=1)
    assert not Vinculo.objects.exists()
    Asunto.objects.filter(pk=row.asunto_id).update(peticion=peticion, origen="peticion")
    owed = [charge(held, row), charge(held, row)]
    said = list(Vinculo.objects.filter(clase="acuerdo").values_list("texto", flat=True))
    assert "0 de 1" in said[0]
    assert "0 de 2" in said[-1]
    fulfil(held, owed[0])
    assert "1 de 2" in Vinculo.objects.latest("pk").texto
    fulfil(held, owed[1])
    last = Vinculo.objects.latest("pk")
    assert last.texto == "Se cumplió lo que el Cabildo acordó."
    assert last.texto_en != last.texto
    assert last.url_publica == f"/acuerdos/{row.folio}/"


def test_the_report_counts_each_charge_once_by_office_and_by_session(made):
    held, row = made
    office = DependenciaFactory(nombre="Alumbrado")
    done = charge(held, row, dependencia_id=office.pk)
    fulfil(held, done)
    failed = charge(held, row, dependencia_id=office.pk)
    end_charge(encargo_id=failed.pk, estado="incumplido", motivo="x", **held.given())
    charge(held, row, dependencia_id=office.pk, dias=100)
    day = row.adoptado_en.date()
    found = build_report(held.operator, desde=day, hasta=day, hoy=day)
    assert [line.nombre for line in found.oficinas] == ["Alumbrado"]
    assert found.oficinas[0].cells == [1, 1, 0, 0, 1, 0]
    assert [line.total for line in found.sesiones] == [3]
    rows = list(report_rows(found))
    assert len(rows) == 3
    assert {len(line) for line in rows} == {len(report_heads())}
    before = day - dt.timedelta(days=1)
    assert not build_report(held.operator, desde=before, hasta=before, hoy=day).acuerdos


def test_the_report_asks_as_much_of_many_as_of_one(made, django_assert_num_queries):
    held, row = made
    day = row.adoptado_en.date()
    for _n in range(5):
        charge(held, row)
    build_report(held.operator, desde=day, hasta=day, hoy=day)
    with django_assert_num_queries(3):
        build_report(held.operator, desde=day, hasta=day, hoy=day)


STATES = st.tuples(st.sampled_from(EstadoEncargo.values), st.integers(-20, 20))


@given(st.lists(STATES, max_size=6))
def test_fulfilment_against_a_slow_reading(rows):
    today = dt.date(2026, 6, 1)
    charges = [(state, today + dt.timedelta(days=n)) for state, n in rows]
    late = [c for c in charges if c[0] in OPEN_STATES and c[1] < today]
    alive = [c for c in charges if c[0] in OPEN_STATES]
    names = sorted({c[0] for c in charges})
    if not charges:
        expected = Cumplimiento.SIN_ENCARGOS
    elif late:
        expected = Cumplimiento.VENCIDO
    elif alive:
        expected = Cumplimiento.EN_PROCESO
    elif "incumplido" in names:
        expected = Cumplimiento.INCUMPLIDO
    elif "cumplido" in names:
        expected = Cumplimiento.CUMPLIDO
    else:
        expected = Cumplimiento.SIN_MATERIA
    assert fulfilment(charges, today) == expected


def test_a_commission_numbers_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    held, _row = decided("ccccc")
    held.body.tipo = "comision"
    held.body.save()
    vote_on(held, 1, "fffff")
    assert Acuerdo.objects.get().folio == f"ACU-C{held.body.pk}-2026-000001"
