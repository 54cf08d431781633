"""Each kind of bad input: a clear line in Spanish, the right status, nothing lost."""

import errno
import io
import os
import struct
import threading
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.public.models import BorradorAdjunto
from tests.factories import PreguntaFactory, ServicioFactory
from tramites.constants import TipoPregunta
from tramites.models import Peticion, Servicio

from .conftest import Citizen, picture, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def telling(citizen):
    """A citizen on the page of the text."""
    citizen.choose(ServicioFactory(lugar="no"))
    return citizen


def assert_refused(page, *words: str, status: int = 422) -> None:
    text = text_of(page)
    assert page.status_code == status
    assert "<title>Error:" in text
    for word in words:
        assert word in text


def test_empty_text(telling):
    assert_refused(telling.tell(descripcion="  \n "), "Escriba qué pasa")


def test_text_over_four_thousand_letters_says_by_how_many_and_keeps_it(telling):
    page = telling.tell(descripcion="a" * 4012)
    assert_refused(page, "Sobran 12 letras", "4,000", "a" * 4012)
    assert "a" * 4012 in text_of(telling.get("presentar_relato"))


def test_lines_as_browsers_send_them_count_once(telling):
    assert telling.tell(descripcion="a\r\n" * 2000).status_code == 302


def test_control_characters_are_taken_out_and_the_text_stays(telling):
    telling.tell(descripcion="Hay\x00 un \x08bache\u202e.")
    assert telling.draft.datos["descripcion"] == "Hay un bache."


def test_only_control_characters_are_no_text(telling):
    assert_refused(telling.tell(descripcion="\x00\x01\x02"), "Escriba qué pasa")


def test_a_nul_anywhere_is_no_error_of_ours(telling):
    nul = "a\x00b"
    telling.tell(descripcion="", quitar=nul)
    telling.browser.post(reverse("public:presentar_relato"), {nul: nul, "luego": "1"})
    assert telling.post("presentar_asunto", asunto=nul, q=nul).status_code == 422
    for name in ("servicios", "presentar_asunto", "seguimiento", "plazos"):
        assert telling.get(name, q=nul, folio=nul, desde=nul, cantidad=nul).status_code < 500
    assert telling.post("seguimiento", folio=nul, pin=nul).status_code == 404
    assert telling.post("presentar_contacto", via=nul, nombre=nul, telefono=nul).status_code < 500


@pytest.mark.parametrize("clave", ["", "no-existe", "cerrado"], ids=["none", "unknown", "closed"])
def test_a_service_that_is_not_offered(citizen, clave):
    ServicioFactory(clave="cerrado", cerrado=True)
    page = citizen.post("presentar_asunto", asunto=clave)
    assert_refused(page, "Elij")
    assert citizen.draft is None


def test_a_service_closed_while_one_was_writing(citizen):
    citizen.come_to_review()
    Servicio.objects.update(activo=False)
    page = citizen.browser.post(reverse("public:presentar_revision"))
    assert page.url == reverse("public:presentar_asunto")
    assert not Peticion.objects.exists()
    assert citizen.draft.datos["descripcion"]


def test_a_service_page_that_is_closed_is_not_found(citizen):
    servicio = ServicioFactory(cerrado=True)
    page = citizen.get("servicio", servicio.clave)
    assert page.status_code == 404
    assert "ya no se recibe" in text_of(page)


@pytest.fixture
def placing(citizen):
    citizen.choose(ServicioFactory(lugar="requerido"))
    return citizen


def test_no_place_at_all(placing):
    page = placing.post("presentar_lugar")
    assert_refused(page, "Escriba la calle", "Elija la colonia")


def test_a_point_outside_every_zone(placing):
    page = placing.post("presentar_lugar", latitud="19.4", longitud="-99.1", direccion="Mina 3")
    assert_refused(page, "fuera del municipio", 'value="Mina 3"')


def test_a_neighbourhood_that_does_not_exist(placing):
    page = placing.post("presentar_lugar", direccion="Mina 3", colonia="atlantida")
    assert_refused(page)


@pytest.mark.parametrize("value", ["nan", "1e400", "abc", "91"])
def test_coordinates_that_are_no_coordinates(placing, value):
    page = placing.post("presentar_lugar", latitud=value, longitud="-102.8", colonia="centro")
    assert page.status_code == 422


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TipoPregunta.NUMERO, "muchos"),
        (TipoPregunta.NUMERO, "nan"),
        (TipoPregunta.FECHA, "2026-13-45"),
        (TipoPregunta.FECHA, "0001-01-01"),
        (TipoPregunta.SI_NO, "quizá"),
        (TipoPregunta.OPCION, "Z"),
        (TipoPregunta.TEXTO, "a" * 201),
    ],
)
def test_answers_of_the_wrong_kind(citizen, kind, value):
    servicio = ServicioFactory(lugar="no")
    PreguntaFactory(servicio=servicio, clave="p", tipo=kind, opciones=["A", "B"])
    citizen.choose(servicio)
    assert_refused(citizen.tell(pregunta_p=value))
    assert citizen.tell(pregunta_p="").status_code == 302


def test_a_needed_answer_left_out(citizen):
    servicio = ServicioFactory(lugar="no")
    PreguntaFactory(servicio=servicio, etiqueta="¿Qué color?", requerida=True)
    citizen.choose(servicio)
    assert_refused(citizen.tell(), "¿Qué color?")


