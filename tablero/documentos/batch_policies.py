"""Who may prepare, look at, issue and cancel a batch."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import NotAllowedError, NotFoundError
from portal.documents.builtin import builtin_keys, builtin_kind
from portal.documents.constants import NivelFirma
from portal.documents.models import PlantillaDocumento, TipoDocumento
from portal.documents.policies import DocumentoPolicy

from .constants import FormaEmision
from .models import LoteDocumento

#: A certification holds the copy that it certifies, each its own.
NEVER_IN_BATCHES = frozenset({"certificacion"})


class LotePolicy:
    """What ``actor`` may see of batches, and do to them."""

    def __init__(self, actor) -> None:
        self.actor = actor
        self.documents = DocumentoPolicy(actor)
        self.staff = self.documents.staff

    # what the actor may know

    def visible(self) -> QuerySet[LoteDocumento]:
        """
        The batches ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General, and the system: every one.
        - Who prepared it, who signs it, and who substitutes them.
        - Titular: those of the offices headed.
        """
        if self._sees_all:
            return LoteDocumento.objects.all()
        mine = sorted(self.documents.acting_as)
        headed = sorted(self.staff.headed_offices)
        return LoteDocumento.objects.filter(
            Q(autor_id__in=mine) | Q(firmante_id__in=mine) | Q(dependencia_id__in=headed)
        )

    def can_view(self, lote: LoteDocumento) -> bool:
        """See ``visible``."""
        if self._sees_all:
            return True
        mine = self.documents.acting_as
        return (
            lote.autor_id in mine
            or lote.firmante_id in mine
            or self.staff.heads(lote.dependencia_id)
        )

    @property
    def _sees_all(self) -> bool:
        return self.documents.is_system or self.staff.has(Rol.SECRETARIA)

    # what the actor may do

    def can_enter(self) -> bool:
        """See the list of batches: whoever drafts in the name of an office."""
        return bool(self.documents.drafting_offices())

    def can_prepare(self, kind: TipoDocumento) -> bool:
        """Read a sheet of that kind."""
        return self.can_enter() and self.documents.can_draft(kind) and goes_in_batches(kind)

    def kinds(self) -> list[TipoDocumento]:
        """The kinds the actor may issue in batches; a built-in one may not be in place yet."""
        known = {kind.clave: kind for kind in TipoDocumento.objects.all()}
        for clave in builtin_keys():
            if clave not in known:
                known[clave] = TipoDocumento(clave=clave, **builtin_kind(clave).values)
        found = [kind for kind in known.values() if self.can_prepare(kind)]
        return sorted(found, key=lambda kind: kind.nombre)

    def can_manage(self, lote: LoteDocumento) -> bool:
        """Issue it for others to sign, try again what failed, take the files along."""
        return self.can_view(lote)

    def can_cancel(self, lote: LoteDocumento) -> bool:
        """Stop what is left of it."""
        return self.can_view(lote)

    def ways(self, lote: LoteDocumento) -> list[str]:
        """How the actor may have it issued (``FormaEmision``), the most complete first."""
        if not self.can_manage(lote):
            return []
        places = lote.plantilla.firmantes
        if not places:
            return [FormaEmision.SELLO]
        own = lote.firmante_id in self.documents.acting_as
        admits = lote.tipo.nivel_firma != NivelFirma.AVANZADA
        found = [FormaEmision.POR_FIRMAR]
        if len(places) == 1 and own and admits:
            found.insert(0, FormaEmision.RUBRICA)
        return found

    def require(self, action: str, lote: LoteDocumento) -> None:
        """
        :raises NotFoundError: the actor may not know of the batch.
        :raises NotAllowedError: they may, but not do this to it.
        """
        if not self.can_view(lote):
            raise NotFoundError(_("No encontramos ese lote."))
        if not getattr(self, f"can_{action}")(lote):
            raise NotAllowedError(action=action)


def goes_in_batches(kind: TipoDocumento) -> bool:
    """
    Kinds with a series of their own that nobody must look at one by one before they are signed.
    """
    apart = kind.clave in NEVER_IN_BATCHES
    return bool(kind.serie) and not kind.requiere_visto_bueno and not apart


def template_of(kind: TipoDocumento) -> PlantillaDocumento | None:
    """The template in force, with its fields."""
    return kind.plantillas.filter(vigente=True).first()
