"""The timeline, the staff's case page and the citizen's."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.accounts.constants import Rol
from portal.core.errors import NotFoundError
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    StaffFactory,
    citizen_of,
    fresh,
    stored_file,
    worker_of,
)
from tramites import services
from tramites.events import PeticionEvent
from tramites.models import Adjunto, Peticion
from tramites.selectors import case_file, public_case, timeline
from tramites.selectors.timeline import INTERNAL, _Teller
from tramites.services import Contact

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)
SECRET = "la patrulla no quiso ir"


def text_of(entries):
    return "\n".join(f"{e.title} {e.text} {e.who}" for e in entries)


def eventful():
    """A case to which nearly everything happened."""
    peticion = PeticionFactory(cumplida=True, adjuntos=[stored_file(nombre="foto.jpg")])
    head = worker_of(peticion.dependencia)
    pk = peticion.pk
    services.add_note(peticion_id=pk, texto=SECRET, actor=head, now=LATER)
    services.attach_evidence(
        peticion_id=pk, adjuntos=[stored_file(nombre="interno.pdf")], actor=head, now=LATER
    )
    services.extend_term(peticion_id=pk, cantidad=2, motivo="Lluvias", actor=head, now=LATER)
    services.answer_peticion(
        peticion_id=pk,
        resultado="resuelta",
        texto="Se tapó.",
        adjuntos=[stored_file(nombre="prueba.jpg")],
        actor=head,
        now=LATER,
    )
    return fresh(peticion)


def test_the_timeline_tells_what_happened_in_order():
    peticion = eventful()
    kinds = [entry.kind for entry in timeline(peticion, worker_of(peticion.dependencia))]
    assert kinds == [
        "PeticionFiled",
        "DeadlineSet",
        "PeticionAssigned",
        "PeticionAccepted",
        "CorrectionRequested",
        "CorrectionReceived",
        "NoteAdded",
        "AttachmentAdded",
        "TermExtended",
        "PeticionAnswered",
    ]


def test_the_citizen_never_reads_what_is_internal():
    peticion = eventful()
    head = worker_of(peticion.dependencia)
    staff, citizen = timeline(peticion, head), timeline(peticion)
    assert SECRET in text_of(staff)
    assert str(head) in text_of(staff)
    assert SECRET not in text_of(citizen)
    assert str(head) not in text_of(citizen)
    assert {entry.kind for entry in staff} - {entry.kind for entry in citizen} == {
        "NoteAdded",
        "AttachmentAdded",
    }
    assert {f.nombre for entry in citizen for f in entry.attachments} == {
        "foto.jpg",
        "prueba.jpg",
    }
    assert len([f for entry in staff for f in entry.attachments]) == 3


def test_evidence_the_office_shows_is_told_and_an_internal_file_of_an_act_is_not():
    peticion = PeticionFactory(respondida=True, adjuntos=[stored_file(nombre="foto.jpg")])
    services.attach_evidence(
        peticion_id=peticion.pk,
        adjuntos=[stored_file(nombre="antes y despues.jpg")],
        actor=worker_of(peticion.dependencia),
        now=LATER,
        visible_ciudadano=True,
    )
    assert timeline(peticion)[-1].attachments[0].nombre == "antes y despues.jpg"
    Adjunto.objects.filter(nombre="foto.jpg").update(visible_ciudadano=False)
    assert timeline(peticion)[0].attachments == []
    assert [f.nombre for f in public_case(peticion).adjuntos] == ["antes y despues.jpg"]


def test_to_its_citizen_a_reset_pin_or_a_note_did_not_happen():
    peticion = eventful()
    citizen = timeline(peticion)
    assert not INTERNAL & {entry.kind for entry in citizen}
    assert text_of(timeline(peticion, citizen_of(peticion))) == text_of(citizen)


def test_staff_who_may_not_see_the_case_read_it_as_its_citizen_would():
    peticion = eventful()
    assert SECRET not in text_of(timeline(peticion, StaffFactory(Rol.ENLACE)))


def test_the_reasons_of_a_reassignment_stay_inside():
    peticion, other = PeticionFactory(), DependenciaFactory()
    services.assign_peticion(
        peticion_id=peticion.pk,
        dependencia_id=other.pk,
        motivo=SECRET,
        actor=StaffFactory(Rol.SECRETARIA),
        now=LATER,
    )
    services.return_peticion(
        peticion_id=peticion.pk, motivo=SECRET, actor=worker_of(other), now=LATER
    )
    assert SECRET not in text_of(timeline(peticion))
    assert text_of(timeline(peticion, StaffFactory(Rol.SECRETARIA))).count(SECRET) == 2


def test_every_kind_of_fact_can_be_told():
    kinds = {event.__name__ for event in PeticionEvent.__subclasses__()}
    written = {name[1:] for name in vars(_Teller) if name.startswith("_")}
    assert kinds <= written
    assert kinds >= INTERNAL


@pytest.mark.parametrize(
    "situation",
    ["devuelta", "concluida", "reabierta", "desechada", "no_competente", "cancelada"],
)
def test_every_ending_can_be_read_by_both(situation):
    peticion = PeticionFactory(**{situation: True})
    assert timeline(peticion)[-1].title
    assert timeline(peticion, StaffFactory(Rol.SECRETARIA))[-1].title
    assert public_case(peticion).timeline


def test_in_english_the_dates_are_english():
    peticion = PeticionFactory()
    with translation.override("en"):
        assert "Monday, 19 October 2026" in text_of(timeline(peticion))
        assert "business days" in public_case(peticion).working.text
    assert "lunes 19 de octubre de 2026" in text_of(timeline(peticion))


def test_the_case_page_has_everything_of_its_case():
    peticion = eventful()
    page = case_file(worker_of(peticion.dependencia), peticion.folio.lower(), LATER)
    assert page.peticion == peticion
    assert page.solicitante is not None
    assert [row.texto for row in page.notas] == [SECRET]
    assert len(page.adjuntos) == 3
    assert len(page.plazos) == 4
    assert "días hábiles" in page.working.text
    assert page.working.months[0]["name"] == "octubre de 2026"
    assert page.prorrogas[0].cantidad == 2
    assert "reopen" in page.acts
    assert "conclude" not in page.acts


def test_acts_done_once_are_not_offered_again():
    peticion = PeticionFactory(cumplida=True)
    head = worker_of(peticion.dependencia)
    assert "extend" in case_file(head, peticion.folio).acts
    assert "request_correction" not in case_file(head, peticion.folio).acts
    services.extend_term(peticion_id=peticion.pk, cantidad=1, motivo="x", actor=head, now=LATER)
    assert "extend" not in case_file(head, peticion.folio).acts


def test_consulta_reads_the_case_without_the_person():
    peticion = PeticionFactory(contacto=Contact(nombre="Ana"))
    page = case_file(StaffFactory(Rol.CONSULTA), peticion.folio)
    assert (page.solicitante, page.sees_person, page.acts) == (None, False, [])


@pytest.mark.parametrize("folio", ["SJV-2026-000404", "", "\x00", "x" * 1000])
def test_a_case_that_is_not_there_is_not_found(folio):
    with pytest.raises(NotFoundError):
        case_file(StaffFactory(Rol.SECRETARIA), folio)


def test_a_hidden_case_is_not_there():
    with pytest.raises(NotFoundError):
        case_file(StaffFactory(Rol.ENLACE), PeticionFactory().folio)


def test_a_merged_case_shows_the_answer_of_the_other():
    one = PeticionFactory()
    two = PeticionFactory(dependencia=one.dependencia, atendida=True)
    head = worker_of(one.dependencia)
    services.merge_peticion(
        peticion_id=one.pk, into_folio=two.folio, motivo="Mismo", actor=head, now=LATER
    )
    assert public_case(fresh(one)).respuesta is None
    services.answer_peticion(
        peticion_id=two.pk, resultado="resuelta", texto="Se tapó.", actor=head, now=LATER
    )
    page = public_case(fresh(one))
    assert page.respuesta.texto == "Se tapó."
    assert two.folio not in text_of(page.timeline)
    assert [case.folio for case in case_file(head, two.folio).acumuladas] == [one.folio]


def test_the_citizen_page_says_what_can_be_done():
    assert public_case(PeticionFactory()).acts == ["cancel"]
    prevenida = public_case(PeticionFactory(prevenida=True))
    assert prevenida.acts == ["receive_correction", "cancel"]
    assert prevenida.prevencion.texto == "Falta la dirección exacta."
    answered = PeticionFactory(respondida=True)
    assert public_case(answered, answered.concluye_en).acts == ["conclude", "reopen"]
    late = answered.concluye_en + dt.timedelta(seconds=1)
    assert public_case(answered, late).acts == ["conclude"]
    assert public_case(PeticionFactory(desechada=True)).acts == []


def count(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_a_case_page_takes_the_same_queries_however_many_acts_and_cases():
    peticion = eventful()
    head = worker_of(peticion.dependencia)

    def staff_page():
        viewer = type(head).objects.get(pk=head.pk)
        page = case_file(viewer, peticion.folio, LATER)
        return [str(e.who) for e in page.timeline], page.working.text

    def citizen_page():
        page = public_case(fresh(peticion))
        return [str(e.who) for e in page.timeline], page.working.text

    before = count(staff_page), count(citizen_page)
    for n in range(5):
        services.add_note(peticion_id=peticion.pk, texto=f"Nota {n}", actor=head, now=LATER)
        PeticionFactory(servicio=peticion.servicio)
    assert (count(staff_page), count(citizen_page)) == before
    assert before[0] <= 18
    assert before[1] <= 11


def test_a_plain_follow_up_takes_a_handful_of_queries():
    peticion = PeticionFactory()
    loaded = Peticion.objects.select_related("servicio", "dependencia").get(pk=peticion.pk)
    # The record, the assignments, the deadline, the documents.
    assert count(lambda: public_case(loaded)) == 4
