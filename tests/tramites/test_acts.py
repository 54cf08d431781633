"""The acts on a case: what each one leaves, and that a refused one leaves nothing."""

import datetime as dt

import pytest
from django.forms.models import model_to_dict

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    ReglaFactory,
    ServicioFactory,
    StaffFactory,
    SuplenciaFactory,
    UserFactory,
    citizen_of,
    desk,
    fresh,
    local,
    stored_file,
    worker_of,
)
from tramites import services
from tramites.constants import Estado, Reloj, Semaforo
from tramites.models import Nota, Plazo, Prevencion, Prorroga, Respuesta, Turno

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)


def last_event(peticion):
    return EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").latest("sequence")


def trace(peticion):
    """Everything an act could have left behind."""
    counts = [m.objects.count() for m in (Turno, Plazo, Prevencion, Prorroga, Respuesta, Nota)]
    return model_to_dict(fresh(peticion)), counts, EventRecord.objects.count()


def due(peticion):
    return peticion.vence_en.astimezone(NOON.tzinfo).date().isoformat()


# each act


def test_assigning_moves_the_case_and_keeps_the_reason():
    peticion, obras = PeticionFactory(mesa=True), DependenciaFactory()
    services.assign_peticion(
        peticion_id=peticion.pk,
        dependencia_id=obras.pk,
        motivo="Es de obras.",
        actor=StaffFactory(Rol.VENTANILLA),
        now=LATER,
    )
    after = fresh(peticion)
    assert (after.estado, after.dependencia) == (Estado.TURNADA, obras)
    assert after.version == peticion.version + 1
    assert after.actualizada_en == LATER
    turno = Turno.objects.filter(peticion=peticion).latest("pk")
    assert (turno.desde, turno.dependencia, turno.motivo) == (desk(), obras, "Es de obras.")
    assert last_event(peticion).payload["automatic"] is False


def test_reassigning_takes_it_from_whoever_had_it():
    peticion, obras = PeticionFactory(atendida=True), DependenciaFactory()
    services.assign_peticion(
        peticion_id=peticion.pk,
        dependencia_id=obras.pk,
        motivo="Cambio.",
        actor=StaffFactory(Rol.SECRETARIA),
        now=LATER,
    )
    after = fresh(peticion)
    assert (after.estado, after.responsable) == (Estado.TURNADA, None)


def test_a_titular_assigns_only_within_the_own_offices():
    above = DependenciaFactory()
    here, sister = DependenciaFactory(padre=above), DependenciaFactory(padre=above)
    stranger = DependenciaFactory()
    head, peticion = StaffFactory(Rol.TITULAR, above), PeticionFactory(dependencia=here)
    services.assign_peticion(
        peticion_id=peticion.pk, dependencia_id=sister.pk, motivo="m", actor=head, now=LATER
    )
    with pytest.raises(NotAllowedError):
        services.assign_peticion(
            peticion_id=peticion.pk, dependencia_id=stranger.pk, motivo="m", actor=head, now=LATER
        )
    assert fresh(peticion).dependencia == sister


