"""E-mail through a plain mail server, which has its own ways of refusing."""

import email
import email.policy

import pytest

from notificaciones.constants import Estado, Motivo
from notificaciones.services.delivery import deliver

from .factories import MAILBOX, envio
from .fake_smtp import FakeSmtp

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, request):
    fake = FakeSmtp(**getattr(request, "param", {}))
    settings.AVISOS_MODO, settings.AVISOS_LISTA_SEGURA = "lista_segura", [MAILBOX]
    settings.AVISOS_PROVEEDOR_CORREO = "smtp"
    settings.AVISOS_TIEMPO_LIMITE = 2
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", fake.port
    yield fake
    fake.close()


def send(clock):
    made = envio(canal="correo")
    deliver(str(made.pk), clock=clock)
    made.refresh_from_db()
    return made


def test_a_letter_goes_out_in_both_forms_and_no_receipt_is_awaited(server, clock):
    made = send(clock)
    assert (made.estado, made.proveedor) == (Estado.ACEPTADO_SIN_ACUSE, "smtp")
    letter = email.message_from_bytes(server.letters[0], policy=email.policy.default)
    assert letter["To"] == MAILBOX
    assert letter["Subject"] == made.asunto
    assert letter["Auto-Submitted"] == "auto-generated"
    assert str(made.pk) in letter["Message-ID"] == made.proveedor_id
    plain = letter.get_body(("plain",)).get_content()
    assert plain.splitlines() == made.cuerpo.splitlines()
    assert "<h1" in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("server", "estado", "motivo"),
    [
        ({"RCPT": "550 no such user"}, Estado.FALLIDO_DEFINITIVO, Motivo.BUZON),
        ({"RCPT": "450 try later"}, Estado.PENDIENTE, Motivo.SATURADO),
        ({"MAIL": "550 not you"}, Estado.PENDIENTE, Motivo.CONFIGURACION),
        ({"MAIL": "421 too many"}, Estado.PENDIENTE, Motivo.SATURADO),
        ({"DATA": "554 no"}, Estado.FALLIDO_DEFINITIVO, Motivo.BLOQUEADO),
        ({"BODY": "552 too big"}, Estado.FALLIDO_DEFINITIVO, Motivo.BLOQUEADO),
        ({"BODY": "451 greylisted"}, Estado.PENDIENTE, Motivo.SATURADO),
        ({"BODY": None}, Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ({"RCPT": None}, Estado.INCIERTO, Motivo.SIN_RESPUESTA),
    ],
    indirect=["server"],
    ids=str,
)
def test_each_refusal_has_its_consequence(server, clock, estado, motivo):
    made = send(clock)
    assert (made.estado, made.motivo) == (estado, motivo)


def test_a_server_that_is_not_there_is_tried_again(server, clock, settings):
    settings.EMAIL_PORT = 9
    made = send(clock)
    assert (made.estado, made.motivo) == (Estado.PENDIENTE, Motivo.RED)
