"""Who may ask for, certify and hand over certified copies."""

from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import NotAllowedError, NotFoundError
from portal.documents.policies import DocumentoPolicy

from ..models import SolicitudCopia

#: Who attends at the counter.
COUNTER = (Rol.SECRETARIA, Rol.VENTANILLA)
ASKERS = (*COUNTER, Rol.TITULAR, Rol.ENLACE, Rol.JURIDICO)


class CopiaPolicy:
    """What ``actor`` may see of requests for certified copies, and do to them."""

    def __init__(self, actor) -> None:
        self.actor = actor
        self.documents = DocumentoPolicy(actor)
        self.staff = self.documents.staff

    @cached_property
    def _sees_all(self) -> bool:
        return self.documents.is_system or self.staff.has(*COUNTER, Rol.CONSULTA)

    def visible(self) -> QuerySet[SolicitudCopia]:
        """
        The requests ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General, counter and consulta: every one.
        - Who asked for it, and who stands in for them.
        - Office staff: those of documents that they may see.
        """
        if self._sees_all:
            return SolicitudCopia.objects.all()
        if not self.documents.acting_as:
            return SolicitudCopia.objects.none()
        mine = Q(autor_id__in=sorted(self.documents.acting_as))
        known = self.documents.visible().order_by().values("pk")
        return SolicitudCopia.objects.filter(mine | Q(documento__in=known))

    def can_view(self, copia: SolicitudCopia) -> bool:
        """See ``visible``."""
        if self._sees_all or copia.autor_id in self.documents.acting_as:
            return True
        return copia.documento is not None and self.documents.can_view(copia.documento)

    def can_request(self) -> bool:
        """Ask for a copy, of what one may see or of a scanned original."""
        return self.documents.is_system or self.staff.has(*ASKERS)

    def can_attend(self, copia: SolicitudCopia) -> bool:
        """Record the payment, reject it, hand it over."""
        return self.staff.has(*COUNTER) or copia.autor_id in self.documents.acting_as

    def can_certify(self, copia: SolicitudCopia) -> bool:
        """Send its certification to be signed: the Secretaría."""
        return self.documents.is_system or self.staff.has(Rol.SECRETARIA)

    def require(self, action: str, copia: SolicitudCopia) -> None:
        """
        :raises NotFoundError: the actor may not know of the request.
        :raises NotAllowedError: they may, but not do this to it.
        """
        if not self.can_view(copia):
            raise NotFoundError(_("No encontramos esa solicitud de copia."))
        if not getattr(self, f"can_{action}")(copia):
            raise NotAllowedError(action=action)
