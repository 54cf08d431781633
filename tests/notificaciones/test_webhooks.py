"""What vendors tell us: only if signed, only once, in whatever order it comes."""

import base64
import itertools
import json
import random
import time
import uuid
from urllib.parse import quote_plus

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from notificaciones.constants import Estado, Motivo
from notificaciones.models import EventoProveedor, Intento, Supresion
from notificaciones.services.delivery import deliver
from notificaciones.services.sweeping import sweep
from portal.core.time import now

from .conftest import TOKEN
from .factories import MAILBOX, PHONE, Clock, envio
from .fake_vendor import Reply

pytestmark = pytest.mark.django_db
PUBLIC = "https://sanjacinto.example"
KEY = ec.generate_private_key(ec.SECP256R1())
SG_SIGNATURE = "HTTP_X_TWILIO_EMAIL_EVENT_WEBHOOK_SIGNATURE"
SG_TIMESTAMP = "HTTP_X_TWILIO_EMAIL_EVENT_WEBHOOK_TIMESTAMP"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.PUBLIC_URL = PUBLIC
    public = KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    settings.SENDGRID_WEBHOOK_PUBLIC_KEY = base64.b64encode(public).decode()


def twilio_post(client, path, form, *, token=TOKEN, url="", **extra):
    signature = RequestValidator(token).compute_signature(url or PUBLIC + path, form)
    return client.post(path, form, HTTP_X_TWILIO_SIGNATURE=signature, **extra)


def status_of(client, made, status, *, attempt=1, code="", sid="SM1"):
    path = reverse("notificaciones:twilio_estado", args=[made.pk, attempt])
    form = {"MessageSid": sid, "MessageStatus": status, "To": PHONE, "AccountSid": "AC1"}
    if code:
        form["ErrorCode"] = code
    return twilio_post(client, path, form)


def sendgrid_post(client, events, *, key=KEY, timestamp=None, body=None):
    body = json.dumps(events).encode() + b"\r\n" if body is None else body
    timestamp = timestamp or str(int(time.time()))
    signature = base64.b64encode(key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256())))
    return client.post(
        reverse("notificaciones:sendgrid_eventos"),
        body,
        content_type="application/json",
        **{SG_SIGNATURE: signature.decode(), SG_TIMESTAMP: timestamp},
    )


def accepted(**fields):
    made = envio(**fields)
    type(made).objects.filter(pk=made.pk).update(
        estado=Estado.ACEPTADO, aceptado_en=made.creado_en, intentos=1
    )
    Intento.objects.create(envio=made, numero=1, proveedor="twilio", inicio=made.creado_en)
    made.refresh_from_db()
    return made


def state(made):
    made.refresh_from_db()
    return made.estado


def test_a_receipt_says_that_it_arrived(client):
    made = accepted()
    assert status_of(client, made, "delivered").status_code == 204
    assert state(made) == Estado.ENTREGADO
    assert made.entregado_en is not None
    assert made.proveedor_id == "SM1"


@pytest.mark.parametrize("order", itertools.permutations(["queued", "sent", "delivered"]))
def test_receipts_in_any_order_and_twice_end_the_same(client, order):
    made = accepted()
    for status in [*order, *order]:
        assert status_of(client, made, status).status_code == 204
    assert state(made) == Estado.ENTREGADO
    assert EventoProveedor.objects.count() == 3


def test_a_receipt_before_our_own_answer_was_written_is_not_undone(client, vendors, clock):
    made = envio()
    type(made).objects.filter(pk=made.pk).update(
        estado=Estado.ENVIANDO, ficha=uuid.uuid4(), arriendo_hasta=clock.moment
    )
    Intento.objects.create(envio=made, numero=1, proveedor="", inicio=clock.moment)
    status_of(client, made, "delivered")
    assert state(made) == Estado.ENTREGADO
    clock.forward(minutes=10)
    sweep(clock=clock)
    assert state(made) == Estado.ENTREGADO
    assert vendors.sends == []


def test_a_receipt_within_the_grace_saves_a_second_message(client, vendors, clock):
    vendors.script(Reply(reset=True, kept=True))
    made = envio()
    deliver(str(made.pk), clock=clock)
    assert state(made) == Estado.INCIERTO
    status_of(client, made, "delivered", sid=vendors.messages[0]["sid"])
    clock.forward(minutes=10)
    sweep(clock=clock)
    assert state(made) == Estado.ENTREGADO
    assert len(vendors.messages) == 1


