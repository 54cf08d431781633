"""Acts through their pages: done, refused with everything kept, and sent again."""

import datetime as dt
import re

import pytest

from portal.accounts.constants import Rol
from portal.core.errors import UnavailableError
from portal.core.time import now
from tests.factories import DependenciaFactory, PeticionFactory
from tests.factories import fresh as reread
from tests.tablero.test_case_page import a_file
from tramites import services
from tramites.models import Respuesta

pytestmark = pytest.mark.django_db
ANSWER = {"resultado": "resuelta", "texto": "Se reparó la luminaria.", "fundamento": ""}


def url(case, act: str) -> str:
    return f"/tablero/bandeja/{case.folio}/acto/{act}/"


def hidden(html: str, name: str) -> str:
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', html).group(1)


@pytest.fixture
def case(obras):
    return PeticionFactory(dependencia=obras, atendida=True, at=now() - dt.timedelta(days=1))


def test_an_answer_is_given_from_its_page(case, people, sign_in):
    browser = sign_in(people[Rol.TITULAR])
    html = browser.get(url(case, "responder")).content.decode()
    data = ANSWER | {"version": hidden(html, "version")}
    response = browser.post(url(case, "responder"), data, follow=True)
    assert "Se respondió el asunto" in response.content.decode()
    assert reread(case).estado == "respondida"


