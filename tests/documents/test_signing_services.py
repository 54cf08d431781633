"""Signing through the services: who, in what order, with what, and nothing left half done."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from portal.accounts.constants import Rol
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    TooManyAttemptsError,
    UnavailableError,
)
from portal.core.models import EventRecord, FolioSerie
from portal.core.verification import verify
from portal.documents import services
from portal.documents.constants import ClaseArchivo, EstadoDocumento, NivelFirma
from portal.documents.models import ArchivoDocumento, Documento, Firma, Firmante
from portal.documents.selectors.documentos import register
from portal.documents.services import Credentials
from portal.documents.services.files import last_file, read_file
from portal.documents.signing import files as pki
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.detached import verify_seal
from portal.documents.signing.test_authority import create_test_authority, issue_signatory
from portal.documents.signing.validation import validate_pdf
from tests.factories import NOON, DependenciaFactory, SuplenciaFactory, load_calendar

from .authority import SECRET, SINCE, own_pair, pair_of
from .ready import fresh, later, waiting
from .test_life import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    """Files of its own for each test, so that what is left behind can be counted."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    load_calendar()


@pytest.fixture
def office():
    return DependenciaFactory(nombre="Secretaría General", siglas="SG")


@pytest.fixture
def secretary(office):
    return person(Rol.SECRETARIA, office, first_name="Elena", last_name="Villaseñor")


@pytest.fixture
def president(office):
    return person(Rol.TITULAR, office, first_name="Tomás", last_name="Villegas")


@pytest.fixture
def appointment(secretary, president, office):
    """A nombramiento: the President, then the Secretary, both with their own pair."""
    return waiting(secretary, office, president, secretary, kind="nombramiento")


@pytest.fixture
def memo(secretary, office):
    """A memorandum that its author signs with a rúbrica."""
    return waiting(secretary, office, secretary)


def sign(documento, who, credentials=None, minutes=5, **more) -> Firma:
    return services.sign_documento(
        documento_id=documento.pk,
        credentials=credentials or own_pair(str(who)),
        actor=who,
        now=later(minutes),
        **more,
    )


def refused(documento, who, credentials=None, error=ConflictError, **more):
    """The refusal, once it is sure that it left no trace."""
    before = traces(documento)
    with pytest.raises(error) as caught:
        sign(documento, who, credentials, **more)
    assert traces(documento) == before
    return caught.value


def traces(documento) -> tuple:
    """All that a signature writes."""
    folder = Path(settings.MEDIA_ROOT)
    return (
        Documento.objects.filter(pk=documento.pk).values("cambios", "folio", "estado").get(),
        Firma.objects.count(),
        ArchivoDocumento.objects.count(),
        Firmante.objects.filter(estado="firmo").count(),
        list(FolioSerie.objects.order_by("pk").values_list("serie", "ultimo")),
        EventRecord.objects.filter(stream=f"documento:{documento.pk}").count(),
        sorted(path for path in folder.rglob("*") if path.is_file()),
    )


# who, and when


def test_nobody_signs_before_their_turn(appointment, secretary, president):
    error = refused(appointment, secretary)
    assert error.code == "fuera_de_orden"
    assert str(president) in str(error.message)


def test_nobody_signs_twice(appointment, president):
    sign(appointment, president)
    assert refused(appointment, president).code == "ya_firmado"


def test_who_is_not_named_does_not_sign(memo, office):
    stranger = person(Rol.TITULAR, office)
    assert refused(memo, stranger, error=NotAllowedError).status == 403


def test_who_may_not_know_of_it_is_told_that_it_is_not_there(memo):
    assert refused(memo, person(Rol.ENLACE), error=NotFoundError).status == 404


def test_a_signed_document_takes_no_more_signatures(memo, secretary):
    sign(memo, secretary)
    assert refused(memo, secretary).code == "estado_no_admite"


