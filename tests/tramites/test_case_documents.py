"""Every act that decides leaves its document: owed by the act, issued after it, or signed in it."""

import datetime as dt
import io
import threading

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from portal.accounts.constants import Rol
from portal.core import files
from portal.core.errors import InvalidInputError, NotFoundError, UnavailableError
from portal.core.models import EventRecord, FolioSerie
from portal.core.verification import verify
from portal.documents.constants import ClaseArchivo, EstadoDocumento, NivelFirma
from portal.documents.models import ArchivoDocumento, Documento, Firma
from portal.documents.services import Credentials, cancel_documento
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tests.documents.authority import own_pair, ready_authority
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    ReglaFactory,
    ServicioFactory,
    StaffFactory,
    SuplenciaFactory,
    fresh,
    worker_of,
)
from tramites import services
from tramites.constants import Tipo
from tramites.models import DocumentoPorEmitir, Peticion, Respuesta
from tramites.selectors import case_file, document_of_case, public_case
from tramites.selectors.documents import CaseDocument
from tramites.services import Contact
from tramites.services.documents import LEASE, WAIT, issue_all_owed, issue_owed
from tramites.tasks import issue_owed_document

pytestmark = pytest.mark.django_db
PASSWORD = "clave segura 9"
SIGNED = Credentials(contrasena=PASSWORD)
LATER = NOON + dt.timedelta(hours=8)
ANSWER = {"resultado": "resuelta", "texto": "Se concede lo que pide, en los términos siguientes."}


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """The institution has its seal, and a disk of its own."""
    ready_authority()
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def obras(db):
    return DependenciaFactory(clave="obras", nombre="Obras Públicas")


def head_of(office):
    """Its titular, with a name, a post and a password."""
    person = worker_of(office)
    person.first_name, person.last_name = "Rosa Elena", "Cárdenas"
    person.set_password(PASSWORD)
    person.save()
    person.adscripciones.update(puesto="Directora de Obras Públicas")
    return person


def case_of(obras, situation: str, **given) -> Peticion:
    """A case brought to a situation by the head of the office."""
    head_of(obras)
    where = {} if "servicio" in given else {"dependencia": obras}
    return PeticionFactory(**where, **{situation: True}, **given)


def petition(obras, **given) -> Peticion:
    """A formal petition (article 8) in attention, with its petitioner's name."""
    service = ServicioFactory(nombre="Licencia", dependencia=obras, tipo=Tipo.PETICION)
    contact = Contact(nombre="María Núñez Peña", correo="maria@correo.example")
    return PeticionFactory(servicio=service, contacto=contact, atendida=True, **given)


def answer(peticion, actor, credenciales=SIGNED, **changes) -> Respuesta:
    return services.answer_peticion(
        peticion_id=peticion.pk,
        actor=actor,
        now=LATER,
        credenciales=credenciales,
        **ANSWER | changes,
    )


def issue(now=LATER) -> int:
    return issue_all_owed(now=now)


def pdf_of(documento: Documento) -> bytes:
    return read_file(last_file(documento, ClaseArchivo.FIRMADO))


