"""The numbers of the Gaceta: gathered, looked at, published with their PDF."""

import datetime as dt

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.actors import SYSTEM
from portal.core.clock.wording import full_date
from portal.core.errors import ConflictError, NotFoundError
from portal.core.events import publish
from portal.core.folios import format_folio, next_number
from portal.core.time import local_date
from portal.documents.services import Issue, issue_sealed
from portal.documents.services.base import author_pk
from tablero.cabildo.services.base import office_of

from ..constants import EstadoAcuerdo, EstadoGaceta
from ..events import GacetaEntryRemoved, GacetaOpened, GacetaPublished
from ..models import Acuerdo, EntradaGaceta, Gaceta
from ..policies import AcuerdoPolicy
from .sealing import session_line

SERIES = "GAC"
KIND = "gaceta"
MOST_ENTRIES = 30


@transaction.atomic
def open_gaceta(*, actor, now: dt.datetime) -> Gaceta:
    """
    Begin the next number, or go on with the one in preparation, with every acuerdo in force that
    is public and was not published: the oldest first, ``MOST_ENTRIES`` at most.

    :raises ConflictError: there is nothing to publish.
    """
    AcuerdoPolicy(actor).require_manage()
    row = Gaceta.objects.select_for_update().filter(estado=EstadoGaceta.PREPARACION).first()
    there = row.entradas.count() if row else 0
    found = list(
        Acuerdo.objects.filter(
            publico=True, estado=EstadoAcuerdo.VIGENTE, publicacion=None
        ).order_by("adoptado_en", "pk")[: MOST_ENTRIES - there]
    )
    if not found and not there:
        raise ConflictError(_("No hay acuerdos por publicar."))
    if row is None:
        row = Gaceta.objects.create(autor_id=author_pk(actor), creado_en=now)
    last = row.entradas.order_by("-orden").first()
    place = last.orden if last else 0
    EntradaGaceta.objects.bulk_create(
        EntradaGaceta(gaceta=row, acuerdo=acuerdo, orden=place + step)
        for step, acuerdo in enumerate(found, 1)
    )
    event = GacetaOpened(gaceta_id=row.pk, acuerdos=[acuerdo.pk for acuerdo in found])
    publish(event, actor=actor, now=now)
    return row


def _open_number(gaceta_id: int, actor) -> Gaceta:
    AcuerdoPolicy(actor).require_manage()
    row = Gaceta.objects.select_for_update().filter(pk=gaceta_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese número de la Gaceta."))
    if row.estado != EstadoGaceta.PREPARACION:
        raise ConflictError(_("Ese número ya se publicó: no cambia."))
    return row


@transaction.atomic
def remove_entry(*, gaceta_id: int, acuerdo_id: int, actor, now: dt.datetime) -> None:
    """
    Leave an acuerdo for another number.

    :raises ConflictError: the number was published.
    """
    row = _open_number(gaceta_id, actor)
    gone, _rows = row.entradas.filter(acuerdo_id=acuerdo_id).delete()
    if not gone:
        raise NotFoundError(_("Ese acuerdo no está en el número."))
    event = GacetaEntryRemoved(gaceta_id=row.pk, acuerdo_id=acuerdo_id)
    publish(event, actor=actor, now=now)


@transaction.atomic
def publish_gaceta(*, gaceta_id: int, actor, now: dt.datetime) -> Gaceta:
    """
    Publish the number: it takes the next one of the year and its PDF is sealed. A publication that
    fails takes no number.

    :raises ConflictError: it was published, it is empty, or an acuerdo in it is not in force.
    :raises UnavailableError: the institution has no certificate, or the disk is full.
    """
    row = _open_number(gaceta_id, actor)
    entries = list(row.entradas.select_related("acuerdo__sesion", "acuerdo__organo"))
    if not entries:
        raise ConflictError(_("El número está vacío."))
    dead = [e.acuerdo.folio for e in entries if e.acuerdo.estado != EstadoAcuerdo.VIGENTE]
    if dead:
        line = _("Ya no están vigentes: %(folios)s. Quítelos del número.")
        raise ConflictError(line % {"folios": ", ".join(dead)})
    row.ejercicio = local_date(now).year
    row.numero = next_number(serie=SERIES, ejercicio=row.ejercicio)
    row.estado, row.publicada_en = EstadoGaceta.PUBLICADA, now
    row.documento = issue_sealed(issue=_issue(row, entries, now), actor=actor, now=now)
    row.save()
    event = GacetaPublished(
        gaceta_id=row.pk,
        numero=row.numero,
        ejercicio=row.ejercicio,
        documento_id=row.documento_id,
        acuerdos=[entry.acuerdo_id for entry in entries],
    )
    publish(event, actor=actor, now=now)
    return row


def _issue(row: Gaceta, entries: list[EntradaGaceta], now: dt.datetime) -> Issue:
    acuerdos = [entry.acuerdo for entry in entries]
    lines = "\n".join(f"{place}. {a.folio}, {a.titulo}" for place, a in enumerate(acuerdos, 1))
    contents = {"titulo": _("Sumario"), "detalle": "", "texto": lines}
    texts = [
        {
            "titulo": a.titulo,
            "detalle": f"{a.folio}. {capfirst(session_line(a))}",
            "texto": a.texto,
        }
        for a in acuerdos
    ]
    number = _("Número %(n)s del año %(year)s") % {"n": row.numero, "year": row.ejercicio}
    return Issue(
        tipo=KIND,
        origen=f"gaceta:{row.pk}",
        dependencia_id=office_of(SYSTEM),
        asunto=str(row),
        folio=format_folio(serie=SERIES, ejercicio=row.ejercicio, number=row.numero),
        datos={
            "numero": number,
            "fecha": full_date(local_date(now)),
        },
        extra={"secciones": [contents, *texts]},
    )
