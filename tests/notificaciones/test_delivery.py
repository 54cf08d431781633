"""What becomes of a notice, with the official SDKs speaking to vendors that misbehave."""

import datetime as dt
import logging

import pytest

from notificaciones.constants import Estado, Motivo, Resultado
from notificaciones.models import Envio, Interruptor, Supresion
from notificaciones.services import breaker
from notificaciones.services.delivery import deliver, deliver_lost
from notificaciones.services.suppression import suppress
from notificaciones.services.sweeping import sweep

from .conftest import SID, TOKEN
from .factories import MAILBOX, NOON, PHONE, envio
from .fake_vendor import Reply, basic_auth, specs_present, violations

#: The default of ``AVISOS_TIEMPO_LIMITE``.
SECONDS_A_CALL_MAY_TAKE = 10
pytestmark = pytest.mark.django_db


def send(made: Envio, clock) -> Envio:
    deliver(str(made.pk), clock=clock)
    made.refresh_from_db()
    return made


def run_until_still(made: Envio, clock, *, limit: int = 40) -> Envio:
    """Do what a worker and the sweep would do for as long as the notice waits."""
    for _turn in range(limit):
        made.refresh_from_db()
        if made.estado not in (Estado.PENDIENTE, Estado.INCIERTO, Estado.ENVIANDO):
            return made
        clock.moment = max(clock.moment, made.proximo_en)
        deliver(str(made.pk), clock=clock)
        made.refresh_from_db()
        if made.estado == Estado.INCIERTO:
            clock.moment = made.proximo_en
            sweep(clock=clock)
    return made


def test_the_demonstration_delivers_without_any_vendor(clock):
    sent = send(envio(), clock)
    assert (sent.estado, sent.entregado_en, sent.proveedor) == ("entregado", NOON, "embebido")
    assert sent.historial.get().resultado == Resultado.ACEPTADO


@pytest.mark.skipif(not specs_present(), reason="no ../shared/specs beside the checkout")
def test_the_fake_holds_every_request_to_the_vendors_own_description(vendors):
    fields = {"To": PHONE, "Body": "hola", "MessagingServiceSid": "MG" + "1" * 32}
    assert violations("twilio", fields) == []
    assert violations("twilio", {**fields, "To": "5512345678"})
    assert violations("twilio", {"To": PHONE, "Body": "sin remitente"})
    assert violations("twilio", {**fields, "Cuerpo": "x"})
    assert violations("sendgrid", {"subject": "sin destinatario"})


def test_a_text_message_goes_out_as_twilio_specifies_it(vendors, clock):
    made = send(envio(), clock)
    [call] = vendors.sends
    assert basic_auth(call) == f"{SID}:{TOKEN}"
    assert call.fields == {
        "To": PHONE,
        "Body": made.cuerpo,
        "MessagingServiceSid": "MG" + "1" * 32,
        "StatusCallback": f"https://sanjacinto.example/avisos/twilio/estado/{made.pk}/1/#rc=5&rp=all",
        "ValidityPeriod": "36000",
    }
    assert (made.estado, made.proveedor_id) == (Estado.ACEPTADO, vendors.messages[0]["sid"])


def test_a_code_is_not_delivered_after_it_expires(vendors, clock):
    send(envio(categoria="codigo"), clock)
    assert vendors.sends[0].fields["ValidityPeriod"] == "600"


def test_an_email_goes_out_as_sendgrid_specifies_it(vendors, clock):
    made = send(envio(canal="correo"), clock)
    [call] = vendors.sends
    assert call.headers["Authorization"] == "Bearer SG.clave-secreta"
    assert [part["type"] for part in call.fields["content"]] == ["text/plain", "text/html"]
    assert call.fields["custom_args"] == {"envio": str(made.pk), "intento": "1"}
    assert call.fields["tracking_settings"] == {
        "click_tracking": {"enable": False, "enable_text": False},
        "open_tracking": {"enable": False},
    }
    assert made.estado == Estado.ACEPTADO


def test_whatsapp_speaks_with_its_own_addresses(vendors, clock, settings):
    settings.TWILIO_WHATSAPP_FROM = "+525500000000"
    send(envio(canal="whatsapp"), clock)
    fields = vendors.sends[0].fields
    assert (fields["To"], fields["From"]) == (f"whatsapp:{PHONE}", "whatsapp:+525500000000")