def text_of(documento: Documento) -> str:
    pages = PdfReader(io.BytesIO(pdf_of(documento))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def kept(disk) -> int:
    return sum(path.is_file() for path in disk.rglob("*"))


OFFICER = "Rosa Elena Cárdenas, Directora de Obras Públicas"
EACH = {
    "prevenida": ("prevencion", "PREV", ["Falta la dirección exacta.", "se suspende"]),
    "ampliada": ("prorroga", "PRO", ["5 días hábiles", "Hay lluvias."]),
    "respondida": ("respuesta", "CONT", ["Se reparó el bache.", "Resultado: resuelta."]),
    "desechada": ("desechamiento", "DES", ["No procede.", "Artículo 20"]),
    "no_competente": ("no_competencia", "INC", ["CFE", "Acuda a CFE."]),
}


@pytest.mark.parametrize("situation", EACH)
def test_each_act_gives_its_sealed_document(obras, situation):
    kind, serie, words = EACH[situation]
    peticion = case_of(obras, situation)
    assert not Documento.objects.exists()
    assert DBTaskResult.objects.filter(task_path="tramites.tasks.issue_owed_document").count() == 1
    assert issue() == 1
    documento = Documento.objects.get()
    assert (documento.tipo.clave, documento.estado) == (kind, EstadoDocumento.FIRMADO)
    assert documento.folio == f"{serie}-2026-000001"
    assert documento.origen.startswith(f"peticion:{peticion.pk}:")
    assert (documento.dependencia, documento.confidencial) == (obras, False)
    assert documento.firmas.get().nivel == NivelFirma.SELLO
    text = text_of(documento)
    for expected in (*words, peticion.folio, OFFICER, "5 de octubre de 2026"):
        assert expected in text, expected
    assert all(s.intact for s in validate_pdf(pdf_of(documento), trust=current_trust(), at=LATER))
    assert not DocumentoPorEmitir.objects.exists()
    assert issue() == 0


def test_the_task_of_the_act_issues_its_document(obras):
    case_of(obras, "prevenida")
    queued = DBTaskResult.objects.get(task_path="tramites.tasks.issue_owed_document")
    assert issue_owed_document.func(*queued.args_kwargs["args"]) is True
    assert issue_owed_document.func(*queued.args_kwargs["args"]) is False
    assert Documento.objects.count() == 1


def test_a_document_says_what_was_true_at_the_act(obras):
    """A later act moves the deadline and the office; the extension's document does not follow."""
    peticion = case_of(obras, "ampliada")
    due = fresh(peticion).vence_en
    services.assign_peticion(
        peticion_id=peticion.pk,
        dependencia_id=DependenciaFactory().pk,
        motivo="Le toca.",
        actor=StaffFactory(Rol.SECRETARIA),
        now=LATER,
    )
    Peticion.objects.filter(pk=peticion.pk).update(vence_en=due + dt.timedelta(days=40))
    issue()
    documento = Documento.objects.get()
    assert documento.dependencia == obras
    assert documento.versiones.get().datos["vence"] == "2026-10-26"


def test_a_term_of_hours_is_extended_to_an_hour(obras):
    rule = ReglaFactory(
        urgente=True,
        valor={
            "plazo": {"cantidad": 24, "unidad": "horas"},
            "prorroga": {"tope": "1/2", "fundamento": "Reglamento"},
            "silencio": "ninguna",
            "alerta_dias": 1,
            "conclusion_dias": 5,
        },
    )
    service = ServicioFactory(regla=rule.clave, dependencia=obras)
    case_of(obras, "ampliada", servicio=service)
    issue()
    text = text_of(Documento.objects.get())
    assert "se amplía 5 horas" in text
    assert "La hora límite de ese día es: 17:00 h." in text


def test_sealed_documents_name_nobody_and_those_of_sensitive_cases_are_confidential(obras):
    contact = Contact(nombre="María Núñez Peña", domicilio="Hidalgo 12")
    case_of(obras, "prevenida", sensible=True, contacto=contact)
    issue()
    documento = Documento.objects.get()
    assert documento.confidencial
    assert "Núñez" not in text_of(documento)


def test_a_cancellation_owes_no_document(obras):
    case_of(obras, "cancelada")
    assert not DocumentoPorEmitir.objects.exists()


def test_without_a_certificate_the_act_stands_and_its_document_follows(obras, settings, disk):
    there = settings.DOCUMENTS_PKI_DIR
    settings.DOCUMENTS_PKI_DIR = disk / "nada"
    peticion = case_of(obras, "prevenida")
    assert peticion.estado == "prevenida"
    with pytest.raises(UnavailableError):
        issue_owed(pendiente_id=DocumentoPorEmitir.objects.get().pk, now=LATER)
    assert issue_all_owed(now=LATER) == 0
    pending = public_case(peticion).documentos
    assert [(one.acto.split(":")[0], one.documento) for one in pending] == [("prevencion", None)]
    settings.DOCUMENTS_PKI_DIR = there
    assert issue_all_owed(now=LATER + dt.timedelta(seconds=30)) == 0
    assert issue_all_owed(now=LATER + WAIT) == 1
    assert public_case(peticion).documentos[0].documento == Documento.objects.get()


def test_one_that_cannot_be_written_does_not_hold_up_the_others(obras):
    case_of(obras, "prevenida")
    row = DocumentoPorEmitir.objects.get()
    row.datos["efecto"] = "ninguno de los que hay"
    row.save()
    case_of(obras, "desechada")
    assert issue() == 1
    row.refresh_from_db()
    assert (row.intentos, row.intentar_en) == (1, LATER + 2 * WAIT)
    assert Documento.objects.get().tipo.clave == "desechamiento"


def test_what_a_killed_worker_had_in_hand_is_taken_up_again(obras):
    case_of(obras, "prevenida")
    DocumentoPorEmitir.objects.update(intentar_en=LATER + LEASE)
    assert issue() == 0
    assert issue(LATER + LEASE) == 1


def test_a_batch_is_bounded(obras):
    for _ in range(3):
        case_of(obras, "prevenida")
    assert issue_all_owed(now=LATER, limit=2) == 2
    assert issue_all_owed(now=LATER, limit=2) == 1


# the answer to a formal petition


def test_a_formal_answer_is_signed_by_who_gives_it_in_the_act(obras):
    peticion, head = petition(obras), head_of(obras)
    answer(peticion, head, fundamento="Artículo 8 constitucional")
    documento = Documento.objects.get()
    assert (documento.tipo.clave, documento.folio) == ("respuesta_peticion", "RESP-2026-000001")
    assert (documento.estado, documento.autor) == (EstadoDocumento.FIRMADO, head)
    assert documento.confidencial
    firma = Firma.objects.get()
    assert (firma.nivel, firma.usuario) == (NivelFirma.RUBRICA, head)
    assert firma.cargo == "Directora de Obras Públicas"
    text = text_of(documento)
    for expected in ("María Núñez Peña", ANSWER["texto"], "Artículo 8 const", str(head)):
        assert expected in text, expected
    assert not DocumentoPorEmitir.objects.exists()
    assert verify(f"peticion:{peticion.pk}").integra
    record = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").order_by("sequence")
    assert record.last().event_type == "CaseDocumentIssued"
    assert record.last().payload["sha256"] == firma.sha256


def test_a_formal_answer_may_carry_the_signers_own_signature(obras):
    peticion, head = petition(obras), head_of(obras)
    answer(peticion, head, own_pair(str(head)))
    firma = Firma.objects.get()
    assert firma.nivel == NivelFirma.AVANZADA
    found = validate_pdf(pdf_of(firma.documento), trust=current_trust(), at=LATER)
    assert [status.good for status in found if status.intact][:1] == [True]


def test_who_answers_for_somebody_absent_signs_in_their_place(obras):
    peticion, head = petition(obras), head_of(obras)
    substitute = StaffFactory(Rol.CONSULTA, first_name="Iván", last_name="Ríos")
    substitute.set_password(PASSWORD)
    substitute.save()
    SuplenciaFactory(ausente=head, suplente=substitute)
    answer(peticion, type(substitute).objects.get(pk=substitute.pk))
    firma = Firma.objects.get()
    assert (firma.usuario, firma.en_suplencia_de) == (substitute, head)
    assert firma.cargo.startswith("Directora de Obras Públicas")


UNSIGNED = {
    "nothing": None,
    "empty": Credentials(),
    "wrong password": Credentials(contrasena="otra"),
    "a key of nobody": Credentials(certificado=b"x", llave=b"y", clave_llave="z"),
}


@pytest.mark.parametrize("name", UNSIGNED)
def test_without_a_good_signature_nothing_is_answered(obras, disk, name):
    peticion, head = petition(obras), head_of(obras)
    before = EventRecord.objects.count()
    with pytest.raises(InvalidInputError) as refused:
        answer(peticion, head, UNSIGNED[name])
    assert set(refused.value.fields) & {"contrasena", "certificado", "llave", "clave_llave"}
    _nothing_happened(peticion, before)


def test_a_full_disk_or_no_certificate_leaves_neither_answer_nor_document(
    obras, disk, settings, monkeypatch
):
    peticion, head = petition(obras), head_of(obras)
    before, written = EventRecord.objects.count(), []

    def second_fails(path, content, write=files._write):
        written.append(path)
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        write(path, content)

    with monkeypatch.context() as full:
        full.setattr(files, "_write", second_fails)
        with pytest.raises(UnavailableError):
            answer(peticion, head)
    assert len(written) == 2
    _nothing_happened(peticion, before)
    settings.DOCUMENTS_PKI_DIR = disk / "nada"
    with pytest.raises(UnavailableError):
        answer(peticion, head)
    _nothing_happened(peticion, before)


def _nothing_happened(peticion, before: int) -> None:
    assert fresh(peticion).estado == "en_atencion"
    assert not Respuesta.objects.exists()
    assert not Documento.objects.exists()
    assert not ArchivoDocumento.objects.exists()
    assert not FolioSerie.objects.filter(serie="RESP", ultimo__gt=0).exists()
    assert EventRecord.objects.count() == before


def test_other_answers_need_no_signature(obras):
    peticion = case_of(obras, "atendida")
    answer(peticion, worker_of(obras), None)
    assert DocumentoPorEmitir.objects.get().tipo == "respuesta"


# what the case shows


def shown(peticion) -> list[CaseDocument]:
    return public_case(fresh(peticion)).documentos


def test_the_case_shows_its_documents_to_citizen_and_staff(obras):
    peticion = case_of(obras, "ampliada")
    before = fresh(peticion).actualizada_en
    issue()
    one = shown(peticion)[0]
    assert (one.nombre, one.documento.folio) == ("Ampliación del plazo", "PRO-2026-000001")
    assert one.verificacion.endswith(f"/verificar/{one.documento.codigo}/")
    assert case_file(worker_of(obras), peticion.folio).documentos == [one]
    assert fresh(peticion).actualizada_en == LATER != before
    assert fresh(peticion).version == peticion.version


def test_a_document_is_found_only_within_its_case(obras):
    mine, other = case_of(obras, "ampliada"), PeticionFactory()
    issue()
    documento = Documento.objects.get()
    assert document_of_case(mine, documento.codigo.lower()) == documento
    with pytest.raises(NotFoundError):
        document_of_case(other, documento.codigo)
    with pytest.raises(NotFoundError):
        document_of_case(mine, "0" * 20)


def test_a_cancelled_document_is_told_and_shows_its_state(obras):
    peticion = case_of(obras, "prevenida")
    issue()
    documento = Documento.objects.get()
    later = LATER + dt.timedelta(hours=1)
    cancel_documento(
        documento_id=documento.pk,
        motivo="Salió con otro domicilio.",
        actor=StaffFactory(Rol.SECRETARIA),
        now=later,
    )
    assert shown(peticion)[0].documento.estado == EstadoDocumento.CANCELADO
    told = public_case(fresh(peticion)).timeline[-1]
    assert told.title == f"El documento {documento.folio} quedó sin efecto"
    assert fresh(peticion).actualizada_en == later


def test_the_citizen_of_a_merged_case_is_not_given_somebody_elses_document(obras):
    target, head = petition(obras), head_of(obras)
    merged = PeticionFactory(servicio=target.servicio)
    services.merge_peticion(
        peticion_id=merged.pk, into_folio=target.folio, motivo="Lo mismo.", actor=head, now=LATER
    )
    answer(target, head)
    case = public_case(fresh(merged))
    assert case.respuesta.texto == ANSWER["texto"]
    assert case.documentos == []


# at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sweeps_and_tasks_at_once_issue_each_document_once(disk):
    obras = DependenciaFactory(clave="obras", nombre="Obras Públicas")
    for _ in range(4):
        case_of(obras, "prevenida")
    owed = list(DocumentoPorEmitir.objects.values_list("pk", flat=True))
    calls = [*[lambda: issue_all_owed(now=LATER)] * 3]
    calls += [lambda pk=pk: issue_owed(pendiente_id=pk, now=LATER) for pk in owed]
    errors: list[Exception] = []
    barrier = threading.Barrier(len(calls))

    def run(call) -> None:
        try:
            barrier.wait(10)
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert sorted(Documento.objects.values_list("folio", flat=True)) == [
        f"PREV-2026-{n:06d}" for n in range(1, 5)
    ]
    assert not DocumentoPorEmitir.objects.exists()
    assert kept(disk) == 4
