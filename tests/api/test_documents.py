"""Documents through the API: signed in the act, listed with the case, served to whom it is."""

import datetime as dt
import hashlib

import pytest

from portal.accounts.models import User
from portal.core.time import now
from portal.documents.models import Documento
from portal.documents.selectors.verification import verified_by_hash
from tests.documents.authority import ready_authority
from tramites.models import Peticion, Respuesta
from tramites.services.documents import issue_all_owed

from .conftest import PASSWORD, Api, filing, signed_in
from .test_acts import act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    ready_authority()
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def receipt(api) -> dict:
    """A report on a street light, accepted by who attends to it."""
    body = api.post("peticiones/", filing(), Idempotency_Key="para-documentos").json()
    act(signed_in("enlace.alumbrado"), body["folio"], "atender")
    return body


@pytest.fixture
def formal(api, receipt) -> dict:
    """The same as a petition in the sense of article 8."""
    Peticion.objects.filter(folio=receipt["folio"]).update(tipo="peticion")
    return receipt


def own(api: Api, receipt: dict, codigo: str, **changes):
    body = {"folio": receipt["folio"], "pin": receipt["pin"], **changes}
    return api.post(f"seguimiento/documentos/{codigo}/", body)


@pytest.mark.parametrize("given", [{}, {"contrasena": ""}, {"contrasena": "otra"}])
def test_a_formal_petition_is_not_answered_without_the_password(formal, given):
    response = act(signed_in("enlace.alumbrado"), formal["folio"], "responder", **given)
    assert response.status_code == 422, response.content
    assert list(response.json()["errores"]) == ["contrasena"]
    assert not Respuesta.objects.filter(peticion__folio=formal["folio"]).exists()
    assert Peticion.objects.get(folio=formal["folio"]).estado == "en_atencion"


def test_with_the_password_the_answer_is_a_signed_document(formal):
    api = signed_in("enlace.alumbrado")
    body = act(api, formal["folio"], "responder", contrasena=PASSWORD).json()
    assert body["estado"] == "respondida"
    [paper] = body["documentos"]
    documento = Documento.objects.get(codigo=paper["codigo"])
    assert documento.firmas.get().usuario == User.objects.get(username="enlace.alumbrado")
    assert (paper["tipo"], paper["estado"]) == ("respuesta_peticion", "firmado")
    assert paper["verificacion"].endswith(f"/verificar/{documento.codigo}/")


def test_another_answer_ignores_a_password(receipt):
    response = act(signed_in("enlace.alumbrado"), receipt["folio"], "responder", contrasena="x")
    assert response.status_code == 200
    assert response.json()["documentos"][0]["estado"] == "pendiente"


def test_an_act_shows_its_document_before_and_after_it_is_there(api, receipt):
    staff = signed_in("enlace.alumbrado")
    [before] = act(staff, receipt["folio"], "prevenir").json()["documentos"]
    assert (before["estado"], before["folio"], before["codigo"]) == ("pendiente", None, None)
    assert issue_all_owed(now=now() + dt.timedelta(seconds=1)) >= 1
    [after] = staff.get(f"peticiones/{receipt['folio']}/").json()["documentos"]
    assert after["estado"] == "firmado"
    assert after["folio"].startswith("PREV-")
    followed = api.post("seguimiento/", {"folio": receipt["folio"], "pin": receipt["pin"]}).json()
    assert followed["documentos"] == [after]


def test_the_citizen_downloads_receipt_and_documents_with_folio_and_pin(api, receipt):
    paper = own(api, receipt, "acuse")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert paper.content == own(api, receipt, "acuse").content
    documento = Documento.objects.get(folio=receipt["folio"])
    assert own(api, receipt, documento.codigo).content == paper.content
    wrong = "000000" if receipt["pin"] != "000000" else "111111"
    assert own(api, receipt, "acuse", pin=wrong).status_code == 404
    assert own(api, receipt, "no-hay").status_code == 404


def test_staff_download_the_documents_of_the_cases_they_see(receipt):
    act(signed_in("enlace.alumbrado"), receipt["folio"], "prevenir")
    issue_all_owed(now=now() + dt.timedelta(seconds=1))
    documento = Documento.objects.get(tipo__clave="prevencion")
    path = f"peticiones/{receipt['folio']}/documentos/{documento.codigo}/"
    response = signed_in("enlace.alumbrado").get(path)
    assert response.status_code == 200
    assert verified_by_hash_of(response.content).documento == documento
    assert signed_in("titular.obras").get(path).status_code == 404
    assert signed_in("admin").get(path).status_code == 404
    assert Api().get(path).status_code == 401


def verified_by_hash_of(content: bytes):
    return verified_by_hash(hashlib.sha256(content).hexdigest())


def test_without_a_certificate_the_receipt_is_not_there_yet(api, receipt, settings, tmp_path):
    settings.DOCUMENTS_PKI_DIR = tmp_path / "nada"
    assert own(api, receipt, "acuse").status_code == 503
