"""A document from its draft to its end, through the services and with real signatures."""

import datetime as dt

import pytest

from portal.accounts.constants import Rol
from portal.core.errors import InvalidInputError
from portal.core.models import EventRecord, FolioSerie
from portal.core.verification import verify
from portal.documents import services
from portal.documents.constants import ClaseArchivo, EstadoDocumento
from portal.documents.models import Documento
from portal.documents.selectors.verification import verified_by_code, verified_by_hash
from portal.documents.services import Credentials, Draft
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tests.factories import NOON, DependenciaFactory, StaffFactory, load_calendar

from .authority import own_pair
from .samples import DATA

pytestmark = pytest.mark.django_db
PASSWORD = Credentials(contrasena="clave segura 9")


@pytest.fixture(autouse=True)
def _calendar():
    load_calendar()


def person(rol=Rol.TITULAR, office=None, **names):
    user = StaffFactory(rol, office, **names)
    user.set_password(PASSWORD.contrasena)
    user.save()
    return user


def later(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


@pytest.fixture
def town():
    """An office with its head, a reviewer of it, the Secretaría, and a lawyer."""
    secretaria = DependenciaFactory(nombre="Secretaría General", siglas="SG")
    works = DependenciaFactory(nombre="Obras Públicas", padre=secretaria)
    return {
        "office": works,
        "secretaria": secretaria,
        "drafter": person(Rol.SECRETARIA, secretaria, first_name="Elena", last_name="Villaseñor"),
        "reviewer": person(Rol.TITULAR, works, first_name="Rosa", last_name="Cárdenas"),
        "second": person(Rol.ENLACE, works, first_name="Iván", last_name="Ríos"),
        "lawyer": person(Rol.JURIDICO, secretaria, first_name="Luz", last_name="Ortega"),
        "president": person(Rol.TITULAR, secretaria, first_name="Tomás", last_name="Villegas"),
    }


def appointment(town, **changes) -> Draft:
    """A nombramiento that the President and the Secretary sign, in this order."""
    values = {
        "asunto": "Nombramiento de la directora de Obras Públicas",
        "destinatario": "Rosa Elena Cárdenas Ibarra",
        "datos": DATA["nombramiento"],
        "firmantes": {
            "presidencia": town["president"].pk,
            "secretaria": town["drafter"].pk,
        },
    }
    return Draft(**values | changes)


def drafted(town, kind="nombramiento", draft=None, **more) -> Documento:
    services.ensure_kind(kind, now=NOON)
    return services.draft_documento(
        tipo=kind,
        dependencia_id=town["secretaria"].pk,
        draft=draft or appointment(town),
        actor=town["drafter"],
        now=NOON,
        **more,
    )


def fresh(documento) -> Documento:
    return Documento.objects.get(pk=documento.pk)


def agreed(town, documento) -> Documento:
    """Reviewed by two and by the legal office: frozen."""
    services.submit_documento(
        documento_id=documento.pk,
        revisores=[town["reviewer"].pk, town["second"].pk],
        actor=town["drafter"],
        now=later(1),
    )
    for name in ("reviewer", "second", "lawyer"):
        services.approve_review(documento_id=documento.pk, actor=town[name], now=later(2))
    return fresh(documento)


def signing(town, documento) -> Documento:
    services.send_to_sign(
        documento_id=agreed(town, documento).pk, actor=town["drafter"], now=later(3)
    )
    return fresh(documento)


def sign(town, who, documento, minutes=4, number=0, **more):
    pair = own_pair(str(town[who]), number)
    return services.sign_documento(
        documento_id=documento.pk,
        credentials=pair,
        actor=town[who],
        now=later(minutes),
        **more,
    )


def test_a_document_goes_from_draft_to_signed_by_two_and_is_verified(town):
    documento = signing(town, drafted(town))
    assert documento.folio is None
    sign(town, "president", documento)
    assert fresh(documento).estado == EstadoDocumento.EN_FIRMA
    assert fresh(documento).folio == "NOM-2026-000001"
    sign(town, "drafter", documento, 5, 1)
    done = fresh(documento)
    assert (done.estado, done.de_prueba) == (EstadoDocumento.FIRMADO, True)
    pdf = read_file(last_file(done, ClaseArchivo.FIRMADO))
    found = validate_pdf(pdf, trust=current_trust(), at=later(6))
    people = [status for status in found if status.good]
    assert len(people) >= 2, [status.sentence for status in found]
    verified = verified_by_code(done.codigo.lower())
    assert verified.vigente
    assert verified == verified_by_hash(verified.huella)
    assert verify_stream_of(done) == [
        "DocumentoDrafted",
        "DocumentoSubmitted",
        "ReviewApproved",
        "ReviewApproved",
        "LegalApprovalRequested",
        "ReviewApproved",
        "DocumentoFrozen",
        "SigningBegun",
        "DocumentoSigned",
        "DocumentoSigned",
        "DocumentoCompleted",
    ]


def verify_stream_of(documento) -> list[str]:
    stream = f"documento:{documento.pk}"
    assert verify(stream).integra
    rows = EventRecord.objects.filter(stream=stream).order_by("sequence")
    return list(rows.values_list("event_type", flat=True))


def test_nobody_signs_with_the_certificate_of_another(town):
    documento = signing(town, drafted(town))
    with pytest.raises(InvalidInputError) as refused:
        services.sign_documento(
            documento_id=documento.pk,
            credentials=own_pair("Elena Villaseñor", 1),
            actor=town["president"],
            now=later(4),
        )
    assert "Elena Villaseñor" in str(refused.value.fields["certificado"])
    assert fresh(documento).folio is None
    assert not FolioSerie.objects.filter(serie="NOM").exists()
