"""Several at once on the production database: one row, one message."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from notificaciones.constants import Estado
from notificaciones.models import Envio, EventoProveedor
from notificaciones.services import Recipient, enqueue
from notificaciones.services.delivery import deliver
from notificaciones.services.receipts import News, receive
from notificaciones.services.sweeping import sweep

from .factories import NOON, PHONE, envio

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 8


def at_once(function) -> list:
    """Run ``function(n)`` in ``THREADS`` threads that start together; what each returned."""
    start = threading.Barrier(THREADS)

    def run(number: int):
        try:
            start.wait(10)
            return function(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_the_same_fact_told_by_several_at_once_is_one_notice():
    def tell(_number):
        return enqueue(
            clave="peticion:7:PeticionFiled:1",
            evento="peticion_recibida",
            canales=[Recipient("sms", PHONE)],
            idioma="es-mx",
            variables={"folio": "SJV-2026-000007"},
            categoria="estado",
            now=NOON,
        )[0].pk

    assert len(set(at_once(tell))) == Envio.objects.count() == 1


def test_several_workers_after_one_notice_send_it_once(vendors, clock):
    made = envio()
    assert sorted(at_once(lambda _n: deliver(str(made.pk), clock=clock))) == [False] * 7 + [True]
    assert len(vendors.messages) == made.historial.count() == 1


def test_the_same_receipt_by_several_at_once_counts_once():
    made = envio(estado=Estado.ACEPTADO, aceptado_en=NOON)
    news = News(
        clave="twilio:SM1:delivered",
        proveedor="twilio",
        tipo="delivered",
        crudo={},
        envio_id=str(made.pk),
        estado=Estado.ENTREGADO,
    )
    told = at_once(lambda _n: receive(news, now=NOON))
    assert sorted(told) == [False] * 7 + [True]
    assert EventoProveedor.objects.count() == 1


def test_several_sweeps_and_workers_together_send_each_notice_once(vendors, clock):
    rows = [envio() for _ in range(12)]
    clock.forward(minutes=10)

    def work(number: int):
        sweep(clock=clock)
        for made in rows[number:] + rows[:number]:
            deliver(str(made.pk), clock=clock)

    at_once(work)
    assert len(vendors.messages) == 12
    assert {row.estado for row in Envio.objects.all()} == {Estado.ACEPTADO}
