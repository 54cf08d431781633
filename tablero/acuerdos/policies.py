"""Who may see and do what with acuerdos and the Gaceta."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import NotAllowedError, NotFoundError
from tablero.cabildo.policies import CabildoPolicy

from .models import Acuerdo


class AcuerdoPolicy:
    """
    Any staff and any member see what was decided in public; what a closed session decided is for
    the members, the Secretaría, the lawyers and those who only consult.
    """

    def __init__(self, actor) -> None:
        self.actor = actor
        self.cabildo = CabildoPolicy(actor)

    @property
    def _sees_closed(self) -> bool:
        cabildo = self.cabildo
        if cabildo.is_system or cabildo.integrante is not None:
            return True
        return cabildo.staff.has(Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)

    def can_enter(self) -> bool:
        """Whether the room has anything for the person."""
        return self.cabildo.can_view()

    def visible(self) -> QuerySet[Acuerdo]:
        """The acuerdos ``can_view`` accepts."""
        if not self.can_enter():
            return Acuerdo.objects.none()
        rows = Acuerdo.objects.all()
        return rows if self._sees_closed else rows.filter(publico=True)

    def can_view(self, acuerdo: Acuerdo) -> bool:
        """See the class."""
        return self.can_enter() and (acuerdo.publico or self._sees_closed)

    def can_manage(self) -> bool:
        """Charge departments, revoke, publish the Gaceta."""
        return self.cabildo.can_manage()

    def require_manage(self) -> None:
        """
        :raises NotAllowedError: not the actor's part.
        """
        if not self.can_manage():
            raise NotAllowedError

    def require_view(self, acuerdo: Acuerdo) -> None:
        """
        :raises NotFoundError: the actor may not know of it.
        """
        if not self.can_view(acuerdo):
            raise NotFoundError(_("No encontramos ese acuerdo."))
