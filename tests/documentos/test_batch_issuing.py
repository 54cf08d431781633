"""A batch goes from its sheet to its documents, each once."""

import datetime as dt
import threading

import pytest
from django.db import connection

from portal.accounts.models import Adscripcion
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from portal.documents.constants import ClaseArchivo, EstadoDocumento, NivelFirma
from portal.documents.models import ArchivoDocumento, Documento, TipoDocumento
from portal.documents.selectors.verification import verified_by_code
from portal.documents.services import Template, ensure_kind, publish_template
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tablero.documentos import batch_services as services
from tablero.documentos.batch_issuing import work_on_batch
from tablero.documentos.batch_selectors import counts_of
from tablero.documentos.batch_tasks import issue_batch, sweep_batches
from tablero.documentos.constants import EstadoFila, EstadoLote, FormaEmision
from tests.factories import NOON

from .batches import begun, fresh, person, prepared, worked

pytestmark = pytest.mark.django_db


def test_the_dry_run_writes_the_batch_and_nothing_else(town):
    rows = [person(1), ["", "Calle 2", "Centro", "muchos", "", ""], person(3)]
    lote = prepared(town, rows)
    assert lote.estado == EstadoLote.PREPARADO
    assert [(f.numero, f.estado) for f in lote.filas.all()] == [
        (2, "pendiente"),
        (3, "con_errores"),
        (4, "pendiente"),
    ]
    bad = lote.filas.get(numero=3)
    assert {e["columna"] for e in bad.errores} == {
        "Nombre completo",
        "Años de vivir en el municipio",
    }
    assert bad.datos == {}
    assert not Documento.objects.exists()
    assert not ArchivoDocumento.objects.exists()


def test_one_password_signs_the_whole_batch_in_the_secretarys_name(town):
    lote = begun(town, prepared(town, 3))
    assert worked(lote) is False
    found = Documento.objects.order_by("numero")
    assert [d.folio for d in found] == [f"CON-2026-{n:06d}" for n in (1, 2, 3)]
    assert {d.estado for d in found} == {EstadoDocumento.FIRMADO}
    assert len({d.codigo for d in found}) == 3
    for documento in found:
        firma = documento.firmas.get()
        assert (firma.nivel, firma.usuario) == (NivelFirma.RUBRICA, town["secretary"])
        assert documento.autor == town["clerk"]
        pdf = read_file(last_file(documento, ClaseArchivo.FIRMADO))
        assert all(s.valid for s in validate_pdf(pdf, trust=current_trust(), at=NOON))
        assert verified_by_code(documento.codigo).vigente
        assert documento.contenido["extra"]["lote"]["huella"] == lote.huella
    assert fresh(lote).estado == EstadoLote.TERMINADO
    assert verify().rota is None


def test_the_authorisation_is_in_the_record_with_who_when_and_what(town):
    lote = begun(town, prepared(town, 2))
    record = EventRecord.objects.get(stream=f"lote:{lote.pk}", event_type="BatchBegun")
    assert record.payload["huella"] == lote.huella == services.batch_hash(lote)
    assert (record.actor_id, record.payload["forma"]) == (town["secretary"].pk, "rubrica")
    assert (lote.autorizado_por, lote.autorizado_en) == (town["secretary"], NOON)


def test_personal_data_of_rows_are_gone_when_the_batch_is_over(town):
    lote = begun(town, prepared(town, 2))
    worked(lote)
    assert {(str(f.datos), f.destinatario) for f in lote.filas.all()} == {("{}", "")}
    assert fresh(lote).datos_borrados_en == NOON


def test_a_wrong_password_begins_nothing(town):
    lote = prepared(town, 1)
    with pytest.raises(InvalidInputError) as error:
        services.begin_batch(
            lote_id=lote.pk, forma=FormaEmision.RUBRICA, actor=town["secretary"], now=NOON
        )
    assert "contrasena" in error.value.fields
    assert fresh(lote).estado == EstadoLote.PREPARADO


