"""What the tests of the staff side share."""

import pytest
from django.test import Client

from portal.accounts.constants import Rol
from tests.factories import DependenciaFactory, StaffFactory, desk, load_calendar
from tests.tablero.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    """One install for all the tests of a file; each acts on a case of its own."""
    return House(tmp_path_factory.mktemp("casa"))


@pytest.fixture
def sign_in():
    """``sign_in(user)``: a browser in which ``user`` has signed in."""

    def browser(user) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def obras(db):
    """An office that takes cases, with the calendar and the desk a case needs."""
    load_calendar()
    desk()
    return DependenciaFactory(clave="obras", nombre="Obras Públicas", siglas="OP")


@pytest.fixture
def people(obras):
    """One person of each role; enlace and titular work in Obras."""
    offices = {Rol.ENLACE: obras, Rol.TITULAR: obras, Rol.VENTANILLA: None}
    return {rol: StaffFactory(rol, offices.get(rol)) for rol in Rol}
