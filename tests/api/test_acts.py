import pytest
from knox.models import AuthToken

from portal.accounts.models import User
from portal.core.models import EventRecord
from portal.public.api.acts import ACT_OF
from portal.public.api.views_actos import ACT_VIEWS
from tramites.models import Peticion
from tramites.policies import ACTS

from .conftest import Api, filing, signed_in
from .test_filing import send_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]
OFFICE = "alumbrado"
BODIES = {
    "turnar": {"dependencia": "limpia", "motivo": "Es de ellos."},
    "devolver": {"motivo": "No es nuestro."},
    "atender": {},
    "prevenir": {"texto": "Falta el número del poste."},
    "desahogar": {"texto": "Es el 0418."},
    "prorrogar": {"cantidad": 2, "motivo": "Hace falta un material."},
    "responder": {"resultado": "resuelta", "texto": "Se cambió el foco."},
    "concluir": {},
    "desechar": {"texto": "No es posible.", "fundamento": "Artículo 1"},
    "no-competente": {"autoridad_competente": "CFE", "texto": "Acuda a la CFE."},
    "acumular": {"folio": "SJV-2020-000001", "motivo": "Es lo mismo."},
    "cancelar": {"motivo": "Se capturó dos veces."},
    "reabrir": {"texto": "Quedó mal."},
    "nota": {"texto": "Llamar mañana."},
}
UNVERSIONED = {"desahogar", "reabrir", "nota"}


@pytest.fixture
def folio(api) -> str:
    """A petition just filed and handed to the street lights."""
    return api.post("peticiones/", filing(), Idempotency_Key="para-actos").json()["folio"]


def act(api: Api, folio: str, name: str, version: int | None = None, **changes):
    body = {**BODIES[name], **changes}
    if name not in UNVERSIONED:
        body["version"] = version or Peticion.objects.get(folio=folio).version
    return api.post(f"peticiones/{folio}/actos/{name}/", body)


def link() -> Api:
    """Who attends at the street lights."""
    return signed_in("enlace.alumbrado")


def test_every_act_of_a_case_has_an_address():
    assert set(ACT_OF.values()) == set(ACT_VIEWS) == set(BODIES)
    assert set(ACT_OF) == set(ACTS) - {"attach", "reset_pin"}


def test_a_case_goes_from_the_inbox_to_its_answer(folio):
    api = link()
    accepted = act(api, folio, "atender")
    assert accepted.status_code == 200, accepted.content
    body = accepted.json()
    assert body["estado"] == "en_atencion"
    assert body["responsable"]["usuario"] == "enlace.alumbrado"
    assert {"responder", "prevenir"} <= set(body["actos_permitidos"])
    asked = act(api, folio, "prevenir").json()
    assert (asked["estado"], asked["vence_en"]) == ("prevenida", None)
    assert act(api, folio, "desahogar").json()["estado"] == "en_atencion"
    answered = act(api, folio, "responder").json()
    assert (answered["estado"], answered["resultado"]) == ("respondida", "resuelta")
    assert answered["respuestas"][0]["texto"] == "Se cambió el foco."


def test_an_act_on_an_older_version_tells_what_changed_and_saves_nothing(folio):
    api = link()
    seen = Peticion.objects.get(folio=folio).version
    act(api, folio, "nota", texto="otra persona escribió")
    before = EventRecord.objects.count()
    response = act(api, folio, "atender", version=seen)
    body = response.json()
    assert (response.status_code, body["code"]) == (409, "version_anterior")
    assert body["version"] == seen + 1
    assert "Nota interna" in body["cambios"][0]["texto"]
    assert EventRecord.objects.count() == before
    assert Peticion.objects.get(folio=folio).estado == "turnada"


def test_an_act_the_state_does_not_admit_is_409(folio):
    response = act(link(), folio, "responder")
    assert (response.status_code, response.json()["code"]) == (409, "estado_no_admite")


