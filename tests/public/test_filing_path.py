"""From an idea to a folio, one page at a time."""

import pytest
from django.urls import reverse

from portal.core.errors import NotFoundError
from portal.public.constants import PRIVACY_VERSION
from portal.public.models import Borrador, BorradorAdjunto, Consentimiento
from portal.public.services import purge_drafts
from tests.factories import PreguntaFactory, ServicioFactory
from tramites.constants import TipoPregunta
from tramites.links import follow_up_token
from tramites.models import Adjunto, Peticion
from tramites.uploads import open_stored

from .conftest import Citizen, picture, text_of

pytestmark = pytest.mark.django_db


def test_a_citizen_files_without_account_or_script_and_gets_folio_pin_and_deadline(citizen):
    servicio = ServicioFactory(nombre="Bache", lugar="requerido")
    assert citizen.choose(servicio).url == reverse("public:presentar_lugar")
    place = citizen.post("presentar_lugar", direccion="Hidalgo 12", colonia="centro")
    assert place.url == reverse("public:presentar_relato")
    assert citizen.tell(archivos=picture()).url == reverse("public:presentar_contacto")
    assert citizen.reach_by().url == reverse("public:presentar_revision")
    review = text_of(citizen.get("presentar_revision"))
    assert "Hidalgo 12, Centro" in review
    assert "lunes 19 de octubre de 2026" in review
    receipt = citizen.file()
    peticion = Peticion.objects.get()
    page = text_of(receipt)
    assert peticion.folio in page
    assert "Deben responderle" in page
    assert "lunes 19 de octubre de 2026" in page
    assert receipt.context["pin"].isdigit()
    assert Adjunto.objects.get().peticion == peticion


def test_the_draft_is_emptied_once_filed_and_its_files_stay(citizen):
    citizen.come_to_review(archivos=picture())
    citizen.file()
    assert citizen.draft.datos == {}
    assert not BorradorAdjunto.objects.exists()
    peticion = Peticion.objects.get()
    assert citizen.get("adjunto", *_file_of(citizen, peticion)).status_code == 200


def _file_of(citizen, peticion):
    return follow_up_token(peticion), peticion.adjuntos.get().clave


def test_the_same_form_sent_twice_is_one_folio(citizen):
    citizen.come_to_review()
    first = citizen.browser.post(reverse("public:presentar_revision"))
    second = citizen.browser.post(reverse("public:presentar_revision"))
    assert first.url == second.url
    assert Peticion.objects.count() == 1


def test_going_back_after_filing_leads_to_the_receipt_and_a_new_start_to_a_new_draft(citizen):
    citizen.come_to_review()
    citizen.file()
    assert "/acuse/" in citizen.get("presentar_revision").url
    citizen.choose(ServicioFactory(lugar="no"))
    assert Borrador.objects.count() == 2
    assert citizen.draft.peticion is None


def test_each_page_sends_to_the_first_one_not_answered(citizen):
    for name in ("presentar_lugar", "presentar_relato", "presentar_revision"):
        assert citizen.get(name).url == reverse("public:presentar_asunto")
    citizen.choose(ServicioFactory(lugar="requerido"))
    assert citizen.get("presentar_revision").url == reverse("public:presentar_lugar")


