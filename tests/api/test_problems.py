import pytest
from django.core.management import call_command
from django.http import UnreadablePostError
from django.utils.translation import trans_real

from portal.core.errors import ConflictError, TooManyAttemptsError, UnavailableError
from portal.public.api import problems

from .conftest import Api, filing, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]
KEY = "prueba-de-problemas"


def is_problem(response, status: int) -> bool:
    """Whether a response is a whole problem of that status."""
    body = response.json()
    assert response.status_code == status == body["status"], response.content
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "detail", "instance", "code"} <= set(body)
    return True


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"servicio": ', id="cut short"),
        pytest.param('{"servicio": NaN}', id="NaN"),
        pytest.param('{"lugar": {"latitud": 1e999}}', id="infinity"),
        pytest.param("1" * 5000, id="number too long to read"),
        pytest.param("[" * 50_000, id="nested too deep"),
        pytest.param('{"descripcion": "\\u0000"}', id="NUL"),
        pytest.param('{"respuestas": {"falla": ["\\ud800"]}}', id="half a character"),
        pytest.param('{"servicio": "a", "servicio": "b"}', id="name twice"),
        pytest.param(b'{"descripcion": "\xff"}', id="not UTF-8"),
        pytest.param("hola", id="not JSON"),
    ],
)
def test_unreadable_body_is_400(api, body):
    assert is_problem(api.post("peticiones/", body, Idempotency_Key=KEY), 400)


@pytest.mark.parametrize("body", ["[]", "null", "7", '"x"', "true"])
def test_body_that_is_no_object_is_422(api, body):
    response = api.post("peticiones/", body, Idempotency_Key=KEY)
    assert is_problem(response, 422)
    assert list(response.json()["errores"]) == ["general"]


def test_body_too_large_is_413(api):
    response = api.post("peticiones/", filing(descripcion="x" * 200_001), Idempotency_Key=KEY)
    assert is_problem(response, 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "multipart/form-data"])
def test_another_content_type_is_415(api, kind):
    response = api.post("peticiones/", filing(), **{"Content-Type": kind, "Idempotency_Key": KEY})
    assert is_problem(response, 415)


def test_another_method_is_405_and_says_which_are_admitted(api):
    for method in ("put", "patch", "delete", "options", "trace"):
        response = getattr(api.client, method)("/api/v1/servicios/")
        assert is_problem(response, 405)
        assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_format_not_offered_is_406(api):
    assert is_problem(api.get("servicios/", headers={"Accept": "text/html"}), 406)


def test_unknown_addresses_are_problems_too(api):
    for path in ("no/existe/", "peticiones/a%0Ab/actos/nota/", "servicios/ñ/", "%00"):
        assert is_problem(api.get(path), 404)
    assert is_problem(api.post("no/existe/"), 404)
    for path in ("/api/", "/api/v2/servicios/", "/api/v2/servicios"):
        response = api.client.get(path)
        assert is_problem(response, 404)
        assert response.json()["detail"] == "Esta dirección no existe."
    assert "/api/v1/servicios/" in api.get("servicios").json()["detail"]


def test_general_limit_holds_for_every_address(api, settings):
    settings.API_LIMITES = {**settings.API_LIMITES, "general": (1, 60)}
    api.get("colonias/")
    response = api.get("servicios/")
    assert is_problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60


def test_no_token_is_401_and_says_how(api):
    response = api.get("bandeja/")
    assert is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Token"


def test_every_type_of_problem_is_a_page_that_explains_it(api):
    for kind in problems.KINDS.values():
        page = api.get(f"problemas/{kind.slug}/")
        assert page.status_code == 200
        assert str(kind.title) in page.content.decode()
    assert api.get("bandeja/").json()["type"] == "/api/v1/problemas/no-identificado/"
    assert api.client.get("/api/v1/problemas/inventado/").status_code == 404


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConflictError(cambios=[{"texto": "Se turnó", "cuando": "2026-03-02"}], secreto=1), 409),
        (UnavailableError(), 503),
        (TooManyAttemptsError(retry_after=9), 429),
        (UnreadablePostError(), 400),
    ],
)
def test_errors_of_the_house_keep_their_status(rf, error, status):
    response = problems.respond(error, rf.get("/api/v1/x/"))
    assert response.status_code == status
    assert b"secreto" not in response.content
    assert (b"cambios" in response.content) == isinstance(error, ConflictError)


def test_unexpected_error_is_a_problem_without_its_details(monkeypatch):
    def broken(self, request):
        raise RuntimeError("contraseña en claro")

    monkeypatch.setattr("portal.public.api.views_catalogo.NeighbourhoodListView.get", broken)
    api = Api()
    api.client.raise_request_exception = False
    response = api.get("colonias/")
    assert is_problem(response, 500)
    assert "claro" not in response.content.decode()


@pytest.fixture
def english():
    """The compiled catalogue, as an install has it."""
    call_command("compilar_idiomas", verbosity=0)
    trans_real._translations.clear()
    trans_real._default = None


def test_problems_are_english_for_who_asks(api, english):
    body = filing(descripcion="", inventado=1)
    response = api.post("peticiones/", body, Idempotency_Key=KEY, Accept_Language="en")
    told = response.json()
    assert told["title"] == "Some data must be corrected"
    assert told["errores"] == {
        "descripcion": ["Write this."],
        "inventado": ["This field does not exist."],
    }
    again = api.post("peticiones/", body, Idempotency_Key=KEY).json()
    assert again["errores"]["descripcion"] == ["Escriba este dato."]


def test_nothing_but_the_catalogue_may_be_kept_by_a_cache(api):
    assert signed_in("secretaria").get("bandeja/")["Cache-Control"] == "no-store"
    assert api.get("bandeja/")["Cache-Control"] == "no-store"
    assert "max-age" in api.get("servicios/")["Cache-Control"]
