"""Who may see and do what with actas."""

from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import NotAllowedError, NotFoundError
from tablero.cabildo.policies import CabildoPolicy

from .constants import EstadoActa
from .models import Acta


class ActaPolicy:
    """
    The Secretaría keeps actas; members read them since they are sent round, lawyers and those who
    consult always. Nobody else: what is public of an acta is its public document.
    """

    def __init__(self, actor) -> None:
        self.actor = actor
        self.cabildo = CabildoPolicy(actor)

    @property
    def _oversees(self) -> bool:
        staff = self.cabildo.staff
        return self.cabildo.is_system or staff.has(Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)

    def can_enter(self) -> bool:
        """Whether the room has anything for the person."""
        return self._oversees or self.cabildo.integrante is not None

    def visible(self):
        """The actas ``can_view`` accepts."""
        if self._oversees:
            return Acta.objects.all()
        if self.cabildo.integrante is None:
            return Acta.objects.none()
        return Acta.objects.exclude(estado=EstadoActa.BORRADOR)

    def can_view(self, acta: Acta) -> bool:
        """See the class."""
        if self._oversees:
            return True
        return self.cabildo.integrante is not None and acta.estado != EstadoActa.BORRADOR

    def can_manage(self) -> bool:
        """Draft, send round, settle, approve, record signatures, bind."""
        return self.cabildo.can_manage()

    def require(self, acta: Acta | None = None, *, manage: bool = False) -> None:
        """
        :raises NotFoundError: the actor may not know of it.
        :raises NotAllowedError: they may, but it is the Secretaría's part.
        """
        if acta is not None and not self.can_view(acta):
            raise NotFoundError(_("No encontramos esa acta."))
        if manage and not self.can_manage():
            raise NotAllowedError