# contact


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"via": "sms", "telefono": "951 204 418"}, "faltan 1"),
        ({"via": "sms", "telefono": ""}, "Escriba su celular"),
        ({"via": "sms", "telefono": "0000000000"}, "Revise el celular"),
        ({"via": "correo", "correo": "rosa@"}, "nombre@dominio.mx"),
        ({"via": "correo", "correo": ""}, "Escriba su correo"),
        ({"via": "paloma"}, "Escoja"),
        ({"via": "sms", "telefono": "9512044187", "aviso": ""}, "aviso de privacidad"),
    ],
)
def test_contacts_that_cannot_be_used(telling, data, words):
    telling.tell()
    page = telling.reach_by(**{"aviso": "on", **data})
    assert page.status_code == 422
    if words != "Escoja":
        assert words in text_of(page)


def test_a_service_that_must_answer_somebody_asks_for_name_and_contact(citizen):
    citizen.choose(ServicioFactory(lugar="no", anonimo=False))
    citizen.tell()
    page = citizen.reach_by("sms", telefono="9512044187")
    assert_refused(page, "Escriba su nombre")
    assert citizen.reach_by("ninguno", nombre="Rosa").status_code == 422


def test_a_formal_petition_may_be_answered_at_an_address(citizen):
    citizen.choose(ServicioFactory(lugar="no", anonimo=False, tipo="peticion"))
    citizen.tell()
    assert_refused(citizen.reach_by("ninguno", nombre="Rosa"), "Escriba un domicilio")
    answer = citizen.reach_by("ninguno", nombre="Rosa", domicilio="Mina 3, Centro")
    assert answer.url == reverse("public:presentar_revision")


# files


def png_bomb() -> io.BytesIO:
    """A small file that says it is 60,000 by 60,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomba.png", data)


def broken() -> SimpleUploadedFile:
    return SimpleUploadedFile("rota.jpg", picture().read()[:200])


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: SimpleUploadedFile("grande.pdf", b"%PDF-1.4" + b"0" * 10_000_001), "10 MB"),
        (lambda: SimpleUploadedFile("virus.exe", b"MZ\x90\x00"), "JPG, PNG, WEBP ni PDF"),
        (lambda: SimpleUploadedFile("foto.jpg", b"%PDF-1.4 nada"), "dice ser JPG"),
        (lambda: SimpleUploadedFile("vacio.jpg", b""), "rchivo"),
        (broken, "dañada"),
        (png_bomb, "demasiados puntos"),
    ],
    ids=["too large", "another type", "not what its name says", "empty", "broken", "pixel bomb"],
)
def test_files_that_are_refused_leave_the_text_and_the_good_files(telling, file, words):
    page = telling.tell(descripcion="Se cae.", archivos=[picture("buena.jpg"), file()])
    assert_refused(page, words, "Se cae.", "buena.jpg")
    assert BorradorAdjunto.objects.count() == 1


def test_a_sixth_file_is_refused(telling):
    page = telling.tell(archivos=[picture(f"{n}.jpg") for n in range(6)])
    assert_refused(page, "máximo")
    assert BorradorAdjunto.objects.count() == 5


def test_a_full_disk_says_so_and_keeps_the_text(telling, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    page = telling.tell(descripcion="Se cae.", archivos=picture())
    assert_refused(page, "no hay espacio", "Se cae.", status=503)
    monkeypatch.undo()
    assert not BorradorAdjunto.objects.exists()


def test_a_body_over_the_limit_is_refused_before_it_is_read(telling):
    page = telling.browser.generic(
        "POST",
        reverse("public:presentar_relato"),
        data=b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="60000000",
    )
    assert page.status_code == 413
    assert "demasiado grande" in text_of(page)


def test_more_files_than_the_server_reads_are_413(telling):
    page = telling.tell(archivos=[picture(f"{n}.jpg") for n in range(21)])
    assert page.status_code == 413


def test_forms_need_their_csrf_token(town):
    browser = Client(enforce_csrf_checks=True)
    for name in ("presentar_asunto", "presentar_relato", "seguimiento"):
        answer = browser.post(reverse(f"public:{name}"), {"asunto": "x"})
        assert answer.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_tabs_pressing_at_once_make_one_folio(town):
    citizen = Citizen()
    citizen.come_to_review()
    cookie = citizen.browser.cookies["borrador"].value
    answers = []

    def press():
        browser = Client()
        browser.cookies["borrador"] = cookie
        try:
            answers.append(browser.post(reverse("public:presentar_revision")).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 4
    assert Peticion.objects.count() == 1


def test_a_file_refused_while_the_text_is_being_written_blames_only_the_file(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    fake = SimpleUploadedFile("foto.jpg", b"no soy una foto")
    page = citizen.post("presentar_relato", descripcion="", archivos=fake, subir="1")
    assert page.status_code == 422
    html = text_of(page)
    assert "Hay 1 dato por corregir" in html
    assert "foto.jpg" in html


@pytest.mark.parametrize(
    ("length", "words"), [(4001, "Sobra 1 letra:"), (4002, "Sobran 2 letras:")]
)
def test_the_letters_too_many_are_counted_in_good_spanish(citizen, length, words):
    citizen.choose(ServicioFactory(lugar="no"))
    assert words in text_of(citizen.tell(descripcion="a" * length))


def test_what_is_too_large_is_refused_with_the_way_back_to_what_was_typed(telling, monkeypatch):
    monkeypatch.setattr("portal.public.views.common.MAX_BODY", 10)
    page = telling.tell(descripcion="Un texto que costó escribir.")
    assert page.status_code == 413
    assert "lo que escribió sigue ahí" in text_of(page)
    assert f'href="{reverse("public:presentar_relato")}"' not in text_of(page)
