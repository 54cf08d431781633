"""The page of a document: what it tells of each state, its pictures, its PDF, its proofs."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.models import EventRecord
from portal.core.time import now
from portal.documents import services
from portal.documents.events import DocumentoEvent
from tablero.documentos.docpage import paragraphs_of
from tablero.documentos.history import _Teller
from tests.factories import SuplenciaFactory

from .room import fresh, url

pytestmark = pytest.mark.django_db


def html_of(browser, documento, rest="", status=200) -> str:
    response = browser.get(url(documento, rest))
    assert response.status_code == status
    return response.content.decode()


def test_each_state_is_told_in_words_with_who_it_waits_for(room, sign_in):
    browser = sign_in(room.secretary)
    documento = room.draft()
    assert "Es un borrador" in html_of(browser, documento)
    room.submitted(documento, room.head, room.lawyer)
    html = html_of(browser, documento)
    assert "Espera la revisión de Rosa Cárdenas y Luz Ortega, hasta el" in html
    for person in (room.head, room.lawyer):
        services.approve_review(documento_id=documento.pk, actor=person, now=now())
    assert "falta enviarlo a firma" in html_of(browser, documento)
    services.send_to_sign(documento_id=documento.pk, actor=room.clerk, now=now())
    assert "Espera la firma de Rosa Cárdenas" in html_of(browser, documento)
    room.sign(documento, room.head)
    html = html_of(browser, documento)
    assert "en vigor" in html
    assert fresh(documento).folio in html


def test_a_series_of_signatures_waits_for_one_at_a_time(room, sign_in):
    documento = room.signing(room.appointment())
    browser = sign_in(room.lawyer)
    html = html_of(browser, documento)
    assert "Espera la firma de Tomás Villegas, hasta" in html
    room.sign(documento, room.president)
    html = html_of(browser, documento)
    assert "Espera la firma de Elena Villaseñor, hasta" in html
    assert "NOM-" in html


def test_what_a_draft_lacks_is_said_before_it_is_sent(room, sign_in):
    documento = room.draft(datos={}, firmantes={})
    html = html_of(sign_in(room.clerk), documento)
    assert "Antes de enviarlo, complete:" in html
    assert "Falta decir quién firma" in html


@pytest.mark.parametrize(
    ("who", "offered", "kept"),
    [
        ("clerk", {"editar", "revision", "comentar", "cancelar"}, {"aprobar", "firma"}),
        ("head", {"editar", "revision", "comentar", "cancelar"}, {"aprobar"}),
        ("lawyer", {"comentar"}, {"editar", "revision", "cancelar"}),
    ],
)
def test_each_person_is_offered_what_they_may_do_with_a_draft(room, sign_in, who, offered, kept):
    documento = room.draft()
    html = html_of(sign_in(getattr(room, who)), documento)
    links = set(re.findall(rf'href="{url(documento)}(?:acto/)?([a-z-]+)/"', html))
    assert offered <= links
    assert not kept & links


def test_who_may_not_know_of_it_gets_404_everywhere(room, sign_in):
    documento, browser = room.draft(), sign_in(room.stranger)
    for rest in ("", "pdf/", "pagina/1/", "versiones/", "integridad/", "acto/comentar/"):
        html_of(browser, documento, rest, status=404)


def test_the_page_costs_the_same_with_one_fact_and_with_many(room, sign_in):
    documento, browser = room.draft(), sign_in(room.secretary)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            html_of(browser, documento)
        return len(queries)

    cost()
    before = cost()
    for n in range(12):
        services.comment_documento(
            documento_id=documento.pk,
            parrafo="",
            texto=f"Comentario {n}",
            actor=room.head,
            now=now(),
        )
    assert cost() <= before + 1
    assert before <= 45


def test_its_pages_are_pictures_that_run_nothing(room, sign_in):
    documento, browser = room.draft(), sign_in(room.clerk)
    html = html_of(browser, documento)
    source = re.search(r'<img src="([^"]+pagina/1/[^"]*)"', html).group(1)
    response = browser.get(source)
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert gzip.decompress(response.content).startswith(b"<svg")
    html_of(browser, documento, "pagina/9/", status=404)


def test_a_change_of_the_text_changes_the_picture(room, sign_in):
    documento, browser = room.draft(), sign_in(room.clerk)
    first = browser.get(url(documento, "pagina/1/")).content
    services.save_draft(
        documento_id=documento.pk,
        draft=services.Draft(asunto="Otro", datos={"texto": "Otra cosa muy distinta."}),
        actor=room.clerk,
        now=now(),
    )
    assert browser.get(url(documento, "pagina/1/")).content != first


def test_the_pdf_is_the_draft_then_the_frozen_then_the_signed(room, sign_in):
    documento, browser = room.draft(), sign_in(room.clerk)

    def name() -> str:
        response = browser.get(url(documento, "pdf/"))
        assert response.content.startswith(b"%PDF")
        return re.search('filename="(.*)"', response.headers["Content-Disposition"]).group(1)

    assert name() == f"borrador-{documento.pk}-v1.pdf"
    room.ready(documento)
    assert name() == f"memorandum-{documento.pk}-v1.pdf"
    services.send_to_sign(documento_id=documento.pk, actor=room.clerk, now=now())
    room.sign(documento, room.head)
    assert name() == f"{fresh(documento).folio}.pdf"


def test_a_signature_is_told_with_level_certificate_and_substitution(room, sign_in):
    documento = room.signing()
    SuplenciaFactory(ausente=room.head, suplente=room.lawyer)
    room.sign(documento, type(room.lawyer).objects.get(pk=room.lawyer.pk), 1)
    html = html_of(sign_in(room.secretary), documento)
    firma = documento.firmas.get()
    assert firma.certificado_serie in html
    assert "En suplencia de Rosa Cárdenas" in html
    assert "Firma electrónica avanzada" in html
    assert "Certificado de prueba" in html
    assert "Abrir la página de verificación" in html


def test_remarks_stand_with_their_paragraph_and_who_made_it_settles_it(room, sign_in):
    documento = room.draft()
    paragraph = paragraphs_of(documento)[0].clave
    row = services.comment_documento(
        documento_id=documento.pk,
        parrafo=paragraph,
        texto="Falta la fecha.",
        actor=room.head,
        now=now(),
    )
    browser = sign_in(room.clerk)
    part = html_of(browser, documento).split(f'id="p-{paragraph}"')[1].split('class="para"')[0]
    assert "Falta la fecha." in part
    address = url(documento, f"comentario/{row.pk}/atender/")
    assert "Darlo por atendido" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302
    row.refresh_from_db()
    assert row.atendido_por == room.clerk
    assert browser.post(address).status_code == 409


def test_only_who_drafts_or_who_made_it_settles_a_remark(room, sign_in):
    documento = room.draft()
    row = services.comment_documento(
        documento_id=documento.pk, parrafo="", texto="Mal.", actor=room.head, now=now()
    )
    address = url(documento, f"comentario/{row.pk}/atender/")
    assert sign_in(room.lawyer).post(address).status_code == 403
    assert sign_in(room.stranger).post(address).status_code == 404
    other = room.draft()
    assert sign_in(room.head).post(url(other, f"comentario/{row.pk}/atender/")).status_code == 404


def test_every_fact_of_a_document_has_its_words():
    kinds = DocumentoEvent.__subclasses__()
    assert not [cls.__name__ for cls in kinds if not hasattr(_Teller, f"_{cls.__name__}")]


def test_the_history_tells_the_whole_life(room, sign_in):
    documento = room.submitted()
    services.return_documento(
        documento_id=documento.pk, motivo="Corrija la fecha.", actor=room.head, now=now()
    )
    services.cancel_documento(
        documento_id=documento.pk, motivo="Ya no hace falta.", actor=room.clerk, now=now()
    )
    html = html_of(sign_in(room.head), documento)
    for words in ("Empezó el borrador", "Envió a revisión la versión 1", "Lo devolvió"):
        assert words in html
    assert "Corrija la fecha." in html
    assert "Ya no hace falta." in html


# versions


def test_two_versions_stand_side_by_side(room, sign_in):
    documento = room.submitted()
    services.return_documento(
        documento_id=documento.pk, motivo="Otra hora.", actor=room.head, now=now()
    )
    text = current_text(documento).replace("9:00", "10:30")
    services.save_draft(
        documento_id=documento.pk,
        draft=services.Draft(asunto=documento.asunto, datos={"texto": text}),
        actor=room.clerk,
        now=now(),
    )
    html = html_of(sign_in(room.clerk), documento, "versiones/?de=1&con=2")
    assert re.search(r"<del>[^<]*9:00", html)
    assert re.search(r"<ins>[^<]*10:30", html)
    assert "Otra hora." in html
    assert "Dicen lo mismo" in html_of(sign_in(room.clerk), documento, "versiones/?de=2&con=2")
    html_of(sign_in(room.clerk), documento, "versiones/?de=x&con=99")


def current_text(documento) -> str:
    return documento.versiones.get(numero=1).datos["texto"]


def test_one_version_alone_says_so(room, sign_in):
    assert "Sólo hay una versión" in html_of(sign_in(room.clerk), room.draft(), "versiones/")


# integrity


def test_a_signed_document_holds(room, sign_in):
    html = html_of(sign_in(room.clerk), room.signed(), "integridad/")
    assert "Todo coincide" in html
    assert "Lo firmó" in html


def spoil_record(documento):
    rows = EventRecord.objects.filter(stream=f"documento:{documento.pk}", sequence=2)
    rows.update(actor_id=1)


def spoil_content(documento):
    documento.contenido["asunto"] = "Otro"
    type(documento).objects.filter(pk=documento.pk).update(contenido=documento.contenido)


def spoil_file(documento):
    path = Path(settings.MEDIA_ROOT) / documento.archivos.last().ruta
    content = path.read_bytes()
    path.write_bytes(content[:-20] + b"x" + content[-19:])


def lose_file(documento):
    (Path(settings.MEDIA_ROOT) / documento.archivos.first().ruta).unlink()


@pytest.mark.parametrize("spoil", [spoil_record, spoil_content, spoil_file, lose_file])
def test_whatever_is_tampered_with_is_found(room, sign_in, spoil):
    documento = room.signed()
    spoil(documento)
    html = html_of(sign_in(room.clerk), documento, "integridad/")
    assert "Algo no coincide" in html
    assert "Todo coincide" not in html
