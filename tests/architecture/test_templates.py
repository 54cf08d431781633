"""Pages keep to the content policy: nothing inline, nothing from elsewhere."""

import re

import pytest

from .tree import short, templates

COMMENT = re.compile(r"{% comment.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.S)
RULES = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=.application/))", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "another host": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//(?!{{)", re.I),
    "safe filter": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_keeps_to_the_content_policy(path):
    text = COMMENT.sub("", path.read_text())
    assert not [name for name, rule in RULES.items() if rule.search(text)]


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_says_what_it_takes(path):
    """A comment with the variables stands at the head of everything but allauth's own pages."""
    if {"account", "mfa", "allauth"} & set(path.parts):
        return
    assert "{% comment %}" in path.read_text()[:400]


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_form_that_changes_something_carries_its_token(path):
    text = path.read_text()
    for form in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.S | re.I):
        # The theme is a cookie of the visitor's own, chosen on pages that caches may keep.
        assert "csrf_token" in form or 'url "ui:tema"' in form
