"""The whole schema, driven with what it allows and with what it does not."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.accounts.models import Dependencia
from portal.core.actors import SYSTEM
from portal.core.time import now
from portal.documents.constants import ClaseArchivo
from portal.documents.services import Issue, issue_sealed
from tests.documents.authority import ready_authority
from tests.documents.samples import CASE_DATA
from tramites.models import Peticion

from .conftest import filing, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("casos")]
EXAMPLES = 10
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
load_all_checks()


@pytest.fixture
def one_connection(known):
    """
    The end of a request leaves the test's connection, and its transaction, open.

    The test client, which ``known`` uses, puts the signals' receivers back.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(settings, one_connection):
    """The schema as it is served, over the house's own WSGI application."""
    unlimited = dict.fromkeys(settings.API_LIMITES, (10**9, 60))
    settings.API_LIMITES = unlimited
    settings.DOCUMENTS_VERIFY_LIMITS = dict.fromkeys(settings.DOCUMENTS_VERIFY_LIMITS, (10**9, 60))
    settings.ALLOWED_HOSTS = ["*"]
    return schemathesis.openapi.from_wsgi("/api/v1/esquema/", get_wsgi_application())


def sealed() -> dict:
    """A document under the institution's seal, by its code and by its file."""
    ready_authority()
    office = Dependencia.objects.get(clave="alumbrado")
    documento = issue_sealed(
        issue=Issue(
            tipo="prevencion",
            origen="para-schemathesis",
            dependencia_id=office.pk,
            asunto="Prevención",
            datos=CASE_DATA["prevencion"],
        ),
        actor=SYSTEM,
        now=now(),
    )
    return {
        "codigo": documento.codigo,
        "sha256": documento.archivos.filter(clase=ClaseArchivo.FIRMADO).get().sha256,
    }


@pytest.fixture
def known(api) -> dict:
    """Values that name things that exist, for a call to go beyond the first door."""
    filed = api.post("peticiones/", filing(), Idempotency_Key="para-schemathesis").json()
    return {
        "servicio": "luminaria-apagada",
        "dependencia": "alumbrado",
        "clave": "luminaria-apagada",
        "folio": filed["folio"],
        "pin": filed["pin"],
        **sealed(),
    }


def reaching(case, folio: str | None, known: dict):
    """The case with values that exist, when there is a folio to use."""
    if folio is None:
        return case
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: value for name, value in known.items() if name in part})
    if isinstance(case.path_parameters, dict) and "folio" in case.path_parameters:
        case.path_parameters["folio"] = folio
    if isinstance(case.body, dict) and "version" in case.body:
        case.body["version"] = Peticion.objects.get(folio=folio).version
    return case


def drive(operation, mode, callers: list[dict], folios: list, known: dict) -> None:
    """Call one operation with generated cases and hold each answer to the schema."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        folio=st.sampled_from(folios),
        headers=st.sampled_from(callers),
    )
    def run(case, folio, headers) -> None:
        case = reaching(case, folio, known)
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS, headers=headers)

    run()


@pytest.mark.parametrize(
    "people",
    [(), ("secretaria", "enlace.alumbrado", "titular.obras", "ventanilla")],
    ids=["anonymous", "staff"],
)
def test_no_operation_fails_or_answers_what_the_schema_does_not_say(schema, known, people):
    callers = [signed_in(username).headers for username in people] or [{}]
    folios = [None, *Peticion.objects.order_by("pk").values_list("folio", flat=True)[:20]]
    faults, driven = [], 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                drive(operation, mode, callers, folios, known)
                driven += 1
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE
            except BaseExceptionGroup as fault:
                lines = [f"{operation.label} ({mode.name}): {one}" for one in fault.exceptions]
                faults += lines
    assert driven >= 45
    assert not faults, "\n\n".join(faults)