def test_an_act_without_the_right_is_403_and_of_a_case_out_of_reach_404(folio):
    assert act(signed_in("consulta"), folio, "nota").status_code == 403
    assert act(signed_in("titular.obras"), folio, "nota").status_code == 404
    assert act(signed_in("admin"), folio, "nota").status_code == 404
    assert act(Api(), folio, "nota").status_code == 401


def test_an_act_that_takes_the_case_out_of_reach_is_done_without_showing_it(folio):
    response = act(link(), folio, "devolver")
    assert (response.status_code, response.content) == (204, b"")
    assert Peticion.objects.get(folio=folio).estado == "recibida"


def test_merging_names_its_field_as_it_was_sent(folio):
    response = act(link(), folio, "acumular")
    assert (response.status_code, list(response.json()["errores"])) == (422, ["folio"])


@pytest.mark.parametrize("name", sorted(set(BODIES) - UNVERSIONED))
@pytest.mark.parametrize("version", [None, "1", 0, -1, 2**31, 10**30, 1.5, True])
def test_version_is_demanded_as_a_whole_number(folio, name, version):
    body = {**BODIES[name], "version": version}
    response = link().post(f"peticiones/{folio}/actos/{name}/", body)
    assert response.status_code == 422
    assert "version" in response.json()["errores"]


def test_office_that_takes_no_cases_is_refused(folio):
    response = act(signed_in("ventanilla"), folio, "turnar", dependencia="no-existe")
    assert list(response.json()["errores"]) == ["dependencia"]


def test_somebody_of_another_office_cannot_be_put_in_charge(folio):
    for username in ("titular.obras", "nadie"):
        response = act(link(), folio, "atender", responsable=username)
        assert list(response.json()["errores"]) == ["responsable"]


def test_desk_hands_on_and_the_reason_is_kept(folio):
    body = act(signed_in("ventanilla"), folio, "turnar").json()
    assert body["dependencia"]["clave"] == "limpia"
    assert body["motivo_turno"] == "Es de ellos."


def test_revoked_token_acts_no_more(folio):
    api = link()
    AuthToken.objects.filter(user=User.objects.get(username="enlace.alumbrado")).delete()
    assert act(api, folio, "atender").status_code == 401


def sent(name: str = "foto.png") -> str:
    return send_picture(Api(), name).json()["id"]


def test_an_answer_and_a_reply_take_files_sent_ahead(folio):
    api = link()
    act(api, folio, "atender")
    act(api, folio, "prevenir")
    replied = act(api, folio, "desahogar", texto="", adjuntos=[sent("poste.png")])
    assert (replied.status_code, replied.json()["estado"]) == (200, "en_atencion")
    answered = act(api, folio, "responder", adjuntos=[sent("hecho.png")])
    assert (answered.status_code, answered.json()["estado"]) == (200, "respondida")
    rows = Peticion.objects.get(folio=folio).adjuntos.order_by("pk")
    assert [(row.nombre, row.acto.split(":")[0]) for row in rows] == [
        ("poste.png", "prevencion"),
        ("hecho.png", "respuesta"),
    ]


def test_a_file_serves_one_act_and_a_refused_act_gives_it_back(folio):
    api, token = link(), sent()
    assert act(api, folio, "responder", adjuntos=[token]).status_code == 409
    act(api, folio, "atender")
    act(api, folio, "prevenir")
    assert act(api, folio, "desahogar", adjuntos=[token]).status_code == 200
    used = act(api, folio, "responder", adjuntos=[token])
    assert (used.status_code, list(used.json()["errores"])) == (422, ["adjuntos"])
    unknown = act(api, folio, "responder", adjuntos=["x" * 32])
    assert (unknown.status_code, list(unknown.json()["errores"])) == (422, ["adjuntos"])
    assert Peticion.objects.get(folio=folio).estado == "en_atencion"


def test_a_reply_with_neither_words_nor_files_is_refused(folio):
    api = link()
    act(api, folio, "atender")
    act(api, folio, "prevenir")
    response = act(api, folio, "desahogar", texto="")
    assert (response.status_code, list(response.json()["errores"])) == (422, ["texto"])
