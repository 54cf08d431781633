"""Beginning and writing a document through its pages."""

import re

import pytest
from django.core.management import call_command

from portal.accounts.constants import Rol
from portal.documents import services
from portal.documents.builtin import builtin_keys, builtin_kind
from portal.documents.models import Documento, TipoDocumento
from portal.documents.services.drafting import current_version
from tests.documents.samples import DATA, OFFICE_DATA
from tests.factories import StaffFactory

from .room import HOME, fresh, hidden, url

pytestmark = pytest.mark.django_db
NEW = f"{HOME}nuevo/"


def typed(room, kind="memorandum", **changes) -> dict:
    """What a browser sends for a complete memorandum."""
    data = {f"campo.{name}": value for name, value in DATA[kind].items()}
    head = {"dependencia": room.office.pk, "asunto": "Corte de caja", "firmante.titular": ""}
    return {**data, **head, **changes}


def test_every_kind_that_people_draft_is_offered_before_any_row_exists(db):
    assert not TipoDocumento.objects.exists()
    call_command("cargar_tipos_documento", verbosity=0)
    call_command("cargar_tipos_documento", verbosity=0)
    by_hand = {k for k in builtin_keys() if not builtin_kind(k).values.get("automatico")}
    assert set(TipoDocumento.objects.values_list("clave", flat=True)) == by_hand


def test_a_person_chooses_among_the_kinds_of_their_role(room, sign_in):
    html = sign_in(room.clerk).get(NEW).content.decode()
    assert "Aviso o encargo breve entre dependencias" in html
    assert "Nombramiento" not in html
    html = sign_in(room.secretary).get(NEW).content.decode()
    assert "Nombramiento" in html


def test_who_drafts_nothing_is_told_so(room, sign_in):
    html = sign_in(room.reader).get(NEW).content.decode()
    assert "Su puesto no redacta documentos" in html
    assert sign_in(room.reader).get(f"{NEW}oficio/").status_code == 403
    assert sign_in(room.clerk).get(f"{NEW}nada/").status_code == 404


@pytest.mark.parametrize("clave", sorted(OFFICE_DATA))
def test_the_form_of_every_kind_opens_and_keeps_what_is_typed(room, sign_in, clave):
    who = room.lawyer if clave == "opinion_juridica" else room.secretary
    kind = TipoDocumento.objects.get(clave=clave)
    browser = sign_in(who)
    assert browser.get(f"{NEW}{clave}/").status_code == 200
    data = typed(room, clave, dependencia=room.secretaria.pk)
    data |= {f"firmante.{p['clave']}": "" for p in kind.plantillas.get().firmantes}
    response = browser.post(f"{NEW}{clave}/", data)
    assert response.status_code == 302, re.findall(
        r'class="error">.*?</p>', response.content.decode()
    )
    made = Documento.objects.get()
    assert made.asunto == "Corte de caja"
    kept = current_version(made).datos
    assert {k: v for k, v in kept.items() if v}.keys() == DATA[clave].keys()


def test_a_confidential_kind_begins_marked(room, sign_in):
    html = sign_in(room.lawyer).get(f"{NEW}opinion_juridica/").content.decode()
    assert re.search(r'name="confidencial"[^>]* checked', html)
    html = sign_in(room.clerk).get(f"{NEW}oficio/").content.decode()
    assert not re.search(r'name="confidencial"[^>]* checked', html)


def test_the_head_of_the_office_is_suggested_to_sign(room, sign_in):
    html = sign_in(room.clerk).get(f"{NEW}memorandum/").content.decode()
    assert f'<option value="{room.head.pk}" selected>' in html


def test_a_draft_may_lack_what_the_document_will_need(room, sign_in):
    data = typed(room) | {"campo.texto": ""}
    assert sign_in(room.clerk).post(f"{NEW}memorandum/", data).status_code == 302


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(room, sign_in):
    data = typed(room, **{"asunto": "", "campo.fecha_limite": "ayer", "campo.texto": "Largo texto"})
    response = sign_in(room.clerk).post(f"{NEW}memorandum/", data)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Escriba de qué trata." in html
    assert 'href="#id_campo.fecha_limite"' in html
    assert "Escriba la fecha como día/mes/año" in html
    assert "Largo texto" in html
    assert not Documento.objects.exists()


@pytest.mark.parametrize("value", ["999999", "x", "-1"])
def test_nobody_signs_who_is_not_on_the_staff(room, sign_in, value):
    data = typed(room, **{"firmante.titular": value})
    response = sign_in(room.clerk).post(f"{NEW}memorandum/", data)
    assert response.status_code == 422
    assert "Elija a una persona con cuenta activa." in response.content.decode()


def test_an_office_that_is_not_theirs_is_refused(room, sign_in):
    data = typed(room, dependencia=room.secretaria.pk)
    response = sign_in(room.clerk).post(f"{NEW}memorandum/", data)
    assert response.status_code == 422
    assert not Documento.objects.exists()


def test_clauses_can_be_left_out_and_written_otherwise(room, sign_in):
    kind = TipoDocumento.objects.get(clave="oficio").plantillas.get()
    loose = [c["clave"] for c in kind.clausulas if c.get("editable")]
    data = typed(room, "oficio")
    data |= {f"incluye.{c['clave']}": "on" for c in kind.clausulas if c.get("opcional")}
    data |= {f"clausula.{loose[-1]}": "Reciba un saludo."}
    data.pop(f"incluye.{loose[0]}")
    sign_in(room.clerk).post(f"{NEW}oficio/", data)
    version = current_version(Documento.objects.get())
    assert version.clausulas[loose[-1]]["texto"] == "Reciba un saludo."
    assert version.clausulas[loose[0]]["incluida"] is False
    html = sign_in(room.clerk).get(url(version.documento, "editar/")).content.decode()
    assert "Reciba un saludo." in html


