"""Who may know of an item for the agenda, and who may do what with it."""

import datetime as dt
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import NotAllowedError, NotFoundError

from .constants import DRAFT_STATES, Cargo, EstadoAsunto
from .models import AnexoAsunto, Asunto, Ocupacion
from .policies import CabildoPolicy

#: What is still being prepared is not for the members.
UNREADY = (*DRAFT_STATES, EstadoAsunto.EN_REVISION)
OVERSIGHT = (Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)
OFFICE = (Rol.TITULAR, Rol.ENLACE)


class AsuntoPolicy:
    """What ``actor`` may see of items, and do with them. States are another question (409)."""

    def __init__(self, actor, today: dt.date | None = None) -> None:
        self.actor, self.today = actor, today
        self.cabildo = CabildoPolicy(actor)
        self.staff = self.cabildo.staff

    @property
    def _pk(self) -> int | None:
        return self.actor.pk if getattr(self.actor, "actor_kind", "") == "usuario" else None

    @cached_property
    def _sees_all(self) -> bool:
        return self.cabildo.is_system or self.staff.has(*OVERSIGHT)

    @cached_property
    def _offices(self) -> frozenset[int]:
        return self.staff.offices_as(*OFFICE)

    def visible(self) -> QuerySet[Asunto]:
        """
        The items ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General, jurídico, consulta: every one.
        - A member with an account: their own, and all that are no longer being prepared.
        - Office staff: those of their office, and those they wrote.
        """
        if self._sees_all:
            return Asunto.objects.all()
        condition = Q(pk__in=[])
        if self._pk is not None and (self.staff.is_staff_member or self.cabildo.integrante):
            condition |= Q(autor_id=self._pk)
        if self.cabildo.integrante is not None:
            condition |= Q(proponente=self.cabildo.integrante) | ~Q(estado__in=UNREADY)
        if self._offices:
            condition |= Q(dependencia_id__in=self._offices)
        return Asunto.objects.filter(condition)

    def can_view(self, asunto: Asunto) -> bool:
        """See ``visible``."""
        if self._sees_all or asunto.dependencia_id in self._offices:
            return True
        member = self.cabildo.integrante
        if member is None and not self.staff.is_staff_member:
            return False
        if self._pk is not None and asunto.autor_id == self._pk:
            return True
        if member is None:
            return False
        return asunto.proponente_id == member.pk or asunto.estado not in UNREADY

    def can_draft(self) -> bool:
        """Bring an item: the Secretaría for anybody, an office or a member for themselves."""
        if self.cabildo.can_manage() or self.cabildo.integrante is not None:
            return True
        return bool(self._offices)

    def can_edit(self, asunto: Asunto) -> bool:
        """Write it, add its annexes, hand it in."""
        return self.cabildo.can_manage() or self._is_theirs(asunto)

    can_withdraw = can_edit

    def can_review(self, asunto: Asunto) -> bool:
        """Validate it, send it back, refer it to a commission."""
        return self.cabildo.can_manage()

    def can_report(self, asunto: Asunto) -> bool:
        """Give the commission's opinion: the Secretaría, or who presides the commission."""
        if self.cabildo.can_manage():
            return True
        member = self.cabildo.integrante
        if member is None or asunto.comision_id is None:
            return False
        held = Ocupacion.objects.filter(
            integrante=member,
            asiento__organo_id=asunto.comision_id,
            asiento__cargo=Cargo.PRESIDENCIA,
        )
        if self.today is not None:
            held = held.filter(vigente_desde__lte=self.today).exclude(vigente_hasta__lt=self.today)
        return held.exists()

    def can_read_annex(self, anexo: AnexoAsunto) -> bool:
        """Whoever sees the item; a reserved one only the Secretaría, the lawyers and members."""
        if not self.can_view(anexo.asunto):
            return False
        if not anexo.confidencial or self.cabildo.integrante is not None:
            return True
        return self.staff.has(Rol.SECRETARIA, Rol.JURIDICO) or self._is_theirs(anexo.asunto)

    def _is_theirs(self, asunto: Asunto) -> bool:
        if self.cabildo.is_system:
            return True
        member = self.cabildo.integrante
        if member is not None and asunto.proponente_id == member.pk:
            return True
        if not self.staff.is_staff_member and member is None:
            return False
        return asunto.autor_id == self._pk or asunto.dependencia_id in self._offices

    def require(self, action: str, asunto: Asunto) -> None:
        """
        :raises NotFoundError: the actor may not know of the item.
        :raises NotAllowedError: they may, but not do this to it.
        """
        if not self.can_view(asunto):
            raise NotFoundError(_("No encontramos ese asunto."))
        if not getattr(self, f"can_{action}")(asunto):
            raise NotAllowedError(action=action)