def test_an_answer_without_text_keeps_the_rest_and_says_where(case, people, sign_in):
    browser = sign_in(people[Rol.TITULAR])
    data = {"resultado": "improcedente", "texto": " ", "fundamento": "Artículo 5", "version": 1}
    response = browser.post(url(case, "responder"), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_texto"' in html
    assert "Artículo 5" in html
    assert not Respuesta.objects.exists()


def test_a_case_that_changed_meanwhile_is_409_with_what_changed_and_nothing_lost(
    case, people, sign_in
):
    browser = sign_in(people[Rol.TITULAR])
    stale = hidden(browser.get(url(case, "responder")).content.decode(), "version")
    services.extend_term(
        peticion_id=case.pk,
        cantidad=2,
        motivo="Hay lluvias muy fuertes.",
        actor=people[Rol.SECRETARIA],
        now=now(),
    )
    response = browser.post(url(case, "responder"), ANSWER | {"version": stale})
    html = response.content.decode()
    assert response.status_code == 409
    assert "El plazo se amplió" in html
    assert "Se reparó la luminaria." in html
    assert reread(case).estado == "en_atencion"
    again = browser.post(
        url(case, "responder"), ANSWER | {"version": hidden(html, "version")}, follow=True
    )
    assert "Se respondió el asunto" in again.content.decode()


def test_an_act_that_no_longer_proceeds_keeps_the_text_and_offers_no_button(case, people, sign_in):
    browser = sign_in(people[Rol.TITULAR])
    stale = hidden(browser.get(url(case, "responder")).content.decode(), "version")
    services.answer_peticion(
        peticion_id=case.pk,
        resultado="contestada",
        texto="Otra respuesta.",
        actor=people[Rol.TITULAR],
        now=now(),
    )
    response = browser.post(url(case, "responder"), ANSWER | {"version": stale})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Se reparó la luminaria." in html
    assert "Enviar la respuesta" not in html
    assert Respuesta.objects.count() == 1
    assert browser.get(url(case, "responder")).status_code == 409


def test_files_chosen_once_survive_a_refusal(case, people, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = sign_in(people[Rol.TITULAR])
    data = ANSWER | {"texto": "", "version": case.version, "adjuntos": a_file("acta.pdf")}
    refused = browser.post(url(case, "responder"), data).content.decode()
    assert "acta.pdf" in refused
    data = ANSWER | {"version": case.version, "recibidos": hidden(refused, "recibidos")}
    browser.post(url(case, "responder"), data)
    assert [f.nombre for f in reread(case).adjuntos.all()] == ["acta.pdf"]


def test_files_of_somebody_else_cannot_be_slipped_in(case, people, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = ANSWER | {"texto": "", "version": case.version, "adjuntos": a_file()}
    refused = sign_in(people[Rol.TITULAR]).post(url(case, "responder"), data).content.decode()
    data = ANSWER | {"version": case.version, "recibidos": hidden(refused, "recibidos")}
    sign_in(people[Rol.ENLACE]).post(url(case, "responder"), data)
    assert reread(case).estado == "respondida"
    assert not reread(case).adjuntos.exists()


def test_a_file_that_is_not_what_it_says_is_named_and_nothing_is_answered(case, people, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("foto.jpg", b"esto no es una foto")
    data = ANSWER | {"version": case.version, "adjuntos": bad}
    response = sign_in(people[Rol.TITULAR]).post(url(case, "responder"), data)
    assert response.status_code == 422
    assert "foto.jpg" in response.content.decode()
    assert reread(case).estado == "en_atencion"


@pytest.mark.parametrize(
    ("act", "rol", "status"),
    [
        ("responder", Rol.CONSULTA, 403),
        ("responder", Rol.VENTANILLA, 403),
        ("responder", Rol.ADMINISTRADOR, 404),
        ("desechar", Rol.ENLACE, 403),
        ("prorrogar", Rol.ENLACE, 403),
        ("turnar", Rol.ENLACE, 403),
        ("pin", Rol.ENLACE, 403),
        ("inventado", Rol.SECRETARIA, 404),
    ],
)
def test_an_act_without_the_right_is_refused_by_get_and_by_post(
    case, people, sign_in, act, rol, status
):
    browser = sign_in(people[rol])
    assert browser.get(url(case, act)).status_code == status
    data = ANSWER | {
        "version": case.version,
        "motivo": "Porque sí.",
        "fundamento": "Artículo 1",
        "cantidad": 1,
        "dependencia": DependenciaFactory().pk,
    }
    assert browser.post(url(case, act), data).status_code == status
    assert reread(case).version == case.version


def test_a_case_of_another_office_is_unknown_to_its_acts(people, sign_in):
    case = PeticionFactory(at=now())
    browser = sign_in(people[Rol.ENLACE])
    assert browser.get(url(case, "nota")).status_code == 404
    assert browser.post(url(case, "nota"), {"texto": "x", "version": 1}).status_code == 404


def test_who_hands_a_case_on_goes_back_to_the_list(obras, people, sign_in):
    case = PeticionFactory(dependencia=obras, at=now())
    data = {"motivo": "No es nuestra.", "version": case.version}
    response = sign_in(people[Rol.ENLACE]).post(url(case, "devolver"), data)
    assert response["Location"] == "/tablero/bandeja/"
    assert reread(case).dependencia.es_ventanilla


def test_the_secretaria_may_name_who_takes_charge(obras, people, sign_in):
    case, worker = PeticionFactory(dependencia=obras, at=now()), people[Rol.ENLACE]
    html = sign_in(people[Rol.SECRETARIA]).get(url(case, "atender")).content.decode()
    assert str(worker) in html
    data = {"responsable": worker.pk, "version": case.version}
    sign_in(people[Rol.SECRETARIA]).post(url(case, "atender"), data)
    assert reread(case).responsable == worker


def test_a_new_pin_is_shown_once_and_opens_the_case(case, people, sign_in):
    html = (
        sign_in(people[Rol.VENTANILLA])
        .post(url(case, "pin"), {"version": case.version})
        .content.decode()
    )
    pin = re.search(r'class="pin">([^<]+)<', html).group(1).strip()
    found = services.open_by_pin(folio=case.folio, pin=pin, address="127.0.0.1", now=now())
    assert found.pk == case.pk


ONE_EACH = [
    ("recibida", "turnar", {"motivo": "Le toca."}),
    ("turnada", "devolver", {"motivo": "No es nuestra."}),
    ("turnada", "atender", {}),
    ("atendida", "prevenir", {"texto": "Falta la calle."}),
    ("prevenida", "desahogar", {"texto": "Es Hidalgo 12."}),
    ("atendida", "prorrogar", {"cantidad": 2, "motivo": "Hay lluvias."}),
    ("atendida", "desechar", {"texto": "No procede.", "fundamento": "Artículo 20"}),
    ("atendida", "orientar", {"autoridad_competente": "CFE", "texto": "Acuda ahí."}),
    ("atendida", "acumular", {"motivo": "Es el mismo."}),
    ("turnada", "cancelar", {"motivo": "Lo pidió la persona."}),
    ("respondida", "reabrir", {"texto": "Sigue igual."}),
    ("turnada", "nota", {"texto": "Ojo con esto."}),
]
DOERS = {"devolver": Rol.TITULAR, "prevenir": Rol.TITULAR, "desahogar": Rol.TITULAR}


@pytest.mark.parametrize(("situation", "act", "data"), ONE_EACH, ids=[a for _s, a, _d in ONE_EACH])
def test_each_act_can_be_done_from_its_page(obras, people, sign_in, situation, act, data):
    trait = {} if situation in ("turnada", "recibida") else {situation: True}
    case = PeticionFactory(
        dependencia=obras, mesa=situation == "recibida", at=now() - dt.timedelta(hours=8), **trait
    )
    data = data | {"version": case.version}
    if act == "turnar":
        data["dependencia"] = DependenciaFactory().pk
    if act == "acumular":
        data["into_folio"] = PeticionFactory(dependencia=obras, at=now()).folio
    browser = sign_in(people[DOERS.get(act, Rol.SECRETARIA)])
    response = browser.post(url(case, act), data, follow=True)
    assert response.status_code == 200, response.content.decode()[-2000:]
    assert "note--ok" in response.content.decode()
    assert reread(case).version >= case.version


def test_who_may_not_act_is_refused_before_what_they_typed_is_judged(case, people, sign_in):
    browser = sign_in(people[Rol.CONSULTA])
    assert browser.post(url(case, "responder"), {"texto": ""}).status_code == 403


def test_a_full_disk_is_a_fault_of_the_house_and_keeps_the_answer(
    case, people, sign_in, monkeypatch
):
    def full(_upload):
        raise UnavailableError("Ya no hay espacio para guardar archivos.")

    monkeypatch.setattr("tablero.bandeja.kept_files.receive_upload", full)
    browser = sign_in(people[Rol.TITULAR])
    data = ANSWER | {"version": case.version, "adjuntos": a_file("acta.pdf")}
    response = browser.post(url(case, "responder"), data)
    html = response.content.decode()
    assert response.status_code == 503
    assert "Ya no hay espacio" in html
    assert "Se reparó la luminaria." in html
    assert not Respuesta.objects.exists()
