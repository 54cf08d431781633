"""The directions of the house, as contracts that a tool reads."""

import pytest
from importlinter import cli
from importlinter.application import use_cases

from .tree import ROOT


@pytest.mark.slow
def test_import_contracts_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert use_cases is not None
    kept = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True)
    assert kept == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out
