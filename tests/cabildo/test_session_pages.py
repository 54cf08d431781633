"""The pages of sessions before they are held, and their calendar file."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.documents.constants import EstadoNotificacion
from tablero.cabildo import services
from tablero.cabildo.models import Convocado, Sesion
from tests.factories import NOON, StaffFactory

from .factories import SesionFactory
from .noticing import PASSWORD, convene, prepared, ready_item

pytestmark = pytest.mark.django_db


def test_a_session_is_prepared_noticed_and_seen_through_the_pages(house, client):
    client.force_login(house["secretary"])
    item = ready_item(house)
    day = (dt.date.today() + dt.timedelta(days=30)).isoformat()
    fields = {
        "organo": house["body"].pk,
        "tipo": "ordinaria",
        "dia": day,
        "hora": "10:00",
        "lugar": "Salón de Cabildo",
        "caracter": "publica",
    }
    new = client.get(reverse("cabildo:sesion_nueva")).content.decode()
    assert "puede celebrarse desde" in new
    bad = client.post(reverse("cabildo:sesion_nueva"), fields | {"dia": "2020-01-01"})
    assert bad.status_code == 422
    client.post(reverse("cabildo:sesion_nueva"), fields)
    sesion = Sesion.objects.get()
    page = reverse("cabildo:sesion", args=[sesion.pk])
    assert "Si se convoca ahora está a tiempo" in client.get(page).content.decode()
    client.post(reverse("cabildo:punto_nuevo", args=[sesion.pk]), {"asunto": item.pk})
    point = sesion.puntos.get(asunto=item)
    moved = client.post(
        reverse("cabildo:punto_cambiar", args=[sesion.pk, point.pk, "subir"]), follow=True
    )
    assert "ya no puede moverse" in moved.content.decode()
    address = reverse("cabildo:sesion_convocar", args=[sesion.pk])
    wrong = client.post(address, {"contrasena": "otra", "cambios": Sesion.objects.get().cambios})
    assert wrong.status_code == 422
    assert "otra" not in wrong.content.decode().split("<form")[1]
    good = {"contrasena": PASSWORD, "cambios": Sesion.objects.get().cambios}
    assert client.post(address, good).status_code == 302
    text = client.get(page).content.decode()
    assert "Convocada" in text
    assert text.count("Personal, en el domicilio") == 5
    assert "Sesión ordinaria 1/" in client.get(reverse("cabildo:sesiones")).content.decode()
    again = client.post(address, good)
    assert again.status_code == 409


def test_a_session_in_preparation_is_only_for_the_secretaria(client):
    sesion = SesionFactory()
    client.force_login(StaffFactory(rol=Rol.CONSULTA))
    assert client.get(reverse("cabildo:sesion", args=[sesion.pk])).status_code == 404
    assert sesion.lugar not in client.get(reverse("cabildo:sesiones")).content.decode()


def test_the_calendar_file_can_be_read_and_says_when_it_is_called_off(house, client):
    client.force_login(house["secretary"])
    sesion = prepared(house)
    convene(house, sesion)
    address = reverse("cabildo:sesion_calendario", args=[sesion.pk])
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == sesion.inicia_en
    assert str(event["status"]) == "CONFIRMED"
    assert "Lista de asistencia" in str(event["description"])
    services.cancel_session(sesion_id=sesion.pk, motivo="Sin luz.", actor=SYSTEM, now=NOON)
    after = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert str(after["status"]) == "CANCELLED"
    assert after["uid"] == event["uid"]
    assert int(after["sequence"]) > int(event["sequence"])


def test_the_proof_of_each_notice_is_told(house, client):
    client.force_login(house["secretary"])
    sesion = prepared(house)
    convene(house, sesion)
    row = Convocado.objects.select_related("notificacion").first().notificacion
    row.estado, row.forma, row.practicada_en = EstadoNotificacion.PRACTICADA, "persona", NOON
    row.save()
    text = client.get(reverse("cabildo:sesion", args=[sesion.pk])).content.decode()
    assert text.count("Recibida") == 2, "on the badge and in its name"
