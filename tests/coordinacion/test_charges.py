"""A charge from the day it is given to the day it is done, or is not."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from tablero.coordinacion import services
from tablero.coordinacion.models import Encargo, EvidenciaEncargo
from tablero.coordinacion.policies import EncargoPolicy
from tablero.coordinacion.selectors import charges_for, light_counts, light_of, soon_until
from tablero.coordinacion.services import Report
from tests.acuerdos.factories import Duty, EncargoFactory, paper
from tests.factories import NOON, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    return Duty()


def report(duty, **changes):
    values = {"texto": "Van sesenta.", "avance": 50} | changes
    return services.report_charge(
        encargo_id=duty.charge.pk, report=Report(**values), **duty.by(duty.clerk)
    )


def test_business_days_are_counted_and_the_count_is_kept(duty):
    row = duty.charge
    assert row.folio.startswith("ENC-")
    days = [dt.date.fromisoformat(step["fecha"]) for step in row.plazo["pasos"] if step.get("n")]
    assert row.vence.weekday() < 5
    assert (row.vence - NOON.date()).days >= 14
    assert days == [] or days[-1] <= row.vence


def test_a_charge_goes_all_the_way(duty):
    services.acknowledge_charge(encargo_id=duty.charge.pk, **duty.by(duty.clerk))
    assert duty.fresh().estado == "en_proceso"
    report(duty)
    assert (duty.fresh().avance, duty.charge.estado) == (50, "en_proceso")
    report(duty, texto="Ya están.", avance=90, concluye=True, archivos=(paper(),))
    assert (duty.fresh().avance, duty.charge.estado) == (100, "por_validar")
    services.send_charge_back(
        encargo_id=duty.charge.pk, motivo="Faltan veinte.", **duty.by(duty.secretary)
    )
    assert (duty.fresh().estado, duty.charge.motivo) == ("en_proceso", "Faltan veinte.")
    report(duty, texto="Ahora sí.", avance=100, concluye=True, archivos=(paper(),))
    services.validate_charge(encargo_id=duty.charge.pk, **duty.by(duty.secretary))
    row = duty.fresh()
    assert (row.estado, row.avance, row.concluido_en) == ("cumplido", 100, duty.now)
    told = list(row.informes.values_list("concluye", "resultado"))
    assert told == [(False, ""), (True, "devuelto"), (True, "validado")]
    assert EvidenciaEncargo.objects.count() == 2
    facts = EventRecord.objects.filter(stream=f"encargo:{row.pk}").order_by("sequence")
    assert [fact.event_type for fact in facts] == [
        "ChargeGiven",
        "ChargeAcknowledged",
        "ChargeReported",
        "ChargeReported",
        "ChargeSentBack",
        "ChargeReported",
        "ChargeEnded",
    ]
    assert verify().integra


def test_a_report_acknowledges(duty):
    report(duty)
    assert duty.fresh().estado == "en_proceso"
    assert duty.charge.acusado_en == duty.now


def test_done_without_evidence_is_refused_and_nothing_is_kept(duty):
    with pytest.raises(InvalidInputError) as refused:
        report(duty, concluye=True)
    assert "archivos" in refused.value.fields
    with pytest.raises(InvalidInputError) as refused:
        report(duty, texto=" ", avance=101)
    assert set(refused.value.fields) == {"texto", "avance"}
    with pytest.raises(InvalidInputError):
        report(duty, archivos=(paper(content=b"MZ\x90"),))
    assert not duty.charge.informes.exists()
    assert duty.fresh().estado == "pendiente"


def test_a_report_that_waits_closes_the_door(duty, settings):
    report(duty, concluye=True, archivos=(paper(),))
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    with pytest.raises(ConflictError):
        report(duty, archivos=(paper(),))
    assert {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()} == before


def test_an_extension_keeps_what_was_before(duty):
    old, new = duty.charge.vence, duty.charge.vence + dt.timedelta(days=7)
    given = {"encargo_id": duty.charge.pk, "motivo": "Llovió."}
    with pytest.raises(InvalidInputError):
        services.extend_charge(vence=old, **given, **duty.by(duty.secretary))
    services.extend_charge(vence=new, **given, **duty.by(duty.secretary))
    kept = duty.charge.prorrogas.get()
    assert (kept.antes, kept.despues, duty.fresh().vence) == (old, new, new)


@pytest.mark.parametrize("state", ["incumplido", "sin_materia", "revocado"])
def test_it_ends_without_fulfilment_for_a_reason_and_only_once(duty, state):
    given = {"encargo_id": duty.charge.pk, "estado": state}
    with pytest.raises(InvalidInputError):
        services.end_charge(motivo="", **given, **duty.by(duty.secretary))
    services.end_charge(motivo="No hubo presupuesto.", **given, **duty.by(duty.secretary))
    assert duty.fresh().estado == state
    with pytest.raises(ConflictError):
        services.end_charge(motivo="Otra vez.", **given, **duty.by(duty.secretary))
    with pytest.raises(ConflictError):
        report(duty)


def test_cumplido_is_no_ending_that_skips_the_evidence(duty):
    with pytest.raises(InvalidInputError):
        services.end_charge(
            encargo_id=duty.charge.pk, estado="cumplido", motivo="x", **duty.by(duty.secretary)
        )


def test_the_wrong_person(duty):
    stranger = StaffFactory(rol=Rol.ENLACE)
    with pytest.raises(NotFoundError):
        services.acknowledge_charge(encargo_id=duty.charge.pk, **duty.by(stranger))
    with pytest.raises(NotAllowedError):
        services.validate_charge(encargo_id=duty.charge.pk, **duty.by(duty.clerk))
    reader = StaffFactory(rol=Rol.CONSULTA)
    with pytest.raises(NotAllowedError):
        services.acknowledge_charge(encargo_id=duty.charge.pk, **duty.by(reader))
    duty.secretary = duty.clerk
    with pytest.raises(NotAllowedError):
        duty.give()


def test_an_act_on_what_changed_meanwhile_is_refused(duty):
    seen = duty.charge.cambios
    report(duty)
    with pytest.raises(ConflictError) as refused:
        services.end_charge(
            encargo_id=duty.charge.pk,
            estado="sin_materia",
            motivo="x",
            cambios=seen,
            **duty.by(duty.secretary),
        )
    assert refused.value.code == "version_anterior"


def test_days_or_a_date_and_the_person_of_the_office(duty):
    for wrong in (
        {"dias": None},
        {"dias": 0},
        {"dias": 5000},
        {"vence": NOON.date() - dt.timedelta(days=1)},
        {"responsable_id": duty.secretary.pk},
        {"instruccion": ""},
        {"indicador": ""},
        {"dependencia_id": 0},
    ):
        with pytest.raises(InvalidInputError):
            duty.give(**wrong)
    assert Encargo.objects.count() == 1
    person = duty.give(responsable_id=duty.clerk.pk, vence=NOON.date())
    assert (person.vence, person.plazo) == (NOON.date(), {})


def test_whoever_must_act_next_is_told(duty):
    sent = {row.destino for row in Envio.objects.all()}
    assert sent == {"enlace@x.example"}
    Envio.objects.all().delete()
    report(duty, concluye=True, archivos=(paper(),))
    assert {row.destino for row in Envio.objects.all()} == {"secretaria@x.example"}
    assert not mail.outbox


def test_each_sees_what_is_theirs_in_the_list_and_one_by_one(duty):
    other = EncargoFactory()
    for person, seen in (
        (duty.secretary, {duty.charge.pk, other.pk}),
        (StaffFactory(rol=Rol.CONSULTA), {duty.charge.pk, other.pk}),
        (duty.clerk, {duty.charge.pk}),
        (StaffFactory(rol=Rol.VENTANILLA), set()),
    ):
        policy = EncargoPolicy(person)
        assert set(policy.visible().values_list("pk", flat=True)) == seen
        assert {row.pk for row in (duty.charge, other) if policy.can_view(row)} == seen


def test_the_light_of_the_list_is_the_light_of_each(duty):
    today = NOON.date()
    soon = soon_until(today)
    for day in range(-3, 12):
        EncargoFactory(vence=today + dt.timedelta(days=day))
    EncargoFactory(estado="cumplido", concluido_en=NOON)
    rows = list(charges_for(duty.secretary, today))
    counted = light_counts(Encargo.objects.all(), today)
    for light, number in counted.items():
        alone = {row.pk for row in charges_for(duty.secretary, today, luz=light)}
        assert alone == {row.pk for row in rows if light_of(row, today, soon) == light}
        assert len(alone) == number
    assert sum(counted.values()) == len(rows)


def test_the_database_refuses_what_the_services_would(duty):
    for wrong in (
        {"estado": "cumplido"},
        {"avance": 101},
        {"estado": "revocado", "concluido_en": NOON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Encargo.objects.filter(pk=duty.charge.pk).update(**wrong)


def test_what_is_about_to_expire_is_reminded_and_not_every_hour(duty):
    Envio.objects.all().delete()
    day = dt.timedelta(days=1)
    assert services.remind_charges(duty.now) == 0
    near = duty.now + (duty.charge.vence - NOON.date()) - day
    assert services.remind_charges(near) == 1
    assert services.remind_charges(near + dt.timedelta(hours=1)) == 0
    assert services.remind_charges(near + 3 * day) == 1
    subjects = sorted(Envio.objects.values_list("asunto", flat=True))
    assert subjects == ["Recordatorio: un encargo está por vencer", "Tiene un encargo vencido"]
    services.end_charge(
        encargo_id=duty.charge.pk, estado="sin_materia", motivo="x", **duty.by(duty.secretary)
    )
    assert services.remind_charges(near + 30 * day) == 0
