import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

CODES = [400, 403, 404, 409, 410, 413, 429, 500, 503]


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_stands_without_request_or_context_processors(code):
    html = get_template(f"{code}.html").render({})
    assert f"({code})" in html
    assert html.count("<h1>") == 1
    assert "Ayuntamiento" in html
    assert 'class="btn' in html


@pytest.mark.parametrize("code", [c for c in CODES if c != 500])
def test_the_words_of_the_error_are_shown_escaped(code):
    request = RequestFactory().get("/x/")
    html = render_to_string(f"{code}.html", {"error": "Ya <b>cambió</b>"}, request=request)
    assert "Ya &lt;b&gt;cambió&lt;/b&gt;" in html
