"""Beginning a document and writing its text."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia, User
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import MAX_TITLE, EstadoDocumento
from ..events import DocumentoDrafted
from ..models import Documento, Firmante, PlantillaDocumento, TipoDocumento, VersionDocumento
from ..policies import DocumentoPolicy
from ..templating import read_clause_changes, read_values
from .base import author_pk, open_documento, save_documento, state_conflict


@dataclass(frozen=True, kw_only=True)
class Draft:
    """
    What a person writes. ``firmantes`` maps a signatory of the template to a person's id, and
    ``cargos`` to the post they sign with where the template's own is not it.
    """

    asunto: str
    destinatario: str = ""
    datos: Mapping[str, object]
    clausulas: Mapping[str, Mapping] | None = None
    confidencial: bool = False
    firmantes: Mapping[str, int] | None = None
    cargos: Mapping[str, str] | None = None


@transaction.atomic
def draft_documento(
    *,
    tipo: str,
    dependencia_id: int,
    draft: Draft,
    actor,
    now: dt.datetime,
    sustituye_id: int | None = None,
) -> Documento:
    """
    Begin a document of the kind ``tipo`` in the name of an office.

    :raises NotAllowedError: the actor does not draft that kind, or not for that office.
    :raises InvalidInputError: ``fields`` says what is wrong.
    :raises ConflictError: the kind has no template in force, or the one to be replaced is not.
    """
    kind = TipoDocumento.objects.filter(clave=tipo).first()
    policy = DocumentoPolicy(actor)
    if kind is None or not policy.can_draft(kind):
        raise NotAllowedError(_("No tiene permiso para redactar ese tipo de documento."))
    _require_office(policy, kind, dependencia_id)
    replaced = _replaced(sustituye_id, actor) if sustituye_id is not None else None
    documento = create_documento(
        kind=kind, dependencia_id=dependencia_id, draft=draft, actor=actor, now=now
    )
    if replaced is not None:
        documento.sustituye = replaced
        documento.save(update_fields=["sustituye"])
    return documento


def create_documento(
    *,
    kind: TipoDocumento,
    dependencia_id: int,
    draft: Draft,
    actor,
    now: dt.datetime,
    origen: str | None = None,
    extra: dict | None = None,
) -> Documento:
    """
    The rows of a new document, without asking the policy: for services that asked it.

    :raises InvalidInputError, ConflictError: see ``draft_documento``.
    """
    documento, version = new_documento(
        kind=kind,
        dependencia_id=dependencia_id,
        draft=draft,
        actor=actor,
        now=now,
        origen=origen,
        extra=extra,
    )
    documento.save()
    version.save()
    set_signatories(documento, draft.firmantes, draft.cargos)
    publish(drafted_event(documento), actor=actor, now=now)
    return documento


def new_documento(
    *,
    kind: TipoDocumento,
    dependencia_id: int,
    draft: Draft,
    actor,
    now: dt.datetime,
    origen: str | None = None,
    extra: dict | None = None,
) -> tuple[Documento, VersionDocumento]:
    """
    A document and its first version, neither kept yet.

    :raises InvalidInputError, ConflictError: see ``draft_documento``.
    """
    template = template_in_force(kind)
    parts = _read(template, draft)
    author = author_pk(actor)
    documento = Documento(
        tipo=kind,
        plantilla=template,
        dependencia_id=dependencia_id,
        autor_id=author,
        origen=origen,
        creado_en=now,
        actualizado_en=now,
    )
    _write_head(documento, draft)
    version = VersionDocumento(documento=documento, numero=1, autor_id=author, creado_en=now)
    version.datos, version.clausulas, version.extra = *parts.values(), extra or {}
    return documento, version


def drafted_event(documento: Documento) -> DocumentoDrafted:
    """The fact that it began."""
    return DocumentoDrafted(
        documento_id=documento.pk,
        tipo=documento.tipo.clave,
        plantilla_version=documento.plantilla.version,
        dependencia_id=documento.dependencia_id,
    )


@transaction.atomic
def save_draft(
    *, documento_id: int, draft: Draft, actor, now: dt.datetime, cambios: int | None = None
) -> Documento:
    """
    Write the text of the version in hand; fields may still be missing.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: ``fields`` says what is wrong; nothing is kept.
    :raises ConflictError: it is no draft any more, or somebody else wrote meanwhile.
    """
    documento = open_documento("edit", documento_id=documento_id, actor=actor, cambios=cambios)
    if documento.estado != EstadoDocumento.BORRADOR:
        raise state_conflict(documento, _("cambiar su texto"))
    parts = _read(documento.plantilla, draft)
    _write_head(documento, draft)
    documento.versiones.filter(numero=documento.version).update(**parts)
    set_signatories(documento, draft.firmantes, draft.cargos)
    save_documento(documento, now=now)
    return documento


def template_in_force(kind: TipoDocumento) -> PlantillaDocumento:
    """
    The template by which a document of that kind is written today.

    :raises ConflictError: there is none.
    """
    found = kind.plantillas.filter(vigente=True).first()
    if found is None:
        raise ConflictError(
            _("«%(kind)s» no tiene una plantilla vigente.") % {"kind": kind}, code="sin_plantilla"
        )
    return found


def current_version(documento: Documento) -> VersionDocumento:
    """The version in hand."""
    return documento.versiones.get(numero=documento.version)


def set_signatories(
    documento: Documento,
    chosen: Mapping[str, int] | None,
    cargos: Mapping[str, str] | None = None,
) -> None:
    """
    Name who signs, in the template's order; a place left empty has nobody yet.

    :raises InvalidInputError: somebody who is not active staff, a person twice, or no such place.
    """
    if chosen is None:
        return
    places = documento.plantilla.firmantes
    unknown = set(chosen) - {place["clave"] for place in places}
    people = User.objects.in_bulk([pk for pk in chosen.values() if pk])
    faults: dict[str, list[str]] = {
        f"firmante.{clave}": [_("La plantilla no tiene ese firmante.")] for clave in unknown
    }
    rows, seen = [], set()
    for order, place in enumerate(places, start=1):
        pk = chosen.get(place["clave"])
        if not pk:
            continue
        person = people.get(pk)
        if person is None or not person.is_active:
            faults[f"firmante.{place['clave']}"] = [_("Elija a una persona con cuenta activa.")]
        elif pk in seen:
            faults[f"firmante.{place['clave']}"] = [_("Esa persona ya firma en otro lugar.")]
        seen.add(pk)
        cargo = (cargos or {}).get(place["clave"]) or place["cargo"]
        rows.append(_signatory(documento, place["clave"], order, pk, cargo))
    if faults:
        raise InvalidInputError(fields=faults)
    documento.firmantes.all().delete()
    Firmante.objects.bulk_create(rows)


def _signatory(documento: Documento, clave: str, orden: int, pk: int, cargo: str) -> Firmante:
    cargo = clean_text(cargo)[:160]
    return Firmante(documento=documento, clave=clave, orden=orden, usuario_id=pk, cargo=cargo)


def missing_signatories(documento: Documento) -> Sequence[str]:
    """The posts of the template's places that have nobody yet."""
    named = set(documento.firmantes.values_list("clave", flat=True))
    return [p["cargo"] for p in documento.plantilla.firmantes if p["clave"] not in named]


