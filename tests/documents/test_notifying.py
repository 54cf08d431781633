"""Notifying documents: by whom, by what means, in what order, and with what proof."""

import datetime as dt
import threading

import pytest
from django.db import connections

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from portal.documents import services
from portal.documents.constants import (
    ClaseArchivo,
    EstadoDocumento,
    EstadoNotificacion,
    FormaNotificacion,
    MedioNotificacion,
)
from portal.documents.models import ArchivoDocumento, Documento, NotificacionDocumento
from portal.documents.services import Issue, Order, Proof, Service, proofs
from portal.documents.services.files import last_file
from tests.factories import NOON, DependenciaFactory, StaffFactory, load_calendar, local

from .samples import DATA

pytestmark = pytest.mark.django_db
_E, _F, _M = EstadoNotificacion, FormaNotificacion, MedioNotificacion
PAPER = Proof(ruta="x/y.pdf", nombre="c.pdf", tipo="application/pdf", tamano=9, sha256="a" * 64)
HOME = Order(destinatario="María Núñez", medio=_M.PERSONAL, domicilio="Calle Juárez 112")
MAIL = Order(
    destinatario="María Núñez",
    medio=_M.ELECTRONICA,
    correo="maria@correo.example",
    consentimiento="Lo señaló en su escrito del 1 de octubre",
)
#: The business day after the document, at ten.
FIRST = local(2026, 10, 6, 10)
SECOND = local(2026, 10, 7, 11)


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_calendar()
    return DependenciaFactory(clave="obras", nombre="Obras Públicas")


@pytest.fixture
def clerk(office):
    return StaffFactory(Rol.ENLACE, office)


@pytest.fixture
def documento(office) -> Documento:
    issue = Issue(
        tipo="prevencion",
        origen="prueba:1",
        dependencia_id=office.pk,
        asunto="Bache",
        datos=DATA["prevencion"],
    )
    return services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)


def ordered(documento, who, order=HOME, now=NOON, **changes) -> NotificacionDocumento:
    return services.order_notification(
        documento_id=documento.pk, order=order, actor=who, now=now, **changes
    )


def practise(row, who, *, proof=PAPER, now=None, **values):
    values = {"forma": _F.PERSONA, "cuando": FIRST, "recibe": "María Núñez"} | values
    values = {"identificacion": "Credencial para votar"} | values
    return services.practise_notification(
        notificacion_id=row.pk,
        service=Service(**values),
        proof=proof,
        actor=who,
        now=now or values["cuando"] + dt.timedelta(hours=2),
    )


def cited(documento, who) -> NotificacionDocumento:
    row = ordered(documento, who)
    return services.leave_citatorio(
        notificacion_id=row.pk,
        visita_en=FIRST,
        cita_en=SECOND,
        nota="Con la vecina.",
        actor=who,
        now=FIRST,
    )


def told(documento) -> list[str]:
    rows = EventRecord.objects.filter(stream=f"documento:{documento.pk}")
    return list(rows.order_by("sequence").values_list("event_type", flat=True))


def faults(call) -> set[str]:
    with pytest.raises(InvalidInputError) as caught:
        call()
    return set(caught.value.fields)


def test_it_is_due_ten_business_days_after_the_signature_whenever_it_is_ordered(documento, clerk):
    row = ordered(documento, clerk, now=NOON + dt.timedelta(days=4))
    # 6-9, 12-16 and 19 October: ten days that count.
    assert row.vence == dt.date(2026, 10, 19)
    assert (row.estado, row.ordenada_por) == (_E.PENDIENTE, clerk)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"destinatario": "  "}, {"destinatario"}),
        ({"destinatario": "x" * 201}, {"destinatario"}),
        ({"medio": "paloma"}, {"medio"}),
        ({"medio": _M.PERSONAL, "domicilio": ""}, {"domicilio"}),
        ({"medio": _M.ELECTRONICA, "correo": "maria", "consentimiento": ""},
         {"correo", "consentimiento"}),
        ({"medio": _M.ELECTRONICA, "correo": "m@x.example", "consentimiento": ""},
         {"consentimiento"}),
    ],
)  # fmt: skip
def test_an_order_that_lacks_something_is_refused_whole(documento, clerk, changes, wrong):
    values = {"destinatario": "María", "medio": _M.PERSONAL, "domicilio": "Calle 1"} | changes
    assert faults(lambda: ordered(documento, clerk, Order(**values))) == wrong
    assert not NotificacionDocumento.objects.exists()
    assert "NotificationOrdered" not in told(documento)


