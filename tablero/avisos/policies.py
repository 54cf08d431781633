"""Who reads the outbox. A notice holds an address and what a citizen was told."""

from functools import cached_property

from django.db.models import QuerySet

from notificaciones import selectors
from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.errors import NotAllowedError, NotFoundError
from tramites.policies import PeticionPolicy

ALL = (Rol.ADMINISTRADOR, Rol.SECRETARIA)
OF_THEIR_CASES = (Rol.VENTANILLA, Rol.ENLACE, Rol.TITULAR, Rol.JURIDICO)


class AvisoPolicy:
    """What ``user`` may see of the outbox, and do to it."""

    def __init__(self, user) -> None:
        self.user = user
        self.staff = StaffPolicy(user)

    @property
    def sees_all(self) -> bool:
        """Secretaría General and administration: every notice, codes included."""
        return self.staff.has(*ALL)

    def can_enter(self) -> bool:
        """Consulta reads cases without contact data, so the outbox is not for them."""
        return self.staff.has(*ALL, *OF_THEIR_CASES)

    def visible(self) -> QuerySet:
        """
        The notices this person may open: included if, and only if, one of these holds.

        - Secretaría General, administration: every one.
        - Ventanilla, enlace, titular, jurídico: those about a case whose person they may know.
        """
        rows = selectors.every_envio()
        if self.sees_all:
            return rows
        if not self.can_enter():
            return rows.none()
        return rows.filter(objeto="peticion", objeto_id__in=self._cases.values("pk"))

    @cached_property
    def _cases(self) -> QuerySet:
        """Cases seen with their person: not those that only the role of consulta opens."""
        cases = PeticionPolicy(self.user).visible()
        wide = self.staff.has(Rol.VENTANILLA, Rol.JURIDICO)
        if self.staff.has(Rol.CONSULTA) and not wide:
            offices = self.staff.offices_as(Rol.ENLACE, Rol.TITULAR)
            cases = cases.filter(dependencia_id__in=sorted(offices))
        return cases

    def get(self, envio_id):
        """
        The notice, if this person may open it.

        :raises NotFoundError: there is none, or it is not theirs to know.
        """
        found = self.visible().filter(pk=envio_id).first()
        if found is None:
            raise NotFoundError
        return found

    def open_cases(self, envios: list) -> set[int]:
        """Which sensitive cases that ``envios`` are about this person may open; at most a query."""
        ids = {row.objeto_id for row in envios if row.sensible and row.objeto == "peticion"}
        return set(self._cases.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()

    def can_resend(self) -> bool:
        """Whoever answers to the citizen; jurídico only reads."""
        return self.staff.has(*ALL, Rol.VENTANILLA, Rol.ENLACE, Rol.TITULAR)

    def can_discard(self) -> bool:
        """That a citizen is not told is decided higher up."""
        return self.staff.has(*ALL, Rol.TITULAR)

    def require(self, action: str) -> None:
        """
        Refuse an act this person has no right to.

        :raises NotAllowedError: they have not.
        """
        if not getattr(self, f"can_{action}")():
            raise NotAllowedError
