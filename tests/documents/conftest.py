"""Documents are signed here: the institution has its seal."""

import pytest

from .authority import ready_authority


@pytest.fixture(scope="session", autouse=True)
def _institution():
    ready_authority()
