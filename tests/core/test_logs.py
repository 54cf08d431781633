"""The log of requests says what failed, and never where a link led."""

import logging
from types import SimpleNamespace

import pytest

from portal.core.logs import RequestFilter


def record(status: int, view: str = "") -> logging.LogRecord:
    """What Django hands to the log for an answer with ``status``."""
    path = "/seguimiento/llave-secreta/"
    made = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Failed", path), None)
    made.status_code = status
    made.request = SimpleNamespace(path=path, resolver_match=SimpleNamespace(view_name=view))
    return made


@pytest.mark.parametrize("status", [404, 409, 422, 429, 503])
def test_refusals_leave_no_line(status):
    assert not RequestFilter().filter(record(status))


@pytest.mark.parametrize(("view", "said"), [("public:seguimiento_caso",) * 2, ("", "-")])
def test_a_failure_is_told_by_its_view_and_without_its_address(view, said):
    failure = record(500, view)
    assert RequestFilter().filter(failure)
    assert failure.getMessage() == f"request_failed view={said}"


def test_the_log_of_requests_goes_through_the_filter(settings):
    assert settings.LOGGING["loggers"]["django.request"]["filters"] == ["requests"]
