"""What the citizen is told, and that it goes only to addresses that are theirs."""

import datetime as dt

import pytest

from notificaciones.constants import EVENTOS
from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core import events
from portal.core.events import subscribers_of
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    StaffFactory,
    citizen_of,
    fresh,
    worker_of,
)
from tramites import services
from tramites.events import PeticionAnswered
from tramites.links import follow_up_url
from tramites.services import Contact
from tramites.subscribers import HANDLERS

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)
REACHED = Contact(
    telefono="+525500001234",
    telefono_verificado_en=NOON,
    correo="ana@correo.example",
    correo_verificado_en=NOON,
)


def told(peticion):
    return list(
        Envio.objects.filter(objeto="peticion", objeto_id=peticion.pk, canal="correo")
        .order_by("creado_en", "pk")
        .values_list("evento", flat=True)
    )


def last(peticion, canal="sms"):
    rows = Envio.objects.filter(objeto_id=peticion.pk, canal=canal)
    return rows.order_by("-creado_en").first()


@pytest.mark.parametrize(
    ("situation", "notice"),
    [
        ("prevenida", "correccion_solicitada"),
        ("ampliada", "plazo_ampliado"),
        ("respondida", "peticion_respondida"),
        ("concluida", "peticion_concluida"),
        ("desechada", "peticion_desechada"),
        ("no_competente", "no_competente"),
        ("cancelada", "peticion_cancelada"),
        ("reabierta", "peticion_reabierta"),
    ],
)
def test_each_act_that_matters_to_the_citizen_is_told_once(situation, notice):
    peticion = PeticionFactory(contacto=REACHED, **{situation: True})
    assert told(peticion)[0] == "peticion_recibida"
    assert told(peticion).count(notice) == 1
    assert notice in EVENTOS


def test_filing_and_its_routing_are_one_notice():
    peticion = PeticionFactory(contacto=REACHED)
    assert told(peticion) == ["peticion_recibida"]
    body = last(peticion).cuerpo
    assert peticion.folio in body
    assert follow_up_url(peticion) in body
    assert PeticionFactory.pins[peticion.pk] not in body.replace(peticion.folio, "")


def test_a_persons_decision_to_assign_is_told():
    peticion, obras = PeticionFactory(contacto=REACHED), DependenciaFactory(nombre="Obras")
    services.assign_peticion(
        peticion_id=peticion.pk,
        dependencia_id=obras.pk,
        motivo="m",
        actor=StaffFactory(Rol.SECRETARIA),
        now=LATER,
    )
    assert told(peticion)[-1] == "peticion_turnada"
    assert "Obras" in last(peticion).cuerpo


def test_internal_acts_are_not_told():
    peticion = PeticionFactory(contacto=REACHED, atendida=True)
    services.add_note(
        peticion_id=peticion.pk, texto="x", actor=worker_of(peticion.dependencia), now=LATER
    )
    assert told(peticion) == ["peticion_recibida"]


@pytest.mark.parametrize(
    "contact",
    [
        Contact(),
        Contact(telefono="+525500001234", correo="ana@correo.example"),
    ],
    ids=["no address", "addresses that nobody verified"],
)
def test_nothing_goes_to_an_address_that_is_not_proved(contact):
    PeticionFactory(contacto=contact, respondida=True)
    assert not Envio.objects.exists()


def test_the_answer_of_a_case_is_told_to_those_merged_into_it():
    one = PeticionFactory(contacto=REACHED)
    two = PeticionFactory(dependencia=one.dependencia, atendida=True)
    head = worker_of(one.dependencia)
    services.merge_peticion(
        peticion_id=one.pk, into_folio=two.folio, motivo="Mismo", actor=head, now=LATER
    )
    services.answer_peticion(
        peticion_id=two.pk, resultado="resuelta", texto="Listo", actor=head, now=LATER
    )
    assert told(one)[0] == "peticion_recibida"
    assert sorted(told(one)[1:]) == ["peticion_acumulada", "peticion_respondida"]
    answer = Envio.objects.get(objeto_id=one.pk, canal="sms", evento="peticion_respondida")
    assert follow_up_url(fresh(one)) in answer.cuerpo
    assert two.folio not in answer.cuerpo


def test_a_sensitive_matter_is_not_named():
    peticion = PeticionFactory(contacto=REACHED, sensible=True)
    for row in Envio.objects.filter(objeto_id=peticion.pk):
        assert peticion.servicio.nombre not in row.cuerpo + row.asunto + row.cuerpo_html
        assert peticion.dependencia.nombre not in row.cuerpo + row.asunto + row.cuerpo_html
        assert row.sensible


def test_the_notice_of_a_correction_says_until_when_the_person_has():
    peticion = PeticionFactory(contacto=REACHED, prevenida=True)
    assert "12 de octubre" in last(peticion).cuerpo


def test_an_act_that_is_undone_tells_nothing(monkeypatch):
    peticion = PeticionFactory(contacto=REACHED, atendida=True)
    before = Envio.objects.count()
    with pytest.raises(RuntimeError):
        services_fail(peticion, monkeypatch)
    assert Envio.objects.count() == before
    assert fresh(peticion).estado == "en_atencion"


def services_fail(peticion, monkeypatch):
    """An answer in which a later subscriber breaks."""

    def broken(event, context):
        raise RuntimeError("later subscriber")

    kept = [*subscribers_of(PeticionAnswered), broken]
    monkeypatch.setitem(events._handlers, PeticionAnswered, kept)
    services.answer_peticion(
        peticion_id=peticion.pk,
        resultado="resuelta",
        texto="t",
        actor=worker_of(peticion.dependencia),
        now=LATER,
    )


def test_every_reaction_is_registered():
    for event_class, handler in HANDLERS:
        assert handler in subscribers_of(event_class)


def test_the_citizen_who_concludes_is_told_too():
    peticion = PeticionFactory(contacto=REACHED, respondida=True)
    services.conclude_peticion(peticion_id=peticion.pk, actor=citizen_of(peticion), now=LATER)
    assert told(peticion)[-1] == "peticion_concluida"
