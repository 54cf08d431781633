"""Who may change what the house works with."""

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.errors import NotAllowedError


class SettingsPolicy:
    """
    Administration changes everything here; the calendar is also kept by the Secretaría General
    and by the legal office, which publish the agreements that change it.
    """

    def __init__(self, user) -> None:
        self.staff = StaffPolicy(user)

    def can_keep_calendar(self) -> bool:
        """Days, suspensions and loading of years."""
        return self.staff.has(Rol.ADMINISTRADOR, Rol.SECRETARIA, Rol.JURIDICO)

    def can_administer(self) -> bool:
        """Rules, catalogue, routing, people and offices."""
        return self.staff.has(Rol.ADMINISTRADOR)

    def can_enter(self) -> bool:
        """Whether there is anything here for the person."""
        return self.can_keep_calendar()

    def require(self, action: str) -> None:
        """
        :raises NotAllowedError: ``action`` (keep_calendar, administer, enter) is not the actor's.
        """
        if not getattr(self, f"can_{action}")():
            raise NotAllowedError
