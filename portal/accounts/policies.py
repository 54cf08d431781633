"""Who somebody of the staff is: posts, roles, offices. What each may do is each room's policy."""

from functools import cached_property

from portal.core.errors import NotAllowedError

from .constants import Rol
from .models import Adscripcion
from .tree import OfficeTree, load_tree

#: Roles whose reach is their office; a titular's goes down the tree.
OFFICE_ROLES = frozenset({Rol.ENLACE, Rol.TITULAR})


class StaffPolicy:
    """
    The posts of ``user`` today, own and as substitute (suplencia), and what follows from them.

    Anybody who is not active staff (a citizen, the system, nobody) has no posts. Costs the queries
    of ``user.cargos`` once per user instance, and one more for the tree if a post is of titular.
    """

    def __init__(self, user) -> None:
        self.user = user

    @cached_property
    def posts(self) -> list[Adscripcion]:
        """Posts in force today, own ones first."""
        if not getattr(self.user, "is_authenticated", False) or not self.user.is_active:
            return []
        return self.user.cargos

    @property
    def own_posts(self) -> list[Adscripcion]:
        """The posts that are the person's own."""
        return [post for post in self.posts if post.suplencia_de_id is None]

    @property
    def substituted_posts(self) -> list[Adscripcion]:
        """The posts of absent people the person acts for."""
        return [post for post in self.posts if post.suplencia_de_id is not None]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role held today (``Rol`` values)."""
        return frozenset(post.rol for post in self.posts)

    def has(self, *roles: str) -> bool:
        """Whether the person holds any of ``roles``."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff_member(self) -> bool:
        """Whether the person holds any post at all."""
        return bool(self.posts)

    @cached_property
    def tree(self) -> OfficeTree:
        """The tree of dependencias, read once per user instance."""
        kept = self.user.__dict__
        if "_office_tree" not in kept:
            kept["_office_tree"] = load_tree()
        return kept["_office_tree"]

    def offices_as(self, *roles: str) -> frozenset[int]:
        """Offices where the person holds one of ``roles``; a titular's reach down the tree."""
        plain = {post.dependencia_id for post in self.posts if post.rol in roles}
        if Rol.TITULAR not in roles:
            return frozenset(plain)
        headed = [post.dependencia_id for post in self.posts if post.rol == Rol.TITULAR]
        return frozenset(plain) | (self.tree.with_descendants(headed) if headed else frozenset())

    @cached_property
    def offices(self) -> frozenset[int]:
        """Offices the person works for: every post's, and for a titular all those under it."""
        return self.offices_as(*Rol)

    @cached_property
    def headed_offices(self) -> frozenset[int]:
        """Offices the person heads, with those under them."""
        return self.offices_as(Rol.TITULAR)

    def heads(self, office_id: int) -> bool:
        """Whether the person is titular of ``office_id`` or of one above it."""
        return office_id in self.headed_offices

    def acting_for(self, office_id: int, *roles: str) -> int | None:
        """
        The absent person whose post lets the user act in ``office_id``; ``None`` with a post of
        their own there, or with none at all.
        """
        wanted = roles or tuple(Rol)
        mine = [p for p in self.posts if p.rol in wanted and self._reaches(p, office_id)]
        if not mine or any(post.suplencia_de_id is None for post in mine):
            return None
        return mine[0].suplencia_de_id

    def _reaches(self, post: Adscripcion, office_id: int) -> bool:
        if post.dependencia_id == office_id:
            return True
        return post.rol == Rol.TITULAR and post.dependencia_id in self.tree.ancestors(office_id)


class AccountsPolicy:
    """Who may change people, offices and what roles demand: administration, and the system."""

    def __init__(self, actor) -> None:
        self.actor = actor

    def can_manage(self) -> bool:
        """People, posts, substitutions, offices and requirements."""
        if getattr(self.actor, "actor_kind", "") == "sistema":
            return True
        return StaffPolicy(self.actor).has(Rol.ADMINISTRADOR)

    def require(self) -> None:
        """
        :raises NotAllowedError: the actor may not.
        """
        if not self.can_manage():
            raise NotAllowedError