def test_a_service_without_place_has_one_page_less(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    page = citizen.get("presentar_relato")
    assert page.context["progreso"].total == 5
    assert citizen.get("presentar_lugar").url == reverse("public:presentar_relato")


def test_going_back_shows_what_was_answered(citizen):
    servicio = ServicioFactory(lugar="requerido")
    citizen.choose(servicio)
    citizen.post("presentar_lugar", direccion="Hidalgo 12", colonia="centro")
    citizen.tell(descripcion="El poste se cae.")
    assert 'value="Hidalgo 12"' in text_of(citizen.get("presentar_lugar"))
    assert "El poste se cae." in text_of(citizen.get("presentar_relato"))


def test_answers_survive_a_change_of_the_service(citizen):
    citizen.come_to_review(descripcion="El poste se cae.")
    citizen.choose(ServicioFactory(lugar="no"))
    assert "El poste se cae." in text_of(citizen.get("presentar_relato"))
    assert citizen.get("presentar_revision").url == reverse("public:presentar_relato")


def test_what_was_typed_and_not_accepted_is_there_when_one_comes_back(citizen):
    servicio = ServicioFactory(lugar="no")
    PreguntaFactory(servicio=servicio, clave="tamano", requerida=True)
    citizen.choose(servicio)
    citizen.tell(descripcion="Se cae.", luego="1")
    assert "Se cae." in text_of(citizen.get("presentar_relato"))
    assert citizen.get("presentar_revision").url == reverse("public:presentar_relato")


def test_the_draft_lives_in_the_database_under_the_hash_of_the_cookie(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    cookie = citizen.browser.cookies["borrador"]
    assert cookie["httponly"]
    assert citizen.draft.token_hash != cookie.value
    other = Citizen()
    assert other.get("presentar_relato").url == reverse("public:presentar_asunto")


def test_a_draft_past_its_days_is_gone_with_its_files(
    citizen, clock, django_capture_on_commit_callbacks
):
    citizen.come_to_review(archivos=picture())
    ruta = BorradorAdjunto.objects.get().ruta
    open_stored(ruta).close()
    clock.forward(days=31)
    assert citizen.get("presentar_revision").url == reverse("public:presentar_asunto")
    with django_capture_on_commit_callbacks(execute=True):
        purge_drafts(now=clock.now)
    assert not Borrador.objects.exists()
    with pytest.raises(NotFoundError):
        open_stored(ruta)


def test_throwing_the_draft_away_leaves_nothing(citizen):
    citizen.come_to_review(archivos=picture())
    citizen.post("presentar_borrar")
    assert not Borrador.objects.exists()
    assert citizen.get("presentar_revision").url == reverse("public:presentar_asunto")


def test_a_removed_file_leaves_the_draft(citizen):
    citizen.come_to_review(archivos=picture())
    citizen.tell(quitar=BorradorAdjunto.objects.get().clave)
    assert not BorradorAdjunto.objects.exists()


def test_answers_to_the_questions_of_the_service_are_filed(citizen):
    servicio = ServicioFactory(lugar="no")
    PreguntaFactory(
        servicio=servicio, clave="dias", tipo=TipoPregunta.OPCIONES, opciones=["L", "M"]
    )
    PreguntaFactory(servicio=servicio, clave="cuantos", tipo=TipoPregunta.NUMERO)
    PreguntaFactory(servicio=servicio, clave="riesgo", tipo=TipoPregunta.SI_NO, requerida=True)
    citizen.come_to_review(
        servicio, pregunta_dias=["L", "M"], pregunta_cuantos="3", pregunta_riesgo="si"
    )
    citizen.file()
    values = set(Peticion.objects.get().datos.values_list("valor", flat=True))
    assert "3" in values
    assert any("L" in value and "M" in value for value in values)


def test_a_point_inside_decides_the_neighbourhood(citizen):
    citizen.choose(ServicioFactory(lugar="requerido"))
    citizen.post("presentar_lugar", latitud="20.2", longitud="-102.8")
    citizen.tell()
    citizen.reach_by()
    citizen.file()
    peticion = Peticion.objects.get()
    assert (peticion.colonia.clave, peticion.latitud) == ("centro", 20.2)


@pytest.mark.parametrize("door", ["reporte", "queja", "peticion"])
def test_each_door_offers_only_its_kinds(citizen, door):
    kinds = {"reporte": "solicitud", "queja": "queja", "peticion": "peticion"}
    for kind in kinds.values():
        ServicioFactory(nombre=f"Servicio de {kind}", tipo=kind)
    page = text_of(citizen.get("presentar_asunto", puerta=door))
    assert f"Servicio de {kinds[door]}" in page
    others = set(kinds.values()) - {kinds[door]}
    assert not any(f"Servicio de {kind}" in page for kind in others)


def test_the_search_ignores_accents_and_case(citizen):
    ServicioFactory(nombre="Árbol caído")
    assert "Árbol caído" in text_of(citizen.get("presentar_asunto", q="ARBOL caido"))
    assert "Árbol caído" in text_of(citizen.get("servicios", q="arbol"))


def test_the_version_of_the_privacy_notice_stays_with_the_case(citizen):
    citizen.come_to_review()
    citizen.file()
    assert Consentimiento.objects.get().peticion == Peticion.objects.get()
    assert Consentimiento.objects.get().version == PRIVACY_VERSION


def test_filing_without_any_data_asks_no_consent(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    citizen.tell()
    assert citizen.reach_by(aviso="").url == reverse("public:presentar_revision")
    citizen.file()
    assert not Consentimiento.objects.exists()


def test_the_review_says_days_and_choices_in_the_readers_words(citizen):
    servicio = ServicioFactory(lugar="no")
    PreguntaFactory(servicio=servicio, clave="dia", tipo=TipoPregunta.FECHA)
    PreguntaFactory(servicio=servicio, clave="hay", tipo=TipoPregunta.SI_NO)
    PreguntaFactory(
        servicio=servicio,
        clave="que",
        tipo=TipoPregunta.OPCIONES,
        opciones=["Foco", "Poste"],
        opciones_en=["Bulb", "Pole"],
    )
    answers = {"dia": "2026-09-14", "hay": "no", "que": ["Foco", "Poste"]}
    citizen.come_to_review(servicio, **{f"pregunta_{key}": it for key, it in answers.items()})
    spanish = text_of(citizen.get("presentar_revision"))
    assert "lunes 14 de septiembre de 2026" in spanish
    assert "Foco; Poste" in spanish
    english = text_of(citizen.browser.get("/en/presentar/revision/"))
    assert "Monday, 14 September 2026" in english
    assert "Bulb; Pole" in english
