import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.calendar import Day, publish_calendar_change
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    UnavailableError,
)
from portal.core.models import (
    CalendarioVersion,
    DiaInhabil,
    EjercicioCalendario,
    EventRecord,
    FolioSerie,
)
from tests.factories import (
    NOON,
    ColoniaFactory,
    DependenciaFactory,
    PreguntaFactory,
    ReglaFactory,
    ReglaTurnoFactory,
    ServicioFactory,
    StaffFactory,
    desk,
    filing,
    load_calendar,
    local,
    stored_file,
)
from tramites.constants import Canal, Estado, Reloj, Semaforo, TipoPregunta
from tramites.models import Adjunto, Peticion, Solicitante
from tramites.pins import hash_pin
from tramites.services import Contact, Place, file_peticion

pytestmark = pytest.mark.django_db
CITIZEN = CitizenActor()


@pytest.fixture(autouse=True)
def municipality():
    load_calendar()
    desk()


def file(handed_in=None, *, actor=CITIZEN, now=NOON, **changed):
    return file_peticion(filing=handed_in or filing(**changed), actor=actor, now=now)


def refused(field, **changed):
    with pytest.raises(InvalidInputError) as caught:
        file(**changed)
    assert field in caught.value.fields
    assert not Peticion.objects.exists()
    assert not FolioSerie.objects.exists()
    return str(caught.value.fields[field][0])


def events_of(peticion):
    rows = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").order_by("sequence")
    return [row.event_type for row in rows]


def test_filing_gives_folio_pin_office_and_deadline():
    servicio = ServicioFactory()
    filed = file(filing(servicio))
    peticion = Peticion.objects.get()
    assert filed.created
    assert peticion.folio == "SJV-2026-000001"
    assert len(filed.pin) == 6
    assert filed.pin.isdigit()
    assert peticion.pin_hash == hash_pin(folio=peticion.folio, pin=filed.pin)
    assert filed.pin not in peticion.pin_hash
    assert (peticion.estado, peticion.dependencia) == (Estado.TURNADA, servicio.dependencia)
    assert peticion.motivo_turno == "Es la dependencia responsable de este servicio."
    # Ten business days from Tuesday 6 October, none of them a holiday.
    assert peticion.vence_en == local(2026, 10, 19, 23, 59).replace(second=59, microsecond=999999)
    assert peticion.por_vencer_en == local(2026, 10, 14, 0)
    assert peticion.semaforo(NOON) == Semaforo.EN_TIEMPO
    assert events_of(peticion) == ["PeticionFiled", "DeadlineSet", "PeticionAssigned"]


def test_the_deadline_keeps_its_working_and_the_versions_it_used():
    filed = file()
    plazo = filed.peticion.plazos.get()
    assert plazo.vigente
    assert plazo.calendario_id == CalendarioVersion.objects.latest("pk").pk
    assert plazo.regla.clave == "reporte-10"
    assert plazo.explicacion["vence"] == "2026-10-19"
    assert plazo.explicacion["cantidad"] == 10


def test_a_term_in_hours_ends_at_its_minute():
    servicio = ServicioFactory(regla=ReglaFactory(urgente=True).clave)
    peticion = file(filing(servicio)).peticion
    assert peticion.vence_en == local(2026, 10, 6, 12)
    assert peticion.por_vencer_en == local(2026, 10, 6, 4)


def test_a_case_filed_at_night_belongs_to_the_local_date():
    late = local(2026, 12, 31, 23, 30)
    peticion = file(now=late).peticion
    assert peticion.folio == "SJV-2026-000001"


def test_the_same_submission_gives_the_same_folio_and_pin():
    handed_in = filing()
    first, second = file(handed_in), file(handed_in)
    assert (first.peticion.pk, first.pin) == (second.peticion.pk, second.pin)
    assert (first.created, second.created) == (True, False)
    assert Peticion.objects.count() == 1


def test_a_key_used_for_something_else_is_refused_and_shows_nothing_of_the_first():
    first = filing()
    filed = file(first)
    other = filing(clave_idempotencia=first.clave_idempotencia, descripcion="Otra cosa.")
    with pytest.raises(ConflictError) as caught:
        file(other)
    assert filed.peticion.folio not in str(caught.value)
    assert Peticion.objects.count() == 1


