import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.core.time import now
from portal.public.api.idempotency import stored_key
from portal.public.models import ArchivoSuelto
from portal.public.services import purge_loose_files
from tramites.constants import Canal
from tramites.models import Peticion

from .conftest import Api, filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]
FILING_QUERIES = 14
KEY = "0b7d6a52-7f0e-4f0a-9f53-9a6e8d1f1a11"


def file_it(api: Api, body=None, key=KEY):
    return api.post("peticiones/", body or filing(), Idempotency_Key=key)


def send_picture(api: Api, name="foto.png"):
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    upload = SimpleUploadedFile(name, out.getvalue(), content_type="image/png")
    return api.client.post("/api/v1/adjuntos/", {"archivo": upload})


def test_filing_gives_folio_pin_office_and_deadline(api):
    response = file_it(api)
    body = response.json()
    assert response.status_code == 201
    assert response["Location"] == "/api/v1/seguimiento/"
    peticion = Peticion.objects.get(folio=body["folio"])
    assert (peticion.canal, peticion.estado) == (Canal.API, "turnada")
    assert body["dependencia"]["clave"] == peticion.dependencia.clave
    assert len(body["pin"]) == 6
    assert dt.datetime.fromisoformat(body["vence_en"]) == peticion.vence_en


def test_same_key_and_body_give_the_same_folio_and_pin(api):
    first, second = file_it(api), file_it(api)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Peticion.objects.count() == 1


def test_same_key_with_another_body_is_a_conflict(api):
    file_it(api)
    response = file_it(api, filing(descripcion="Otra cosa muy distinta."))
    assert response.status_code == 409
    assert response.json()["code"] == "clave_usada"
    assert Peticion.objects.count() == 1


def test_key_of_a_caller_cannot_meet_the_key_of_somebody_elses_draft(api):
    first = file_it(api).json()["folio"]
    kept = Peticion.objects.get(folio=first).clave_idempotencia
    assert kept == stored_key(KEY) != KEY
    second = file_it(api, key=kept)
    assert (second.status_code, Peticion.objects.count()) == (201, 2)


@pytest.mark.parametrize("key", [None, "corta", "x" * 65, "con espacios aquí", "ñandú-ñandú"])
def test_key_is_demanded_and_well_formed(api, key):
    headers = {} if key is None else {"Idempotency_Key": key}
    response = api.post("peticiones/", filing(), **headers)
    assert response.status_code == 400
    assert "Idempotency-Key" in response.json()["errores"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"descripcion": "  "}, "descripcion", id="empty text"),
        pytest.param({"descripcion": "\u0007\u200b"[:1]}, "descripcion", id="only control"),
        pytest.param({"descripcion": "x" * 4001}, "descripcion", id="too long"),
        pytest.param({"descripcion": 7}, "descripcion", id="a number for text"),
        pytest.param({"servicio": "no-existe"}, "servicio", id="unknown service"),
        pytest.param({"respuestas": {}}, "respuestas.falla", id="required answer missing"),
        pytest.param({"respuestas": {"falla": "Azul"}}, "respuestas.falla", id="no such option"),
        pytest.param(
            {"respuestas": {"falla": "Está apagada", "otra": "x"}}, "respuestas.otra",
            id="question not asked",
        ),
        pytest.param({"respuestas": {"falla": {"a": 1}}}, "respuestas", id="answer is an object"),
        pytest.param({"lugar": {}}, "lugar", id="place missing"),
        pytest.param({"lugar": {"latitud": 19.4}}, "lugar", id="half a point"),
        pytest.param({"lugar": {"latitud": 0, "longitud": 0}}, "lugar", id="outside"),
        pytest.param({"lugar": {"latitud": 91, "longitud": 0}}, "lugar.latitud", id="no point"),
        pytest.param({"lugar": {"latitud": "nan", "longitud": 0}}, "lugar.latitud", id="nan"),
        pytest.param({"lugar": {"latitud": 10**400, "longitud": 0}}, "lugar.latitud", id="huge"),
        pytest.param({"lugar": {"colonia": "atlantida"}}, "lugar.colonia", id="unknown colonia"),
        pytest.param({"contacto": {"telefono": "123"}}, "contacto.telefono", id="bad phone"),
        pytest.param({"contacto": {"correo": "sin arroba"}}, "contacto.correo", id="bad mail"),
        pytest.param({"contacto": {"idioma": "fr"}}, "contacto.idioma", id="language"),
        pytest.param({"adjuntos": ["x" * 32]}, "adjuntos", id="unknown file"),
        pytest.param({"adjuntos": ["corto"]}, "adjuntos.0", id="not a token"),
        pytest.param({"inventado": 1}, "inventado", id="unknown field"),
        pytest.param({"lugar": {"planeta": "X"}}, "lugar.planeta", id="unknown inner field"),
    ],
)  # fmt: skip
def test_refused_filing_says_where_and_leaves_nothing(api, change, field):
    response = file_it(api, filing(**change))
    assert response.status_code == 422, response.content
    assert field in response.json()["errores"]
    assert response["Content-Type"] == "application/problem+json"
    assert not Peticion.objects.exists()


