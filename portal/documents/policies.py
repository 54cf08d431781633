"""Who may know of a document and who may do what with it. The only place that says so."""

from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.actors import SystemActor
from portal.core.errors import NotAllowedError, NotFoundError

from .constants import (
    EstadoDocumento,
    EstadoFirmante,
    EstadoRevision,
    EtapaRevision,
    OrdenFirma,
)
from .models import Documento, Firmante, RevisionDocumento, TipoDocumento

_WRITERS = (Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE, Rol.JURIDICO)


class DocumentoPolicy:
    """
    What ``actor`` (a user or the system) may see and do.

    Whether the state admits the act is another question, answered by the state machine (409).
    """

    def __init__(self, actor) -> None:
        self.actor = actor
        self.staff = StaffPolicy(actor)
        self.is_system = isinstance(actor, SystemActor)

    @cached_property
    def acting_as(self) -> frozenset[int]:
        """The actor and the absent people whose posts they hold today."""
        absent = {post.suplencia_de_id for post in self.staff.substituted_posts}
        own = {self.actor.pk} if self.staff.is_staff_member else set()
        return frozenset(own | absent)

    @property
    def _sees_all(self) -> bool:
        return self.is_system or self.staff.has(Rol.SECRETARIA)

    # what the actor may know

    def visible(self) -> QuerySet[Documento]:
        """
        The documents ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General: every one.
        - Jurídico: every one that is not confidential, and those whose visto bueno is asked.
        - Consulta: those not confidential that are signed or were.
        - Titular: those of the offices headed.
        - Other staff of an office: those of the office that are not confidential.
        - Whoever drafts, reviews or signs it, also in the place of somebody absent.
        """
        if self._sees_all:
            return Documento.objects.all()
        if not self.acting_as:
            return Documento.objects.none()
        condition = Q(autor_id__in=self.acting_as) | Q(self._takes_part)
        plain = Q(confidencial=False)
        if self.staff.has(Rol.JURIDICO):
            condition |= plain
        if self.staff.has(Rol.CONSULTA):
            condition |= plain & Q(firmado_en__isnull=False)
        condition |= plain & Q(dependencia_id__in=sorted(self._offices))
        condition |= Q(dependencia_id__in=sorted(self.staff.headed_offices))
        return Documento.objects.filter(condition)

    @property
    def _takes_part(self) -> Q:
        mine = sorted(self.acting_as)
        reviewers = RevisionDocumento.objects.filter(self._reviews, documento=OuterRef("pk"))
        signers = Firmante.objects.filter(documento=OuterRef("pk"), usuario__in=mine)
        return Q(Exists(reviewers)) | Q(Exists(signers))

    @property
    def _reviews(self) -> Q:
        """Reviews the actor was asked for; one of the legal office names no lawyer at first."""
        mine = Q(revisor__in=sorted(self.acting_as))
        if self.staff.has(Rol.JURIDICO):
            mine |= Q(etapa=EtapaRevision.VISTO_BUENO)
        return mine

    @cached_property
    def _offices(self) -> frozenset[int]:
        return self.staff.offices_as(*_WRITERS, Rol.VENTANILLA)

    def can_view(self, documento: Documento) -> bool:
        """See ``visible``."""
        if self._sees_all:
            return True
        if not self.acting_as:
            return False
        if documento.autor_id in self.acting_as or documento.dependencia_id in (
            self.staff.headed_offices
        ):
            return True
        if not documento.confidencial and (
            self.staff.has(Rol.JURIDICO)
            or documento.dependencia_id in self._offices
            or (self.staff.has(Rol.CONSULTA) and documento.firmado_en is not None)
        ):
            return True
        return (
            documento.revisiones.filter(self._reviews).exists()
            or documento.firmantes.filter(usuario__in=self.acting_as).exists()
        )

    # what the actor may do

    def can_draft(self, tipo: TipoDocumento) -> bool:
        """Begin a document of that kind by hand."""
        return tipo.activo and not tipo.automatico and self.staff.has(*tipo.roles)

    def drafting_offices(self, tipo: TipoDocumento | None = None) -> frozenset[int]:
        """The offices in whose name the actor may draft that kind, or any."""
        return self.staff.offices_as(*(tipo.roles if tipo is not None else _WRITERS))

    def can_edit(self, documento: Documento) -> bool:
        """Write the text, add or take off reviewers and signatories, hand it to review."""
        if self._sees_all or documento.autor_id in self.acting_as:
            return True
        return documento.dependencia_id in self.drafting_offices() and self.can_view(documento)

    def can_comment(self, documento: Documento) -> bool:
        """Remark on a paragraph: whoever sees it and does more than read, or is asked to review."""
        if not self.can_view(documento):
            return False
        writes = self.is_system or self.staff.has(*_WRITERS)
        return writes or self.can_edit(documento) or self.can_review(documento)

    def my_review(self, documento: Documento) -> RevisionDocumento | None:
        """The pending review the actor may settle; any lawyer settles one that names nobody."""
        pending = documento.revisiones.filter(estado=EstadoRevision.PENDIENTE)
        return pending.filter(self._reviews).order_by("pk").first()

    def can_review(self, documento: Documento) -> bool:
        """Approve or return it."""
        return bool(self.acting_as) and self.my_review(documento) is not None

    def can_send_back(self, documento: Documento) -> bool:
        """Return it to the draft: who reviews, who must sign, and who drafted it."""
        return (
            self.can_edit(documento)
            or self.can_review(documento)
            or documento.firmantes.filter(usuario__in=sorted(self.acting_as)).exists()
        )

    def my_turn(self, documento: Documento) -> Firmante | None:
        """
        The signature the actor may put now: their own before one of somebody they substitute; in a
        series of signatures, only if nobody before it is missing.
        """
        pending = list(documento.firmantes.filter(estado=EstadoFirmante.PENDIENTE))
        if documento.tipo.orden_firma == OrdenFirma.EN_ORDEN:
            pending = pending[:1]
        mine = [row for row in pending if row.usuario_id in self.acting_as]
        return min(mine, key=lambda row: row.usuario_id != self.actor.pk, default=None)

    def can_sign(self, documento: Documento) -> bool:
        """Somebody named as signatory, or their substitute today."""
        mine = sorted(self.acting_as)
        return documento.firmantes.filter(usuario__in=mine).exists()

    def can_cancel(self, documento: Documento) -> bool:
        """Before it is signed, who drafts it; afterwards the Secretaría or the office's head."""
        if self._sees_all or self.staff.heads(documento.dependencia_id):
            return True
        unsigned = documento.estado in (
            EstadoDocumento.BORRADOR,
            EstadoDocumento.EN_REVISION,
            EstadoDocumento.VISTO_BUENO,
            EstadoDocumento.LISTO,
        )
        return unsigned and documento.autor_id in self.acting_as

    def can_supersede(self, documento: Documento) -> bool:
        """Draft the one that takes its place."""
        return self.can_edit(documento) and self.can_draft(documento.tipo)

    def can_notify(self, documento: Documento) -> bool:
        """Order that somebody be notified of it, and practise it: the office's staff."""
        return self._sees_all or documento.dependencia_id in self._offices

    def can_publish(self, documento: Documento) -> bool:
        """Let anybody read it: Secretaría and the office's head, never a confidential one."""
        if documento.confidencial:
            return False
        return self._sees_all or self.staff.heads(documento.dependencia_id)

    def can_manage_templates(self) -> bool:
        """Kinds of documents and their templates."""
        return self.is_system or self.staff.has(Rol.ADMINISTRADOR, Rol.SECRETARIA)

    def can_read_register(self) -> bool:
        """The register of folios (minutario), confidential ones without their subject."""
        return self.is_system or self.staff.has(*_WRITERS, Rol.CONSULTA)

    def require(self, action: str, documento: Documento) -> None:
        """
        :raises NotFoundError: the actor may not know of the document.
        :raises NotAllowedError: they may, but not do this to it.
        """
        if not self.can_view(documento):
            raise NotFoundError(_("No encontramos ese documento."))
        if not getattr(self, f"can_{action}")(documento):
            raise NotAllowedError(action=action)