def test_a_refused_filing_takes_no_folio():
    file()
    with pytest.raises(InvalidInputError):
        file(descripcion="")
    assert file().peticion.folio == "SJV-2026-000002"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        pytest.param("descripcion", {"descripcion": " \x00\x07 "}, id="only control characters"),
        pytest.param("descripcion", {"descripcion": "x" * 4001}, id="over-long text"),
        pytest.param("servicio", {"servicio_id": 999999}, id="unknown service"),
        pytest.param("canal", {"canal": "paloma"}, id="unknown channel"),
        pytest.param("clave", {"clave_idempotencia": "corta"}, id="weak key"),
        pytest.param("clave", {"clave_idempotencia": "con\x00nulo123"}, id="NUL in the key"),
        pytest.param("servicio", {"servicio_id": 10**30}, id="absurd service"),
        pytest.param("lugar", {"lugar": Place(colonia_id=10**30)}, id="absurd colonia"),
        pytest.param(
            "archivo", {"adjuntos": [stored_file() for _ in range(6)]}, id="too many files"
        ),
        pytest.param("telefono", {"contacto": Contact(telefono="123")}, id="impossible phone"),
        pytest.param("correo", {"contacto": Contact(correo="ana@")}, id="impossible mail"),
        pytest.param("nombre", {"contacto": Contact(nombre="x" * 161)}, id="over-long name"),
        pytest.param("lugar", {"lugar": Place(latitud=50.0, longitud=10.0)}, id="outside"),
        pytest.param("lugar", {"lugar": Place(latitud=float("nan"), longitud=1.0)}, id="NaN"),
        pytest.param("lugar", {"lugar": Place(latitud=20.0)}, id="half a point"),
        pytest.param("lugar", {"lugar": Place(colonia_id=999)}, id="unknown colonia"),
        pytest.param("recibida_en", {"recibida_en": local(2027, 1, 1)}, id="from the future"),
        pytest.param("pregunta.inventada", {"respuestas": {"inventada": "x"}}, id="not asked"),
    ],
)
def test_bad_input_is_refused_by_name_and_leaves_nothing(field, changed):
    ColoniaFactory()
    assert refused(field, **changed)


def test_a_closed_service_says_so():
    servicio = ServicioFactory(cerrado=True, nombre="Bacheo nocturno")
    assert "Bacheo nocturno" in refused("servicio", servicio_id=servicio.pk)


def test_a_service_that_must_answer_somebody_asks_for_a_contact():
    servicio = ServicioFactory(con_contacto=True)
    refused("contacto", servicio_id=servicio.pk)
    file(filing(servicio, contacto=Contact(correo="ana@correo.example")))
    assert Solicitante.objects.get().correo == "ana@correo.example"


def test_a_service_with_a_place_needs_one():
    servicio = ServicioFactory(con_lugar=True)
    refused("lugar", servicio_id=servicio.pk, lugar=Place(referencia="junto al kiosko"))
    refused("lugar", servicio_id=servicio.pk, lugar=None)


def test_a_point_finds_its_colonia_and_zone():
    colonia = ColoniaFactory()
    peticion = file(lugar=Place(latitud=20.1, longitud=-102.9)).peticion
    assert (peticion.colonia, peticion.zona) == (colonia, colonia.zona)


def test_a_point_between_colonias_still_has_its_zone():
    colonia = ColoniaFactory()
    peticion = file(lugar=Place(latitud=20.8, longitud=-102.2)).peticion
    assert (peticion.colonia, peticion.zona) == (None, colonia.zona)


def test_a_colonia_may_be_chosen_instead_of_a_point():
    colonia = ColoniaFactory()
    servicio = ServicioFactory(con_lugar=True)
    peticion = file(filing(servicio, lugar=Place(colonia_id=colonia.pk))).peticion
    assert (peticion.colonia, peticion.zona) == (colonia, colonia.zona)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (TipoPregunta.TEXTO, " grande ", "grande"),
        (TipoPregunta.NUMERO, "1,200.5", "1200.5"),
        (TipoPregunta.FECHA, "05/03/2026", "2026-03-05"),
        (TipoPregunta.FECHA, "2026-03-05", "2026-03-05"),
        (TipoPregunta.SI_NO, "si", "Sí"),
        (TipoPregunta.SI_NO, True, "Sí"),
        (TipoPregunta.OPCION, "Big", "Grande"),
        (TipoPregunta.OPCIONES, ["Chico", "Grande", "Chico"], "Chico; Grande"),
    ],
)
def test_answers_are_kept_in_the_form_of_their_kind(kind, given, kept):
    question = PreguntaFactory(
        clave="q", tipo=kind, opciones=["Chico", "Grande"], opciones_en=["Small", "Big"]
    )
    peticion = file(filing(question.servicio, respuestas={"q": given})).peticion
    assert peticion.datos.get().valor == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (TipoPregunta.TEXTO, ""),
        (TipoPregunta.TEXTO, "x" * 301),
        (TipoPregunta.TEXTO, ["a", "b"]),
        (TipoPregunta.TEXTO, {"a": 1}),
        (TipoPregunta.NUMERO, "doce"),
        (TipoPregunta.NUMERO, "٣"),
        (TipoPregunta.NUMERO, "9" * 400),
        (TipoPregunta.FECHA, "31/02/2026"),
        (TipoPregunta.SI_NO, "quizá"),
        (TipoPregunta.OPCION, "Mediano"),
        (TipoPregunta.OPCIONES, ["Grande", "Mediano"]),
        (TipoPregunta.OPCIONES, []),
    ],
)
def test_answers_of_another_kind_are_refused_at_their_question(kind, given):
    question = PreguntaFactory(clave="q", tipo=kind, requerida=True, opciones=["Chico", "Grande"])
    assert refused("pregunta.q", servicio_id=question.servicio_id, respuestas={"q": given})


