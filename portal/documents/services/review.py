"""Reviewing: several at once, then the legal office; returned with a reason or agreed."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import (
    MAX_COMMENT,
    EstadoDocumento,
    EstadoRevision,
    EtapaRevision,
)
from ..events import (
    CommentAdded,
    CommentSettled,
    DocumentoReturned,
    DocumentoSubmitted,
    LegalApprovalRequested,
    ReviewApproved,
)
from ..models import ComentarioDocumento, Documento, RevisionDocumento, VersionDocumento
from ..policies import DocumentoPolicy
from ..snapshot import printed_paragraphs, version_hash
from ..templating import read_values
from .base import (
    admitting,
    author_pk,
    due_in,
    open_documento,
    required_reason,
    save_documento,
    state_conflict,
)
from .drafting import current_version, missing_signatories
from .freezing import freeze_documento


@transaction.atomic
def submit_documento(
    *,
    documento_id: int,
    revisores: Iterable[int],
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Documento:
    """
    Hand the version to its reviewers, all at once; without any, to the legal office or to signing.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: a required field or a signatory is missing, or a reviewer is nobody.
    :raises ConflictError: the state does not admit it, or it changed.
    """
    documento = open_documento("edit", documento_id=documento_id, actor=actor, cambios=cambios)
    if documento.estado != EstadoDocumento.BORRADOR:
        raise state_conflict(documento, _("enviar a revisión"))
    require_complete(documento)
    people = _reviewers(revisores)
    version = current_version(documento)
    if people:
        _ask_reviewers(documento, version, people, now)
    event = DocumentoSubmitted(
        documento_id=documento.pk,
        version=version.numero,
        huella=version_hash(documento, version),
        revisores=tuple(person.pk for person in people),
    )
    publish(event, actor=actor, now=now)
    if not people:
        _next_step(documento, version, actor, now)
    save_documento(documento, now=now)
    return documento


def _ask_reviewers(
    documento: Documento, version: VersionDocumento, people: list[User], now: dt.datetime
) -> None:
    with admitting(documento, _("enviar a revisión")):
        documento.submit()
    documento.vence_etapa = due_in(documento.tipo.dias_revision, now)
    RevisionDocumento.objects.bulk_create(
        RevisionDocumento(
            documento=documento,
            version=version,
            etapa=EtapaRevision.REVISION,
            revisor=person,
            vence=documento.vence_etapa,
            creada_en=now,
        )
        for person in people
    )


def require_complete(documento: Documento) -> None:
    """
    :raises InvalidInputError: a required field is empty or a place to sign has nobody.
    """
    version = current_version(documento)
    _values, faults = read_values(documento.plantilla.campos, version.datos, complete=True)
    for cargo in missing_signatories(documento):
        faults.setdefault("firmantes", []).append(
            _("Falta decir quién firma como %(post)s.") % {"post": cargo}
        )
    if not documento.plantilla.firmantes and not documento.tipo.automatico:
        faults["firmantes"] = [_("La plantilla no dice quién firma.")]
    if faults:
        raise InvalidInputError(_("Al documento le faltan datos."), fields=faults)


@transaction.atomic
def approve_review(
    *,
    documento_id: int,
    actor,
    now: dt.datetime,
    comentario: str = "",
    cambios: int | None = None,
) -> Documento:
    """
    Agree with the version. The last reviewer's word sends it on, to the lawyers or to signing.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: the remark is too long.
    :raises ConflictError: there is nothing of the actor to settle, or it changed.
    """
    documento, review = _my_review(documento_id, actor, cambios)
    _settle(review, EstadoRevision.APROBADA, comentario, actor, now)
    event = ReviewApproved(documento_id=documento.pk, revision_id=review.pk, etapa=review.etapa)
    publish(event, actor=actor, now=now)
    if not documento.revisiones.filter(estado=EstadoRevision.PENDIENTE).exists():
        _next_step(documento, review.version, actor, now)
    save_documento(documento, now=now)
    return documento


def _next_step(documento: Documento, version: VersionDocumento, actor, now: dt.datetime) -> None:
    """The legal office, if it must speak and has not spoken of this version; else freeze."""
    asked = documento.revisiones.filter(version=version, etapa=EtapaRevision.VISTO_BUENO).exists()
    if not documento.tipo.requiere_visto_bueno or asked:
        freeze_documento(documento, version, actor=actor, now=now)
        return
    with admitting(documento, _("pedir el visto bueno")):
        documento.request_legal_approval()
    documento.vence_etapa = due_in(documento.tipo.dias_visto_bueno, now)
    review = RevisionDocumento.objects.create(
        documento=documento,
        version=version,
        etapa=EtapaRevision.VISTO_BUENO,
        vence=documento.vence_etapa,
        creada_en=now,
    )
    event = LegalApprovalRequested(documento_id=documento.pk, revision_id=review.pk)
    publish(event, actor=actor, now=now)


@transaction.atomic
def return_documento(
    *, documento_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> VersionDocumento:
    """
    Send the document back with a reason; a new version begins, equal to the one returned.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no reason.
    :raises ConflictError: it is a draft, somebody has signed it, or it changed.
    """
    documento = open_documento("send_back", documento_id=documento_id, actor=actor, cambios=cambios)
    motivo = required_reason(motivo)
    if documento.firmas.exists():
        raise ConflictError(
            _("Ya tiene firmas: cancélelo o sustitúyalo, no puede volver a borrador."),
            code="ya_firmado",
        )
    stage = documento.estado
    mine = DocumentoPolicy(actor).my_review(documento)
    with admitting(documento, _("devolver")):
        documento.send_back()
    if mine is not None:
        _settle(mine, EstadoRevision.DEVUELTA, motivo, actor, now)
    pending = documento.revisiones.filter(estado=EstadoRevision.PENDIENTE)
    pending.update(estado=EstadoRevision.SIN_EFECTO, resuelta_en=now)
    documento.firmantes.update(vence=None, caja=None)
    new = _next_version(documento, motivo, actor, now)
    documento.version, documento.vence_etapa = new.numero, None
    save_documento(documento, now=now)
    event = DocumentoReturned(documento_id=documento.pk, version=new.numero, etapa=stage)
    publish(event, actor=actor, now=now)
    return new


def _next_version(documento: Documento, motivo: str, actor, now: dt.datetime) -> VersionDocumento:
    """A version equal to the one in hand, to be changed from here on."""
    old = current_version(documento)
    return VersionDocumento.objects.create(
        documento=documento,
        numero=old.numero + 1,
        datos=old.datos,
        clausulas=old.clausulas,
        extra=old.extra,
        motivo=motivo,
        autor_id=author_pk(actor),
        creado_en=now,
    )


def _my_review(
    documento_id: int, actor, cambios: int | None
) -> tuple[Documento, RevisionDocumento]:
    documento = open_documento("view", documento_id=documento_id, actor=actor, cambios=cambios)
    review = DocumentoPolicy(actor).my_review(documento)
    if review is None:
        if not documento.revisiones.filter(revisor__in=[actor.pk]).exists():
            raise NotAllowedError(_("No le pidieron revisar este documento."))
        raise state_conflict(documento, _("aprobarlo: usted no tiene revisión pendiente"))
    return documento, review


def _settle(
    review: RevisionDocumento, estado: str, comentario: str, actor, now: dt.datetime
) -> None:
    comentario = clean_text(comentario or "")
    if len(comentario) > MAX_COMMENT:
        line = _("Escriba a lo más %(most)s caracteres.") % {"most": f"{MAX_COMMENT:,}"}
        raise InvalidInputError(fields={"comentario": [line]})
    review.estado, review.comentario, review.resuelta_en = estado, comentario, now
    if review.revisor_id is None:
        review.revisor_id = author_pk(actor)
    review.save(update_fields=["estado", "comentario", "resuelta_en", "revisor"])


def _reviewers(ids: Iterable[int]) -> list[User]:
    wanted = list(dict.fromkeys(ids))
    people = [p for p in User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")]
    if len(people) != len(wanted) or len(wanted) > 20:
        line = _("Elija hasta 20 personas con cuenta activa.")
        raise InvalidInputError(fields={"revisores": [line]})
    return people


@transaction.atomic
def comment_documento(
    *, documento_id: int, parrafo: str, texto: str, actor, now: dt.datetime
) -> ComentarioDocumento:
    """
    Remark on a paragraph of the version in hand (``parrafo`` empty: on the whole document).

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no text, too long, or no such paragraph.
    :raises ConflictError: its text was frozen already.
    """
    documento = open_documento("comment", documento_id=documento_id, actor=actor)
    if documento.contenido is not None or documento.estado == EstadoDocumento.CANCELADO:
        raise state_conflict(documento, _("comentarlo"))
    texto = required_reason(texto, field="texto", maximum=MAX_COMMENT)
    version = current_version(documento)
    keys = {paragraph.clave for paragraph in printed_paragraphs(documento, version)}
    if parrafo and parrafo not in keys:
        line = _("Ese párrafo ya no está en el texto. Vuelva a abrir el documento.")
        raise InvalidInputError(fields={"parrafo": [line]})
    row = ComentarioDocumento.objects.create(
        documento=documento,
        version=version,
        parrafo=parrafo,
        texto=texto,
        autor=actor,
        creado_en=now,
    )
    event = CommentAdded(documento_id=documento.pk, comentario_id=row.pk)
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def settle_comment(*, comentario_id: int, actor, now: dt.datetime) -> ComentarioDocumento:
    """
    Mark a remark as attended: by who drafts, or by who made it.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it was attended already.
    """
    row = ComentarioDocumento.objects.filter(pk=comentario_id).first()
    documento = open_documento("view", documento_id=row.documento_id if row else 0, actor=actor)
    row = ComentarioDocumento.objects.select_for_update().get(pk=comentario_id)
    if row.autor_id != actor.pk:
        DocumentoPolicy(actor).require("edit", documento)
    if row.atendido_en is not None:
        raise ConflictError(_("Ese comentario ya está atendido."))
    row.atendido_en, row.atendido_por = now, actor
    row.save(update_fields=["atendido_en", "atendido_por"])
    event = CommentSettled(documento_id=documento.pk, comentario_id=row.pk)
    publish(event, actor=actor, now=now)
    return row
