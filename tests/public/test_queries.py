"""How many statements the paths of the citizen take. None grows with the number of cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import PeticionFactory
from tramites.links import follow_up_token

from .conftest import Citizen

pytestmark = pytest.mark.django_db


def statements(act) -> int:
    """Statements of ``act``, without savepoints."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_filing_takes_a_constant_number_of_statements(citizen):
    def file():
        assert citizen.browser.post(reverse("public:presentar_revision")).status_code == 302

    citizen.come_to_review()
    file()  # the first folio of the year makes its counter
    counts = []
    for _ in range(2):
        citizen.come_to_review()
        counts.append(statements(file))
    assert counts[0] == counts[1]
    assert counts[0] <= 32, counts


def test_the_follow_up_page_takes_a_constant_number_of_statements(town):
    page = Citizen()
    counts = []
    for _ in range(2):
        llave = follow_up_token(PeticionFactory(respondida=True))
        page.get("seguimiento_caso", llave)
        counts.append(statements(lambda llave=llave: page.get("seguimiento_caso", llave)))
        for _ in range(5):
            PeticionFactory()
    assert counts[0] == counts[1]
    assert counts[0] <= 9, counts


def test_the_home_page_takes_a_handful_once_its_figures_are_kept(town):
    page = Citizen()
    page.get("inicio")
    assert statements(lambda: page.get("inicio")) <= 4