@pytest.mark.parametrize(
    ("canal", "reply", "estado", "motivo"),
    [
        ("sms", Reply(429, 20429), Estado.PENDIENTE, Motivo.SATURADO),
        ("sms", Reply(503), Estado.PENDIENTE, Motivo.RED),
        ("sms", Reply(500), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("sms", Reply(400, 21211), Estado.FALLIDO_DEFINITIVO, Motivo.NUMERO_INVALIDO),
        ("sms", Reply(400, 21614), Estado.FALLIDO_DEFINITIVO, Motivo.NUMERO_FIJO),
        ("sms", Reply(403, 21408), Estado.FALLIDO_DEFINITIVO, Motivo.REGION),
        ("sms", Reply(400, 21610), Estado.SUPRIMIDO, Motivo.BAJA),
        ("sms", Reply(400, 21611), Estado.PENDIENTE, Motivo.SATURADO),
        ("sms", Reply(400, 21617), Estado.MUERTO, Motivo.DEFECTO),
        ("sms", Reply(400, 99999), Estado.MUERTO, Motivo.DESCONOCIDO),
        ("sms", Reply(401, 20003), Estado.PENDIENTE, Motivo.CONFIGURACION),
        ("sms", Reply(403), Estado.PENDIENTE, Motivo.CONFIGURACION),
        ("sms", Reply(hang=4), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("sms", Reply(reset=True), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("sms", Reply(garbage=True), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("correo", Reply(429), Estado.PENDIENTE, Motivo.SATURADO),
        ("correo", Reply(503), Estado.PENDIENTE, Motivo.RED),
        ("correo", Reply(500), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("correo", Reply(401), Estado.PENDIENTE, Motivo.CONFIGURACION),
        ("correo", Reply(403), Estado.PENDIENTE, Motivo.CONFIGURACION),
        ("correo", Reply(413), Estado.MUERTO, Motivo.DEFECTO),
        ("correo", Reply(400, 1), Estado.FALLIDO_DEFINITIVO, Motivo.BUZON),
        ("correo", Reply(400), Estado.MUERTO, Motivo.DESCONOCIDO),
        ("correo", Reply(hang=4), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("correo", Reply(reset=True), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
        ("correo", Reply(garbage=True), Estado.INCIERTO, Motivo.SIN_RESPUESTA),
    ],
)
def test_each_failure_has_its_consequence(vendors, clock, canal, reply, estado, motivo):
    vendors.script(reply)
    made = send(envio(canal=canal), clock)
    assert (made.estado, made.motivo) == (estado, motivo)
    attempt = made.historial.get()
    assert attempt.fin is not None
    assert attempt.proveedor == ("twilio" if canal == "sms" else "sendgrid")
    if estado == Estado.PENDIENTE:
        assert made.proximo_en > clock.moment


@pytest.mark.parametrize("canal", ["sms", "correo"])
def test_a_vendor_that_is_not_there_is_tried_again(vendors, clock, settings, canal):
    settings.TWILIO_BASE_URL = settings.SENDGRID_BASE_URL = "http://127.0.0.1:9"
    made = send(envio(canal=canal), clock)
    assert (made.estado, made.motivo) == (Estado.PENDIENTE, Motivo.RED)


@pytest.mark.parametrize("number", ["+15005550001", "+15005550004", "+15005550009"])
def test_twilios_own_test_numbers_behave_as_documented(vendors, clock, settings, number):
    settings.AVISOS_LISTA_SEGURA = [number]
    made = send(envio(destino=number), clock)
    assert made.estado in (Estado.FALLIDO_DEFINITIVO, Estado.SUPRIMIDO)
    assert Supresion.objects.get(valor=number).hasta is None
    again = send(envio(destino=number), clock)
    assert again.estado == Estado.SUPRIMIDO
    assert len(vendors.sends) == 1


@pytest.mark.parametrize("canal", ["sms", "correo"])
def test_the_vendors_own_waiting_time_is_respected(vendors, clock, canal):
    vendors.script(Reply(429, 20429, {"Retry-After": "1800"}))
    made = send(envio(canal=canal), clock)
    assert made.proximo_en >= clock.moment + dt.timedelta(seconds=1800)


def test_refusals_to_process_are_retried_until_the_attempts_are_used_up(vendors, clock):
    vendors.script(*[Reply(503)] * 20)
    made = run_until_still(envio(), clock)
    assert made.estado == Estado.MUERTO
    assert made.historial.count() == made.intentos == 8


def test_a_code_is_given_up_when_it_would_be_late(vendors, clock):
    vendors.script(Reply(429, 20429, {"Retry-After": "900"}))
    made = send(envio(categoria="codigo"), clock)
    assert made.estado == Estado.CADUCADO


def test_a_passing_failure_ends_in_one_message(vendors, clock):
    vendors.script(Reply(503), Reply(429, 20429), Reply(503))
    made = run_until_still(envio(), clock)
    assert made.estado == Estado.ACEPTADO
    assert len(vendors.messages) == 1
    assert made.historial.count() == 4


@pytest.mark.parametrize("reply", [Reply(hang=4, kept=True), Reply(reset=True, kept=True)])
def test_a_message_the_vendor_took_without_saying_so_is_found_and_not_sent_again(
    vendors, clock, reply
):
    clock.moment = dt.datetime.now(dt.UTC)
    vendors.script(reply)
    made = run_until_still(envio(now=clock.moment), clock)
    assert made.estado == Estado.ACEPTADO
    assert made.proveedor_id == vendors.messages[0]["sid"]
    assert len(vendors.messages) == 1


def test_a_message_the_vendor_never_took_is_sent_again(vendors, clock):
    vendors.script(Reply(reset=True))
    made = run_until_still(envio(), clock)
    assert made.estado == Estado.ACEPTADO
    assert len(vendors.messages) == 1
    assert made.historial.count() == 2


def test_when_the_vendor_says_it_never_got_it_no_doubt_is_counted(vendors, clock):
    vendors.script(Reply(reset=True))
    made = send(envio(), clock)
    for _turn in range(3):
        clock.moment = made.proximo_en
        sweep(clock=clock)
        made.refresh_from_db()
        assert (made.estado, made.dudas) == (Estado.PENDIENTE, 0)
        vendors.script(Reply(reset=True))
        clock.moment = made.proximo_en
        made = send(made, clock)
    made = run_until_still(made, clock)
    assert made.estado == Estado.ACEPTADO
    assert len(vendors.messages) == 1


def test_while_the_vendor_cannot_be_asked_nothing_is_sent_twice(vendors, clock):
    vendors.script(Reply(reset=True, kept=True), Reply(503))
    made = send(envio(), clock)
    clock.moment = made.proximo_en
    sweep(clock=clock)
    made.refresh_from_db()
    assert made.estado == Estado.INCIERTO
    assert made.proximo_en > clock.moment
    assert len(vendors.sends) == 1


def test_an_unanswered_email_is_sent_again_three_times_at_most(vendors, clock):
    vendors.script(*[Reply(reset=True, kept=True)] * 10)
    made = run_until_still(envio(canal="correo"), clock)
    assert made.estado == Estado.MUERTO
    assert len(vendors.messages) == 4


def test_an_unanswered_bulk_message_is_left_to_a_person(vendors, clock):
    vendors.script(Reply(reset=True))
    made = run_until_still(envio(canal="correo", categoria="difusion"), clock)
    assert (made.estado, made.motivo) == (Estado.MUERTO, Motivo.SIN_RESPUESTA)
    assert len(vendors.sends) == 1


def test_an_expired_notice_is_never_sent(vendors, clock):
    made = envio()
    clock.forward(hours=25)
    assert send(made, clock).estado == Estado.CADUCADO
    assert vendors.sends == []


def test_stop_between_creation_and_sending_stops_it(vendors, clock):
    made = envio()
    suppress(canal="sms", valor=PHONE, motivo="baja", origen="prueba", now=NOON)
    assert send(made, clock).estado == Estado.SUPRIMIDO
    assert vendors.sends == []


def test_an_opt_out_by_mail_does_not_stop_what_the_law_demands(vendors, clock):
    suppress(canal="correo", valor=MAILBOX, motivo="baja", origen="prueba", now=NOON)
    assert send(envio(canal="correo"), clock).estado == Estado.SUPRIMIDO
    legal = envio(canal="correo", categoria="requerimiento")
    assert send(legal, clock).estado == Estado.ACEPTADO


def test_outside_production_only_safe_addresses_are_written_to(vendors, clock):
    made = send(envio(destino="+525587654321"), clock)
    assert (made.estado, made.motivo) == (Estado.RETENIDO, Motivo.LISTA_SEGURA)
    assert vendors.sends == []


def test_a_notice_of_the_demonstration_never_reaches_a_vendor(vendors, clock, settings):
    settings.AVISOS_MODO = "embebido"
    made = envio()
    settings.AVISOS_MODO = "real"
    assert send(made, clock).proveedor == "embebido"
    assert vendors.sends == []


def test_at_night_messages_wait_for_the_morning_and_codes_and_mail_do_not(vendors, clock, settings):
    settings.AVISOS_HORARIO_SILENCIO = "21:00-09:00"
    clock.moment = dt.datetime(2026, 3, 11, 5, 30, tzinfo=dt.UTC)  # 23:30 in the municipality
    night, code = envio(now=clock.moment), envio(categoria="codigo", now=clock.moment)
    mail = envio(canal="correo", now=clock.moment)
    held = send(night, clock)
    assert (held.estado, held.motivo, held.intentos) == (Estado.PENDIENTE, Motivo.SILENCIO, 0)
    opening = dt.datetime(2026, 3, 11, 15, 0, tzinfo=dt.UTC)
    assert opening <= held.proximo_en <= opening + dt.timedelta(minutes=30)
    assert send(code, clock).estado == send(mail, clock).estado == Estado.ACEPTADO
    clock.moment = held.proximo_en
    assert send(held, clock).estado == Estado.ACEPTADO


def test_the_channel_pauses_when_our_account_is_refused_and_nothing_is_lost(vendors, clock):
    vendors.script(*[Reply(401, 20003)] * breaker.REFUSALS)
    rows = [envio() for _ in range(breaker.REFUSALS + 1)]
    for made in rows[:-1]:
        clock.forward(minutes=2)
        assert send(made, clock).intentos == 0
    waiting = send(rows[-1], clock)
    assert (waiting.motivo, waiting.intentos) == (Motivo.INTERRUPTOR, 0)
    assert len(vendors.sends) == breaker.REFUSALS
    assert Interruptor.objects.get(pk="sms").abierto_hasta > clock.moment
    assert send(envio(canal="correo"), clock).estado == Estado.ACEPTADO


def test_the_channel_pauses_within_a_minute_of_a_vendor_that_does_not_answer(vendors, clock):
    calls = 60 // SECONDS_A_CALL_MAY_TAKE - 1
    vendors.script(*[Reply(reset=True)] * calls)
    for _ in range(calls):
        clock.moment += dt.timedelta(seconds=SECONDS_A_CALL_MAY_TAKE)
        send(envio(now=clock.moment), clock)
    assert send(envio(now=clock.moment), clock).motivo == Motivo.INTERRUPTOR


def test_a_paused_channel_lets_one_notice_try_and_opens_again_if_it_works(vendors, clock):
    until = clock.moment
    Interruptor.objects.create(canal="sms", abierto_hasta=until, prueba_hasta=None)
    first, second = envio(), envio()
    assert breaker.waiting_until("sms", now=clock.moment) is None
    assert send(second, clock).motivo == Motivo.INTERRUPTOR
    clock.forward(minutes=2)
    assert send(first, clock).estado == Estado.ACEPTADO
    assert Interruptor.objects.get(pk="sms").abierto_hasta is None


def test_a_paused_channel_that_still_fails_stays_paused(vendors, clock):
    Interruptor.objects.create(canal="sms", abierto_hasta=clock.moment)
    vendors.script(Reply(503))
    send(envio(), clock)
    assert Interruptor.objects.get(pk="sms").abierto_hasta > clock.moment


def test_missing_keys_keep_the_notice(vendors, clock, settings):
    settings.TWILIO_AUTH_TOKEN = ""
    made = send(envio(), clock)
    assert (made.estado, made.motivo) == (Estado.PENDIENTE, Motivo.CONFIGURACION)


def test_a_taken_notice_is_not_taken_again(vendors, clock):
    made = send(envio(), clock)
    assert deliver(str(made.pk), clock=clock) is False
    assert len(vendors.sends) == 1


def test_a_notice_without_its_task_is_found_by_whoever_works(vendors, clock):
    made = envio()
    assert deliver_lost(clock=clock) == 0
    clock.forward(minutes=6)
    assert deliver_lost(clock=clock) == 1
    made.refresh_from_db()
    assert made.estado == Estado.ACEPTADO


def test_neither_secrets_nor_people_stand_in_the_logs(vendors, clock, caplog):
    for name in ("ventanilla", "twilio", "urllib3", "requests", "django_tasks"):
        caplog.set_level(logging.DEBUG, logger=name)
    vendors.script(Reply(401, 20003), Reply(400, 21211), Reply(reset=True), Reply(hang=4))
    for canal in ("sms", "correo", "sms", "correo"):
        send(envio(canal=canal), clock)
    sweep(clock=clock)
    text = "\n".join(f"{r.name} {r.getMessage()} {r.exc_text}" for r in caplog.records)
    assert "notice_call" in text
    for secret in (PHONE, PHONE[-8:], MAILBOX, TOKEN, "SG.clave", "SJV-2026", "recibimos"):
        assert secret not in text
