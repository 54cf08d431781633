"""Files of an item: added and taken off while it is prepared."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text
from portal.documents.services.base import author_pk
from tramites.uploads import StoredFile, receive_upload

from ..constants import DRAFT_STATES, EstadoAsunto
from ..item_events import AnnexAdded, AnnexRemoved
from ..item_policies import AsuntoPolicy
from ..models import AnexoAsunto, Asunto
from .items import open_item, save_item

MOST_ANNEXES = 30
#: Until the Secretaría validates it.
WHILE = (*DRAFT_STATES, EstadoAsunto.EN_REVISION)


@dataclass(frozen=True, kw_only=True)
class NewAnnex:
    """``exigido``: which annex of those the matter demands it is, '' for another."""

    nombre: str
    exigido: str = ""
    confidencial: bool = False
    fundamento: str = ""


def add_annex(*, asunto_id: int, annex: NewAnnex, upload, actor, now: dt.datetime) -> AnexoAsunto:
    """
    Check a file, keep it and make it an annex.

    :raises NotFoundError, NotAllowedError: as the policy says; asked before the file is read.
    :raises InvalidInputError: the file is no good, it has no name, or is reserved without basis.
    :raises ConflictError: the item was validated already, or has too many.
    """
    row = Asunto.objects.filter(pk=asunto_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese asunto."))
    AsuntoPolicy(actor).require("edit", row)
    values = _checked(annex, row)
    with files.undone_on_error() as note:
        stored = receive_upload(upload)
        note(stored.ruta)
        return _keep_annex(asunto_id=asunto_id, values=values, stored=stored, actor=actor, now=now)


def _checked(annex: NewAnnex, row: Asunto) -> dict:
    name = " ".join(clean_text(annex.exigido or annex.nombre or "").split())
    basis = " ".join(clean_text(annex.fundamento or "").split())
    faults = {}
    if not 0 < len(name) <= 160:
        faults["nombre"] = [_("Escriba qué es el anexo, en hasta 160 letras.")]
    if annex.exigido and annex.exigido not in row.materia.anexos_exigidos:
        faults["exigido"] = [_("Elija un anexo de los que exige la materia.")]
    if annex.confidencial and not 0 < len(basis) <= 300:
        faults["fundamento"] = [_("Escriba el fundamento de la reserva, en hasta 300 letras.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return {
        "nombre": name,
        "exigido": annex.exigido,
        "confidencial": annex.confidencial,
        "fundamento": basis if annex.confidencial else "",
    }


@transaction.atomic
def _keep_annex(
    *, asunto_id: int, values: dict, stored: StoredFile, actor, now: dt.datetime
) -> AnexoAsunto:
    row = open_item("edit", asunto_id=asunto_id, actor=actor, now=now, cambios=None)
    _require_open(row)
    if row.anexos.filter(retirado_en=None).count() >= MOST_ANNEXES:
        raise ConflictError(_("El asunto ya tiene %(n)s anexos.") % {"n": MOST_ANNEXES})
    annex = AnexoAsunto.objects.create(
        asunto=row,
        clave=stored.clave,
        ruta=stored.ruta,
        archivo=stored.nombre,
        tipo=stored.tipo,
        tamano=stored.tamano,
        sha256=stored.sha256,
        autor_id=author_pk(actor),
        creado_en=now,
        **values,
    )
    save_item(row, actor=actor, now=now)
    event = AnnexAdded(
        asunto_id=row.pk,
        anexo_id=annex.pk,
        sha256=annex.sha256,
        confidencial=annex.confidencial,
    )
    publish(event, actor=actor, now=now)
    return annex


@transaction.atomic
def remove_annex(*, anexo_id: int, actor, now: dt.datetime) -> AnexoAsunto:
    """
    Take an annex off; the record keeps its fingerprint.

    :raises ConflictError: the item was validated already, or the annex is gone.
    """
    annex = AnexoAsunto.objects.filter(pk=anexo_id, retirado_en=None).first()
    if annex is None:
        raise NotFoundError(_("Ese anexo ya no está."))
    row = open_item("edit", asunto_id=annex.asunto_id, actor=actor, now=now, cambios=None)
    _require_open(row)
    annex.retirado_en = now
    annex.save(update_fields=["retirado_en"])
    save_item(row, actor=actor, now=now)
    event = AnnexRemoved(asunto_id=row.pk, anexo_id=annex.pk, sha256=annex.sha256)
    publish(event, actor=actor, now=now)
    transaction.on_commit(lambda: files.remove(annex.ruta))
    return annex


def _require_open(row: Asunto) -> None:
    if row.estado not in WHILE:
        raise ConflictError(
            _("El asunto ya se validó: sus anexos no cambian. Pida que se devuelva.")
        )