def test_a_substitute_signs_in_the_place_of_who_is_absent(appointment, president, office):
    regidor = person(Rol.ENLACE, office, first_name="Inés", last_name="Robledo")
    SuplenciaFactory(ausente=president, suplente=regidor)
    firma = sign(appointment, regidor)
    assert (firma.usuario, firma.en_suplencia_de) == (regidor, president)
    assert firma.firmante.usuario == president
    assert firma.nombre == "Inés Robledo"
    assert firma.cargo.endswith("En suplencia de Tomás Villegas")
    record = EventRecord.objects.get(event_type="DocumentoSigned")
    assert record.payload["en_suplencia_de"] == president.pk
    assert refused(appointment, president).code == "ya_firmado"


def test_a_substitution_that_ended_signs_nothing(appointment, president):
    outsider = person(Rol.ENLACE)
    SuplenciaFactory(
        ausente=president,
        suplente=outsider,
        vigente_desde="2020-01-01",
        vigente_hasta="2020-12-31",
    )
    refused(appointment, outsider, error=NotFoundError)


# with what


def test_a_rubrica_is_the_password_again_and_the_seal_of_the_institution(memo, secretary):
    firma = sign(memo, secretary, PASSWORD)
    assert (firma.nivel, firma.nombre) == (NivelFirma.RUBRICA, "Elena Villaseñor")
    assert "Ayuntamiento" in firma.certificado_titular
    assert verify_seal(firma.cadena_original, firma.sello, bytes(firma.certificado))
    assert firma.cadena_original.count("Elena Villaseñor") == 1


def test_a_rubrica_is_not_enough_where_the_kind_asks_for_more(appointment, president):
    error = refused(appointment, president, PASSWORD, error=InvalidInputError)
    assert list(error.fields) == ["certificado"]


def test_a_stronger_signature_than_asked_is_welcome(memo, secretary):
    assert sign(memo, secretary).nivel == NivelFirma.AVANZADA


@pytest.mark.parametrize("word", ["", "otra cosa"])
def test_a_wrong_password_signs_nothing(memo, secretary, word):
    error = refused(memo, secretary, Credentials(contrasena=word), error=InvalidInputError)
    assert list(error.fields) == ["contrasena"]


def test_guessing_a_password_has_its_end(memo, secretary):
    cache.clear()
    for _n in range(6):
        refused(memo, secretary, Credentials(contrasena="x"), error=InvalidInputError)
    error = refused(memo, secretary, PASSWORD, error=TooManyAttemptsError)
    assert 0 < error.retry_after <= 600
    assert sign(memo, secretary, PASSWORD, minutes=20)


def test_right_passwords_are_not_counted(secretary, office):
    cache.clear()
    for n in range(8):
        documento = waiting(secretary, office, secretary, asunto=f"Aviso {n}")
        assert sign(documento, secretary, PASSWORD)


def changed_pair(president, **issued) -> Credentials:
    pair = issue_signatory(
        Path(settings.DOCUMENTS_PKI_DIR),
        **{"name": str(president), "now": SINCE, "passphrase": SECRET, "since": SINCE} | issued,
    )
    return Credentials(certificado=pair.certificate, llave=pair.key, clave_llave=SECRET)


@pytest.mark.parametrize(
    ("issued", "code"),
    [
        pytest.param({"days": 30}, "certificado_vencido", id="expired"),
        pytest.param({"since": later(60 * 24)}, "certificado_no_vigente", id="not yet valid"),
        pytest.param({"usages": {"key_agreement"}}, "sin_uso_de_firma", id="not for signing"),
    ],
)
def test_a_certificate_that_may_not_sign_signs_nothing(appointment, president, issued, code):
    pair = changed_pair(president, **issued)
    error = refused(appointment, president, pair, error=InvalidInputError)
    assert (error.code, list(error.fields)) == (code, ["certificado"])


