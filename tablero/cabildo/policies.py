"""Who may see and do what in the Cabildo's room."""

from collections.abc import Iterable
from functools import cached_property

from portal.accounts.constants import Rol
from portal.accounts.models import User
from portal.accounts.policies import StaffPolicy
from portal.core.errors import NotAllowedError

from .models import Integrante


class CabildoPolicy:
    """
    The Secretaría keeps bodies, seats and rules. Any staff sees them, and so does each member with
    an account: who sits in the Cabildo is public (LGTAIP 66).
    """

    def __init__(self, actor) -> None:
        self.actor = actor
        self.staff = StaffPolicy(actor)

    @cached_property
    def is_system(self) -> bool:
        """Whether the software itself acts."""
        return getattr(self.actor, "actor_kind", "") == "sistema"

    @cached_property
    def integrante(self) -> Integrante | None:
        """The member whose account this is; asked once for each user instance."""
        if not getattr(self.actor, "is_authenticated", False) or not self.actor.is_active:
            return None
        kept = self.actor.__dict__
        if "_integrante_del_cabildo" not in kept:
            found = Integrante.objects.filter(usuario_id=self.actor.pk).first()
            kept["_integrante_del_cabildo"] = found
        return kept["_integrante_del_cabildo"]

    def can_view(self) -> bool:
        """Look at bodies, members and rules."""
        return self.is_system or self.staff.is_staff_member or self.integrante is not None

    def can_manage(self) -> bool:
        """Create bodies and seats, seat members, grant leave, publish the Cabildo's rules."""
        return self.is_system or self.staff.has(Rol.SECRETARIA)

    def require(self, action: str) -> None:
        """
        :raises NotAllowedError: ``action`` (view, manage) is not the actor's.
        """
        if not getattr(self, f"can_{action}")():
            raise NotAllowedError(action=action)


def viewers(users: Iterable[int]) -> dict[int, Integrante | None]:
    """
    Of these accounts those that may look (``can_view``), each with the member that it is.

    The members are read at once: in a full room they are nearly all.
    """
    active = User.objects.filter(pk__in=users, is_active=True)
    members = {row.usuario_id: row for row in Integrante.objects.filter(usuario__in=active)}
    others = (user for user in active if user.pk not in members)
    return members | {user.pk: None for user in others if CabildoPolicy(user).can_view()}
