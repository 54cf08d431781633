"""The log of requests says what failed, and never where a link led."""

import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from portal.core.logs import RequestFilter


@pytest.fixture
def lines(caplog):
    log = logging.getLogger("django.request")
    kept = RequestFilter()
    log.addFilter(kept)
    caplog.set_level(logging.INFO, "django.request")
    yield lambda: [record.getMessage() for record in caplog.records]
    log.removeFilter(kept)


def answer(status: int) -> None:
    request = RequestFactory().get("/seguimiento/llave-secreta/")
    log_response(
        "%s: %s", "Failed", request.path, response=HttpResponse(status=status), request=request
    )


@pytest.mark.parametrize("status", [404, 409, 422, 429, 503])
def test_refusals_leave_no_line(lines, status):
    answer(status)
    assert lines() == []


def test_a_failure_is_told_without_its_address(lines):
    answer(500)
    assert lines() == ["request_failed view=-"]