@pytest.mark.parametrize(
    ("code", "estado", "motivo"),
    [
        ("30003", Estado.PENDIENTE, Motivo.INALCANZABLE),
        ("30004", Estado.FALLIDO_DEFINITIVO, Motivo.BLOQUEADO),
        ("30005", Estado.FALLIDO_DEFINITIVO, Motivo.NUMERO_INVALIDO),
        ("30006", Estado.FALLIDO_DEFINITIVO, Motivo.NUMERO_FIJO),
        ("30007", Estado.FALLIDO_DEFINITIVO, Motivo.BLOQUEADO),
        ("30008", Estado.PENDIENTE, Motivo.DESCONOCIDO),
        ("21610", Estado.SUPRIMIDO, Motivo.BAJA),
        ("63016", Estado.FALLIDO_DEFINITIVO, Motivo.VENTANA),
        ("77777", Estado.PENDIENTE, Motivo.DESCONOCIDO),
    ],
)
def test_a_failure_after_acceptance_has_its_consequence(client, code, estado, motivo):
    made = accepted(now=_today())
    status_of(client, made, "undelivered", code=code)
    assert (state(made), made.motivo) == (estado, motivo)


def test_a_telephone_that_is_off_gets_two_more_tries(client):
    made = accepted(now=_today())
    for attempt in (1, 2):
        status_of(client, made, "undelivered", code="30003", attempt=attempt, sid=f"SM{attempt}")
        assert state(made) == Estado.PENDIENTE
        type(made).objects.filter(pk=made.pk).update(estado=Estado.ACEPTADO)
        Intento.objects.create(
            envio=made, numero=attempt + 1, proveedor="twilio", inicio=made.creado_en
        )
    status_of(client, made, "undelivered", code="30003", attempt=3, sid="SM3")
    assert state(made) == Estado.FALLIDO_TEMPORAL


def test_a_failure_told_again_after_the_new_attempt_left_does_not_count_twice(client):
    made = accepted(now=_today())
    status_of(client, made, "undelivered", code="30003")
    assert state(made) == Estado.PENDIENTE
    type(made).objects.filter(pk=made.pk).update(estado=Estado.ACEPTADO)
    status_of(client, made, "undelivered", code="30003")
    assert state(made) == Estado.ACEPTADO


def test_an_old_attempts_failure_does_not_touch_the_new_one_but_its_delivery_does(client):
    made = accepted()
    Intento.objects.create(envio=made, numero=2, proveedor="twilio", inicio=made.creado_en)
    status_of(client, made, "failed", code="30005", attempt=1)
    assert state(made) == Estado.ACEPTADO
    status_of(client, made, "delivered", attempt=1)
    assert state(made) == Estado.ENTREGADO


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Estado.FALLIDO_TEMPORAL, Estado.ENTREGADO),
        (Estado.MUERTO, Estado.ENTREGADO),
        (Estado.CADUCADO, Estado.ENTREGADO),
        (Estado.SUPRIMIDO, Estado.SUPRIMIDO),
        (Estado.CANCELADO, Estado.CANCELADO),
        (Estado.FALLIDO_DEFINITIVO, Estado.FALLIDO_DEFINITIVO),
    ],
)
def test_late_proof_of_delivery_mends_only_what_we_had_assumed(client, before, after):
    made = accepted()
    type(made).objects.filter(pk=made.pk).update(estado=before)
    status_of(client, made, "delivered")
    assert state(made) == after


def test_nothing_undoes_a_delivery(client):
    made = accepted()
    status_of(client, made, "delivered")
    status_of(client, made, "failed", code="30005")
    assert state(made) == Estado.ENTREGADO


def test_either_token_signs_while_one_replaces_the_other(client, settings):
    settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_SECONDARY = "nuevo", TOKEN
    assert status_of(client, accepted(), "delivered").status_code == 204


def _signatures(path, form):
    right = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
    other = RequestValidator(TOKEN).compute_signature(PUBLIC + path + "x", form)
    return [None, "", "garbage", "ñandú".encode().decode("latin-1"), right[:-2], other]


@pytest.mark.parametrize("which", range(6))
def test_an_unsigned_or_wrongly_signed_callback_is_refused_and_leaves_nothing(client, which):
    made = accepted()
    path = reverse("notificaciones:twilio_estado", args=[made.pk, 1])
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    signature = _signatures(path, form)[which]
    headers = {} if signature is None else {"HTTP_X_TWILIO_SIGNATURE": signature}
    assert client.post(path, form, **headers).status_code == 403
    assert state(made) == Estado.ACEPTADO
    assert not EventoProveedor.objects.exists()


def test_a_callback_cannot_be_moved_to_another_notice(client):
    mine, other = accepted(), accepted()
    path = reverse("notificaciones:twilio_estado", args=[other.pk, 1])
    signed_for = PUBLIC + reverse("notificaciones:twilio_estado", args=[mine.pk, 1])
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    assert twilio_post(client, path, form, url=signed_for).status_code == 403