def test_files_join_the_case_with_their_hash():
    peticion = file(adjuntos=[stored_file(), stored_file()]).peticion
    assert Adjunto.objects.filter(peticion=peticion, origen="ciudadano").count() == 2
    assert events_of(peticion).count("AttachmentAdded") == 2


def test_files_of_another_case_are_refused():
    files = [stored_file()]
    file(adjuntos=files)
    with pytest.raises(ConflictError):
        file(adjuntos=files)


def test_the_fingerprint_changes_with_the_files():
    one = file(adjuntos=[stored_file(sha256="a" * 64)]).peticion
    two = file(adjuntos=[stored_file(sha256="b" * 64)]).peticion
    assert one.huella != two.huella
    assert len(one.huella) == 64


def test_the_first_routing_rule_that_matches_decides_and_says_why():
    servicio, proteccion = ServicioFactory(), DependenciaFactory(nombre="Protección Civil")
    ReglaTurnoFactory(orden=1, palabras="olor a gas", dependencia=proteccion, nota="Hay riesgo.")
    ReglaTurnoFactory(orden=2, servicio=servicio, nota="No debe llegar aquí.")
    peticion = file(filing(servicio, descripcion="Mucho OLOR  a gás en la calle")).peticion
    assert (peticion.dependencia, peticion.motivo_turno) == (proteccion, "Hay riesgo.")
    assert peticion.turnos.get().regla == "regla 1"


def test_what_nobody_owns_waits_at_the_desk():
    peticion = file(filing(ServicioFactory(de_la_mesa=True))).peticion
    assert (peticion.estado, peticion.dependencia) == (Estado.RECIBIDA, desk())
    assert events_of(peticion) == ["PeticionFiled", "DeadlineSet"]


def test_an_office_that_closed_sends_its_cases_to_the_desk():
    servicio = ServicioFactory(dependencia=DependenciaFactory(activa=False))
    assert file(filing(servicio)).peticion.dependencia == desk()


def test_the_desk_captures_a_letter_from_the_day_it_came():
    clerk = StaffFactory(Rol.VENTANILLA)
    letter = filing(canal=Canal.ESCRITO, recibida_en=local(2026, 10, 1))
    peticion = file(letter, actor=clerk).peticion
    assert peticion.capturada_por == clerk
    assert peticion.vence_en.astimezone(NOON.tzinfo).date().isoformat() == "2026-10-15"


def test_staff_without_a_counter_may_not_capture():
    with pytest.raises(NotAllowedError):
        file(actor=StaffFactory(Rol.CONSULTA))
    assert not Peticion.objects.exists()


def test_no_calendar_no_deadline_no_case():
    servicio = ServicioFactory()
    DiaInhabil.objects.all().delete()
    EjercicioCalendario.objects.all().delete()
    CalendarioVersion.objects.all().delete()
    with pytest.raises(UnavailableError):
        file(filing(servicio))


def test_a_paused_clock_is_never_needed_to_file():
    assert file().peticion.reloj == Reloj.CORRIENDO


def count_queries(**changed):
    handed_in = filing(**changed)
    with CaptureQueriesContext(connection) as captured:
        file(handed_in)
    # What the live figures cost is theirs to watch.
    return [q["sql"] for q in captured.captured_queries if "tablero_panel" not in q["sql"]]


def test_filing_takes_few_statements_whatever_there_is_already():
    question = PreguntaFactory(clave="q", tipo=TipoPregunta.TEXTO)
    ColoniaFactory()
    details = {
        "servicio_id": question.servicio_id,
        "respuestas": {"q": "grande"},
        "lugar": Place(latitud=20.1, longitud=-102.9),
        "contacto": Contact(
            telefono="+525500001234",
            telefono_verificado_en=NOON,
            correo="ana@correo.example",
            correo_verificado_en=NOON,
        ),
    }
    file(filing(**details))
    first = count_queries(**details, adjuntos=[stored_file(), stored_file()])
    for _ in range(15):
        ReglaTurnoFactory(palabras="nunca")
        file()
    second = count_queries(**details, adjuntos=[stored_file(), stored_file()])
    assert len(first) == len(second)
    assert len(first) <= 25, "\n".join(first)


def test_a_municipal_holiday_moves_the_deadline():
    publish_calendar_change(
        add=[Day(local(2026, 10, 12).date(), "Fiesta patronal", "Acuerdo 1/2026")],
        motivo="Fiesta",
        actor=SYSTEM,
        now=NOON,
    )
    assert file().peticion.vence_en.astimezone(NOON.tzinfo).date().isoformat() == "2026-10-20"
