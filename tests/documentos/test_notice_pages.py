"""Pages of notifications: ordering one, practising it, and receiving the document."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from notificaciones.models import Envio
from portal.core.models import EventRecord
from portal.documents import services
from portal.documents.constants import EstadoDocumento, EstadoNotificacion, MedioNotificacion
from portal.documents.models import ArchivoDocumento, Documento, NotificacionDocumento
from portal.documents.services import Issue
from tablero.documentos.notifying.links import receive_token
from tests.documents.samples import DATA
from tests.documents.town import notification
from tests.factories import NOON, PeticionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "house")]
MAIL = {
    "destinatario": "María Núñez",
    "medio": "electronica",
    "correo": "maria@correo.example",
    "consentimiento": "En su escrito",
}


@pytest.fixture
def documento(room) -> Documento:
    issue = Issue(
        tipo="prevencion",
        origen="prueba:1",
        dependencia_id=room.office.pk,
        asunto="Bache",
        datos=DATA["prevencion"],
    )
    return services.issue_sealed(issue=issue, actor=room.clerk, now=NOON)


@pytest.fixture
def clerk(room, sign_in) -> Client:
    return sign_in(room.clerk)


def scan(name="cedula.jpg") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue())


def ordering(documento) -> str:
    return reverse("documentos:notificar", args=[documento.pk])


def act(row, slug: str) -> str:
    return reverse("documentos:notificacion_acto", args=[row.pk, slug])


def sent(documento) -> NotificacionDocumento:
    return notification(
        documento,
        **MAIL | {"domicilio": ""},
        estado=EstadoNotificacion.ENVIADA,
        enviada_en=NOON,
    )


def visit(row, **changes) -> dict:
    values = {
        "cambios": row.cambios,
        "forma": "persona",
        "cuando": "2026-10-05T12:30",
        "recibe": "María Núñez",
        "identificacion": "Credencial para votar",
        "evidencia": scan(),
    }
    return values | changes


def test_it_is_ordered_from_the_document_and_shown_on_it(clerk, documento):
    page = clerk.get(reverse("documentos:documento", args=[documento.pk])).content.decode()
    assert ordering(documento) in page
    form = {**MAIL, "cambios": documento.cambios}
    answer = clerk.post(ordering(documento), form, follow=True)
    row = NotificacionDocumento.objects.get()
    assert answer.redirect_chain == [(reverse("documentos:notificacion", args=[row.pk]), 302)]
    assert "Falta que la persona acuse recibo." in answer.content.decode()
    page = clerk.get(reverse("documentos:documento", args=[documento.pk])).content.decode()
    assert "María Núñez" in page
    assert "Se envió la notificación electrónica" in page


def test_what_is_missing_is_said_by_its_field_and_nothing_typed_is_lost(clerk, documento):
    form = {**MAIL, "correo": "maria", "consentimiento": "", "cambios": documento.cambios}
    answer = clerk.post(ordering(documento), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Escriba un correo como nombre@ejemplo.mx." in page
    assert "Diga cómo y cuándo aceptó" in page
    assert 'value="María Núñez"' in page
    assert not NotificacionDocumento.objects.exists()


def test_ordering_over_a_change_is_a_conflict_that_keeps_the_form(clerk, documento):
    answer = clerk.post(ordering(documento), {**MAIL, "cambios": documento.cambios - 1})
    assert answer.status_code == 409
    assert 'value="María Núñez"' in answer.content.decode()


def test_a_cancelled_document_is_not_notified_any_more(clerk, documento, room):
    services.cancel_documento(documento_id=documento.pk, motivo="Error.", actor=room.head, now=NOON)
    assert clerk.get(ordering(documento)).status_code == 409


def test_a_case_lends_the_contact_of_who_filed_and_keeps_that_it_was_seen(room, sign_in):
    case = PeticionFactory(dependencia=room.office)
    person = case.solicitante
    person.nombre, person.domicilio = "José Xochihua", "Camino Real 3"
    person.correo, person.correo_verificado_en = "jose@correo.example", NOON
    person.acepta_electronico = True
    person.save()
    issue = Issue(
        tipo="prevencion",
        origen=f"peticion:{case.pk}:prevencion:1",
        dependencia_id=room.office.pk,
        asunto="Bache",
        datos=DATA["prevencion"],
    )
    made = services.issue_sealed(issue=issue, actor=room.clerk, now=NOON)
    browser = sign_in(room.clerk)
    page = browser.get(ordering(made)).content.decode()
    assert "Usar los datos que dio con su asunto" in page
    assert "jose@correo.example" not in page
    assert not EventRecord.objects.filter(event_type="PersonDataSeen").exists()
    page = browser.post(ordering(made), {"usar_asunto": "1"}).content.decode()
    assert "jose@correo.example" in page
    assert f"Lo aceptó al presentar el asunto {case.folio}" in page
    assert EventRecord.objects.filter(event_type="PersonDataSeen").count() == 1


def test_a_visit_is_recorded_with_its_scan(clerk, documento):
    row = notification(documento)
    answer = clerk.post(act(row, "practicada"), visit(row), follow=True)
    page = answer.content.decode()
    assert "La notificación quedó practicada." in page
    row.refresh_from_db()
    assert row.estado == EstadoNotificacion.PRACTICADA
    evidence = clerk.get(reverse("documentos:notificacion_evidencia", args=[row.pk]))
    assert evidence["Content-Type"] == "image/jpeg"
    assert evidence["Content-Disposition"].startswith("attachment")
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.NOTIFICADO


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (None, "Agregue la constancia escaneada."),
        (SimpleUploadedFile("c.pdf", b"MZ\x90 no es un pdf"), "no es JPG, PNG, WEBP ni PDF"),
        (SimpleUploadedFile("c.pdf", b""), "está vacío"),
    ],
    ids=["none", "program", "empty"],
)
def test_a_scan_that_is_no_scan_is_refused_and_leaves_nothing(
    clerk, documento, settings, file, line
):
    row = notification(documento)
    kept = sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
    form = visit(row)
    form.pop("evidencia")
    if file is not None:
        file.seek(0)
        form["evidencia"] = file
    answer = clerk.post(act(row, "practicada"), form)
    assert answer.status_code == 422
    assert "Credencial para votar" in answer.content.decode()
    if file is None or file.size:
        assert line in answer.content.decode()
    assert sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*")) == kept
    row.refresh_from_db()
    assert row.estado == EstadoNotificacion.PENDIENTE


def test_a_refused_visit_leaves_no_file_behind(clerk, documento, settings):
    row = notification(documento)
    kept = sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
    answer = clerk.post(act(row, "practicada"), visit(row, cuando="2026-10-09T10:00"))
    assert answer.status_code == 422
    assert "Esa hora todavía no llega." in answer.content.decode()
    assert sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*")) == kept
    assert not ArchivoDocumento.objects.filter(clase="evidencia").exists()


def test_only_the_ways_that_may_be_are_offered(clerk, documento):
    row = notification(documento)
    page = clerk.get(act(row, "practicada")).content.decode()
    assert "Con la persona" in page
    assert "Por instructivo" not in page
    NotificacionDocumento.objects.filter(pk=row.pk).update(
        estado=EstadoNotificacion.CITATORIO, visita_en=NOON, cita_en=NOON
    )
    assert "Por instructivo" in clerk.get(act(row, "practicada")).content.decode()
    assert clerk.get(act(row, "citatorio")).status_code == 409
    assert clerk.get(act(row, "reenviar")).status_code == 409


def test_a_paper_is_printed_once_and_opens(clerk, documento):
    row = notification(documento)
    url = reverse("documentos:notificacion_papel", args=[row.pk, "cedula"])
    answer = clerk.post(url)
    made = Documento.objects.get(tipo__clave="cedula_notificacion")
    assert answer.url == reverse("documentos:pdf", args=[made.pk])
    assert clerk.post(url).url == answer.url
    assert clerk.get(answer.url)["Content-Type"] == "application/pdf"
    refused = clerk.post(
        reverse("documentos:notificacion_papel", args=[row.pk, "instructivo"]), follow=True
    )
    assert "no se puede imprimir ese papel" in refused.content.decode()


def test_the_list_holds_those_of_the_trays_and_costs_the_same(
    clerk, documento, django_assert_max_num_queries
):
    url = reverse("documentos:notificaciones")
    notification(documento, vence="2026-10-01", destinatario="Tarde")
    notification(documento, vence="2026-10-06", destinatario="Pronto")
    notification(documento, vence="2026-10-30", destinatario="Después", medio="oficio")
    found = {
        tray: {name for name in ("Tarde", "Pronto", "Después") if name in page}
        for tray in ("pendientes", "vencidas", "por_vencer", "practicadas")
        for page in [clerk.get(f"{url}?bandeja={tray}").content.decode()]
    }
    assert found == {
        "pendientes": {"Tarde", "Pronto", "Después"},
        "vencidas": {"Tarde"},
        "por_vencer": {"Pronto"},
        "practicadas": set(),
    }
    assert "Tarde" not in clerk.get(f"{url}?medio=oficio").content.decode()
    with django_assert_max_num_queries(12) as few:
        clerk.get(url)
    for n in range(20):
        notification(documento, destinatario=f"Persona {n}")
    with django_assert_max_num_queries(12) as many:
        clerk.get(url)
    assert len(few) == len(many)


def test_strangers_do_not_know_of_it(sign_in, room, documento):
    row = notification(documento)
    stranger = sign_in(room.stranger)
    for name in ("notificacion", "notificacion_evidencia"):
        assert stranger.get(reverse(f"documentos:{name}", args=[row.pk])).status_code == 404
    assert stranger.post(act(row, "practicada"), visit(row)).status_code == 404
    reader = sign_in(room.reader)
    assert reader.get(reverse("documentos:notificacion", args=[row.pk])).status_code == 200
    assert reader.get(act(row, "fallida")).status_code == 403
    assert "María" not in stranger.get(reverse("documentos:notificaciones")).content.decode()


# the addressee


def door(row, name: str = "documento") -> str:
    return reverse(f"recibir:{name}", args=[receive_token(row)])


def test_the_addressee_reads_acknowledges_and_keeps_the_proof(documento, room, sign_in):
    form = {**MAIL, "cambios": documento.cambios}
    sign_in(room.clerk).post(ordering(documento), form)
    row = NotificacionDocumento.objects.get()
    letter = Envio.objects.get(evento="documento_notificado")
    assert door(row) in letter.cuerpo
    citizen = Client()
    page = citizen.get(door(row)).content.decode()
    assert "Le notificamos un documento" in page
    assert "Acuso de recibido" in page
    row.refresh_from_db()
    assert row.abierta_en is not None
    assert citizen.get(door(row, "pdf")).content.startswith(b"%PDF")
    assert citizen.get(door(row, "constancia")).status_code == 404
    done = citizen.post(door(row), follow=True).content.decode()
    assert "Acusó recibo el" in done
    assert "Acuso de recibido" not in done
    assert citizen.get(door(row, "constancia")).content.startswith(b"%PDF")
    assert citizen.post(door(row)).status_code == 302
    row.refresh_from_db()
    assert row.estado == EstadoNotificacion.PRACTICADA


def test_looking_without_reading_marks_nothing(documento):
    row = sent(documento)
    Client().head(door(row))
    row.refresh_from_db()
    assert row.abierta_en is None


@pytest.mark.parametrize("ficha", ["1.falsa", "zz", "1", "f" * 200, "1.AAAA-_"])
def test_a_forged_link_opens_nothing_and_says_so(db, ficha):
    answer = Client().get(f"/recibir/{ficha}/")
    assert answer.status_code == 404
    assert "Este enlace no es válido o ya venció." in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_an_old_link_closes_unless_it_was_acknowledged(documento):
    row = sent(documento)
    NotificacionDocumento.objects.update(enviada_en="2026-08-01T12:00Z")
    assert Client().get(door(row)).status_code == 404
    NotificacionDocumento.objects.update(
        estado=EstadoNotificacion.PRACTICADA, forma="acuse", practicada_en=NOON
    )
    assert Client().get(door(row)).status_code == 200


def test_what_was_given_up_or_goes_by_other_means_opens_nothing(documento):
    row = sent(documento)
    NotificacionDocumento.objects.update(estado=EstadoNotificacion.FALLIDA)
    assert Client().get(door(row)).status_code == 404
    personal = notification(documento, medio=MedioNotificacion.PERSONAL, destinatario="Luis")
    assert Client().get(door(personal)).status_code == 404


def test_a_document_that_ended_is_told_so_and_not_acknowledged(documento, room):
    row = sent(documento)
    services.cancel_documento(documento_id=documento.pk, motivo="Error.", actor=room.head, now=NOON)
    page = Client().get(door(row)).content.decode()
    assert "Este documento ya no está en vigor" in page
    assert Client().post(door(row)).status_code == 409


def test_the_page_speaks_english(documento):
    page = Client().get(f"/en{door(sent(documento))}").content.decode()
    assert "I acknowledge receipt" in page
    assert "Acuso" not in page
