"""The screens of actas, from the session to the book."""

import datetime as dt

import pytest
from django.test import Client

from portal.core.models import EventRecord
from tablero.actas.models import Acta, LibroActas
from tests.documents.authority import ready_authority

from .factories import PASSWORD, Held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    ready_authority()


@pytest.fixture
def held(monkeypatch):
    made = Held()
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: (made.now + dt.timedelta(hours=2)).astimezone(dt.UTC)
    )
    return made


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_whole_way_through_the_screens(held):
    _member, user = held.account(1)
    boss, theirs = browser(held.operator), browser(user)
    start = f"/tablero/actas/levantar/{held.sesion.pk}/"
    assert start in boss.get("/tablero/actas/").content.decode()
    assert start in boss.get(f"/tablero/cabildo/sesiones/{held.sesion.pk}/").content.decode()
    here = boss.post(start).url
    row = Acta.objects.get()
    assert here == f"/tablero/actas/{row.pk}/"
    assert theirs.get(here).status_code == 404
    part = row.secciones.first()
    changed = {"texto": "Uno.\n\nDos.", "cambios": 1}
    assert boss.post(f"{here}secciones/{part.pk}/", changed).status_code == 302
    assert boss.post(f"{here}secciones/{part.pk}/", changed).status_code == 409
    assert boss.post(f"{here}secciones/{part.pk}/", {"texto": "", "cambios": 2}).status_code == 422
    assert boss.post(f"{here}circular/").status_code == 302
    late = boss.post(f"{here}secciones/{part.pk}/", {"texto": "x", "cambios": 3})
    assert late.status_code == 409
    assert "ya se circuló" in late.content.decode()
    # What was only ill written left no fact; the other two refusals did.
    tried = EventRecord.objects.filter(event_type="ActaActRefused").order_by("sequence")
    assert [fact.payload["acto"] for fact in tried] == ["acta_seccion"] * 2
    record = boss.get(here).content.decode()
    assert record.count("No se admitió un acto") == 2
    assert tried[1].payload["motivo"] in record
    watch = f"{here}observar/{part.pk}/2/"
    assert watch in theirs.get(here).content.decode()
    assert watch not in boss.get(here).content.decode()
    assert theirs.post(watch, {"texto": "<b>Tres</b>, no dos."}).status_code == 302
    assert theirs.get(f"{here}observar/{part.pk}/9/").status_code == 404
    text = boss.get(here).content.decode()
    assert "&lt;b&gt;Tres&lt;/b&gt;, no dos." in text
    note = row.observaciones.get()
    blank = boss.post(f"{here}resolver/{note.pk}/", {"acepta": "si", "texto": ""})
    assert blank.status_code == 422
    assert (
        boss.post(f"{here}resolver/{note.pk}/", {"acepta": "si", "texto": "Tres."}).status_code
        == 302
    )
    assert "Tres." in theirs.get(here).content.decode()
    later = held.following()
    wrong = boss.post(f"{here}aprobar/", {"sesion": held.sesion.pk, "cambios": 5})
    assert wrong.status_code == 422
    row.refresh_from_db()
    assert (
        boss.post(f"{here}aprobar/", {"sesion": later.pk, "cambios": row.cambios}).status_code
        == 302
    )
    assert theirs.post(f"{here}firmar/", {"contrasena": "mal"}).status_code == 422
    assert theirs.post(f"{here}firmar/", {"contrasena": PASSWORD}).status_code == 302
    assert boss.post(f"{here}asentar/", {"contrasena": PASSWORD}).status_code == 409
    for line in row.firmas.filter(estado="pendiente"):
        bare = boss.post(f"{here}firmas/{line.pk}/", {"estado": "rehusada", "motivo": ""})
        assert bare.status_code == 422
        given = {"estado": "rehusada", "motivo": "Salió."}
        assert boss.post(f"{here}firmas/{line.pk}/", given).status_code == 302
    book = {"organo": held.body.pk, "contrasena": PASSWORD}
    assert boss.post("/tablero/actas/libros/nuevo/", book).status_code == 302
    assert boss.post(f"{here}asentar/", {"contrasena": PASSWORD}).status_code == 302
    libro = LibroActas.objects.get()
    assert here in boss.get(f"/tablero/actas/libros/{libro.pk}/").content.decode()
    strike = {"tachar": "", "fundamento": "", "contrasena": PASSWORD}
    assert boss.post(f"{here}publica/", strike).status_code == 302
    row.refresh_from_db()
    assert f"/verificar/{row.publica.codigo}/" in boss.get(here).content.decode()
    assert "No falta ningún acta" in boss.get("/tablero/actas/custodia/").content.decode()


def test_custody_says_so_when_nothing_is_wrong(held):
    boss = browser(held.operator)
    text = boss.get("/tablero/actas/custodia/").content.decode()
    assert "No tiene acta." in text
    boss.post(f"/tablero/actas/levantar/{held.sesion.pk}/")
    text = boss.get("/tablero/actas/custodia/").content.decode()
    assert "No falta ningún acta ni firma" in text


def test_an_empty_house_says_what_to_do(held):
    Acta.objects.all().delete()
    boss = browser(held.operator)
    assert "Ningún acta aquí" in boss.get("/tablero/actas/").content.decode()
    assert "Todavía no hay libros" in boss.get("/tablero/actas/libros/").content.decode()
    assert boss.get("/tablero/actas/99/").status_code == 404
    assert boss.post("/tablero/actas/levantar/99/").status_code == 404
