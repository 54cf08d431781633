"""The directions of the house, as contracts that a tool reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from .tree import ROOT


@pytest.mark.slow
def test_import_contracts_hold():
    """In a process of its own: the tool silences the loggers of the one it runs in."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
