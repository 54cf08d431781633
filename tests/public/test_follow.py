"""Following a case, and what its citizen may do with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.constants import Rol
from tests.factories import PeticionFactory, StaffFactory
from tests.factories import citizen_of as actor_of
from tramites.constants import Estado
from tramites.links import follow_up_token
from tramites.models import Adjunto, Peticion
from tramites.services import add_note, cancel_peticion, reset_pin
from tramites.uploads import receive_upload

from .conftest import Citizen, picture, text_of

pytestmark = pytest.mark.django_db
WRONG = "El folio y el PIN no coinciden"


def pin_of(peticion) -> str:
    return PeticionFactory.pins[peticion.pk]


def enter(browser: Citizen, peticion, pin: str | None = None):
    return browser.post("seguimiento", folio=peticion.folio, pin=pin or pin_of(peticion))


@pytest.fixture
def visitor(town):
    return Citizen()


def test_folio_and_pin_open_the_case_without_a_secret_in_the_address(visitor):
    peticion = PeticionFactory()
    answer = enter(visitor, peticion)
    assert answer.url == reverse("public:seguimiento_caso", args=[peticion.folio])
    assert peticion.descripcion in text_of(visitor.browser.get(answer.url))


def test_the_folio_is_found_however_it_is_typed(visitor):
    peticion = PeticionFactory()
    typed = peticion.folio.lower().replace("-", " ")
    assert visitor.post("seguimiento", folio=typed, pin=pin_of(peticion)).status_code == 302


def test_the_session_key_changes_when_a_case_is_opened(visitor):
    enter(visitor, PeticionFactory())
    before = visitor.browser.session.session_key
    enter(visitor, PeticionFactory())
    assert visitor.browser.session.session_key != before


def test_a_wrong_folio_and_a_wrong_pin_get_one_answer(visitor):
    peticion = PeticionFactory()
    bad_pin = enter(visitor, peticion, "000000" if pin_of(peticion) != "000000" else "111111")
    bad_folio = visitor.post("seguimiento", folio="SJV-2026-999999", pin="123456")
    assert bad_pin.status_code == bad_folio.status_code == 404
    assert WRONG in text_of(bad_pin)
    assert WRONG in text_of(bad_folio)
    assert "<title>Error:" in text_of(bad_pin)


def test_guessing_is_stopped_with_how_long_to_wait(visitor, clock):
    peticion = PeticionFactory()
    wrong = "000000" if pin_of(peticion) != "000000" else "111111"
    for _ in range(8):
        enter(visitor, peticion, wrong)
    answer = enter(visitor, peticion)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Espere" in text_of(answer)
    clock.forward(minutes=16)
    assert enter(visitor, peticion).status_code == 302


def test_a_folio_that_was_not_opened_asks_for_its_pin(visitor):
    peticion = PeticionFactory()
    answer = visitor.get("seguimiento_caso", peticion.folio)
    assert answer.url == f"{reverse('public:seguimiento')}?folio={peticion.folio}"
    assert f'value="{peticion.folio}"' in text_of(visitor.browser.get(answer.url))


def test_one_case_opened_does_not_open_another(visitor):
    mine, other = PeticionFactory(), PeticionFactory()
    enter(visitor, mine)
    assert visitor.get("seguimiento_caso", other.folio).status_code == 302


def test_a_new_pin_closes_sessions_and_links(visitor, clock):
    peticion = PeticionFactory()
    enter(visitor, peticion)
    token = follow_up_token(peticion)
    reset_pin(peticion_id=peticion.pk, actor=StaffFactory(Rol.VENTANILLA), now=clock.now)
    assert visitor.get("seguimiento_caso", peticion.folio).status_code == 302
    assert visitor.get("seguimiento_caso", token).status_code == 404


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        ({}, "Falta que alguien la tome"),
        ({"atendida": True}, "la está atendiendo"),
        ({"prevenida": True}, "el plazo está en pausa"),
        ({"respondida": True}, "Ya le respondieron"),
        ({"concluida": True}, "Su asunto está concluido"),
        ({"reabierta": True}, "No estuvo de acuerdo"),
        ({"desechada": True}, "Se desechó"),
        ({"no_competente": True}, "Corresponde a otra autoridad"),
        ({"cancelada": True}, "Se canceló"),
    ],
)
def test_each_state_is_told_in_plain_words(visitor, situation, words):
    peticion = PeticionFactory(**situation)
    page = visitor.get("seguimiento_caso", follow_up_token(peticion))
    assert page.status_code == 200
    assert words in text_of(page)


def test_the_citizen_never_reads_notes_nor_internal_files(visitor, clock):
    peticion = PeticionFactory(atendida=True)
    clerk = StaffFactory(Rol.SECRETARIA)
    add_note(peticion_id=peticion.pk, texto="Nota reservada.", actor=clerk, now=clock.now)
    page = text_of(visitor.get("seguimiento_caso", follow_up_token(peticion)))
    assert "Nota reservada." not in page


def test_an_internal_file_is_not_found(visitor, clock):
    peticion = PeticionFactory(atendida=True)
    stored = receive_upload(picture())
    row = Adjunto.objects.create(
        peticion=peticion,
        origen="autoridad",
        visible_ciudadano=False,
        creado_en=clock.now,
        **vars(stored),
    )
    llave = follow_up_token(peticion)
    assert visitor.get("adjunto", llave, row.clave).status_code == 404
    Adjunto.objects.update(visible_ciudadano=True)
    assert visitor.get("adjunto", llave, row.clave).status_code == 200


def test_a_file_of_another_case_is_not_found(visitor):
    visitor.come_to_review(archivos=picture())
    visitor.file()
    clave = Adjunto.objects.get().clave
    other = PeticionFactory()
    assert visitor.get("adjunto", follow_up_token(other), clave).status_code == 404


def test_files_come_as_downloads_that_nothing_can_run(visitor):
    visitor.come_to_review(archivos=picture())
    visitor.file()
    row = Adjunto.objects.get()
    answer = visitor.get("adjunto", follow_up_token(row.peticion), row.clave)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


# replying to a request for correction


def test_the_citizen_completes_what_was_asked_with_text_and_files(visitor):
    peticion = PeticionFactory(prevenida=True)
    llave = follow_up_token(peticion)
    assert "Falta la dirección exacta." in text_of(visitor.get("seguimiento_caso", llave))
    answer = visitor.post("contestar", llave, texto="Es en Mina 3.", archivos=picture())
    assert answer.url.endswith("?hecho=contestado")
    peticion = Peticion.objects.get(pk=peticion.pk)
    assert peticion.estado == Estado.EN_ATENCION
    assert peticion.prevenciones.get().texto_cumplimiento == "Es en Mina 3."
    assert Adjunto.objects.filter(peticion=peticion, origen="ciudadano").exists()


def test_an_empty_reply_is_refused_and_one_with_only_a_file_is_not(visitor):
    llave = follow_up_token(PeticionFactory(prevenida=True))
    page = visitor.post("contestar", llave, texto=" ")
    assert page.status_code == 422
    assert "Escriba su respuesta." in text_of(page)
    assert visitor.post("contestar", llave, texto="", archivos=picture()).status_code == 302


def test_a_bad_file_keeps_the_reply_and_stores_nothing(visitor, settings):
    peticion = PeticionFactory(prevenida=True)
    bad = SimpleUploadedFile("x.exe", b"MZ")
    page = visitor.post(
        "contestar", follow_up_token(peticion), texto="Es en Mina 3.", archivos=[picture(), bad]
    )
    assert page.status_code == 422
    assert "Es en Mina 3." in text_of(page)
    assert not [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()]


def test_replying_twice_is_a_conflict_that_keeps_the_text(visitor):
    llave = follow_up_token(PeticionFactory(prevenida=True))
    visitor.post("contestar", llave, texto="Es en Mina 3.")
    page = visitor.post("contestar", llave, texto="Otra vez.")
    assert page.status_code == 409
    assert "<title>Error:" in text_of(page)


# after the answer


def test_the_citizen_reads_the_answer_and_says_it_is_settled(visitor):
    peticion = PeticionFactory(respondida=True)
    llave = follow_up_token(peticion)
    assert "Se reparó el bache." in text_of(visitor.get("seguimiento_caso", llave))
    assert visitor.post("resuelto", llave).url.endswith("?hecho=resuelto")
    assert Peticion.objects.get(pk=peticion.pk).estado == Estado.CONCLUIDA
    assert visitor.post("resuelto", llave).status_code == 409


def test_the_citizen_disagrees_within_the_days_allowed(visitor):
    peticion = PeticionFactory(respondida=True)
    llave = follow_up_token(peticion)
    page = visitor.post("inconforme", llave, texto="")
    assert page.status_code == 422
    assert visitor.post("inconforme", llave, texto="Sigue igual.").status_code == 302
    assert Peticion.objects.get(pk=peticion.pk).estado == Estado.REABIERTA


def test_after_those_days_disagreeing_is_not_offered_and_is_refused(visitor, clock):
    peticion = PeticionFactory(respondida=True)
    llave = follow_up_token(peticion)
    clock.forward(days=40)
    assert "Ya pasaron los días" in text_of(visitor.get("seguimiento_caso", llave))
    assert visitor.post("inconforme", llave, texto="Sigue igual.").status_code == 409


def test_withdrawing_asks_first_and_says_it_cannot_be_undone(visitor):
    peticion = PeticionFactory()
    llave = follow_up_token(peticion)
    assert "No se puede deshacer" in text_of(visitor.get("retirar", llave))
    assert Peticion.objects.get(pk=peticion.pk).estado != Estado.CANCELADA
    assert visitor.post("retirar", llave).url.endswith("?hecho=retirado")
    assert Peticion.objects.get(pk=peticion.pk).estado == Estado.CANCELADA


def test_withdrawing_what_is_over_is_a_conflict(visitor, clock):
    peticion = PeticionFactory()
    cancel_peticion(
        peticion_id=peticion.pk, motivo="Ya no.", actor=actor_of(peticion), now=clock.now
    )
    assert visitor.post("retirar", follow_up_token(peticion)).status_code == 409


@pytest.mark.parametrize("act", ["contestar", "inconforme", "retirar", "resuelto"])
def test_no_act_without_proof(visitor, act):
    peticion = PeticionFactory(respondida=True)
    answer = visitor.post(act, peticion.folio, texto="x")
    assert answer.url.startswith(reverse("public:seguimiento"))
    assert visitor.post(act, "1-0000000000.mala", texto="x").status_code == 404
    assert Peticion.objects.get(pk=peticion.pk).estado == Estado.RESPONDIDA