def test_a_foreign_authority_is_not_believed(appointment, president, tmp_path):
    create_test_authority(tmp_path, SINCE)
    pair = issue_signatory(
        tmp_path, name="Tomás Villegas", now=SINCE, passphrase=SECRET, since=SINCE
    )
    other = Credentials(certificado=pair.certificate, llave=pair.key, clave_llave=SECRET)
    error = refused(appointment, president, other, error=InvalidInputError)
    assert error.code == "autoridad_desconocida"


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        pytest.param("passphrase", ["clave_llave"], id="wrong passphrase"),
        pytest.param("swapped", ["certificado", "llave"], id="files swapped"),
        pytest.param("other", ["llave"], id="key of another certificate"),
        pytest.param("no key", ["llave"], id="no key"),
    ],
)
def test_a_pair_that_does_not_fit_is_told_at_its_field(appointment, president, fault, fields):
    mine, theirs = pair_of(str(president)), pair_of("Otra persona", 1)
    cer, key, secret = mine.certificate, mine.key, SECRET
    if fault == "passphrase":
        secret = "no es ésta"
    elif fault == "swapped":
        cer, key = key, cer
    elif fault == "other":
        key = theirs.key
    else:
        key = b""
    pair = Credentials(certificado=cer, llave=key, clave_llave=secret)
    error = refused(appointment, president, pair, error=InvalidInputError)
    assert sorted(error.fields) == fields


def test_a_test_certificate_does_not_follow_a_real_one(
    appointment, secretary, president, tmp_path, settings
):
    """Two authorities in one folder: one vouches for real, the other for tests."""
    real = tmp_path / "verdadera"
    create_test_authority(real, SINCE)
    house = Path(shutil.copytree(settings.DOCUMENTS_PKI_DIR, tmp_path / "pki"))
    (house / pki.ROOTS).mkdir()
    shutil.copy(real / pki.TEST_ROOTS / "raiz.cer", house / pki.ROOTS / "verdadera.cer")
    shutil.copy(real / pki.INTERMEDIATES / "emisora.cer", house / pki.INTERMEDIATES / "v.cer")
    for name in ("raiz", "emisora"):
        shutil.copy(real / pki.LISTS / f"{name}.crl", house / pki.LISTS / f"v-{name}.crl")
    settings.DOCUMENTS_PKI_DIR = house
    pair = issue_signatory(real, name="Tomás Villegas", now=SINCE, passphrase=SECRET, since=SINCE)
    first = Credentials(certificado=pair.certificate, llave=pair.key, clave_llave=SECRET)
    assert not sign(appointment, president, first).de_prueba
    assert not fresh(appointment).de_prueba
    error = refused(appointment, secretary, own_pair(str(secretary), 1))
    assert error.code == "certificado_de_prueba"


# what


def test_another_text_than_the_one_shown_is_not_signed(memo, secretary):
    error = refused(memo, secretary, huella="0" * 64)
    assert error.code == "version_anterior"
    assert sign(memo, secretary, huella=memo.huella_contenido)


def test_a_content_that_was_tampered_with_is_not_signed(memo, secretary):
    content = memo.contenido | {"asunto": "Otro asunto"}
    Documento.objects.filter(pk=memo.pk).update(contenido=content)
    assert refused(memo, secretary).code == "huella_rota"


def test_a_file_that_was_tampered_with_is_not_signed_further(appointment, president, secretary):
    sign(appointment, president)
    row = last_file(appointment, ClaseArchivo.FIRMADO)
    path = Path(settings.MEDIA_ROOT) / row.ruta
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"/Type", b"/tYPE", 1))
    assert refused(appointment, secretary).code == "archivo_alterado"
    path.write_bytes(whole)
    assert sign(appointment, secretary, own_pair(str(secretary), 1))


# all or nothing


def no_room(settings, tmp_path):
    """A folder of files in which nothing can be kept."""
    (tmp_path / "lleno").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "lleno"


def no_time(settings, tmp_path):
    """A time stamp authority that answers with nonsense."""
    settings.DOCUMENTS_TIMESTAMP_AUTHORITY = f"{__name__}.BrokenClock"


