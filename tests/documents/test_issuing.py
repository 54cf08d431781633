"""Documents that the house issues by itself: once each, whole or not at all."""

import datetime as dt
import threading

import pytest
from django.db import connections

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.core import files
from portal.core.actors import SYSTEM
from portal.core.errors import ConflictError, InvalidInputError, UnavailableError
from portal.core.models import EventRecord, FolioSerie
from portal.core.verification import verify
from portal.documents import services
from portal.documents.constants import ClaseArchivo, EstadoDocumento
from portal.documents.models import ArchivoDocumento, Documento, Firma
from portal.documents.rendering.samples import receipt_sample
from portal.documents.selectors.verification import verified_by_code
from portal.documents.services import Credentials, Issue
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tests.factories import NOON, DependenciaFactory, StaffFactory, load_calendar

from .samples import DATA

PASSWORD = "clave segura 9"


def issue_of(kind: str = "prevencion", n: int = 1, **changes) -> Issue:
    values = {
        "tipo": kind,
        "origen": f"prueba:{n}",
        "dependencia_id": Dependencia.objects.get(clave="obras").pk,
        "asunto": "Bache o pavimento dañado",
        "datos": DATA[kind],
    }
    return Issue(**values | changes)


@pytest.fixture
def calendar(db):
    load_calendar()


@pytest.fixture
def office(calendar):
    return DependenciaFactory(clave="obras", nombre="Obras Públicas")


@pytest.fixture
def disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(disk) -> int:
    return sum(path.is_file() for path in disk.rglob("*"))


@pytest.mark.django_db
def test_a_sealed_document_is_whole_and_verifiable(office, disk):
    issue = issue_of()
    done = services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    documento = Documento.objects.get()
    assert documento == done
    assert (documento.estado, documento.folio) == (EstadoDocumento.FIRMADO, "PREV-2026-000001")
    assert (documento.ejercicio, documento.numero, documento.de_prueba) == (2026, 1, True)
    firma = Firma.objects.get()
    pdf = read_file(last_file(documento, ClaseArchivo.FIRMADO))
    assert all(found.intact for found in validate_pdf(pdf, trust=current_trust(), at=NOON))
    assert verified_by_code(documento.codigo).huella == firma.sha256
    assert documento.versiones.get().datos["texto"] == DATA["prevencion"]["texto"]
    assert verify(f"documento:{documento.pk}").integra
    told = EventRecord.objects.filter(stream=f"documento:{documento.pk}").order_by("sequence")
    assert [row.event_type for row in told] == [
        "DocumentoDrafted",
        "DocumentoFrozen",
        "DocumentoSigned",
        "DocumentoCompleted",
    ]
    assert told[1].payload["sha256"] == firma.sha256_antes
    assert kept(disk) == 1


@pytest.mark.django_db
def test_the_same_origin_gives_the_document_issued_before(office, disk):
    issue = issue_of()
    first = services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    again = services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON + dt.timedelta(days=1))
    assert first == again
    assert FolioSerie.objects.get(serie="PREV").ultimo == 1


@pytest.mark.django_db
def test_a_folio_of_its_own_takes_none_of_the_series(office, disk):
    issue = issue_of("acuse", folio="SJV-2026-000123")
    issue.extra.update(receipt_sample())
    documento = services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    assert (documento.folio, documento.numero, documento.serie) == ("SJV-2026-000123", None, "")


@pytest.mark.django_db
def test_a_field_that_is_missing_spends_no_folio_and_leaves_nothing(office, disk):
    issue = issue_of(datos=DATA["prevencion"] | {"texto": ""})
    with pytest.raises(InvalidInputError) as refused:
        services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    assert "campo.texto" in refused.value.fields
    assert not Documento.objects.exists()
    assert not FolioSerie.objects.filter(serie="PREV", ultimo__gt=0).exists()


@pytest.mark.django_db
def test_without_a_certificate_or_disk_nothing_is_left(office, disk, settings, monkeypatch):
    issue = issue_of()
    with monkeypatch.context() as full:
        full.setattr(files, "_write", _no_room)
        with pytest.raises(UnavailableError):
            services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    settings.DOCUMENTS_PKI_DIR = disk / "nada"
    with pytest.raises(UnavailableError):
        services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    assert not Documento.objects.exists()
    assert not FolioSerie.objects.filter(serie="PREV", ultimo__gt=0).exists()
    assert kept(disk) == 0


def _no_room(path, content):
    raise OSError(28, "No space left on device")


@pytest.mark.django_db
def test_what_a_person_signs_is_not_sealed_alone(office):
    issue = issue_of("respuesta_peticion")
    with pytest.raises(ConflictError) as refused:
        services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)
    assert refused.value.code == "exige_firma"


def signer(office, **names):
    person = StaffFactory(Rol.TITULAR, office, **names)
    person.set_password(PASSWORD)
    person.save()
    return person


def answer(n: int, person, **changes) -> Issue:
    return issue_of("respuesta_peticion", n, firmantes={"titular": person.pk}, **changes)


def sign(issue: Issue, person, password: str = PASSWORD) -> Documento:
    credentials = Credentials(contrasena=password)
    return services.issue_signed(issue=issue, credentials=credentials, actor=person, now=NOON)


@pytest.mark.django_db
def test_a_signatory_signs_with_the_post_the_issue_gives(office, disk):
    person = signer(office, first_name="Rosa", last_name="Cárdenas")
    issue = answer(1, person, cargos={"titular": "Directora de Obras Públicas"})
    documento = sign(issue, person)
    assert documento.firmas.get().cargo == "Directora de Obras Públicas"
    assert documento.contenido["firmantes"][0]["cargo"] == "Directora de Obras Públicas"


@pytest.mark.django_db
def test_only_wrong_passwords_use_up_the_tries(office, disk):
    person = signer(office)
    for n in range(8):
        sign(answer(n, person), person)
    for n in range(8, 14):
        with pytest.raises(InvalidInputError):
            sign(answer(n, person), person, "otra")
    with pytest.raises(Exception) as stopped:
        sign(answer(20, person), person)
    assert stopped.value.code == "demasiados_intentos"
    assert Documento.objects.count() == 8


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_issue_the_same_at_once_one_document_comes(disk):
    load_calendar()
    DependenciaFactory(clave="obras", nombre="Obras Públicas")
    issues = [issue_of(n=n) for n in (1, 1, 1, 2, 2, 3)]
    barrier, results = threading.Barrier(len(issues)), [None] * len(issues)

    def run(place: int) -> None:
        try:
            barrier.wait(10)
            results[place] = services.issue_sealed(issue=issues[place], actor=SYSTEM, now=NOON).pk
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(issues))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({*results}) == 3, results
    assert sorted(Documento.objects.values_list("folio", flat=True)) == [
        f"PREV-2026-{n:06d}" for n in (1, 2, 3)
    ]
    assert ArchivoDocumento.objects.count() == 3
    assert kept(disk) == 3