def test_the_host_header_does_not_decide_what_was_signed(client):
    made = accepted()
    path = reverse("notificaciones:twilio_estado", args=[made.pk, 1])
    form = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    signed_for = "https://127.0.0.1" + path
    answer = twilio_post(client, path, form, url=signed_for, HTTP_HOST="127.0.0.1")
    assert answer.status_code == 403


def test_a_notice_we_do_not_know_is_kept_and_answered(client):
    path = reverse("notificaciones:twilio_estado", args=[uuid.uuid4(), 1])
    form = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    assert twilio_post(client, path, form).status_code == 204
    assert EventoProveedor.objects.get().envio is None


def test_repeated_and_empty_parameters_are_part_of_what_is_signed(client):
    made = accepted()
    path = reverse("notificaciones:twilio_estado", args=[made.pk, 1])
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "Extra": ["b", "a"], "Nothing": ""}
    signature = RequestValidator(TOKEN).compute_signature(
        PUBLIC + path, {**form, "Extra": "ab"[:1]}
    )
    assert client.post(path, form, HTTP_X_TWILIO_SIGNATURE=signature).status_code == 403
    query = QueryDict(mutable=True)
    for name, value in form.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, query)
    assert client.post(path, form, HTTP_X_TWILIO_SIGNATURE=signature).status_code == 204


@pytest.mark.parametrize("name", ["twilio_entrante", "sendgrid_eventos"])
def test_webhooks_take_posts_of_a_megabyte_at_most(client, name):
    path = reverse(f"notificaciones:{name}")
    assert client.get(path).status_code == 405
    big = client.post(path, b"x" * 1_000_001, content_type="application/octet-stream")
    assert big.status_code == 413


def inbound(client, body, *, sender=PHONE, sid=None, **extra):
    form = {"MessageSid": sid or uuid.uuid4().hex, "From": sender, "Body": body, **extra}
    return twilio_post(client, reverse("notificaciones:twilio_entrante"), form)


@pytest.mark.parametrize("word", ["STOP", "alto", "  Baja. ", "CANCELAR", "¡ALTO!", "b\u0301aja"])
def test_who_says_stop_is_not_written_to_again(client, word):
    answer = inbound(client, word)
    assert answer["Content-Type"].startswith("text/xml")
    assert b"<Message>" in answer.content
    assert Supresion.objects.get(canal="sms", valor=PHONE).motivo == Supresion.Motivo.BAJA
    made = envio()
    deliver(str(made.pk), clock=Clock())
    assert state(made) == Estado.SUPRIMIDO


@pytest.mark.parametrize("word", ["gracias", "no quiero cancelar", "", "sí", "alto ahí\r\nya"])
def test_other_words_are_not_a_wish_and_get_no_answer(client, word):
    answer = inbound(client, word)
    assert (answer.status_code, b"<Message>" in answer.content) == (200, False)
    assert not Supresion.objects.exists()


def test_alta_brings_the_person_back_and_keeps_the_history(client):
    inbound(client, "ALTO")
    inbound(client, "alta")
    assert Supresion.objects.get().hasta is not None
    made = envio()
    deliver(str(made.pk), clock=Clock())
    assert state(made) == Estado.ENTREGADO


def test_the_vendors_own_opt_out_service_answers_by_itself(client):
    answer = inbound(client, "lo que sea", OptOutType="STOP")
    assert b"<Message>" not in answer.content
    assert Supresion.objects.exists()


def test_stop_by_whatsapp_finds_the_number_written_the_old_way(client):
    inbound(client, "BAJA", sender="whatsapp:+5215512345678")
    found = Supresion.objects.get()
    assert (found.canal, found.valor) == ("whatsapp", PHONE)


def test_the_same_answer_told_twice_is_obeyed_once_and_not_kept_in_words(client):
    inbound(client, "ALTO", sid="SMin")
    inbound(client, "ALTA")
    inbound(client, "ALTO", sid="SMin")
    assert Supresion.objects.get().hasta is not None
    assert all("Body" not in e.crudo for e in EventoProveedor.objects.all())


def event(made, kind, **fields):
    base = {"event": kind, "sg_event_id": uuid.uuid4().hex, "email": MAILBOX}
    return {**base, "envio": str(made.pk), "intento": "1", **fields}


