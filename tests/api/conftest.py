"""The demo municipality for tests of the API, loaded once a module and undone after it."""

import datetime as dt
import json

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from portal.accounts.models import User
from portal.core.time import now, today
from tramites.demo import reference
from tramites.demo.play import Stage

PASSWORD = "Jacaranda-2026"


def load_municipality() -> None:
    """Offices, staff, calendar, rules, places and catalogue; no cases."""
    day, opening = today(), now() - dt.timedelta(days=120)
    since = dt.date(day.year - 1, 1, 1)
    offices = reference.load_offices()
    reference.load_staff(offices, password=PASSWORD, since=since)
    reference.load_calendar(years=(day.year - 1, day.year, day.year + 1), now=opening)
    reference.load_rules(since=since, now=opening)
    reference.load_places()
    reference.load_catalogue(offices)


def play_cases(count: int) -> None:
    """So many stories, through the real services."""
    zone = timezone.get_default_timezone()
    Stage(today=today(), now=now(), zone=zone).play_all(count)


@pytest.fixture(scope="module")
def municipio(django_db_setup, django_db_blocker):
    """The municipality, inside a transaction that the module's end undoes."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            load_municipality()
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def casos(municipio, django_db_blocker):
    """The municipality with cases in every state."""
    with django_db_blocker.unblock():
        play_cases(60)


class Api:
    """A caller of the API: JSON in, JSON out, with a token or without."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Token {token}"} if token else {}

    def get(self, path: str, **params):
        headers = {**self.headers, **params.pop("headers", {})}
        return self.client.get(f"/api/v1/{path}", params, headers=headers)

    def post(self, path: str, body=None, **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            f"/api/v1/{path}",
            body if isinstance(body, (str, bytes)) else json.dumps({} if body is None else body),
            content_type=given.pop("Content-Type", "application/json"),
            headers={**self.headers, **given},
        )

    def delete(self, path: str):
        return self.client.delete(f"/api/v1/{path}", headers=self.headers)


@pytest.fixture
def api() -> Api:
    """Somebody without an account."""
    return Api()


def signed_in(username: str) -> Api:
    """The API as a person of the demo's staff."""
    _row, token = AuthToken.objects.create(user=User.objects.get(username=username))
    return Api(token)


def filing(**changes) -> dict:
    """A body that is accepted: a street light at an address."""
    return {
        "servicio": "luminaria-apagada",
        "descripcion": "La lámpara frente a la escuela no prende.",
        "respuestas": {"falla": "Está apagada"},
        "lugar": {"direccion": "Av. Hidalgo 120"},
        **changes,
    }