def test_an_edict_needs_no_address(documento, clerk):
    row = ordered(documento, clerk, Order(destinatario="Quien resulte dueño", medio=_M.EDICTO))
    assert (row.domicilio, row.correo) == ("", "")


def test_one_person_is_not_notified_twice_at_once_but_others_may_be(documento, clerk):
    ordered(documento, clerk)
    with pytest.raises(ConflictError):
        ordered(documento, clerk, MAIL)
    ordered(documento, clerk, Order(destinatario="Luis", medio=_M.OFICIO, domicilio="Palacio"))
    assert NotificacionDocumento.objects.count() == 2


def test_only_the_office_and_the_secretaria_order_it(documento):
    with pytest.raises(NotFoundError):
        ordered(documento, StaffFactory(Rol.ENLACE))
    with pytest.raises(NotAllowedError):
        ordered(documento, StaffFactory(Rol.CONSULTA))
    assert ordered(documento, StaffFactory(Rol.SECRETARIA)).pk


def test_a_document_that_is_not_in_force_is_not_notified(documento, clerk):
    row = ordered(documento, clerk)
    services.cancel_documento(
        documento_id=documento.pk,
        motivo="Error.",
        actor=StaffFactory(Rol.SECRETARIA),
        now=NOON,
    )
    with pytest.raises(ConflictError):
        ordered(documento, clerk, MAIL)
    with pytest.raises(ConflictError):
        practise(row, clerk)
    assert NotificacionDocumento.objects.get().estado == _E.PENDIENTE


# electronic


def test_an_electronic_one_leaves_at_once_and_is_made_by_its_acknowledgement(documento, clerk):
    row = ordered(documento, clerk, MAIL)
    letter = Envio.objects.get(evento="documento_notificado")
    assert letter.destino == "maria@correo.example"
    assert row.estado == _E.ENVIADA
    later = NOON + dt.timedelta(days=1)
    services.record_opened(notificacion_id=row.pk, actor=CitizenActor(), now=later)
    services.record_opened(
        notificacion_id=row.pk, actor=CitizenActor(), now=later + dt.timedelta(days=1)
    )
    for _time in range(2):
        row = services.acknowledge_notification(
            notificacion_id=row.pk, actor=CitizenActor(), now=later
        )
    assert (row.estado, row.forma, row.efectos) == (_E.PRACTICADA, _F.ACUSE, dt.date(2026, 10, 6))
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.NOTIFICADO
    assert told(documento)[4:] == [
        "NotificationOrdered",
        "NotificationSent",
        "NotificationOpened",
        "NotificationAcknowledged",
        "DocumentoNotified",
    ]
    record = EventRecord.objects.get(event_type="NotificationAcknowledged")
    assert record.payload["sha256"] == last_file(documento, ClaseArchivo.FIRMADO).sha256
    assert "maria" not in str(list(EventRecord.objects.values_list("payload", flat=True))).lower()
    assert verify(f"documento:{documento.pk}").integra


def test_its_proof_is_sealed_once_and_names_the_hash(documento, clerk):
    row = ordered(documento, clerk, MAIL)
    assert proofs.issue_proof(notificacion_id=row.pk, now=NOON) is None
    services.acknowledge_notification(notificacion_id=row.pk, actor=CitizenActor(), now=NOON)
    made = proofs.issue_proof(notificacion_id=row.pk, now=NOON)
    assert made == proofs.issue_proof(notificacion_id=row.pk, now=NOON)
    text = " ".join(p["texto"] for p in made.contenido["parrafos"])
    assert last_file(documento, ClaseArchivo.FIRMADO).sha256 in text
    assert "maria@correo.example" in text


def test_without_the_seal_the_acknowledgement_stands_and_its_proof_comes_later(
    documento, clerk, monkeypatch
):
    row = ordered(documento, clerk, MAIL)
    services.acknowledge_notification(notificacion_id=row.pk, actor=CitizenActor(), now=NOON)

    def none(**_kwargs):
        raise UnavailableError("no hay sello")

    with monkeypatch.context() as patch:
        patch.setattr(proofs, "issue_sealed", none)
        assert not proofs.issue_proof_or_leave(notificacion_id=row.pk, now=NOON)
        assert proofs.issue_missing_proofs(NOON) == 0
    assert proofs.issue_missing_proofs(NOON) == 1
    assert proofs.issue_missing_proofs(NOON) == 0


def test_it_is_sent_again_but_not_all_the_time(documento, clerk):
    row = ordered(documento, clerk, MAIL)
    again = {"notificacion_id": row.pk, "actor": clerk}
    with pytest.raises(ConflictError):
        services.resend_notification(now=NOON + dt.timedelta(minutes=2), **again)
    services.resend_notification(now=NOON + dt.timedelta(minutes=11), **again)
    assert Envio.objects.filter(evento="documento_notificado").count() == 2


