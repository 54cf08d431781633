import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from notificaciones.constants import Estado, Motivo
from notificaciones.models import Envio
from notificaciones.services import Recipient, enqueue

from .factories import MAILBOX, NOON, PHONE, envio

pytestmark = pytest.mark.django_db


def ask(**changes):
    values = {
        "clave": "peticion:7:PeticionFiled:1",
        "evento": "peticion_recibida",
        "canales": [Recipient("sms", PHONE), Recipient("correo", MAILBOX)],
        "idioma": "es-mx",
        "variables": {"folio": "SJV-2026-000007"},
        "categoria": "estado",
        "now": NOON,
        "referencia": "peticion:7",
    }
    return enqueue(**{**values, **changes})


def test_one_notice_per_channel_with_its_task_in_the_queue():
    made = ask()
    assert [(e.canal, e.estado, e.referencia) for e in made] == [
        ("correo", Estado.PENDIENTE, "peticion:7"),
        ("sms", Estado.PENDIENTE, "peticion:7"),
    ]
    assert DBTaskResult.objects.filter(queue_name="avisos").count() == 2


def test_the_same_fact_told_twice_is_one_row_and_one_task():
    first, again = ask(), ask(variables={"folio": "OTHER"})
    assert first == again
    assert Envio.objects.count() == DBTaskResult.objects.count() == 2
    assert "SJV-2026-000007" in again[0].cuerpo


def test_two_recipients_of_one_fact_are_two_rows():
    ask(canales=[Recipient("sms", PHONE), Recipient("sms", "+525587654321")])
    assert Envio.objects.count() == 2


def test_a_fact_rolled_back_leaves_nothing():
    with transaction.atomic():
        ask()
        assert Envio.objects.exists()
        transaction.set_rollback(True)
    assert not Envio.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_key_of_a_row_does_not_hold_the_address():
    assert all(PHONE not in e.clave and MAILBOX not in e.clave for e in ask())


def test_an_address_nobody_proved_is_held_back():
    [held] = ask(canales=[Recipient("sms", PHONE, verificado=False)])
    assert (held.estado, held.motivo) == (Estado.RETENIDO, Motivo.SIN_VERIFICAR)
    assert not DBTaskResult.objects.exists()


def test_a_code_goes_to_an_address_nobody_proved_yet_and_before_everything_else():
    [code] = ask(
        evento="codigo_verificacion",
        categoria="codigo",
        variables={"codigo": "482913"},
        canales=[Recipient("sms", PHONE, verificado=False)],
    )
    assert code.estado == Estado.PENDIENTE
    assert DBTaskResult.objects.get().priority == 50


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"evento": "no_existe"}, id="unknown event"),
        pytest.param({"variables": {}}, id="missing variable"),
        pytest.param({"variables": {"folio": ""}}, id="empty variable"),
        pytest.param({"categoria": "urgente"}, id="unknown category"),
        pytest.param({"canales": [Recipient("fax", "1")]}, id="unknown channel"),
    ],
)
def test_a_notice_that_cannot_be_told_is_refused(changes):
    with pytest.raises(ValueError):
        ask(**changes)
    assert not Envio.objects.exists()


def test_nobody_to_tell_is_nothing_to_do():
    assert ask(canales=[Recipient("sms", "")]) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"estado": "inventado"},
        {"estado": Estado.ENVIANDO},
        {"arriendo_hasta": NOON},
        {"estado": Estado.ENTREGADO},
        {"asunto": "uno\ndos"},
        {"modo": "otro"},
    ],
    ids=str,
)
def test_the_database_refuses_an_impossible_notice(fields):
    made = envio()
    with pytest.raises(IntegrityError), transaction.atomic():
        Envio.objects.filter(pk=made.pk).update(**fields)


def test_enqueueing_costs_the_same_queries_for_one_row_as_planned(django_assert_num_queries):
    # savepoint, insert, read back, task, release
    with django_assert_num_queries(5):
        ask(canales=[Recipient("sms", PHONE)])
