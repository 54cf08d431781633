"""What the repository must not hold: machine paths, index hosts, secrets, forgotten migrations."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from .tree import ROOT, TEXT, kept_files, short

PATTERNS = {
    "a path of a machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/"),
    "a host of a package index": re.compile(
        r"(?:pypi\.org|pythonhosted\.org|--(?:extra-)?index-url|registry\.npmjs\.org)"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a vendor's secret": re.compile(r"\b(?:SG\.[\w-]{20,}\.[\w-]{20,}|AC[0-9a-f]{32})\b"),
}
#: Files that speak of such things in order to forbid or to test them.
EXCEPT = {"tests/architecture/test_repository.py"}


def text_files() -> list:
    """Kept files that are text, locks aside (they hold hashes only)."""
    return [p for p in kept_files() if p.suffix in TEXT and p.stat().st_size < 2_000_000]


def test_files_hold_no_machine_paths_index_hosts_or_secrets():
    found = []
    for path in text_files():
        if short(path) in EXCEPT:
            continue
        text = path.read_text(errors="ignore")
        found += [f"{short(path)}: {name}" for name, rule in PATTERNS.items() if rule.search(text)]
    assert not found


@pytest.mark.django_db
def test_no_model_change_waits_for_a_migration():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_locks_hold_every_dependency_with_its_hashes():
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9][\w.\[\]-]*==", line, re.I)]
    assert pins
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)