def test_what_was_given_up_cannot_be_acknowledged_and_goes_another_way(documento, clerk):
    row = ordered(documento, clerk, MAIL)
    with pytest.raises(InvalidInputError):
        services.give_up_notification(notificacion_id=row.pk, motivo=" ", actor=clerk, now=NOON)
    services.give_up_notification(
        notificacion_id=row.pk, motivo="Rebotó el correo.", actor=clerk, now=NOON
    )
    with pytest.raises(ConflictError):
        services.acknowledge_notification(notificacion_id=row.pk, actor=CitizenActor(), now=NOON)
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.FIRMADO
    practise(ordered(documento, clerk), clerk)
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.NOTIFICADO


# in person


def test_the_person_was_at_home(documento, clerk):
    row = practise(ordered(documento, clerk), clerk)
    assert (row.estado, row.forma, row.practicada_por) == (_E.PRACTICADA, _F.PERSONA, clerk)
    assert ArchivoDocumento.objects.get(clase=ClaseArchivo.EVIDENCIA).sha256 == PAPER.sha256
    assert EventRecord.objects.get(event_type="NotificationPractised").payload == {
        "documento_id": documento.pk,
        "notificacion_id": row.pk,
        "forma": "persona",
        "practicada_en": row.practicada_en.isoformat(),
        "sha256": PAPER.sha256,
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"recibe": ""}, {"recibe"}),
        ({"identificacion": ""}, {"identificacion"}),
        ({"proof": None}, {"evidencia"}),
        ({"cuando": local(2026, 10, 4, 10), "now": SECOND}, {"cuando"}),  # before the document
        ({"cuando": local(2026, 10, 10, 10), "now": local(2026, 10, 12)}, {"cuando"}),  # Saturday
        ({"now": FIRST - dt.timedelta(minutes=1)}, {"cuando"}),  # to come
        ({"nota": "x" * 1001}, {"nota"}),
    ],
)
def test_a_visit_told_by_halves_is_refused(documento, clerk, changes, wrong):
    row = ordered(documento, clerk)
    assert faults(lambda: practise(row, clerk, **changes)) == wrong
    assert NotificacionDocumento.objects.get().estado == _E.PENDIENTE
    assert not ArchivoDocumento.objects.filter(clase=ClaseArchivo.EVIDENCIA).exists()


@pytest.mark.parametrize("way", [_F.TERCERO, _F.INSTRUCTIVO])
def test_nobody_else_is_notified_before_a_citatorio(documento, clerk, way):
    with pytest.raises(ConflictError):
        practise(ordered(documento, clerk), clerk, forma=way, relacion="Vecina")


@pytest.mark.parametrize("way", [_F.TERCERO, _F.INSTRUCTIVO, _F.PERSONA])
def test_at_the_hour_of_the_citatorio_whoever_is_there_or_the_door_will_do(documento, clerk, way):
    row = cited(documento, clerk)
    assert (row.estado, row.cita_en) == (_E.CITATORIO, SECOND)
    done = practise(row, clerk, forma=way, cuando=SECOND, relacion="Hermana")
    assert done.estado == _E.PRACTICADA


@pytest.mark.parametrize("when", [SECOND - dt.timedelta(minutes=1), local(2026, 10, 8, 11)])
def test_neither_before_that_hour_nor_another_day(documento, clerk, when):
    row = cited(documento, clerk)
    wrong = faults(lambda: practise(row, clerk, forma=_F.INSTRUCTIVO, cuando=when))
    assert wrong == {"cuando"}


@pytest.mark.parametrize(
    ("visit", "appointment", "wrong"),
    [
        (FIRST, local(2026, 10, 8, 11), "cita_en"),  # two days later
        (FIRST, local(2026, 10, 6, 17), "cita_en"),  # the same day
        (local(2026, 10, 9, 10), local(2026, 10, 10, 10), "cita_en"),  # Friday, then Saturday
        (local(2026, 10, 10, 10), local(2026, 10, 12, 10), "visita_en"),  # on a Saturday
    ],
)
def test_a_citatorio_is_for_the_next_business_day(documento, clerk, visit, appointment, wrong):
    row = ordered(documento, clerk)
    call = {"visita_en": visit, "cita_en": appointment, "nota": "", "actor": clerk}
    now = local(2026, 10, 12, 13)
    found = faults(lambda: services.leave_citatorio(notificacion_id=row.pk, now=now, **call))
    assert found == {wrong}