def test_returning_gives_it_back_to_the_desk():
    peticion = PeticionFactory(atendida=True)
    services.return_peticion(
        peticion_id=peticion.pk,
        motivo="No es nuestra.",
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    after = fresh(peticion)
    assert (after.estado, after.dependencia, after.responsable) == (
        Estado.RECIBIDA,
        desk(),
        None,
    )
    assert Turno.objects.latest("pk").devuelto


def test_accepting_names_somebody_of_the_office():
    peticion = PeticionFactory()
    head = worker_of(peticion.dependencia)
    enlace = StaffFactory(Rol.ENLACE, peticion.dependencia)
    with pytest.raises(InvalidInputError):
        services.accept_peticion(
            peticion_id=peticion.pk, actor=head, now=LATER, responsable_id=StaffFactory().pk
        )
    services.accept_peticion(
        peticion_id=peticion.pk, actor=head, now=LATER, responsable_id=enlace.pk
    )
    assert fresh(peticion).responsable == enlace


def test_answering_stops_the_clock_and_opens_the_time_to_disagree():
    peticion = PeticionFactory(atendida=True)
    services.answer_peticion(
        peticion_id=peticion.pk,
        resultado="resuelta",
        texto="Listo.",
        fundamento="Artículo 8",
        adjuntos=[stored_file()],
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    after = fresh(peticion)
    assert (after.estado, after.reloj, after.en_plazo) == (
        Estado.RESPONDIDA,
        Reloj.DETENIDO,
        True,
    )
    assert after.semaforo(LATER) == Semaforo.TERMINADA
    # Ten business days after Tuesday 6 October.
    assert after.concluye_en.astimezone(NOON.tzinfo).date().isoformat() == "2026-10-20"
    respuesta = after.respuestas.get()
    assert (respuesta.resultado, respuesta.texto) == ("resuelta", "Listo.")
    assert after.adjuntos.get().acto == f"respuesta:{respuesta.pk}"


def test_an_answer_after_the_last_moment_is_late():
    peticion = PeticionFactory(atendida=True)
    services.answer_peticion(
        peticion_id=peticion.pk,
        resultado="contestada",
        texto="Tarde.",
        actor=worker_of(peticion.dependencia),
        now=peticion.vence_en + dt.timedelta(microseconds=1),
    )
    assert fresh(peticion).en_plazo is False


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("resultado", {"resultado": "quizá"}),
        ("texto", {"texto": " \x00 "}),
        ("texto", {"texto": "x" * 4001}),
        ("fundamento", {"fundamento": "x" * 401}),
        ("archivo", {"adjuntos": [stored_file() for _ in range(6)]}),
    ],
)
def test_an_incomplete_answer_is_refused_by_field(field, changed):
    peticion = PeticionFactory(atendida=True)
    before = trace(peticion)
    values = {"resultado": "resuelta", "texto": "Listo."} | changed
    with pytest.raises(InvalidInputError) as caught:
        services.answer_peticion(
            peticion_id=peticion.pk,
            actor=worker_of(peticion.dependencia),
            now=LATER,
            **values,
        )
    assert field in caught.value.fields
    assert trace(peticion) == before


def test_a_correction_pauses_the_clock_and_its_reply_resumes_it():
    peticion = PeticionFactory(atendida=True)
    assert due(peticion) == "2026-10-19"
    officer = worker_of(peticion.dependencia)
    row = services.request_correction(
        peticion_id=peticion.pk, texto="Falta la calle.", actor=officer, now=LATER
    )
    paused = fresh(peticion)
    assert (paused.estado, paused.reloj, paused.vence_en) == (
        Estado.PREVENIDA,
        Reloj.PAUSADO,
        None,
    )
    assert paused.semaforo(LATER) == Semaforo.PAUSADA
    assert row.vence.astimezone(NOON.tzinfo).date().isoformat() == "2026-10-13"
    services.receive_correction(
        peticion_id=peticion.pk,
        texto="Es Hidalgo 12.",
        adjuntos=[stored_file()],
        actor=citizen_of(peticion),
        now=local(2026, 10, 12),
    )
    resumed = fresh(peticion)
    # One day used (Tuesday 6); nine left from Tuesday 13.
    assert due(resumed) == "2026-10-23"
    assert (resumed.estado, resumed.reloj) == (Estado.EN_ATENCION, Reloj.CORRIENDO)
    assert [p.motivo for p in resumed.plazos.order_by("pk")] == [
        "presentación",
        "prevención",
        "prevención cumplida",
    ]
    assert resumed.plazos.filter(vigente=True).count() == 1


