"""Who holds which post follows from the documents that are signed."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.documents.models import Documento
from portal.documents.services import Issue, cancel_documento, issue_to_sign, sign_documento
from tablero.documentos.appointments.selectors import holders_on, unmatched_documents
from tablero.documentos.appointments.services import alert_endings
from tablero.documentos.models import Nombramiento
from tests.documents.authority import own_pair
from tests.documents.samples import DATA
from tests.factories import NOON, local

from .conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town):
    president = somebody(Rol.TITULAR, town["office"], first_name="Tomás", last_name="Villegas")
    return town | {"president": president}


def signed(town, kind: str, **datos) -> Documento:
    """A document of that kind, signed by the President and the Secretary."""
    count = Documento.objects.count()
    signers = {"presidencia": town["president"], "secretaria": town["secretary"]}
    documento = issue_to_sign(
        issue=Issue(
            tipo=kind,
            origen=f"prueba:{count}",
            dependencia_id=town["office"].pk,
            asunto="Un nombramiento",
            datos=DATA[kind] | datos,
            firmantes={clave: person.pk for clave, person in signers.items()},
        ),
        actor=town["secretary"],
        now=NOON,
    )
    for number, person in enumerate(signers.values()):
        sign_documento(
            documento_id=documento.pk,
            credentials=own_pair(str(person), number),
            actor=person,
            now=NOON,
        )
    return Documento.objects.get(pk=documento.pk)


def names_on(day: str) -> list[str]:
    return [row.persona for row in holders_on(dt.date.fromisoformat(day))]


def test_a_signed_appointment_says_who_held_the_post_on_each_day(town):
    documento = signed(town, "nombramiento", desde="2026-12-01", hasta="2027-09-30")
    row = Nombramiento.objects.get(documento=documento)
    assert (row.persona, row.termina) == ("Rosa Elena Cárdenas Ibarra", dt.date(2027, 9, 30))
    for day, there in {
        "2026-11-30": False,
        "2026-12-01": True,
        "2027-09-30": True,
        "2027-10-01": False,
    }.items():
        assert names_on(day) == ([row.persona] if there else [])


def test_half_signed_it_says_nothing(town):
    documento = issue_to_sign(
        issue=Issue(
            tipo="nombramiento",
            origen="prueba:media",
            dependencia_id=town["office"].pk,
            asunto="Un nombramiento",
            datos=DATA["nombramiento"],
            firmantes={"presidencia": town["president"].pk, "secretaria": town["secretary"].pk},
        ),
        actor=town["secretary"],
        now=NOON,
    )
    pair = own_pair(str(town["president"]))
    president = town["president"]
    sign_documento(documento_id=documento.pk, credentials=pair, actor=president, now=NOON)
    assert not Nombramiento.objects.exists()


def test_an_oath_and_a_revocation_find_their_appointment_by_its_folio(town):
    documento = signed(town, "nombramiento", desde="2026-12-01", hasta="")
    oath = signed(town, "acta_protesta", nombramiento=documento.folio, fecha="2026-12-01")
    row = Nombramiento.objects.get()
    assert (row.protesta, row.protestado_el) == (oath, dt.date(2026, 12, 1))
    assert row.termina is None
    revocation = signed(
        town,
        "revocacion_nombramiento",
        folio_nombramiento=documento.folio.lower(),
        desde="2027-03-01",
    )
    row.refresh_from_db()
    assert (row.revocacion, row.motivo_fin) == (revocation, "renuncia")
    assert names_on("2027-02-28") == [row.persona]
    assert names_on("2027-03-01") == []
    assert not unmatched_documents().exists()


def test_a_revocation_that_is_cancelled_gives_the_post_back(town):
    documento = signed(town, "nombramiento", desde="2026-12-01", hasta="")
    revocation = signed(
        town, "revocacion_nombramiento", folio_nombramiento=documento.folio, desde="2027-03-01"
    )
    cancel_documento(
        documento_id=revocation.pk, motivo="Se dictó por error.", actor=town["secretary"], now=NOON
    )
    assert len(names_on("2027-03-01")) == 1


def test_one_that_names_no_known_folio_is_shown_apart(town):
    oath = signed(town, "acta_protesta", nombramiento="NOM-1999-000001")
    assert list(unmatched_documents()) == [oath]


def test_who_is_named_as_replaced_leaves_and_comes_back_if_that_is_cancelled(town):
    first = {"persona": "Ernesto Lozano", "desde": "2026-01-01", "hasta": "", "sustituye_a": ""}
    signed(town, "nombramiento", **first)
    second = signed(
        town, "nombramiento", desde="2026-12-01", hasta="", sustituye_a="ERNESTO lozano"
    )
    assert names_on("2026-11-30") == ["Ernesto Lozano"]
    assert names_on("2026-12-01") == ["Rosa Elena Cárdenas Ibarra"]
    cancel_documento(
        documento_id=second.pk, motivo="Se dictó por error.", actor=town["secretary"], now=NOON
    )
    assert names_on("2026-12-01") == ["Ernesto Lozano"]


def test_what_ends_soon_is_told_at_90_30_and_7_days_once_each(town):
    signed(town, "nombramiento", desde="2026-10-01", hasta="2027-03-31")
    told = []
    for moment in (
        local(2026, 12, 30),
        local(2026, 12, 31),
        local(2027, 1, 15),
        local(2027, 3, 5),
        local(2027, 3, 6),
        local(2027, 3, 28),
        local(2027, 3, 29),
        local(2027, 4, 2),
    ):
        told.append(alert_endings(actor=SYSTEM, now=moment))
    assert told == [0, 1, 0, 1, 0, 1, 0, 0]
    letters = Envio.objects.filter(objeto="nombramiento", destino=town["secretary"].email)
    assert letters.count() == 3
    assert "Rosa" not in letters.first().cuerpo


def test_the_pages_and_files_show_any_day(town, client):
    signed(town, "nombramiento", desde="2026-12-01", hasta="2027-09-30")
    row = Nombramiento.objects.get()
    client.force_login(town["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("documentos:cargos"), {"dia": "2027-01-01"})
    assert "Rosa Elena" in page.text
    assert "Falta la protesta" in page.text
    page = client.get(reverse("documentos:cargos"), {"dia": "2026-11-30"})
    assert "Rosa Elena" not in page.text
    assert "No entendimos" in client.get(reverse("documentos:cargos"), {"dia": "ayer"}).text
    assert row.documento.folio in client.get(reverse("documentos:cargo", args=[row.pk])).text
    files = {
        kind: client.get(
            reverse("documentos:cargos_relacion", args=[kind]), {"dia": "2027-01-01"}
        ).getvalue()
        for kind in ("xlsx", "pdf")
    }
    rows = list(load_workbook(io.BytesIO(files["xlsx"])).active.values)
    assert rows[1][2:4] == (row.persona, dt.datetime(2026, 12, 1))
    text = PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
    # A table lets a long word break after its hyphens, by marks that nobody sees.
    assert row.documento.folio in text.replace("\u200b", "")
