"""The screens of charges, acuerdos and the Gaceta, and what anybody sees of them."""

import datetime as dt

import pytest
from django.test import Client

from portal.accounts.constants import Rol
from tablero.acuerdos.models import Acuerdo, Gaceta
from tablero.acuerdos.services import charge_department, seal_acuerdo
from tablero.coordinacion.models import Encargo, EvidenciaEncargo
from tests.documents.authority import ready_authority
from tests.factories import NOON, StaffFactory, load_calendar

from .factories import Duty, EncargoFactory, a_gaceta, an_acuerdo, paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    load_calendar()
    moment = (NOON + dt.timedelta(hours=1)).astimezone(dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def secretary():
    return StaffFactory(rol=Rol.SECRETARIA)


def test_from_the_acuerdo_to_its_fulfilment_through_the_screens(secretary):
    row, clerk = an_acuerdo(), StaffFactory(rol=Rol.ENLACE)
    office = clerk.adscripciones.get().dependencia
    boss, theirs = browser(secretary), browser(clerk)
    page = boss.get(f"/tablero/acuerdos/{row.pk}/").content.decode()
    assert f"/tablero/acuerdos/{row.pk}/encargar/" in page
    given = {
        "instruccion": "Comprar uniformes.",
        "dependencia": office.pk,
        "responsable": clerk.pk,
        "dias": "10",
        "vence": "",
        "indicador": "40 uniformes",
        "partida": "2711",
        "fundamento": "",
    }
    wrong = boss.post(f"/tablero/acuerdos/{row.pk}/encargar/", given | {"vence": "2026-12-01"})
    assert wrong.status_code == 422
    assert "una de las dos cosas" in wrong.content.decode()
    assert boss.post(f"/tablero/acuerdos/{row.pk}/encargar/", given).status_code == 302
    charge = Encargo.objects.get()
    here = f"/tablero/coordinacion/encargos/{charge.pk}/"
    assert "Comprar uniformes." in theirs.get("/tablero/").content.decode()
    said = theirs.get(here).content.decode()
    assert "Cómo se contó" in said
    assert f"{here}acusar/" in said
    assert f"{here}validar/" not in said
    assert theirs.post(f"{here}acusar/", {"cambios": 1}).status_code == 302
    report = {"cambios": 2, "texto": "Ya están.", "avance": "100", "concluye": "on"}
    bare = theirs.post(f"{here}informar/", report)
    assert bare.status_code == 422
    assert "al menos una evidencia" in bare.content.decode()
    assert theirs.post(f"{here}informar/", report | {"archivos": paper()}).status_code == 302
    told = EvidenciaEncargo.objects.get()
    got = boss.get(f"{here}evidencia/{told.clave}/")
    assert b"".join(got.streaming_content).startswith(b"%PDF-")
    assert got["X-Content-Type-Options"] == "nosniff"
    stale = boss.post(f"{here}validar/", {"cambios": 1})
    assert stale.status_code == 409
    assert boss.post(f"{here}validar/", {"cambios": 3}).status_code == 302
    assert "Cumplido" in Client().get(f"/acuerdos/{row.folio}/").content.decode()


def test_the_list_filters_and_is_taken_along(secretary):
    late = EncargoFactory(vence=NOON.date() - dt.timedelta(days=2), instruccion="Tarde.")
    soon = EncargoFactory(instruccion="=Pronto.")
    client = browser(secretary)
    for query, seen in (
        ("", {late, soon}),
        ("?luz=vencida", {late}),
        ("?q=pronto", {soon}),
        ("?estado=cumplido", set()),
        ("?luz=x&estado=y&antes=z", {late, soon}),
    ):
        text = client.get(f"/tablero/coordinacion/encargos/{query}").content.decode()
        assert {row for row in (late, soon) if row.folio in text} == seen, query
    taken = client.get("/tablero/coordinacion/encargos/archivo.csv?q=pronto")
    text = b"".join(taken.streaming_content).decode()
    assert late.folio not in text
    assert "'=Pronto." in text
    assert client.get("/tablero/coordinacion/encargos/archivo.pdf").status_code == 404


def test_the_pages_ask_as_much_of_many_as_of_one(secretary, django_assert_max_num_queries):
    client = browser(secretary)
    for _n in range(8):
        EncargoFactory()
    for address, most in (("/tablero/coordinacion/encargos/", 18), ("/tablero/acuerdos/", 18)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_the_panel_shows_the_charges_under_the_same_light(secretary):
    client = browser(secretary)
    assert "Encargos a las dependencias" not in client.get("/tablero/panel/").content.decode()
    EncargoFactory(vence=NOON.date() - dt.timedelta(days=2))
    text = client.get("/tablero/panel/").content.decode()
    assert "Encargos a las dependencias" in text
    assert "/tablero/coordinacion/encargos/?luz=vencida" in text


def test_the_gaceta_is_gathered_published_read_and_searched(secretary):
    ready_authority()
    row = an_acuerdo(titulo="Uniformes de la banda", texto="Se compran <40> uniformes.")
    client = browser(secretary)
    went = client.post("/tablero/acuerdos/gaceta/reunir/")
    number = Gaceta.objects.get()
    assert went.url == f"/tablero/acuerdos/gaceta/{number.pk}/"
    assert Client().get("/gaceta/2026/1/").status_code == 404
    assert client.post(f"/tablero/acuerdos/gaceta/{number.pk}/publicar/").status_code == 302
    assert client.post(f"/tablero/acuerdos/gaceta/{number.pk}/publicar/").status_code == 409
    text = Client().get("/gaceta/2026/1/").content.decode()
    assert "Se compran &lt;40&gt; uniformes." in text
    number.refresh_from_db()
    pdf = Client().get(f"/verificar/{number.documento.codigo}/pdf/")
    assert pdf.getvalue().startswith(b"%PDF-")
    assert row.folio in Client().get("/gaceta/?q=UNIFORMES").content.decode()
    assert row.folio not in Client().get("/gaceta/?q=camellos").content.decode()
    assert "Gazette 1/2026" in Client().get("/en/gaceta/").content.decode()
    client.post("/tablero/acuerdos/gaceta/reunir/")
    assert Gaceta.objects.count() == 1


def test_what_a_closed_session_decided_is_nowhere_in_public():
    row = an_acuerdo(publico=False, titulo="Juicio en curso")
    assert Client().get(f"/acuerdos/{row.folio}/").status_code == 404
    assert "Juicio en curso" not in Client().get("/acuerdos/").content.decode()
    member = browser(StaffFactory(rol=Rol.TITULAR))
    assert member.get(f"/tablero/acuerdos/{row.pk}/").status_code == 404


def test_a_revoked_acuerdo_says_by_which(secretary):
    row, later = an_acuerdo(), an_acuerdo()
    Acuerdo.objects.filter(pk=later.pk).update(organo=row.organo)
    client = browser(secretary)
    given = {"por": later.pk, "motivo": "Cambió la ley."}
    assert client.post(f"/tablero/acuerdos/{row.pk}/revocar/", given).status_code == 302
    text = Client().get(f"/acuerdos/{row.folio}/").content.decode()
    assert f"/acuerdos/{later.folio}/" in text
    again = client.post(f"/tablero/acuerdos/{row.pk}/revocar/", given)
    assert again.status_code == 409


def test_the_sealed_text_is_offered_to_anybody(secretary):
    ready_authority()
    row = an_acuerdo()
    assert browser(secretary).post(f"/tablero/acuerdos/{row.pk}/expedir/").status_code == 302
    code = seal_acuerdo(acuerdo_id=row.pk, now=NOON).codigo
    assert f"/verificar/{code}/" in Client().get(f"/acuerdos/{row.folio}/").content.decode()
    assert Client().get(f"/verificar/{code}/").status_code == 200


def test_the_report_is_read_and_taken_along(secretary):
    duty = Duty()
    row = an_acuerdo()
    values = {
        "instruccion": "Comprar.",
        "dependencia_id": duty.office.pk,
        "indicador": "x",
        "dias": 3,
    }
    charge_department(acuerdo_id=row.pk, values=values, actor=secretary, now=NOON)
    client = browser(secretary)
    text = client.get("/tablero/acuerdos/informe/").content.decode()
    assert duty.office.nombre in text
    assert "Revise las fechas" in client.get("/tablero/acuerdos/informe/?desde=x").content.decode()
    taken = client.get("/tablero/acuerdos/informe/archivo.csv")
    assert "Comprar." in b"".join(taken.streaming_content).decode()
    assert client.get("/tablero/acuerdos/informe/archivo.xlsx").status_code == 200


def test_a_number_that_is_published_is_not_touched(secretary):
    number = a_gaceta(an_acuerdo())
    client = browser(secretary)
    only = number.entradas.get()
    gone = f"/tablero/acuerdos/gaceta/{number.pk}/quitar/{only.acuerdo_id}/"
    assert client.post(gone).status_code == 302
    assert client.post(gone).status_code == 404
    empty = client.post(f"/tablero/acuerdos/gaceta/{number.pk}/publicar/")
    assert empty.status_code == 409
    assert "vacío" in empty.content.decode()
