"""What the tests of the room of documents share: a town, people, and browsers signed in."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from portal.accounts.constants import Rol
from tests.documents.authority import ready_authority
from tests.factories import NOON, DependenciaFactory, StaffFactory, load_calendar

from .room import Room

PASSWORD = "clave segura 9"


@pytest.fixture(scope="session", autouse=True)
def _institution():
    ready_authority()


@pytest.fixture
def kinds(db):
    """The kinds of documents that people draft."""
    call_command("cargar_tipos_documento", verbosity=0)


@pytest.fixture
def sign_in():
    """``sign_in(user)``: a browser in which ``user`` has signed in."""

    def browser(user) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def room(kinds) -> Room:
    """The Secretaría and an office, with somebody for each part."""
    load_calendar()
    secretaria = DependenciaFactory(nombre="Secretaría General", siglas="SG")
    office = DependenciaFactory(nombre="Obras Públicas", siglas="OP", padre=secretaria)
    people = {
        "secretary": (Rol.SECRETARIA, secretaria, "Elena", "Villaseñor"),
        "head": (Rol.TITULAR, office, "Rosa", "Cárdenas"),
        "clerk": (Rol.ENLACE, office, "Iván", "Ríos"),
        "lawyer": (Rol.JURIDICO, secretaria, "Luz", "Ortega"),
        "president": (Rol.TITULAR, secretaria, "Tomás", "Villegas"),
        "stranger": (Rol.ENLACE, DependenciaFactory(nombre="Parques"), "Sara", "Pineda"),
        "reader": (Rol.CONSULTA, secretaria, "Pía", "Lara"),
    }
    return Room(
        secretaria=secretaria,
        office=office,
        **{
            name: somebody(rol, where, first_name=first, last_name=last)
            for name, (rol, where, first, last) in people.items()
        },
    )


def somebody(rol, office, **names):
    user = StaffFactory(rol, office, email=f"{names['first_name']}@x.example".lower(), **names)
    user.set_password(PASSWORD)
    user.save()
    return user


# for the pages of signing


@pytest.fixture
def house(settings, tmp_path):
    """Files of its own, and a calendar."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    load_calendar()


@pytest.fixture
def office(house):
    return DependenciaFactory(nombre="Secretaría General", siglas="SG")


@pytest.fixture
def secretary(office):
    return somebody(Rol.SECRETARIA, office, first_name="Elena", last_name="Villaseñor")


@pytest.fixture
def president(office):
    return somebody(Rol.TITULAR, office, first_name="Tomás", last_name="Villegas")


@pytest.fixture
def signed_in(client):
    """A function that signs somebody in and gives the browser."""

    def enter(who):
        client.force_login(who)
        return client

    return enter


# for the public pages


@pytest.fixture
def calendar(db):
    load_calendar()


@pytest.fixture
def clock(monkeypatch):
    """Every view reads one o'clock, an hour after what the tests did."""
    moment = (NOON + dt.timedelta(hours=1)).astimezone(dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# for batches and appointments


@pytest.fixture
def town(db):
    """The Secretaría with its secretary and an enlace, and another office with its head."""
    load_calendar()
    office = DependenciaFactory(nombre="Secretaría General", siglas="SG")
    other = DependenciaFactory(nombre="Obras Públicas")
    return {
        "office": office,
        "other": other,
        "secretary": somebody(Rol.SECRETARIA, office, first_name="Elena", last_name="Villaseñor"),
        "clerk": somebody(Rol.ENLACE, office, first_name="Iván", last_name="Ríos"),
        "stranger": somebody(Rol.TITULAR, other, first_name="Rosa", last_name="Cárdenas"),
    }