def test_only_the_signatory_authorises_their_own_signature(town):
    lote = prepared(town, 1)
    with pytest.raises(NotAllowedError):
        begun(town, lote, actor="clerk")
    with pytest.raises(NotFoundError):
        begun(town, lote, actor="stranger")


def test_an_advanced_kind_cannot_be_signed_by_password(town):
    lote = prepared(town, 1)
    TipoDocumento.objects.update(nivel_firma=NivelFirma.AVANZADA)
    with pytest.raises(NotAllowedError):
        begun(town, lote)
    begun(town, lote, FormaEmision.POR_FIRMAR, actor="clerk")
    worked(lote)
    documento = Documento.objects.get()
    assert (documento.estado, documento.folio) == (EstadoDocumento.EN_FIRMA, None)
    assert counts_of(fresh(lote)).por_firmar == 1


def test_a_kind_that_nobody_signs_is_sealed_by_the_institution(town):
    kind = ensure_kind("constancia", now=NOON)
    TipoDocumento.objects.update(nivel_firma=NivelFirma.SELLO)
    kind.plantillas.update(firmantes=[])
    lote = begun(town, prepared(town, 2, firmantes={}), FormaEmision.SELLO, actor="clerk")
    worked(lote)
    assert {f.nivel for d in Documento.objects.all() for f in d.firmas.all()} == {"sello"}
    assert fresh(lote).estado == EstadoLote.TERMINADO


def test_a_row_is_issued_once_however_often_the_worker_comes(town):
    lote = begun(town, prepared(town, 3))
    assert worked(lote, lasting=dt.timedelta(0)) is True
    worked(lote)
    worked(lote)
    assert Documento.objects.count() == 3


def test_a_worker_that_died_before_it_could_say_so_is_found_out(town):
    lote = begun(town, prepared(town, 2))
    worked(lote)
    documento = Documento.objects.get(origen=f"lote:{lote.pk}:2")
    fila = lote.filas.get(numero=2)
    lote.filas.filter(pk=fila.pk).update(estado=EstadoFila.PENDIENTE, documento=None)
    type(lote).objects.filter(pk=lote.pk).update(estado=EstadoLote.EMITIENDO)
    worked(lote)
    assert lote.filas.get(numero=2).documento == documento
    assert Documento.objects.count() == 2


def test_a_worker_leaves_a_batch_that_another_one_has(town):
    lote = begun(town, prepared(town, 1))
    rows = type(lote).objects.filter(pk=lote.pk)
    rows.update(ficha="otro", arriendo_hasta=NOON + dt.timedelta(seconds=30))
    worked(lote)
    assert not Documento.objects.exists()
    worked(lote, now=NOON + dt.timedelta(seconds=31))
    assert Documento.objects.count() == 1


def test_what_changed_after_it_was_authorised_is_not_signed(town):
    lote = begun(town, prepared(town, 2))
    fila = lote.filas.first()
    fila.datos = fila.datos | {"nombre": "Otra Persona"}
    fila.save()
    worked(lote)
    assert fresh(lote).estado == EstadoLote.PAUSADO
    assert not Documento.objects.exists()


def test_a_row_added_after_it_was_authorised_stops_the_batch(town):
    lote = begun(town, prepared(town, 2))
    fila = lote.filas.first()
    fila.pk, fila.numero = None, 99
    fila.save()
    worked(lote)
    assert fresh(lote).estado == EstadoLote.PAUSADO
    assert not Documento.objects.exists()


def test_an_authorisation_ends_after_twelve_hours(town):
    lote = begun(town, prepared(town, 1))
    late = NOON + dt.timedelta(hours=12, minutes=1)
    worked(lote, now=late)
    assert fresh(lote).estado == EstadoLote.PAUSADO
    begun(town, lote, now=late)
    worked(lote, now=late)
    assert Documento.objects.get().estado == EstadoDocumento.FIRMADO


def test_who_lost_their_post_meanwhile_signs_nothing(town):
    lote = begun(town, prepared(town, 1))
    Adscripcion.objects.filter(usuario=town["secretary"]).delete()
    worked(lote)
    assert fresh(lote).estado == EstadoLote.PAUSADO
    assert not Documento.objects.filter(estado=EstadoDocumento.FIRMADO).exists()


