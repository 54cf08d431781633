"""What the sweep puts right, and that it may run as often as it likes."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from notificaciones import selectors
from notificaciones.constants import Estado, Motivo, Resultado
from notificaciones.models import Intento, Interruptor
from notificaciones.providers import ProviderError, Receipt
from notificaciones.services.claiming import claim
from notificaciones.services.delivery import deliver
from notificaciones.services.history import settle_history
from notificaciones.services.settling import settle
from notificaciones.services.sweeping import sweep
from portal.core.health import Failing
from portal.core.models import Latido

from .factories import NOON, envio

pytestmark = pytest.mark.django_db


def state(made):
    made.refresh_from_db()
    return made.estado


def test_a_worker_that_went_away_leaves_a_doubt_and_a_trace(clock):
    made = envio(categoria="estado")
    assert claim(str(made.pk), now=clock.moment) is not None
    clock.forward(seconds=59)
    sweep(clock=clock)
    assert state(made) == Estado.ENVIANDO
    clock.forward(seconds=2)
    assert sweep(clock=clock)["arriendos"] == 1
    assert (state(made), made.motivo) == (Estado.INCIERTO, Motivo.SIN_RESPUESTA)
    attempt = made.historial.get()
    assert (attempt.resultado, attempt.codigo) == (Resultado.INCIERTO, "sin_cierre")


def test_a_late_answer_still_settles_its_own_doubt_but_not_anothers(clock, vendors):
    made = envio()
    first = claim(str(made.pk), now=clock.moment)
    clock.forward(minutes=2)
    sweep(clock=clock)
    assert state(made) == Estado.INCIERTO
    assert made.ficha == first.ficha
    clock.forward(minutes=6)
    sweep(clock=clock)
    clock.forward(minutes=30)
    second = claim(str(made.pk), now=clock.moment)
    assert second.ficha != first.ficha
    gone = ProviderError(Resultado.DIRECCION, Motivo.NUMERO_INVALIDO)
    settle(first, ended=gone, milliseconds=1, now=clock.moment)
    assert state(made) == Estado.ENVIANDO
    settle(second, ended=Receipt(vendor_id="SM2"), milliseconds=1, now=clock.moment)
    assert (state(made), made.proveedor_id) == (Estado.ACEPTADO, "SM2")
    results = list(made.historial.values_list("resultado", flat=True))
    assert results == [Resultado.DIRECCION, Resultado.ACEPTADO]


def test_what_is_due_without_a_task_gets_one_at_most_every_five_minutes(clock):
    made = envio()
    DBTaskResult.objects.all().delete()
    sweep(clock=clock)
    assert not DBTaskResult.objects.exists()
    clock.forward(minutes=6)
    for _ in range(5):
        sweep(clock=clock)
        clock.forward(seconds=30)
    assert DBTaskResult.objects.count() == 1
    clock.forward(minutes=5)
    sweep(clock=clock)
    assert DBTaskResult.objects.count() == 2
    assert state(made) == Estado.PENDIENTE


def test_a_notice_waiting_for_the_morning_is_not_a_lost_one(clock):
    envio(proximo_en=NOON + dt.timedelta(hours=9))
    DBTaskResult.objects.all().delete()
    clock.forward(hours=2)
    assert sweep(clock=clock)["encolados"] == 0


def test_no_receipt_in_three_days_is_a_failure_for_now(clock):
    made = envio(estado=Estado.ACEPTADO, aceptado_en=NOON)
    clock.forward(hours=71)
    sweep(clock=clock)
    assert state(made) == Estado.ACEPTADO
    clock.forward(hours=1)
    sweep(clock=clock)
    assert (state(made), made.motivo) == (Estado.FALLIDO_TEMPORAL, Motivo.SIN_ACUSE)


def test_a_notice_past_its_time_is_closed_without_being_sent(clock):
    made = envio(categoria="codigo")
    clock.forward(minutes=11)
    assert sweep(clock=clock)["caducados"] == 1
    assert state(made) == Estado.CADUCADO


def test_queue_rows_of_dead_workers_are_buried_and_those_at_work_are_not(clock):
    envio()
    envio()
    old, new = DBTaskResult.objects.all()
    for row, minutes in ((old, 16), (new, 5)):
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.RUNNING, started_at=NOON - dt.timedelta(minutes=minutes)
        )
    assert sweep(clock=clock)["tareas"] == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == (TaskResultStatus.FAILED, TaskResultStatus.RUNNING)


def test_the_text_of_a_code_is_forgotten_after_a_day_and_other_texts_are_not(clock):
    code, mail = envio(categoria="codigo"), envio(canal="correo")
    clock.forward(hours=23)
    sweep(clock=clock)
    code.refresh_from_db()
    assert "482913" in code.cuerpo
    clock.forward(hours=2)
    sweep(clock=clock)
    code.refresh_from_db()
    mail.refresh_from_db()
    assert (code.asunto, code.cuerpo, code.cuerpo_html) == ("", "", "")
    assert mail.cuerpo


def test_sweeping_twice_changes_nothing_more(clock):
    envio(estado=Estado.ACEPTADO, aceptado_en=NOON)
    made = envio()
    claim(str(made.pk), now=clock.moment)
    clock.forward(hours=80)
    assert sum(sweep(clock=clock).values()) > 0
    again = sweep(clock=clock)
    assert {step: count for step, count in again.items() if count} == {}


def test_the_sender_shows_that_it_lives(clock):
    sweep(clock=clock)
    assert Latido.objects.get(pk="avisos").visto_en == NOON


def test_health_tells_the_oldest_waiting_notice_and_fails_when_it_is_too_old(clock):
    assert selectors.check_outbox(NOON) == "sin avisos atrasados"
    envio()
    assert "10 min" in selectors.check_outbox(clock.forward(minutes=10))
    with pytest.raises(Failing, match="16 min"):
        selectors.check_outbox(clock.forward(minutes=6))


def test_health_names_a_paused_channel(clock):
    Interruptor.objects.create(canal="sms", abierto_hasta=NOON + dt.timedelta(minutes=5))
    assert "SMS" in selectors.check_outbox(NOON)


def test_health_names_a_channel_whose_vendor_fails_while_nothing_waits(clock):
    Interruptor.objects.create(
        canal="sms", ventana_desde=NOON, ventana_llamadas=2, ventana_fallas=1
    )
    assert "el proveedor falla: SMS" in selectors.check_outbox(NOON)
    assert selectors.check_outbox(clock.forward(minutes=16)) == "sin avisos atrasados"
    Interruptor.objects.update(ventana_desde=clock.moment, ventana_llamadas=3)
    assert selectors.check_outbox(clock.moment) == "sin avisos atrasados"


def test_the_past_of_a_demonstration_was_delivered_in_its_time(clock):
    past = envio(now=NOON - dt.timedelta(days=40))
    fresh = envio(now=NOON - dt.timedelta(minutes=5))
    real = envio(now=NOON - dt.timedelta(days=40), modo="real")
    assert settle_history(now=NOON) == 1
    assert state(past) == Estado.ENTREGADO
    assert past.creado_en < past.entregado_en < past.creado_en + dt.timedelta(minutes=1)
    assert past.historial.count() == 1
    assert state(fresh) == state(real) == Estado.PENDIENTE
    waiting = {row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()}
    assert waiting == {str(fresh.pk), str(real.pk)}
    assert settle_history(now=NOON) == 0


@pytest.mark.django_db(transaction=True)
def test_a_notice_is_never_sent_inside_somebody_elses_transaction(clock):
    made = envio()
    with transaction.atomic(), pytest.raises(RuntimeError):
        deliver(str(made.pk), clock=clock)
    assert state(made) == Estado.PENDIENTE


def test_an_attempt_is_numbered_once():
    made = envio()
    Intento.objects.create(envio=made, numero=1, proveedor="x", inicio=NOON)
    made.ficha = uuid.uuid4()
    with pytest.raises(Exception, match="(?i)unique"), transaction.atomic():
        Intento.objects.create(envio=made, numero=1, proveedor="x", inicio=NOON)