@pytest.mark.parametrize(
    ("kind", "fields", "estado"),
    [
        ("processed", {}, Estado.ACEPTADO),
        ("deferred", {}, Estado.ACEPTADO),
        ("delivered", {}, Estado.ENTREGADO),
        ("bounce", {"type": "bounce"}, Estado.FALLIDO_DEFINITIVO),
        ("bounce", {"type": "blocked"}, Estado.FALLIDO_TEMPORAL),
        ("dropped", {"reason": "Bounced Address"}, Estado.FALLIDO_DEFINITIVO),
        ("dropped", {"reason": "Unsubscribed Address"}, Estado.SUPRIMIDO),
        ("dropped", {"reason": "Spam Reporting Address"}, Estado.SUPRIMIDO),
        ("open", {}, Estado.ACEPTADO),
        ("something_new", {}, Estado.ACEPTADO),
    ],
)
def test_each_event_of_an_email_has_its_consequence(client, kind, fields, estado):
    made = accepted(canal="correo")
    assert sendgrid_post(client, [event(made, kind, **fields)]).status_code == 204
    assert state(made) == estado


def test_a_complaint_is_recorded_beside_the_delivery(client):
    made = accepted(canal="correo")
    sendgrid_post(client, [event(made, "delivered"), event(made, "spamreport")])
    assert state(made) == Estado.ENTREGADO
    assert Supresion.objects.get().motivo == Supresion.Motivo.SPAM


def test_a_batch_repeated_and_shuffled_changes_nothing(client):
    rows = [accepted(canal="correo") for _ in range(4)]
    batch = [event(r, kind) for r in rows for kind in ("processed", "deferred", "delivered")]
    for _turn in range(3):
        random.Random(_turn).shuffle(batch)
        assert sendgrid_post(client, batch).status_code == 204
    assert {state(row) for row in rows} == {Estado.ENTREGADO}
    assert EventoProveedor.objects.count() == len(batch)


def test_an_event_without_our_id_is_matched_by_the_vendors(client):
    made = accepted(canal="correo", proveedor_id="abc123")
    early = accepted(canal="correo")
    known = event(made, "delivered", sg_message_id="abc123.filter0001")
    orphan = event(early, "delivered", sg_message_id="zzz.filter0001")
    for lost in (known, orphan):
        del lost["envio"], lost["intento"]
    sendgrid_post(client, [known, orphan])
    assert state(made) == Estado.ENTREGADO
    assert state(early) == Estado.ACEPTADO
    type(early).objects.filter(pk=early.pk).update(proveedor_id="zzz")
    sweep(clock=_real_clock())
    assert state(early) == Estado.ENTREGADO


def _real_clock():
    return Clock(_today())


def _today():
    return now()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SG_SIGNATURE: "", SG_TIMESTAMP: ""},
        {SG_SIGNATURE: "no es base64 ñ".encode().decode("latin-1"), SG_TIMESTAMP: "1"},
        {SG_SIGNATURE: "AAAA", SG_TIMESTAMP: "1"},
        {SG_SIGNATURE: base64.b64encode(b"x" * 71).decode(), SG_TIMESTAMP: "1"},
    ],
    ids=["none", "empty", "not base64", "short", "not a signature"],
)
def test_a_forged_batch_is_refused(client, headers):
    path = reverse("notificaciones:sendgrid_eventos")
    answer = client.post(path, b"[]", content_type="application/json", **headers)
    assert answer.status_code == 403


def test_another_key_or_another_body_is_refused(client, settings):
    made = accepted(canal="correo")
    stranger = ec.generate_private_key(ec.SECP256R1())
    assert sendgrid_post(client, [event(made, "delivered")], key=stranger).status_code == 403
    settings.SENDGRID_WEBHOOK_PUBLIC_KEY = "not a key"
    assert sendgrid_post(client, [event(made, "delivered")]).status_code == 403
    assert state(made) == Estado.ACEPTADO


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["event", "envio", "intento", "reason", "sg_event_id", "x"]),
                    inner,
                    max_size=6,
                )
            ),
        ).map(lambda value: json.dumps([value, {"event": "bounce", "x": value}]).encode()),
    )
)
def test_no_signed_body_breaks_the_webhook(client, body):
    assert sendgrid_post(client, None, body=body).status_code in (204, 400, 403)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["MessageSid", "MessageStatus", "ErrorCode", "From", "Body", "Otro"]),
        st.text(st.characters(codec="utf-8"), max_size=300),
        max_size=6,
    )
)
def test_no_signed_form_breaks_the_webhooks(client, form):
    status = reverse("notificaciones:twilio_estado", args=[uuid.uuid4(), 1])
    for path in (status, reverse("notificaciones:twilio_entrante")):
        query = "&".join(f"{k}={_quote(v)}" for k, v in form.items())
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, QueryDict(query))
        answer = client.post(
            path,
            query,
            content_type="application/x-www-form-urlencoded",
            HTTP_X_TWILIO_SIGNATURE=signature,
        )
        assert answer.status_code in (200, 204)


def _quote(value):
    return quote_plus(value)