def test_contact_given_through_the_api_stays_unverified(api):
    contact = {"telefono": "55 1234 5678", "correo": "ana@correo.example", "nombre": "Ana"}
    body = file_it(api, filing(contacto=contact)).json()
    person = Peticion.objects.get(folio=body["folio"]).solicitante
    assert (person.telefono, person.correo) == ("+525512345678", "ana@correo.example")
    assert person.telefono_verificado_en is None
    assert person.correo_verificado_en is None


def test_a_file_is_taken_by_one_petition_only(api):
    token = send_picture(api).json()["id"]
    first = file_it(api, filing(adjuntos=[token]))
    again = file_it(api, filing(adjuntos=[token]))
    other = file_it(api, filing(adjuntos=[token]), key="otra-clave-distinta")
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json() == again.json()
    peticion = Peticion.objects.get()
    assert [row.nombre for row in peticion.adjuntos.all()] == ["foto.png"]


def test_a_broken_file_is_refused_by_its_content(api):
    upload = SimpleUploadedFile("foto.jpg", b"GIF89a no soy una foto", content_type="image/jpeg")
    response = api.client.post("/api/v1/adjuntos/", {"archivo": upload})
    assert response.status_code == 422
    assert "archivo" in response.json()["errores"]
    assert not ArchivoSuelto.objects.exists()


def test_a_body_that_could_not_be_accepted_is_not_read(api):
    response = api.client.generic(
        "POST", "/api/v1/adjuntos/", b"--x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="99000000",
    )  # fmt: skip
    assert response.status_code == 413


def test_unclaimed_files_are_purged_and_claimed_ones_stay(
    api, settings, django_capture_on_commit_callbacks
):
    claimed, loose = send_picture(api).json()["id"], send_picture(api).json()["id"]
    file_it(api, filing(adjuntos=[claimed]))
    paths = {bool(r.peticion_id): settings.MEDIA_ROOT / r.ruta for r in ArchivoSuelto.objects.all()}
    with django_capture_on_commit_callbacks(execute=True):
        gone = purge_loose_files(now=now() + dt.timedelta(hours=25))
    assert gone == 2
    assert paths[True].exists()
    assert not paths[False].exists()
    assert loose != claimed


def test_filing_is_limited_by_address(api, settings):
    settings.API_LIMITES = {**settings.API_LIMITES, "peticiones": (1, 3600)}
    file_it(api)
    response = file_it(api, key="otra-clave-distinta")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_filing_costs_a_fixed_number_of_queries(api, django_assert_max_num_queries):
    file_it(api)
    with django_assert_max_num_queries(FILING_QUERIES):
        assert file_it(api, key="la-que-se-mide").status_code == 201
