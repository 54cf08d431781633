"""Kinds of documents and their templates, kept by version."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import NivelFirma, OrdenFirma
from ..events import DocumentKindChanged, TemplatePublished
from ..models import PlantillaDocumento, TipoDocumento
from ..policies import DocumentoPolicy
from ..rendering import LayoutError, check_layout
from ..templating import template_faults
from .base import author_pk

#: What stands before the year in a folio.
SERIES = re.compile(r"[A-Z0-9]([A-Z0-9-]{0,18}[A-Z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Template:
    """What a template says; see ``PlantillaDocumento``."""

    titulo: str
    campos: Sequence[Mapping]
    clausulas: Sequence[Mapping]
    firmantes: Sequence[Mapping] = field(default_factory=list)
    diseno: str
    fundamento: str = ""
    pie_de_recurso: str = ""


@transaction.atomic
def publish_template(
    *,
    tipo: str,
    template: Template,
    actor,
    now: dt.datetime,
    base_version: int | None = None,
) -> PlantillaDocumento:
    """
    Put a new version of a kind's template in force; documents begun with the old one keep it.

    ``base_version`` is the version (0: none) that the person was changing.

    :raises NotAllowedError: the actor does not keep templates.
    :raises NotFoundError: no such kind.
    :raises InvalidInputError: a field or clause is wrong, or the layout does not compile (the line
        is told); the old version stays in force.
    :raises ConflictError: somebody published another version meanwhile.
    """
    if not DocumentoPolicy(actor).can_manage_templates():
        raise NotAllowedError
    _require_good(template)
    kind = TipoDocumento.objects.select_for_update().filter(clave=tipo).first()
    if kind is None:
        raise NotFoundError(_("No encontramos ese tipo de documento."))
    newest = _newest_version(kind, base_version)
    kind.plantillas.filter(vigente=True).update(vigente=False)
    row = PlantillaDocumento.objects.create(
        tipo=kind,
        version=newest + 1,
        huella=template_hash(template),
        creada_por_id=author_pk(actor),
        creada_en=now,
        **asdict(template),
    )
    event = TemplatePublished(tipo=kind.clave, version=row.version, huella=row.huella)
    publish(event, actor=actor, now=now)
    return row


def _require_good(template: Template) -> None:
    """
    :raises InvalidInputError: it cannot be used as it is.
    """
    faults = template_faults(
        titulo=template.titulo,
        campos=template.campos,
        clausulas=template.clausulas,
        firmantes=template.firmantes,
    )
    faults |= layout_faults(template.diseno)
    if faults:
        raise InvalidInputError(
            _("La plantilla no se guardó; la anterior sigue vigente."), fields=faults
        )


def _newest_version(kind: TipoDocumento, base_version: int | None) -> int:
    """
    The last version of the kind, 0 for none.

    :raises ConflictError: it is not the one that was being changed.
    """
    last = kind.plantillas.order_by("-version").first()
    newest = last.version if last else 0
    if base_version is not None and base_version != newest:
        raise ConflictError(
            _("Alguien publicó la versión %(n)s mientras usted editaba. Nada se guardó.")
            % {"n": newest},
            code="version_anterior",
        )
    return newest


def layout_faults(diseno: str) -> dict[str, list[str]]:
    """Why a layout cannot be used, with its line; empty when it can."""
    error = layout_error_of(diseno)
    if error is None:
        return {}
    where = _("Línea %(line)s: ") % {"line": error.line} if error.line else ""
    hint = f" {error.hint}" if error.hint else ""
    return {"diseno": [f"{where}{error.message}{hint}"]}


def layout_error_of(diseno: str) -> LayoutError | None:
    """The fault of a layout, tried in a process of its own; ``None`` when it can be used."""
    try:
        check_layout(diseno)
    except LayoutError as error:
        return error
    return None


def template_hash(template: Template) -> str:
    """SHA-256 of all a template says."""
    body = json.dumps(asdict(template), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


@transaction.atomic
def save_kind(*, clave: str, values: Mapping, actor, now: dt.datetime) -> TipoDocumento:
    """
    Make a kind of documents, or change its rules; ``values`` are fields of ``TipoDocumento``.

    :raises NotAllowedError: the actor does not keep templates.
    :raises InvalidInputError: ``fields`` says what is wrong. A series in use cannot change.
    """
    if not DocumentoPolicy(actor).can_manage_templates():
        raise NotAllowedError
    kind = TipoDocumento.objects.select_for_update().filter(clave=clave).first()
    kind = kind or TipoDocumento(clave=clave)
    faults = _kind_faults(kind, values)
    if faults:
        raise InvalidInputError(fields=faults)
    for name, value in values.items():
        setattr(kind, name, value)
    kind.save()
    publish(DocumentKindChanged(tipo=kind.clave), actor=actor, now=now)
    return kind


def _kind_faults(kind: TipoDocumento, values: Mapping) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if not clean_text(str(values.get("nombre", kind.nombre))):
        faults["nombre"] = [_("Escriba el nombre.")]
    if values.get("nivel_firma", kind.nivel_firma) not in NivelFirma.values:
        faults["nivel_firma"] = [_("Elija la firma que exige.")]
    if values.get("orden_firma", kind.orden_firma) not in OrdenFirma.values:
        faults["orden_firma"] = [_("Elija el orden de las firmas.")]
    if set(values.get("roles", kind.roles)) - set(Rol.values):
        faults["roles"] = [_("Elija roles de la lista.")]
    if line := _series_fault(kind, values):
        faults["serie"] = [line]
    for name in ("dias_revision", "dias_visto_bueno", "dias_firma"):
        if not 1 <= int(values.get(name, getattr(kind, name))) <= 60:
            faults[name] = [_("Escriba de 1 a 60 días hábiles.")]
    return faults


def _series_fault(kind: TipoDocumento, values: Mapping) -> str:
    """Only what an act of the house issues may take its folio from elsewhere."""
    series = values.get("serie", kind.serie)
    used = kind.pk and kind.documentos.filter(folio__isnull=False).exists()
    if used and series != kind.serie:
        return _("Ya hay folios con esa serie; no puede cambiar.")
    if not series and not values.get("automatico", kind.automatico):
        return _("Escriba la serie de sus folios, por ejemplo OFI.")
    if series and not SERIES.fullmatch(series):
        return _("La serie lleva mayúsculas sin acento, números y guiones, por ejemplo SG-OF.")
    return ""