def test_a_template_that_changed_stops_the_batch(town):
    lote = begun(town, prepared(town, 1))
    old = lote.plantilla
    publish_template(
        tipo="constancia",
        template=Template(
            titulo=f"{old.titulo} nueva",
            campos=old.campos,
            clausulas=old.clausulas,
            firmantes=old.firmantes,
            diseno=old.diseno,
        ),
        actor=town["secretary"],
        now=NOON,
    )
    worked(lote)
    assert fresh(lote).estado == EstadoLote.PAUSADO
    assert "plantilla cambió" in fresh(lote).motivo
    assert not Documento.objects.exists()


def test_cancelling_keeps_what_is_issued_and_erases_the_rest(town):
    lote = begun(town, prepared(town, 3))
    ticks = iter(NOON + dt.timedelta(seconds=n) for n in range(100))
    work_on_batch(lote.pk, clock=lambda: next(ticks), lasting=dt.timedelta(seconds=4))
    issued = Documento.objects.count()
    assert 0 < issued < 3
    services.cancel_batch(lote_id=lote.pk, actor=town["clerk"], now=NOON)
    worked(lote)
    assert Documento.objects.count() == issued
    counts = counts_of(fresh(lote))
    assert (counts.emitidas, counts.canceladas, counts.pendientes) == (issued, 3 - issued, 0)
    assert not lote.filas.exclude(datos={}).exists()
    with pytest.raises(ConflictError):
        services.cancel_batch(lote_id=lote.pk, actor=town["clerk"], now=NOON)


def test_a_row_that_never_ends_is_given_up_and_can_be_tried_again(town):
    lote = begun(town, prepared(town, 2))
    lote.filas.filter(numero=2).update(intentos=3)
    worked(lote)
    assert lote.filas.get(numero=2).estado == EstadoFila.FALLIDA
    assert (fresh(lote).estado, fresh(lote).datos_borrados_en) == (EstadoLote.TERMINADO, None)
    services.retry_batch(lote_id=lote.pk, actor=town["clerk"], now=NOON)
    begun(town, lote)
    worked(lote)
    assert Documento.objects.count() == 2
    assert fresh(lote).datos_borrados_en is not None


def test_closing_gives_up_what_failed_and_erases_its_data(town):
    lote = begun(town, prepared(town, 1))
    lote.filas.update(intentos=3)
    worked(lote)
    services.close_batch(lote_id=lote.pk, actor=town["clerk"], now=NOON)
    assert lote.filas.get().datos == {}
    with pytest.raises(ConflictError):
        services.retry_batch(lote_id=lote.pk, actor=town["clerk"], now=NOON)


def test_the_sweep_takes_up_what_nobody_has_and_forgets_what_was_left(town):
    from django_tasks_db.models import DBTaskResult

    stalled, left = begun(town, prepared(town, 1)), prepared(town, [person(50)])
    queued = DBTaskResult.objects.filter(task_path__endswith="issue_batch")
    sweep_batches(NOON + dt.timedelta(minutes=1))
    assert queued.count() == 0
    sweep_batches(NOON + dt.timedelta(minutes=3))
    sweep_batches(NOON + dt.timedelta(minutes=3, seconds=30))
    assert queued.count() == 1
    sweep_batches(NOON + dt.timedelta(days=8))
    assert fresh(left).estado == EstadoLote.CANCELADO
    assert not left.filas.exclude(datos={}).exists()
    assert fresh(stalled).estado == EstadoLote.EMITIENDO
    assert issue_batch.queue_name == "default"


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_issue_each_row_once(town):
    lote = begun(town, prepared(town, 6))
    errors = []

    def work():
        try:
            for _ in range(20):
                worked(lote, lasting=dt.timedelta(minutes=1))
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    numbers = Documento.objects.order_by("numero").values_list("numero", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]
    assert fresh(lote).estado == EstadoLote.TERMINADO
    assert EventRecord.objects.filter(event_type="BatchFinished").count() == 1
