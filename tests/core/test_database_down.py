"""A database that is locked or gone is a 503 that says what to do, never a bare failure."""

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    """Every statement is refused, as when the disk or the server went away."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError("disk I/O error")

    with connection.execute_wrapper(refuse):
        yield


def test_a_form_is_told_that_nothing_was_saved_and_how_to_send_it_again(client, gone):
    answer = client.post("/seguimiento/", {"folio": "SJV-2026-000001", "pin": "123456"})
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    page = answer.content.decode()
    assert "Nada se guardó" in page
    assert "recargue esta página" in page


def test_the_api_tells_it_as_a_problem(client, gone):
    body = {"folio": "SJV-2026-000001", "pin": "123456"}
    answer = client.post("/api/v1/seguimiento/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    assert int(answer["Retry-After"]) > 0