def _read(template: PlantillaDocumento, draft: Draft) -> dict:
    values, faults = read_values(template.campos, draft.datos, complete=False)
    changes, more = read_clause_changes(
        template.clausulas, draft.clausulas or {}, campos=template.campos
    )
    faults |= more
    for name, value in (("asunto", draft.asunto), ("destinatario", draft.destinatario)):
        if len(clean_text(value or "")) > MAX_TITLE:
            faults[name] = [_("Escriba a lo más %(most)s caracteres.") % {"most": MAX_TITLE}]
    if not clean_text(draft.asunto or ""):
        faults["asunto"] = [_("Escriba de qué trata.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return {"datos": values, "clausulas": changes}


def _write_head(documento: Documento, draft: Draft) -> None:
    documento.asunto = " ".join(clean_text(draft.asunto).split())
    documento.destinatario = " ".join(clean_text(draft.destinatario or "").split())
    documento.confidencial = draft.confidencial


def _require_office(policy: DocumentoPolicy, kind: TipoDocumento, dependencia_id: int) -> None:
    if not Dependencia.objects.filter(pk=dependencia_id, activa=True).exists():
        raise InvalidInputError(fields={"dependencia": [_("Elija una dependencia activa.")]})
    if dependencia_id not in policy.drafting_offices(kind):
        raise NotAllowedError(_("Sólo puede redactar en nombre de su dependencia."))


def _replaced(documento_id: int, actor) -> Documento:
    documento = open_documento("supersede", documento_id=documento_id, actor=actor)
    if not documento.vigente:
        raise state_conflict(documento, _("sustituirlo"))
    return documento