def no_seal(settings, tmp_path):
    """An install whose own pairs are gone."""
    settings.DOCUMENTS_PKI_DIR = shutil.copytree(
        settings.DOCUMENTS_PKI_DIR, tmp_path / "pki", ignore=shutil.ignore_patterns("sello.*")
    )


class BrokenClock:
    """A time stamp authority out of order."""

    def respond(self, request: bytes, at) -> bytes:
        return b"no es una respuesta"


@pytest.mark.parametrize("trouble", [no_room, no_time, no_seal], ids=lambda f: f.__name__)
def test_a_signature_that_cannot_be_made_spends_no_folio(
    memo, secretary, trouble, settings, tmp_path
):
    before = traces(memo)
    good = settings.MEDIA_ROOT, settings.DOCUMENTS_PKI_DIR, ""
    trouble(settings, tmp_path)
    with pytest.raises(UnavailableError):
        sign(memo, secretary, PASSWORD)
    settings.MEDIA_ROOT, settings.DOCUMENTS_PKI_DIR, settings.DOCUMENTS_TIMESTAMP_AUTHORITY = good
    assert traces(memo) == before
    sign(memo, secretary, PASSWORD)
    assert fresh(memo).folio == "MEM-2026-000001"


def test_what_fails_after_the_file_was_kept_takes_it_away(memo, secretary, monkeypatch):
    """The last words of the act fail: neither rows nor file nor folio stay."""

    def fail(*args, **kwargs):
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("portal.documents.services.signing.publish_all", fail)
    refused(memo, secretary, PASSWORD, error=RuntimeError)


def test_a_cancelled_document_keeps_its_folio_and_the_next_one_follows(secretary, office):
    first = waiting(secretary, office, secretary, asunto="Uno")
    sign(first, secretary, PASSWORD)
    services.cancel_documento(
        documento_id=first.pk, motivo="Se dirigió a otra oficina.", actor=secretary, now=later(9)
    )
    second = waiting(secretary, office, secretary, asunto="Dos")
    sign(second, secretary, PASSWORD, minutes=10)
    rows = register(serie="MEM", ejercicio=2026)
    assert [(row.numero, row.estado, row.motivo_fin) for row in rows] == [
        (1, EstadoDocumento.CANCELADO, "Se dirigió a otra oficina."),
        (2, EstadoDocumento.FIRMADO, ""),
    ]


def test_many_documents_are_signed_with_a_pair_that_was_opened_once(secretary, office):
    papers = [waiting(secretary, office, secretary, asunto=f"Aviso {n}") for n in range(3)]
    with services.load_pair(own_pair(str(secretary)), now=NOON) as signatory:
        for documento in papers:
            services.sign_with(
                documento_id=documento.pk,
                signatory=signatory,
                actor=secretary,
                now=later(5),
                huella=documento.huella_contenido,
            )
        with pytest.raises(ConflictError):
            services.sign_with(
                documento_id=papers[0].pk, signatory=signatory, actor=secretary, now=later(6)
            )
    with pytest.raises(ValueError, match="closed"):
        signatory.sign(b"")
    assert [fresh(documento).numero for documento in papers] == [1, 2, 3]


def test_a_pair_is_refused_before_the_first_of_many(president):
    expired = changed_pair(president, days=30)
    with pytest.raises(InvalidInputError) as caught:
        services.load_pair(expired, now=NOON)
    assert caught.value.code == "certificado_vencido"


def test_both_signatures_of_a_document_are_good_and_on_its_record(
    appointment, president, secretary
):
    sign(appointment, president)
    sign(appointment, secretary, own_pair(str(secretary), 1), minutes=6)
    pdf = read_file(last_file(appointment, ClaseArchivo.FIRMADO))
    found = validate_pdf(pdf, trust=current_trust(), at=later(7))
    assert all(status.good for status in found)
    assert {status.field for status in found} >= {"presidencia", "secretaria"}
    assert verify(f"documento:{appointment.pk}").integra