def test_a_draft_is_changed_and_stays_where_it_was(room, sign_in):
    documento = room.draft()
    browser = sign_in(room.clerk)
    html = browser.get(url(documento, "editar/")).content.decode()
    data = typed(room, asunto="Otro asunto", cambios=hidden(html, "cambios"), seguir="1")
    response = browser.post(url(documento, "editar/"), data)
    assert response.headers["Location"] == url(documento, "editar/")
    assert fresh(documento).asunto == "Otro asunto"


def test_who_saved_first_is_not_overwritten_without_knowing(room, sign_in):
    documento = room.draft()
    mine, theirs = sign_in(room.clerk), sign_in(room.head)
    stale = hidden(mine.get(url(documento, "editar/")).content.decode(), "cambios")
    theirs.post(url(documento, "editar/"), typed(room, asunto="Lo de ella", cambios=stale))
    response = mine.post(url(documento, "editar/"), typed(room, asunto="Lo de él", cambios=stale))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Lo de ella" in html
    assert 'value="Lo de él"' in html
    assert fresh(documento).asunto == "Lo de ella"
    again = typed(room, asunto="Lo de él", cambios=hidden(html, "cambios"))
    assert mine.post(url(documento, "editar/"), again).status_code == 302
    assert fresh(documento).asunto == "Lo de él"


def test_what_is_in_review_cannot_be_written_and_the_text_is_kept(room, sign_in):
    documento = room.submitted()
    browser = sign_in(room.clerk)
    assert browser.get(url(documento, "editar/")).status_code == 409
    data = typed(room, asunto="Tarde", cambios=documento.cambios)
    response = browser.post(url(documento, "editar/"), data)
    assert response.status_code == 409
    assert "cópielo si le sirve" in response.content.decode()
    assert 'value="Tarde"' in response.content.decode()


def test_a_stranger_neither_reads_nor_writes_it(room, sign_in):
    documento = room.draft()
    browser = sign_in(room.stranger)
    assert browser.get(url(documento, "editar/")).status_code == 404
    assert browser.post(url(documento, "editar/"), typed(room)).status_code == 404
    assert browser.post(url(documento, "previa/"), typed(room)).status_code == 404


# preview


def test_the_preview_shows_what_is_typed_and_keeps_nothing(room, sign_in):
    data = typed(room, asunto="Asunto <b>con</b> marcas")
    response = sign_in(room.clerk).post(f"{NEW}memorandum/previa/", data)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'src="data:image/svg+xml,' in html
    assert not Documento.objects.exists()


def test_the_preview_of_a_half_written_form_is_still_a_page(room, sign_in):
    data = {"asunto": "", "campo.fecha_limite": "nunca", "firmante.titular": "x"}
    response = sign_in(room.clerk).post(f"{NEW}memorandum/previa/", data)
    assert 'src="data:image/svg+xml,' in response.content.decode()


def test_the_preview_of_a_kept_draft_does_not_save_it(room, sign_in):
    documento = room.draft()
    data = typed(room, asunto="Nunca guardado")
    response = sign_in(room.clerk).post(url(documento, "previa/"), data)
    assert 'src="data:image/svg+xml,' in response.content.decode()
    assert fresh(documento).asunto == documento.asunto


def test_without_javascript_a_button_shows_the_preview_beside_the_text(room, sign_in):
    data = typed(room, asunto="Sin guardar", previa="1")
    html = sign_in(room.clerk).post(f"{NEW}memorandum/", data).content.decode()
    assert 'src="data:image/svg+xml,' in html
    assert 'value="Sin guardar"' in html
    assert not Documento.objects.exists()


# replacing


def test_the_one_that_takes_its_place_begins_with_its_data(room, sign_in):
    old = room.signed()
    browser = sign_in(room.clerk)
    page = f"{NEW}memorandum/?sustituye={old.pk}"
    html = browser.get(page).content.decode()
    assert DATA["memorandum"]["responsable"] in html
    assert old.folio in html
    browser.post(page, typed(room, asunto="El nuevo", **{"firmante.titular": room.head.pk}))
    new = Documento.objects.get(asunto="El nuevo")
    assert new.sustituye_id == old.pk
    room.signed(new)
    assert (fresh(old).estado, fresh(new).estado) == ("sustituido", "firmado")
    html = sign_in(room.head).get(url(old)).content.decode()
    assert "Lo sustituye:" in html
    assert fresh(new).folio in html


def test_only_what_is_in_force_can_be_replaced_and_by_its_own_kind(room, sign_in):
    browser, draft = sign_in(room.clerk), room.draft()
    assert browser.get(f"{NEW}memorandum/?sustituye={draft.pk}").status_code == 409
    signed = room.signed()
    assert browser.get(f"{NEW}oficio/?sustituye={signed.pk}").status_code == 409
    assert browser.get(f"{NEW}memorandum/?sustituye=999999").status_code == 404


def test_the_desk_begins_a_constancia(room, sign_in):
    clerk = StaffFactory(Rol.VENTANILLA, room.secretaria)
    data = typed(room, "constancia", dependencia=room.secretaria.pk)
    data |= {"firmante.secretaria": room.secretary.pk}
    data.pop("firmante.titular")
    response = sign_in(clerk).post(f"{NEW}constancia/", data)
    assert response.status_code == 302
    assert services.ensure_kind("constancia", now=None).documentos.count() == 1
