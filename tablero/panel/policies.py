"""Whose figures a person of the staff may read. Figures name no case and no person."""

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.errors import NotAllowedError

#: Roles that watch every office, or that must tell the public how the offices are doing.
ALL_FIGURES = (Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA, Rol.ADMINISTRADOR, Rol.VENTANILLA)


class PanelPolicy:
    """Figures by role: everything, one's own offices with those under them, or nothing."""

    def __init__(self, user) -> None:
        self._staff = StaffPolicy(user)

    @property
    def sees_all(self) -> bool:
        """Whether every office's figures are open to this person."""
        return any(self._staff.has(role) for role in ALL_FIGURES)

    def offices(self) -> frozenset[int] | None:
        """Ids of the offices whose figures are open; ``None`` means all of them."""
        return None if self.sees_all else frozenset(self._staff.offices)

    @property
    def opens_cases(self) -> bool:
        """Whether any post of this person opens cases; administration reads figures only."""
        return bool(self._staff.roles - {Rol.ADMINISTRADOR})

    def can_view(self) -> bool:
        """Whether there is any figure for this person."""
        return self.sees_all or bool(self._staff.offices)

    def require_view(self) -> None:
        """:raises NotAllowedError: no post of this person opens any figure."""
        if not self.can_view():
            raise NotAllowedError
