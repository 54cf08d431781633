"""Who may see and do what with charges."""

from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.errors import NotAllowedError, NotFoundError

from .models import Encargo

OVERSIGHT = (Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)
OFFICE = (Rol.TITULAR, Rol.ENLACE)


class EncargoPolicy:
    """What ``actor`` may see of charges, and do with them. States are another question (409)."""

    def __init__(self, actor) -> None:
        self.actor = actor
        self.staff = StaffPolicy(actor)

    @cached_property
    def is_system(self) -> bool:
        """Whether the software itself acts."""
        return getattr(self.actor, "actor_kind", "") == "sistema"

    @cached_property
    def _sees_all(self) -> bool:
        return self.is_system or self.staff.has(*OVERSIGHT)

    @cached_property
    def _offices(self) -> frozenset[int]:
        return self.staff.offices_as(*OFFICE)

    def can_enter(self) -> bool:
        """Whether the room has anything for the person."""
        return self._sees_all or self.staff.is_staff_member

    def visible(self) -> QuerySet[Encargo]:
        """
        The charges ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General, jurídico, consulta: every one.
        - Office staff: those of their office; and those they answer for in person.
        """
        if self._sees_all:
            return Encargo.objects.all()
        if not self.staff.is_staff_member:
            return Encargo.objects.none()
        mine = Q(dependencia_id__in=self._offices) | Q(responsable_id=self.actor.pk)
        return Encargo.objects.filter(mine)

    def can_view(self, encargo: Encargo) -> bool:
        """See ``visible``."""
        return self._sees_all or self._is_theirs(encargo)

    def can_give(self) -> bool:
        """Charge a department with something."""
        return self.is_system or self.staff.has(Rol.SECRETARIA)

    def can_manage(self, encargo: Encargo) -> bool:
        """Validate a report, send it back, extend, end."""
        return self.can_give()

    def can_answer(self, encargo: Encargo) -> bool:
        """Acknowledge it and report: whoever answers for it, and its office."""
        return self.is_system or self._is_theirs(encargo)

    def _is_theirs(self, encargo: Encargo) -> bool:
        if not self.staff.is_staff_member:
            return False
        return encargo.dependencia_id in self._offices or encargo.responsable_id == self.actor.pk

    def require(self, action: str, encargo: Encargo) -> None:
        """
        :raises NotFoundError: the actor may not know of the charge.
        :raises NotAllowedError: they may, but not do this to it.
        """
        if not self.can_view(encargo):
            raise NotFoundError(_("No encontramos ese encargo."))
        if not getattr(self, f"can_{action}")(encargo):
            raise NotAllowedError(action=action)
