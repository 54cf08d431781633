"""Every noun of the code is explained in the glossary."""

import inspect
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from .tree import PACKAGES, ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
TERMS = set(re.findall(r"`([A-Za-z_]+)`", GLOSSARY))


def model_names() -> list[str]:
    """Our models."""
    ours = (m for m in apps.get_models() if m.__module__.split(".")[0] in PACKAGES)
    return sorted(model.__name__ for model in ours)


def enum_names() -> list[str]:
    """The vocabularies whose values are stored."""
    found = set()
    for config in apps.get_app_configs():
        if config.name.split(".")[0] not in PACKAGES:
            continue
        try:
            module = import_module(f"{config.name}.constants")
        except ModuleNotFoundError:
            continue
        found |= {
            name
            for name, value in vars(module).items()
            if inspect.isclass(value)
            and issubclass(value, models.TextChoices)
            and value.__module__ == module.__name__
        }
    return sorted(found)


@pytest.mark.parametrize("name", model_names() + enum_names())
def test_every_model_and_vocabulary_stands_in_the_glossary(name):
    assert name in TERMS


def test_the_glossary_explains_nothing_that_is_gone():
    """Its table of models names only what exists."""
    table = GLOSSARY.split("## Models")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)`", table, re.M))
    assert named <= set(model_names())