def test_over_a_weekend_the_appointment_is_on_monday(documento, clerk):
    row = ordered(documento, clerk)
    friday, monday = local(2026, 10, 9, 10), local(2026, 10, 12, 10)
    row = services.leave_citatorio(
        notificacion_id=row.pk, visita_en=friday, cita_en=monday, nota="", actor=clerk, now=friday
    )
    assert row.estado == _E.CITATORIO


def test_each_visit_has_its_papers_with_a_folio_of_their_own(documento, clerk):
    row = ordered(documento, clerk)
    assert services.papers_for(row) == ("cedula", "citatorio")
    first = services.issue_paper(notificacion_id=row.pk, paper="cedula", actor=clerk, now=NOON)
    again = services.issue_paper(notificacion_id=row.pk, paper="cedula", actor=clerk, now=NOON)
    assert first == again
    assert first.folio == "CED-2026-000001"
    left = services.issue_paper(notificacion_id=row.pk, paper="citatorio", actor=clerk, now=NOON)
    with pytest.raises(ConflictError):
        services.issue_paper(notificacion_id=row.pk, paper="instructivo", actor=clerk, now=NOON)
    services.leave_citatorio(
        notificacion_id=row.pk,
        visita_en=FIRST,
        cita_en=SECOND,
        nota="",
        actor=clerk,
        now=FIRST,
    )
    made = services.issue_paper(
        notificacion_id=row.pk, paper="instructivo", actor=clerk, now=SECOND
    )
    text = " ".join(p["texto"] for p in made.contenido["parrafos"])
    assert left.folio in text
    assert "6 de octubre de 2026" in text
    row.refresh_from_db()
    second = services.issue_paper(notificacion_id=row.pk, paper="cedula", actor=clerk, now=SECOND)
    assert second.folio == "CED-2026-000002"


@pytest.mark.parametrize("means", [_M.CORREO_CERTIFICADO, _M.OFICIO, _M.EDICTO])
def test_other_means_end_with_their_number_and_their_proof(documento, clerk, means):
    row = ordered(documento, clerk, Order(destinatario="SAT", medio=means, domicilio="Av. 1"))
    way = _F.PUBLICACION if means == _M.EDICTO else _F.ENTREGA
    with pytest.raises(ConflictError):
        practise(row, clerk)
    assert faults(lambda: practise(row, clerk, forma=way)) == {"referencia"}
    assert practise(row, clerk, forma=way, referencia="MX123").estado == _E.PRACTICADA


def test_a_document_is_notified_when_everybody_has_been(documento, clerk):
    one = ordered(documento, clerk)
    other = ordered(documento, clerk, Order(destinatario="Luis", medio=_M.OFICIO, domicilio="P"))
    practise(one, clerk)
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.FIRMADO
    practise(other, clerk, forma=_F.ENTREGA, referencia="OF/1")
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.NOTIFICADO


def test_what_was_published_stays_readable_once_notified_or_cancelled(documento, clerk):
    from portal.documents.selectors.verification import verified_by_code

    boss = StaffFactory(Rol.SECRETARIA)
    assert not verified_by_code(documento.codigo).publico
    services.publish_documento(documento_id=documento.pk, actor=boss, now=NOON)
    practise(ordered(documento, clerk), clerk)
    documento.refresh_from_db()
    assert documento.estado == EstadoDocumento.NOTIFICADO
    assert verified_by_code(documento.codigo).publico
    with pytest.raises(ConflictError):
        services.publish_documento(documento_id=documento.pk, actor=boss, now=NOON)
    services.cancel_documento(documento_id=documento.pk, motivo="Error.", actor=boss, now=NOON)
    found = verified_by_code(documento.codigo)
    assert (found.publico, found.cancelado) == (True, True)


def test_who_saw_it_as_it_was_before_is_told(documento, clerk):
    row = ordered(documento, clerk)
    with pytest.raises(ConflictError) as caught:
        services.give_up_notification(
            notificacion_id=row.pk, motivo="x", actor=clerk, now=NOON, cambios=row.cambios - 1
        )
    assert caught.value.code == "version_anterior"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_the_visit_at_once_one_does(documento, clerk):
    row = ordered(documento, clerk)
    barrier, results = threading.Barrier(2), []

    def run() -> None:
        try:
            barrier.wait(10)
            practise(row, clerk)
            results.append("done")
        except ConflictError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == ["done", "refused"]
    assert ArchivoDocumento.objects.filter(clase=ClaseArchivo.EVIDENCIA).count() == 1
    assert EventRecord.objects.filter(event_type="DocumentoNotified").count() == 1