def test_a_correction_that_interrupts_starts_the_term_anew():
    servicio = ServicioFactory(regla=ReglaFactory(interrumpe=True).clave)
    peticion = PeticionFactory(servicio=servicio, atendida=True)
    services.request_correction(
        peticion_id=peticion.pk,
        texto="Precise.",
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    services.receive_correction(
        peticion_id=peticion.pk, texto="Va.", actor=citizen_of(peticion), now=local(2026, 10, 12)
    )
    # Twenty business days from Tuesday 13 October; none of them is a holiday.
    assert due(fresh(peticion)) == "2026-11-09"


def test_a_correction_after_the_first_third_is_refused_with_its_limit():
    peticion = PeticionFactory(atendida=True)
    before = trace(peticion)
    late = local(2026, 10, 10, 0)
    with pytest.raises(ConflictError) as caught:
        services.request_correction(
            peticion_id=peticion.pk, texto="x", actor=worker_of(peticion.dependencia), now=late
        )
    assert "viernes 9 de octubre de 2026" in str(caught.value.message)
    assert trace(peticion) == before
    services.request_correction(
        peticion_id=peticion.pk,
        texto="x",
        actor=worker_of(peticion.dependencia),
        now=local(2026, 10, 9, 23, 59),
    )


def test_a_second_correction_is_refused():
    peticion = PeticionFactory(cumplida=True)
    with pytest.raises(ConflictError) as caught:
        services.request_correction(
            peticion_id=peticion.pk, texto="x", actor=worker_of(peticion.dependencia), now=LATER
        )
    assert caught.value.code == "ya_prevenida"


def test_a_rule_without_correction_refuses_it():
    servicio = ServicioFactory(regla=ReglaFactory(urgente=True).clave)
    peticion = PeticionFactory(servicio=servicio, atendida=True)
    with pytest.raises(ConflictError) as caught:
        services.request_correction(
            peticion_id=peticion.pk,
            texto="x",
            actor=worker_of(peticion.dependencia),
            now=NOON + dt.timedelta(hours=2),
        )
    assert caught.value.code == "sin_regla"


def test_a_file_alone_answers_a_correction():
    peticion = PeticionFactory(prevenida=True)
    row = services.receive_correction(
        peticion_id=peticion.pk,
        texto="",
        adjuntos=[stored_file()],
        actor=citizen_of(peticion),
        now=LATER,
    )
    assert row.texto_cumplimiento


def test_extending_adds_days_once_within_the_cap():
    peticion = PeticionFactory(atendida=True)
    head = worker_of(peticion.dependencia)
    with pytest.raises(InvalidInputError) as caught:
        services.extend_term(
            peticion_id=peticion.pk, cantidad=6, motivo="Lluvias", actor=head, now=LATER
        )
    assert "5 días hábiles" in caught.value.fields["cantidad"][0]
    services.extend_term(
        peticion_id=peticion.pk, cantidad=5, motivo="Lluvias", actor=head, now=LATER
    )
    assert due(fresh(peticion)) == "2026-10-26"
    with pytest.raises(ConflictError):
        services.extend_term(
            peticion_id=peticion.pk, cantidad=1, motivo="Más", actor=head, now=LATER
        )


def test_an_enlace_may_not_extend():
    peticion = PeticionFactory(atendida=True)
    with pytest.raises(NotAllowedError):
        services.extend_term(
            peticion_id=peticion.pk,
            cantidad=1,
            motivo="x",
            actor=StaffFactory(Rol.ENLACE, peticion.dependencia),
            now=LATER,
        )


def test_a_term_that_ran_out_is_not_extended():
    peticion = PeticionFactory(atendida=True)
    before = trace(peticion)
    with pytest.raises(ConflictError) as caught:
        services.extend_term(
            peticion_id=peticion.pk,
            cantidad=1,
            motivo="x",
            actor=worker_of(peticion.dependencia),
            now=peticion.vence_en + dt.timedelta(seconds=1),
        )
    assert caught.value.code == "plazo_vencido"
    assert trace(peticion) == before


def test_the_citizen_concludes_and_the_office_waits():
    peticion = PeticionFactory(respondida=True)
    with pytest.raises(ConflictError):
        services.conclude_peticion(
            peticion_id=peticion.pk, actor=worker_of(peticion.dependencia), now=LATER
        )
    services.conclude_peticion(peticion_id=peticion.pk, actor=citizen_of(peticion), now=LATER)
    after = fresh(peticion)
    assert (after.estado, after.concluida_en, after.concluye_en) == (
        Estado.CONCLUIDA,
        LATER,
        None,
    )
    assert last_event(peticion).payload["by"] == "citizen"


def test_answers_nobody_disagreed_with_conclude_by_themselves():
    peticion = PeticionFactory(respondida=True)
    last = peticion.concluye_en
    assert services.conclude_lapsed(now=last) == 0
    assert services.conclude_lapsed(now=last + dt.timedelta(seconds=1)) == 1
    assert services.conclude_lapsed(now=last + dt.timedelta(days=1)) == 0
    assert fresh(peticion).estado == Estado.CONCLUIDA
    assert last_event(peticion).payload["by"] == "lapse"


def test_dismissing_needs_reasons_and_basis():
    peticion = PeticionFactory(atendida=True)
    head = worker_of(peticion.dependencia)
    for texto, fundamento in (("", "Artículo 1"), ("Razones", "")):
        with pytest.raises(InvalidInputError):
            services.dismiss_peticion(
                peticion_id=peticion.pk, texto=texto, fundamento=fundamento, actor=head, now=LATER
            )
    services.dismiss_peticion(
        peticion_id=peticion.pk, texto="Razones", fundamento="Art. 1", actor=head, now=LATER
    )
    after = fresh(peticion)
    assert (after.estado, after.reloj) == (Estado.DESECHADA, Reloj.DETENIDO)
    assert after.respuestas.get().clase == Respuesta.Clase.DESECHAMIENTO


def test_a_case_is_not_dismissed_while_its_citizen_may_complete_it():
    peticion = PeticionFactory(prevenida=True)
    limit = peticion.prevenciones.get().vence
    act = {
        "peticion_id": peticion.pk,
        "texto": "No cumplió.",
        "fundamento": "LFPA 17-A",
        "actor": worker_of(peticion.dependencia),
    }
    with pytest.raises(ConflictError):
        services.dismiss_peticion(**act, now=limit)
    services.dismiss_peticion(**act, now=limit + dt.timedelta(seconds=1))
    assert fresh(peticion).estado == Estado.DESECHADA


def test_not_competent_says_who_is():
    peticion = PeticionFactory()
    services.declare_not_competent(
        peticion_id=peticion.pk,
        autoridad_competente="Comisión Federal de Electricidad",
        texto="Llame al 071.",
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    after = fresh(peticion)
    assert after.estado == Estado.NO_COMPETENTE
    assert after.respuestas.get().autoridad_competente == "Comisión Federal de Electricidad"


def test_merging_joins_two_open_cases():
    one = PeticionFactory()
    two = PeticionFactory(dependencia=one.dependencia)
    services.merge_peticion(
        peticion_id=one.pk,
        into_folio=f" {two.folio.lower()} ",
        motivo="Es el mismo bache.",
        actor=worker_of(one.dependencia),
        now=LATER,
    )
    after = fresh(one)
    assert (after.estado, after.acumulada_en_id, after.reloj) == (
        Estado.ACUMULADA,
        two.pk,
        Reloj.DETENIDO,
    )


@pytest.mark.parametrize("situation", ["same", "unknown", "hidden", "ended", "sensitive"])
def test_a_merge_into_what_cannot_take_it_is_refused(situation):
    one = PeticionFactory()
    actor = worker_of(one.dependencia)
    other = {"dependencia": one.dependencia}
    into = {
        "same": lambda: one.folio,
        "unknown": lambda: "SJV-2026-999999",
        "hidden": lambda: PeticionFactory().folio,
        "ended": lambda: PeticionFactory(cancelada=True, **other).folio,
        "sensitive": lambda: PeticionFactory(sensible=True, **other).folio,
    }[situation]()
    before = trace(one)
    with pytest.raises((InvalidInputError, ConflictError)):
        services.merge_peticion(
            peticion_id=one.pk, into_folio=into, motivo="m", actor=actor, now=LATER
        )
    assert trace(one) == before


def test_the_desk_cancels_only_what_nobody_took_charge_of():
    clerk = StaffFactory(Rol.VENTANILLA)
    one, two = PeticionFactory(), PeticionFactory(atendida=True)
    services.cancel_peticion(peticion_id=one.pk, motivo="Error", actor=clerk, now=LATER)
    with pytest.raises(NotAllowedError):
        services.cancel_peticion(peticion_id=two.pk, motivo="Error", actor=clerk, now=LATER)
    services.cancel_peticion(peticion_id=two.pk, motivo="Ya no", actor=citizen_of(two), now=LATER)
    assert (fresh(one).estado, fresh(two).estado) == (Estado.CANCELADA, Estado.CANCELADA)


def test_disagreement_reopens_one_level_above_with_a_new_term():
    above = DependenciaFactory()
    worker_of(above)
    below = DependenciaFactory(padre=above)
    peticion = PeticionFactory(dependencia=below, respondida=True)
    row = services.reopen_peticion(
        peticion_id=peticion.pk, texto="Sigue igual.", actor=citizen_of(peticion), now=LATER
    )
    after = fresh(peticion)
    assert (after.estado, after.dependencia) == (Estado.REABIERTA, above)
    assert (after.resultado, after.respondida_en, after.en_plazo) == ("", None, None)
    assert due(after) == "2026-10-20"
    assert row.texto == "Sigue igual."
    assert after.plazos.filter(vigente=True).get().inicia == LATER


def test_without_anybody_above_the_secretaria_takes_it_up():
    secretaria = DependenciaFactory()
    table = desk()
    table.padre = secretaria
    table.save()
    peticion = PeticionFactory(dependencia=DependenciaFactory(padre=DependenciaFactory()))
    peticion = PeticionFactory(servicio=peticion.servicio, respondida=True)
    services.reopen_peticion(
        peticion_id=peticion.pk, texto="No.", actor=citizen_of(peticion), now=LATER
    )
    assert fresh(peticion).dependencia == secretaria


def test_the_citizen_disagrees_in_time_or_not_at_all():
    peticion = PeticionFactory(respondida=True)
    late = peticion.concluye_en + dt.timedelta(seconds=1)
    before = trace(peticion)
    with pytest.raises(ConflictError):
        services.reopen_peticion(
            peticion_id=peticion.pk, texto="x", actor=citizen_of(peticion), now=late
        )
    assert trace(peticion) == before
    services.reopen_peticion(
        peticion_id=peticion.pk, texto="x", actor=StaffFactory(Rol.SECRETARIA), now=late
    )


def test_what_comes_to_the_secretaria_itself_is_answered_there():
    above = DependenciaFactory()
    secretary = StaffFactory(Rol.SECRETARIA, above)
    peticion = PeticionFactory(
        respondida=True, dependencia=DependenciaFactory(padre=above), sensible=True
    )
    services.reopen_peticion(
        peticion_id=peticion.pk, texto="No es así.", actor=citizen_of(peticion), now=LATER
    )
    assert fresh(peticion).dependencia == above
    services.accept_peticion(peticion_id=peticion.pk, actor=secretary, now=LATER)
    services.answer_peticion(
        peticion_id=peticion.pk, resultado="resuelta", texto="Ya.", actor=secretary, now=LATER
    )
    assert fresh(peticion).estado == Estado.RESPONDIDA


def test_a_reopened_case_can_be_answered_again():
    peticion = PeticionFactory(reabierta=True)
    head = worker_of(peticion.dependencia)
    services.accept_peticion(peticion_id=peticion.pk, actor=head, now=LATER)
    services.answer_peticion(
        peticion_id=peticion.pk, resultado="resuelta", texto="Ahora sí.", actor=head, now=LATER
    )
    assert fresh(peticion).respuestas.count() == 2


def test_a_note_stays_inside():
    peticion = PeticionFactory()
    note = services.add_note(
        peticion_id=peticion.pk,
        texto="  Hablé con la cuadrilla. ",
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    assert note.texto == "Hablé con la cuadrilla."
    assert last_event(peticion).payload == {"peticion_id": peticion.pk, "nota_id": note.pk}


def test_evidence_is_internal_unless_said():
    peticion = PeticionFactory()
    rows = services.attach_evidence(
        peticion_id=peticion.pk,
        adjuntos=[stored_file()],
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )
    assert [row.visible_ciudadano for row in rows] == [False]


# what is refused


CALLS = {
    "assign": lambda pk, **k: services.assign_peticion(
        peticion_id=pk, dependencia_id=DependenciaFactory().pk, motivo="m", **k
    ),
    "return": lambda pk, **k: services.return_peticion(peticion_id=pk, motivo="m", **k),
    "accept": lambda pk, **k: services.accept_peticion(peticion_id=pk, **k),
    "request_correction": lambda pk, **k: services.request_correction(
        peticion_id=pk, texto="t", **k
    ),
    "extend": lambda pk, **k: services.extend_term(peticion_id=pk, cantidad=1, motivo="m", **k),
    "answer": lambda pk, **k: services.answer_peticion(
        peticion_id=pk, resultado="resuelta", texto="t", **k
    ),
    "conclude": lambda pk, **k: services.conclude_peticion(peticion_id=pk, **k),
    "dismiss": lambda pk, **k: services.dismiss_peticion(
        peticion_id=pk, texto="t", fundamento="f", **k
    ),
    "not_competent": lambda pk, **k: services.declare_not_competent(
        peticion_id=pk, autoridad_competente="CFE", texto="t", **k
    ),
    "cancel": lambda pk, **k: services.cancel_peticion(peticion_id=pk, motivo="m", **k),
    "receive_correction": lambda pk, **k: services.receive_correction(
        peticion_id=pk, texto="t", **k
    ),
    "reopen": lambda pk, **k: services.reopen_peticion(peticion_id=pk, texto="t", **k),
    "note": lambda pk, **k: services.add_note(peticion_id=pk, texto="t", **k),
    "attach": lambda pk, **k: services.attach_evidence(
        peticion_id=pk, adjuntos=[stored_file()], **k
    ),
    "reset_pin": lambda pk, **k: services.reset_pin(peticion_id=pk, **k),
}
VERSIONED = sorted(set(CALLS) - {"receive_correction", "reopen", "note", "attach", "reset_pin"})
FITTING = {
    "conclude": "respondida",
    "reopen": "respondida",
    "receive_correction": "prevenida",
    "answer": "atendida",
    "request_correction": "atendida",
}


@pytest.mark.parametrize("act", sorted(CALLS))
def test_a_case_one_may_not_know_of_does_not_exist(act):
    peticion = PeticionFactory()
    with pytest.raises(NotFoundError):
        CALLS[act](peticion.pk, actor=StaffFactory(Rol.ENLACE), now=LATER)


@pytest.mark.parametrize("act", sorted(CALLS))
def test_consulta_sees_and_may_do_nothing(act):
    situation = FITTING.get(act)
    peticion = PeticionFactory(**({situation: True} if situation else {}))
    before = trace(peticion)
    with pytest.raises(NotAllowedError):
        CALLS[act](peticion.pk, actor=StaffFactory(Rol.CONSULTA), now=LATER)
    assert trace(peticion) == before


@pytest.mark.parametrize("act", sorted(set(CALLS) - {"note", "attach", "reset_pin"}))
def test_a_finished_case_admits_no_act(act):
    peticion = PeticionFactory(no_competente=True)
    before = trace(peticion)
    actor = StaffFactory(Rol.SECRETARIA)
    actor = {"cancel": citizen_of(peticion), "receive_correction": citizen_of(peticion)}.get(
        act, actor
    )
    if act in ("answer", "request_correction"):
        actor = worker_of(peticion.dependencia)
    with pytest.raises(ConflictError) as caught:
        CALLS[act](peticion.pk, actor=actor, now=LATER)
    assert "No competente" in str(caught.value.message)
    assert trace(peticion) == before


@pytest.mark.parametrize("act", VERSIONED)
def test_an_act_on_an_old_version_says_what_changed(act):
    situation = FITTING.get(act)
    peticion = PeticionFactory(**({situation: True} if situation else {}))
    head = worker_of(peticion.dependencia)
    services.add_note(peticion_id=peticion.pk, texto="Ojo.", actor=head, now=LATER)
    before = trace(peticion)
    actor = StaffFactory(Rol.SECRETARIA) if act in ("assign", "cancel") else head
    with pytest.raises(ConflictError) as caught:
        CALLS[act](peticion.pk, actor=actor, now=LATER, version=peticion.version)
    changes = caught.value.details["cambios"]
    assert len(changes) == 1
    assert "Nota interna" in changes[0]["texto"]
    assert trace(peticion) == before


def test_the_right_version_goes_through():
    peticion = PeticionFactory()
    services.accept_peticion(
        peticion_id=peticion.pk,
        actor=worker_of(peticion.dependencia),
        now=LATER,
        version=peticion.version,
    )


def test_an_unknown_case_is_not_found():
    with pytest.raises(NotFoundError):
        services.accept_peticion(peticion_id=10**9, actor=SYSTEM, now=LATER)


def test_a_substitute_acts_with_the_powers_of_the_absent():
    peticion = PeticionFactory()
    absent, stand_in = worker_of(peticion.dependencia), UserFactory()
    SuplenciaFactory(ausente=absent, suplente=stand_in)
    services.accept_peticion(peticion_id=peticion.pk, actor=stand_in, now=LATER)
    assert fresh(peticion).responsable == stand_in
