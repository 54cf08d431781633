"""The pages of bodies, members and rules, as the Secretaría and others see them."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.models import ReglaJuridica
from tablero.cabildo.models import Asiento, Ausencia, Integrante, Ocupacion, Organo
from tablero.cabildo.selectors import members_in_office, seats_on
from tests.accounts.factories import UserFactory
from tests.factories import StaffFactory

from .factories import (
    AsientoFactory,
    AusenciaFactory,
    IntegranteFactory,
    OcupacionFactory,
    a_body,
    rule,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(StaffFactory(rol=Rol.SECRETARIA))
    return client


def post(client, name: str, *args, **fields):
    return client.post(reverse(f"cabildo:{name}", args=args), fields)


def page(client, name: str, *args, **query):
    answer = client.get(reverse(f"cabildo:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_body_is_made_seated_and_read_through_the_pages(secretary):
    rule("quorum")
    fields = {
        "nombre": "Ayuntamiento de prueba",
        "clave": "ayuntamiento",
        "tipo": "ayuntamiento",
        "regla_quorum": "quorum-prueba",
        "vigente_desde": "2025-01-01",
        "vigente_hasta": "2027-12-31",
    }
    assert post(secretary, "organo_nuevo", **fields).status_code == 302
    body = Organo.objects.get()
    seat = {"cargo": "presidencia", "nombre": "Presidencia", "orden": 1}
    post(secretary, "asiento_nuevo", body.pk, vigente_desde="2025-01-01", **seat)
    post(secretary, "integrante_nuevo", nombre="Guadalupe Rangel", partido="Valle")
    member = Integrante.objects.get()
    held = {"integrante": member.pk, "calidad": "propietario", "desde": "2025-01-01"}
    post(secretary, "asiento_ocupar", body.pk, Asiento.objects.get().pk, **held)
    post(secretary, "ocupacion_protesta", Ocupacion.objects.get().pk, fecha="2025-01-01")
    text = page(secretary, "organo", body.pk, dia="2026-03-02")
    assert "Guadalupe Rangel" in text
    assert "De 1 integrantes se requieren 1" in text or "1 de 1 asientos" in text
    assert "Guadalupe Rangel" in page(secretary, "integrantes", q="RANGEL")
    assert "Presidencia" in page(secretary, "integrante", member.pk)


def test_leave_and_the_way_back_through_the_pages(secretary):
    held = OcupacionFactory()
    stand_in = OcupacionFactory(asiento=held.asiento, suplente=True)
    fields = {"tipo": "licencia", "desde": "2026-03-02", "motivo": "Licencia, acuerdo 3"}
    post(secretary, "ausencia_nueva", held.pk, **fields)
    away = Ausencia.objects.get()
    body = held.asiento.organo
    assert "sin quien lo ocupe" in page(secretary, "organo", body.pk, dia="2026-03-03")
    post(secretary, "ausencia_suplente", away.pk, fecha="2026-03-04")
    text = page(secretary, "organo", body.pk, dia="2026-03-05")
    assert f"Suple a {held.integrante}" in text
    assert str(stand_in.integrante) in text
    post(secretary, "ausencia_regreso", away.pk, fecha="2026-03-06")
    assert seats_on(body, dt.date(2026, 3, 7))[0].ocupacion == held
    post(secretary, "ocupacion_terminar", held.pk, fecha="2026-03-09")
    assert seats_on(body, dt.date(2026, 3, 10))[0].titular is None


def test_a_refusal_is_told_on_the_form_and_keeps_what_was_typed(secretary):
    seat = OcupacionFactory().asiento
    fields = {
        "integrante": IntegranteFactory().pk,
        "calidad": "propietario",
        "desde": "2026-03-02",
    }
    answer = post(secretary, "asiento_ocupar", seat.organo_id, seat.pk, **fields)
    assert answer.status_code == 409
    assert "ya lo ocupa" in answer.content.decode()
    assert 'value="2026-03-02"' in answer.content.decode()
    assert post(secretary, "ausencia_nueva", Ocupacion.objects.get().pk).status_code == 422


@pytest.mark.parametrize("day", ["ayer", "2026-02-30", "9999-01-01"])
def test_a_day_that_is_none_shows_today(secretary, day):
    body = a_body(2)
    assert "No entendimos la fecha" in page(secretary, "organo", body.pk, dia=day)


def test_a_member_with_an_account_and_no_post_sees_but_does_not_keep(client):
    user = UserFactory()
    client.force_login(user)
    body = a_body(2)
    assert client.get(reverse("cabildo:organo", args=[body.pk])).status_code == 403
    Integrante.objects.filter(pk=Ocupacion.objects.first().integrante_id).update(usuario=user)
    text = page(client, "organo", body.pk)
    assert reverse("cabildo:asiento_nuevo", args=[body.pk]) not in text
    assert client.get(reverse("cabildo:asiento_nuevo", args=[body.pk])).status_code == 403


def test_rules_are_published_by_form_and_told_in_words(secretary):
    fields = {
        "clave": "dos-tercios",
        "nombre": "Dos terceras partes",
        "fundamento": "Constitución, artículo 115",
        "vigente_desde": dt.date.today().isoformat(),
        "base": "integrantes",
        "umbral": "2/3",
        "abstenciones": "no_cuentan",
    }
    bad = post(secretary, "regla_nueva", "mayoria", **(fields | {"umbral": "1/4"}))
    assert bad.status_code == 422
    assert "más de la mitad" in bad.content.decode()
    assert post(secretary, "regla_nueva", "mayoria", **fields).status_code == 302
    assert "Dos terceras partes de los integrantes." in page(secretary, "reglas")
    again = post(secretary, "regla_nueva", "mayoria", **fields)
    assert again.status_code == 422
    later = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    version = fields | {"vigente_desde": later, "umbral": "3/4"}
    version.pop("clave")
    assert post(secretary, "regla_version", "dos-tercios", **version).status_code == 302
    text = page(secretary, "regla", "dos-tercios")
    assert "Tres cuartas partes de los integrantes." in text
    assert "Por entrar en vigor" in text
    assert ReglaJuridica.objects.count() == 2


def test_terms_and_body_rules_do_not_mix(secretary, client):
    rule("quorum")
    client.force_login(StaffFactory(rol=Rol.ADMINISTRADOR))
    answer = client.get(reverse("ajustes:regla", args=["quorum-prueba"]))
    assert answer.status_code == 404
    assert "quorum-prueba" not in client.get(reverse("ajustes:reglas")).content.decode()


def test_the_page_of_a_body_costs_the_same_with_many_seats(
    secretary, django_assert_max_num_queries
):
    body = a_body(25)
    for held in Ocupacion.objects.all()[:5]:
        AusenciaFactory(ocupacion=held)
    AsientoFactory(organo=body, nombre="Vacante")
    with django_assert_max_num_queries(16):
        page(secretary, "organo", body.pk)


def test_the_demo_seats_thirteen_and_four_commissions():
    call_command("cargar_demo_cabildo", verbosity=0)
    body = Organo.objects.get(tipo="ayuntamiento")
    today = dt.date.today()
    seats = seats_on(body, today)
    assert members_in_office(seats) == len(seats) == 13
    assert sum(seat.suple for seat in seats) == 1
    assert Organo.objects.filter(tipo="comision").count() == 4
    call_command("cargar_demo_cabildo", verbosity=0)
    assert Organo.objects.count() == 5
