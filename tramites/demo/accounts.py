"""Accounts of the demo: one password for all, printed when the embedded install starts."""

import os

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
    by_name = {user.username: user for user in users if user.check_password(password)}
    return [(name, password) for name in SHOWN if name in by_name]
