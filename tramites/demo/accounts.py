"""Accounts of the demo: one password for all, printed when the embedded install starts."""

import os

from django.contrib.auth.hashers import check_password

from portal.accounts.models import User

from . import reader

#: Accounts worth printing, one a role.
SHOWN = (
    "ventanilla",
    "enlace.alumbrado",
    "titular.obras",
    "secretaria",
    "juridico",
    "consulta",
    "admin",
)


def demo_password() -> str:
    """The demo's password: ``PORTAL_DEMO_PASSWORD`` or the published one."""
    return os.environ.get("PORTAL_DEMO_PASSWORD", "Jacaranda-2026")


def demo_accounts() -> list[tuple[str, str]]:
    """(user, password) of the accounts to print; those whose password was changed are left out."""
    password = demo_password()
    known = {person["usuario"] for person in reader.toml("personal")["persona"]}
    users = User.objects.filter(username__in=[name for name in SHOWN if name in known])
    hashes = dict(users.values_list("username", "password"))
    # The loader gives everybody the same hash, and proving one is slow on purpose.
    proved = {hashed: check_password(password, hashed) for hashed in set(hashes.values())}
    return [(name, password) for name in SHOWN if proved.get(hashes.get(name, ""))]
