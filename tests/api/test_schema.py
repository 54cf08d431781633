import json

import pytest
import yaml
from django.core.management import call_command

from portal.core.access import Access, access_of
from portal.public.api import urls
from portal.public.api.documentation import api_schema
from portal.public.api.problems import CONTENT_TYPE

pytestmark = pytest.mark.django_db
EVERY = {"405", "406", "429"}
BODY = {"400", "413", "415", "422"}


def operations():
    """(path, method, operation) of the whole schema."""
    for path, methods in api_schema()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_schema_is_valid_and_leaves_nothing_to_guess(tmp_path):
    target = tmp_path / "esquema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(target))
    assert target.read_text().startswith("openapi:")


def test_every_operation_documents_what_it_may_answer():
    for path, method, operation in operations():
        statuses = set(operation["responses"])
        wanted = EVERY | (BODY if "requestBody" in operation else set())
        if {"token": []} in operation.get("security", []):
            wanted = wanted | {"401"}
        if "{" in path:
            wanted = wanted | {"404"}
        if "/actos/" in path:
            wanted = wanted | {"403", "409", "200", "204"}
        assert wanted <= statuses, (path, method, wanted - statuses)
        assert operation["summary"], path
        for status in statuses - {"200", "201", "204", "304"}:
            assert list(operation["responses"][status]["content"]) == [CONTENT_TYPE]


def test_staff_operations_ask_for_a_token_and_public_ones_do_not():
    for path, method, operation in operations():
        staff = "bandeja" in path or "{folio}" in path or (method == "delete" and "sesion" in path)
        assert ({} in operation.get("security", [{}])) != staff, (method, path)


def test_what_is_sent_may_have_no_other_fields():
    shapes = api_schema()["components"]["schemas"]
    closed = [name for name in shapes if name.endswith("Request")]
    assert len(closed) > 12
    assert all(shapes[name]["additionalProperties"] is False for name in closed)


def test_every_address_of_the_api_is_in_the_schema_or_explains_it():
    explained = {"esquema", "documentacion", "problemas", "problema", "desconocida"}
    named = {pattern.name for pattern in urls.urlpatterns} - explained
    prefix = "/api/v1/"
    routes = {
        str(pattern.pattern).replace("<slug:", "{").replace(">", "}")
        for pattern in urls.urlpatterns
        if pattern.name in named
    }
    assert {prefix + route for route in routes} == set(api_schema()["paths"])


def test_every_view_declares_its_access():
    for pattern in urls.urlpatterns:
        assert access_of(pattern.callback) in (Access.PUBLIC, Access.TOKEN), pattern


def test_schema_is_served_as_json_and_as_yaml(api):
    as_json = api.get("esquema/")
    assert as_json["Content-Type"] == "application/json"
    as_yaml = api.get("esquema/", format="yaml")
    assert "yaml" in as_yaml["Content-Type"] or "openapi" in as_yaml["Content-Type"]
    assert (
        yaml.safe_load(as_yaml.content)["paths"].keys()
        == json.loads(as_json.content)["paths"].keys()
    )


def test_documentation_page_tells_every_operation_without_foreign_addresses(api):
    page = api.get("documentacion/").content.decode()
    for path, _method, operation in operations():
        assert f'id="{operation["operationId"]}"' in page
        assert path in page
    assert "<script>" not in page
    assert "style=" not in page
    assert "cdn" not in page.lower()
