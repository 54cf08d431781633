"""The room where the staff reads what was sent: who sees what, and what they may do."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from notificaciones import selectors
from notificaciones.constants import Estado, Modo, Motivo
from notificaciones.models import Envio, Interruptor
from notificaciones.services import Recipient, enqueue
from notificaciones.services.delivery import deliver
from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from portal.core.time import now
from tablero.avisos.policies import AvisoPolicy
from tests.accounts.factories import AdscripcionFactory
from tests.factories import PeticionFactory, StaffFactory
from tests.notificaciones.factories import MAILBOX, PHONE, envio

pytestmark = pytest.mark.django_db
LIST = "/tablero/avisos/"


def about(peticion, *, canal="sms", texto="", evento="peticion_respondida", **fields):
    """A notice about a case."""
    [made] = enqueue(
        clave=f"sobre:{Envio.objects.count()}",
        evento=evento,
        canales=[Recipient(canal, MAILBOX if canal == "correo" else PHONE)],
        idioma="es-mx",
        variables={"folio": peticion.folio, "texto": texto},
        categoria="estado",
        now=now(),
        referencia=f"peticion:{peticion.pk}",
    )
    if fields:
        Envio.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made


def page(client, user, url=LIST, **headers):
    client.force_login(user)
    return client.get(url, **headers)


def url_of(made, name="aviso"):
    return reverse(f"avisos:{name}", args=[made.pk])


@pytest.mark.parametrize(
    ("rol", "own_case", "other_case", "code"),
    [
        (Rol.SECRETARIA, True, True, True),
        (Rol.ADMINISTRADOR, True, True, True),
        (Rol.VENTANILLA, True, True, False),
        (Rol.JURIDICO, True, True, False),
        (Rol.TITULAR, True, False, False),
        (Rol.ENLACE, True, False, False),
        (Rol.CONSULTA, False, False, False),
    ],
)
def test_each_role_opens_the_notices_it_may_know_of(client, rol, own_case, other_case, code):
    mine, other = PeticionFactory(), PeticionFactory()
    user = StaffFactory(rol, office=mine.dependencia)
    rows = [about(mine), about(other), envio(categoria="codigo")]
    allowed = [own_case, other_case, code]
    assert [page(client, user, url_of(row)).status_code == 200 for row in rows] == allowed
    expected = {row for row, may in zip(rows, allowed, strict=True) if may}
    assert set(AvisoPolicy(user).visible()) & set(rows) == expected
    listed = page(client, user)
    if rol == Rol.CONSULTA:
        assert listed.status_code == 403
    else:
        assert [url_of(row) in listed.content.decode() for row in rows] == allowed


def test_a_notice_that_is_not_theirs_does_not_exist_for_them(client):
    made = about(PeticionFactory())
    stranger = StaffFactory(Rol.ENLACE)
    for name in ("aviso", "correo", "descartar"):
        assert page(client, stranger, url_of(made, name)).status_code == 404
    for name in ("reenviar", "descartar"):
        assert client.post(url_of(made, name)).status_code == 404


def test_consulta_with_an_office_reads_only_its_office(client):
    mine, other = PeticionFactory(), PeticionFactory()
    user = StaffFactory(Rol.CONSULTA)
    AdscripcionFactory(usuario=user, dependencia=mine.dependencia, rol=Rol.ENLACE)
    user = type(user).objects.get(pk=user.pk)
    assert page(client, user, url_of(about(mine))).status_code == 200
    assert page(client, user, url_of(about(other))).status_code == 404


def test_a_sensitive_case_keeps_its_notices_from_the_rest_of_the_office(client):
    case = PeticionFactory(sensible=True)
    made = about(case)
    colleague = StaffFactory(Rol.ENLACE, office=case.dependencia)
    assert page(client, colleague, url_of(made)).status_code == 404
    head = StaffFactory(Rol.TITULAR, office=case.dependencia)
    assert page(client, head, url_of(made)).status_code == 200


def test_visitors_are_sent_to_log_in(client):
    made = envio()
    for name in ("aviso", "correo", "descartar"):
        assert client.get(url_of(made, name)).status_code == 302
    assert "/cuenta/" in client.get(LIST)["Location"]


def test_the_list_shows_the_end_of_an_address_and_the_page_all_of_it(client):
    made = about(PeticionFactory())
    user = StaffFactory(Rol.SECRETARIA)
    listed = page(client, user).content.decode()
    assert PHONE not in listed
    assert f"••••{PHONE[-4:]}" in listed
    assert "55 1234 5678" in page(client, user, url_of(made)).content.decode()


def test_the_page_shows_exactly_what_the_person_gets_and_how_it_went(client):
    made = about(PeticionFactory())
    deliver(str(made.pk), clock=now)
    shown = page(client, StaffFactory(Rol.SECRETARIA), url_of(made)).content.decode()
    made.refresh_from_db()
    assert made.cuerpo in shown
    assert "GSM-7" in shown
    assert "Intento 1 por la demostración" in shown
    assert "Entregado" in shown


@pytest.mark.parametrize(("modo", "seen"), [(Modo.EMBEBIDO, True), (Modo.REAL, False)])
@pytest.mark.parametrize("canal", ["sms", "correo"])
def test_a_code_is_read_by_the_staff_only_in_the_demonstration(client, modo, seen, canal):
    made = envio(canal=canal, categoria="codigo", modo=modo)
    user = StaffFactory(Rol.ADMINISTRADOR)
    for url in (LIST, url_of(made)):
        assert ("482913" in page(client, user, url).content.decode()) is seen
    if canal == "correo":
        assert (page(client, user, url_of(made, "correo")).status_code == 200) is seen


def test_what_opens_an_account_is_read_by_nobody_on_the_staff(client):
    [made] = enqueue(
        clave="cuenta:1",
        evento="aviso_personal",
        canales=[Recipient("correo", MAILBOX, True)],
        idioma="es",
        variables={"asunto": "Restablezca", "texto": "https://x.example/cuenta/reset/3-abc/"},
        categoria="codigo",
        now=now(),
        sensible=True,
    )
    user = StaffFactory(Rol.ADMINISTRADOR)
    for url in (LIST, url_of(made)):
        shown = page(client, user, url).content.decode()
        assert "Aviso del personal" in shown
        assert "cuenta/reset" not in shown
        assert "Restablezca" not in shown
    assert page(client, user, url_of(made, "correo")).status_code == 404


def test_a_notice_of_a_sensitive_case_is_read_by_who_may_open_the_case(client):
    case = PeticionFactory(sensible=True)
    made = about(case, texto="secreto", sensible=True)
    Envio.objects.filter(pk=made.pk).update(cuerpo="Texto de la persona")
    for rol, reads in ((Rol.SECRETARIA, True), (Rol.ADMINISTRADOR, False)):
        user = StaffFactory(rol)
        for url in (LIST, url_of(made)):
            shown = page(client, user, url).content.decode()
            assert ("Texto de la persona" in shown) is reads


@pytest.mark.parametrize(("modo", "seen"), [(Modo.EMBEBIDO, True), (Modo.REAL, False)])
@pytest.mark.parametrize("canal", ["sms", "correo"])
def test_a_link_that_opens_the_case_as_its_citizen_is_not_shown_to_the_staff(
    client, modo, seen, canal
):
    made = about(PeticionFactory(), canal=canal, modo=modo)
    key = "162-2fae2550b4.Wy2RIdyvP1sLHqZS2R3FfECvExi3nw_yLdXYJFyPh30"
    link = f"https://sanjacinto.example/en/seguimiento/{key}/"
    html = f'<a href="{link}">{link}</a>' if canal == "correo" else ""
    Envio.objects.filter(pk=made.pk).update(cuerpo=f"Léala en {link}", cuerpo_html=html)
    user = StaffFactory(Rol.SECRETARIA)
    for url in (LIST, url_of(made), *([url_of(made, "correo")] if html else [])):
        shown = page(client, user, url).content.decode()
        assert (key[:30] in shown) is (seen and (url != LIST or canal == "sms"))
    assert "sanjacinto.example" in page(client, user, url_of(made)).content.decode()


def test_the_letter_opens_under_a_policy_in_which_nothing_acts(client):
    made = about(PeticionFactory(), canal="correo", evento="aviso_personal", texto="<b>x</b>")
    answer = page(client, StaffFactory(Rol.SECRETARIA), url_of(made, "correo"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "&lt;b&gt;x" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_message_has_no_letter(client):
    made = about(PeticionFactory())
    user = StaffFactory(Rol.SECRETARIA)
    assert page(client, user, url_of(made, "correo")).status_code == 404


def test_what_a_citizen_wrote_stays_text_on_the_page(client):
    made = about(
        PeticionFactory(), canal="correo", evento="aviso_personal", texto="<script>x</script>"
    )
    shown = page(client, StaffFactory(Rol.SECRETARIA), url_of(made)).content.decode()
    assert "<script>x" not in shown
    assert "&lt;script&gt;x" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"dead", "mail", "fresh"}),
        ("?estado=muerto", {"dead"}),
        ("?canal=correo", {"mail"}),
        ("?evento=aviso_personal", {"mail"}),
        ("?folio={folio}", {"dead"}),
        ("?folio={folio_lower}", {"dead"}),
        ("?folio=NO-EXISTE", set()),
        ("?estado=inventado", {"dead", "mail", "fresh"}),
        ("?despues=garbage", {"dead", "mail", "fresh"}),
        ("?despues=1e400_00", {"dead", "mail", "fresh"}),
    ],
)
def test_filters_narrow_and_nonsense_filters_nothing(client, query, found):
    one, two = PeticionFactory(), PeticionFactory()
    rows = {
        "dead": about(one, estado=Estado.MUERTO, motivo=Motivo.RED),
        "mail": about(two, canal="correo", evento="aviso_personal", texto="hola"),
        "fresh": about(two),
    }
    url = LIST + query.format(folio=one.folio, folio_lower=one.folio.lower())
    shown = page(client, StaffFactory(Rol.SECRETARIA), url)
    assert shown.status_code == 200
    text = shown.content.decode()
    assert {name for name, row in rows.items() if url_of(row) in text} == found


def test_pages_go_forth_and_back_without_losing_or_repeating_a_notice():
    same = now()
    made = [envio(now=same + dt.timedelta(seconds=i // 3)) for i in range(23)]
    rows, filters = selectors.every_envio().filter(pk__in=[m.pk for m in made]), None
    filters = selectors.OutboxFilters()
    seen, after = [], ""
    while True:
        found = selectors.outbox(rows, filters, after=after, page_size=5)
        seen.append([row.pk for row in found.rows])
        if not found.following:
            break
        after = found.following
    flat = [pk for part in seen for pk in part]
    assert len(flat) == len(set(flat)) == 23
    back = selectors.outbox(rows, filters, before=found.previous, page_size=5)
    assert [row.pk for row in back.rows] == seen[-2]


def test_the_list_costs_the_same_for_one_notice_and_for_fifty(
    client, django_assert_max_num_queries
):
    user = StaffFactory(Rol.SECRETARIA)
    about(PeticionFactory())
    page(client, user)
    counts = []
    for extra in (0, 30):
        for _ in range(extra):
            about(PeticionFactory())
        with django_assert_max_num_queries(12) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_asked_by_htmx_only_the_part_that_changes_comes(client):
    made = about(PeticionFactory())
    user = StaffFactory(Rol.SECRETARIA)
    for url in (LIST, url_of(made)):
        part = page(client, user, url, HTTP_HX_REQUEST="true").content.decode()
        assert "<html" not in part
        assert part.lstrip().startswith("<div")
        assert "live-changed" in part


def test_sending_again_makes_a_new_notice_and_says_who_did_it(client):
    made = about(PeticionFactory(), estado=Estado.MUERTO, motivo=Motivo.RED, intentos=8)
    user = StaffFactory(Rol.SECRETARIA)
    client.force_login(user)
    answer = client.post(url_of(made, "reenviar"))
    new = Envio.objects.get(sustituye=made)
    assert answer["Location"] == url_of(new)
    assert (new.estado, new.intentos, new.cuerpo, new.destino) == (
        Estado.PENDIENTE,
        0,
        made.cuerpo,
        made.destino,
    )
    made.refresh_from_db()
    assert made.estado == Estado.MUERTO
    record = EventRecord.objects.get(event_type="NoticeResent")
    assert (record.actor_id, record.payload["nuevo_id"]) == (user.pk, str(new.pk))
    assert str(user) in page(client, user, url_of(made)).content.decode()
    client.post(url_of(made, "reenviar"))
    assert Envio.objects.filter(sustituye=made).count() == 2


@pytest.mark.parametrize("estado", [Estado.PENDIENTE, Estado.ACEPTADO, Estado.SUPRIMIDO])
def test_what_is_on_its_way_or_refused_is_not_sent_again(client, estado):
    made = about(PeticionFactory(), estado=estado)
    client.force_login(StaffFactory(Rol.SECRETARIA))
    assert client.post(url_of(made, "reenviar")).status_code == 409
    assert Envio.objects.count() == 1


def test_a_code_is_not_sent_again(client):
    made = envio(categoria="codigo", estado=Estado.MUERTO)
    user = StaffFactory(Rol.SECRETARIA)
    assert "Enviar de nuevo" not in page(client, user, url_of(made)).content.decode()
    assert client.post(url_of(made, "reenviar")).status_code == 409


def test_discarding_asks_why_and_is_recorded(client):
    made = about(PeticionFactory())
    user = StaffFactory(Rol.SECRETARIA)
    client.force_login(user)
    asked = client.post(url_of(made, "descartar"), {"nota": "  "})
    assert asked.status_code == 422
    assert "Diga por qué" in asked.content.decode()
    made.refresh_from_db()
    assert made.estado == Estado.PENDIENTE
    assert (
        client.post(url_of(made, "descartar"), {"nota": "Se avisó por teléfono"}).status_code == 302
    )
    made.refresh_from_db()
    assert (made.estado, made.nota) == (Estado.CANCELADO, "Se avisó por teléfono")
    assert EventRecord.objects.get(event_type="NoticeDiscarded").actor_id == user.pk
    assert deliver(str(made.pk), clock=now) is False


def test_what_a_vendor_has_cannot_be_discarded(client):
    made = about(PeticionFactory(), estado=Estado.ACEPTADO)
    client.force_login(StaffFactory(Rol.SECRETARIA))
    assert client.post(url_of(made, "descartar"), {"nota": "x"}).status_code == 409


@pytest.mark.parametrize(
    ("rol", "resend", "discard"),
    [
        (Rol.SECRETARIA, 302, 302),
        (Rol.TITULAR, 302, 302),
        (Rol.ENLACE, 302, 403),
        (Rol.VENTANILLA, 302, 403),
        (Rol.JURIDICO, 403, 403),
    ],
)
def test_who_may_send_again_and_who_may_discard(client, rol, resend, discard):
    case = PeticionFactory()
    made = about(case, estado=Estado.MUERTO, motivo=Motivo.RED)
    client.force_login(StaffFactory(rol, office=case.dependencia))
    assert client.post(url_of(made, "reenviar")).status_code == resend
    assert client.post(url_of(made, "descartar"), {"nota": "x"}).status_code == discard


def test_nothing_inline_stands_on_the_pages(client):
    made = about(PeticionFactory(), canal="correo")
    user = StaffFactory(Rol.SECRETARIA)
    for url in (LIST, url_of(made), url_of(made, "descartar")):
        text = page(client, user, url).content.decode()
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text)


def test_a_paused_channel_is_named_as_people_call_it(client):
    until = now() + dt.timedelta(minutes=5)
    Interruptor.objects.create(canal="sms", abierto_hasta=until)
    Interruptor.objects.create(canal="correo", abierto_hasta=until)
    shown = page(client, StaffFactory(Rol.SECRETARIA)).content.decode()
    assert "Correo electrónico" in shown.partition("En pausa")[2].partition("</p>")[0]
    assert "SMS" in shown.partition("En pausa")[2].partition("</p>")[0]
