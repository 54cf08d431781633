"""Proving a contact by a code."""

import datetime as dt

import pytest
from django.urls import reverse

from notificaciones.models import Envio
from portal.core.errors import InvalidInputError
from portal.core.models import EventRecord
from portal.core.time import now
from portal.public.models import CodigoVerificacion
from portal.public.services import check_code, purge_codes
from tests.factories import ServicioFactory
from tramites.models import Peticion

from .conftest import Citizen, code_sent_to, text_of

pytestmark = pytest.mark.django_db
PHONE = "+529512044187"


@pytest.fixture
def asked(citizen):
    """A citizen who gave a phone and waits for the code."""
    citizen.choose(ServicioFactory(lugar="no"))
    citizen.tell()
    answer = citizen.reach_by("sms", telefono="951 204 4187")
    assert answer.url == reverse("public:presentar_codigo")
    return citizen


def wrong_for(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_right_code_proves_the_phone_and_notices_go_there(asked):
    assert asked.post("presentar_codigo", codigo=code_sent_to(PHONE)).status_code == 302
    asked.file()
    person = Peticion.objects.get().solicitante
    assert person.telefono == PHONE
    assert person.telefono_verificado_en is not None


def test_the_code_is_kept_only_as_a_salted_hash_and_never_recorded(asked):
    code = code_sent_to(PHONE)
    row = CodigoVerificacion.objects.get()
    assert code not in str(vars(row))
    assert PHONE not in str(vars(row))
    assert not EventRecord.objects.filter(event_type="CodeIssued").exists()
    assert Envio.objects.get().sensible


def test_a_mail_address_is_proved_the_same_way(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    citizen.tell()
    citizen.reach_by("correo", correo="Rosa@Ejemplo.mx")
    code = code_sent_to("rosa@ejemplo.mx")
    assert citizen.post("presentar_codigo", codigo=f"{code[:3]} {code[3:]}").status_code == 302
    citizen.file()
    assert Peticion.objects.get().solicitante.correo_verificado_en is not None


def test_going_on_without_proof_keeps_the_contact_unverified_and_says_so(asked):
    asked.post("presentar_codigo", seguir="1")
    assert "no le llegarán avisos" in text_of(asked.get("presentar_revision"))
    before = Envio.objects.count()
    asked.file()
    person = Peticion.objects.get().solicitante
    assert (person.telefono, person.telefono_verificado_en) == (PHONE, None)
    assert Envio.objects.count() == before


def test_a_wrong_code_is_refused_and_changes_nothing(asked):
    page = asked.post("presentar_codigo", codigo=wrong_for(code_sent_to(PHONE)))
    assert page.status_code == 422
    assert "no coincide" in text_of(page)
    assert "<title>Error:" in text_of(page)
    assert asked.draft.datos["contacto"]["verificados"] == {}


def test_a_code_past_ten_minutes_says_so(asked, clock):
    code = code_sent_to(PHONE)
    clock.forward(minutes=10, seconds=1)
    page = asked.post("presentar_codigo", codigo=code)
    assert page.status_code == 422
    assert "ya venció" in text_of(page)


def test_after_five_tries_even_the_right_code_is_refused(asked):
    code = code_sent_to(PHONE)
    for _ in range(5):
        assert asked.post("presentar_codigo", codigo=wrong_for(code)).status_code == 422
    page = asked.post("presentar_codigo", codigo=code)
    assert page.status_code == 429
    assert "muchas veces" in text_of(page)


def test_a_new_code_voids_the_one_before(asked):
    old = code_sent_to(PHONE)
    Envio.objects.all().delete()
    asked.post("presentar_codigo", reenviar="1")
    assert asked.post("presentar_codigo", codigo=old).status_code == 422
    assert asked.post("presentar_codigo", codigo=code_sent_to(PHONE)).status_code == 302


def test_a_code_works_once(asked):
    code = code_sent_to(PHONE)
    asked.post("presentar_codigo", codigo=code)
    assert CodigoVerificacion.objects.get().usado_en is not None
    with pytest.raises(InvalidInputError):
        check_code(borrador_id=asked.draft.pk, canal="sms", destino=PHONE, codigo=code, now=now())


def test_both_ways_are_proved_one_after_the_other(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    citizen.tell()
    citizen.reach_by("ambos", telefono=PHONE, correo="ana@correo.example")
    citizen.post("presentar_codigo", codigo=code_sent_to(PHONE))
    assert "Confirme su correo" in text_of(citizen.get("presentar_codigo"))
    citizen.post("presentar_codigo", seguir="1")
    citizen.file()
    person = Peticion.objects.get().solicitante
    assert (person.telefono, person.correo) == (PHONE, "ana@correo.example")
    assert person.telefono_verificado_en is not None
    assert person.correo_verificado_en is None


def test_a_contact_takes_three_codes_an_hour(asked, clock):
    asked.post("presentar_codigo", reenviar="1")
    asked.post("presentar_codigo", reenviar="1")
    page = asked.post("presentar_codigo", reenviar="1")
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "seguir sin verificar" in text_of(page)
    assert Envio.objects.count() == 3
    clock.forward(hours=1)
    assert asked.post("presentar_codigo", reenviar="1").status_code == 302


def test_one_address_sends_ten_codes_an_hour_whatever_the_contact(citizen):
    citizen.choose(ServicioFactory(lugar="no"))
    citizen.tell()
    for n in range(10):
        assert citizen.reach_by("correo", correo=f"v{n}@ejemplo.mx").status_code == 302
    assert citizen.reach_by("correo", correo="otro@ejemplo.mx").status_code == 429


def test_the_code_of_one_browser_proves_nothing_in_another(asked):
    code = code_sent_to(PHONE)
    other = Citizen()
    other.choose(ServicioFactory(lugar="no"))
    other.tell()
    other.reach_by("correo", correo="otra@ejemplo.mx")
    other_draft = other.draft
    CodigoVerificacion.objects.filter(borrador=other_draft).delete()
    assert other.post("presentar_codigo", codigo=code).status_code == 422


def test_changing_the_phone_takes_the_proof_away(asked):
    asked.post("presentar_codigo", codigo=code_sent_to(PHONE))
    asked.reach_by("sms", telefono="9512044188")
    assert asked.draft.datos["contacto"]["verificados"] == {}


def test_the_same_phone_needs_no_second_code(asked):
    asked.post("presentar_codigo", codigo=code_sent_to(PHONE))
    answer = asked.reach_by("sms", telefono="951-204-4187", nombre="Rosa")
    assert answer.url == reverse("public:presentar_revision")


def test_old_codes_are_purged_a_day_later(asked, clock):
    clock.forward(days=1, minutes=11)
    assert purge_codes(now=clock.now) == 1


def test_a_code_has_six_figures_and_lasts_ten_minutes(asked):
    row = CodigoVerificacion.objects.get()
    assert len(code_sent_to(PHONE)) == 6
    assert row.vence_en - row.creado_en == dt.timedelta(minutes=10)
