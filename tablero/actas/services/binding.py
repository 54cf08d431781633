"""The signed acta as a document on the leaves of its book, its public version, and the books."""

import datetime as dt
import re

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core.clock.wording import full_date
from portal.core.errors import (
    ConflictError,
    NotFoundError,
    UnavailableError,
)
from portal.core.events import publish
from portal.core.text import clean_text
from portal.core.time import local_date, local_moment
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.services import Credentials, Issue, issue_signed, page_count
from tablero.cabildo.constants import Caracter
from tablero.cabildo.models import Organo
from tablero.cabildo.services.base import office_of

from ..constants import EstadoActa, EstadoFirmaActa, EstadoLibro
from ..events import ActaBound, ActaPublicVersion, BookClosed, BookOpened
from ..models import Acta, LibroActas
from ..policies import ActaPolicy
from .base import open_acta, refuse, save_acta

KIND, PUBLIC_KIND, BOOK_KIND = "acta_cabildo", "acta_publica", "certificacion_libro"
BLACK = "█████"


def _signed_pdf(documento: Documento):
    return documento.archivos.get(clase=ClaseArchivo.FIRMADO)


@transaction.atomic
@sensitive_variables("credentials")
def open_book(*, organo_id: int, credentials: Credentials, actor, now: dt.datetime) -> LibroActas:
    """
    Open the next volume of a body, with its certification signed by whoever opens it.

    :raises ConflictError: one is open.
    :raises InvalidInputError: the password is not good.
    """
    ActaPolicy(actor).require(manage=True)
    organo = Organo.objects.select_for_update().filter(pk=organo_id).first()
    if organo is None:
        raise NotFoundError(_("No encontramos ese órgano."))
    last = organo.libros.order_by("-tomo").first()
    if last is not None and last.estado == EstadoLibro.ABIERTO:
        raise ConflictError(_("Ya hay un libro abierto: ciérrelo antes."))
    tomo = last.tomo + 1 if last else 1
    day = full_date(local_date(now))
    words = _(
        "Se abre el tomo %(n)s del libro de actas de %(body)s, hoy %(day)s, para que en él queden"
        " las actas de sus sesiones, foliadas desde la foja 1."
    ) % {"n": tomo, "body": organo, "day": day}
    paper = _certify(f"libro:{organo.pk}:{tomo}:apertura", words, credentials, actor, now)
    row = LibroActas.objects.create(organo=organo, tomo=tomo, abierto_en=now, apertura=paper)
    event = BookOpened(libro_id=row.pk, tomo=tomo, documento_id=paper.pk)
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
@sensitive_variables("credentials")
def close_book(*, libro_id: int, credentials: Credentials, actor, now: dt.datetime) -> LibroActas:
    """
    Close it, with a certification that says how many actas and leaves it holds.

    :raises ConflictError: it is closed, or empty.
    """
    ActaPolicy(actor).require(manage=True)
    row = LibroActas.objects.select_for_update(of=("self",)).filter(pk=libro_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese libro."))
    if row.estado != EstadoLibro.ABIERTO:
        raise ConflictError(_("Ese libro ya se cerró."))
    if not row.fojas:
        raise ConflictError(_("El libro está vacío: no hay qué cerrar."))
    words = _(
        "Se cierra el tomo %(n)s del libro de actas de %(body)s, hoy %(day)s: contiene %(actas)s"
        " actas en %(leaves)s fojas útiles."
    ) % {
        "n": row.tomo,
        "body": row.organo,
        "day": full_date(local_date(now)),
        "actas": row.actas.count(),
        "leaves": row.fojas,
    }
    origin = f"libro:{row.organo_id}:{row.tomo}:cierre"
    row.cierre = _certify(origin, words, credentials, actor, now)
    row.estado, row.cerrado_en = EstadoLibro.CERRADO, now
    row.save()
    event = BookClosed(libro_id=row.pk, fojas=row.fojas, documento_id=row.cierre_id)
    publish(event, actor=actor, now=now)
    return row


def _certify(origin: str, words: str, credentials, actor, now: dt.datetime) -> Documento:
    issue = Issue(
        tipo=BOOK_KIND,
        origen=origin,
        dependencia_id=office_of(actor),
        asunto=_("Libro de actas"),
        datos={"dice": words},
        firmantes={"certifica": actor.pk},
    )
    return issue_signed(issue=issue, credentials=credentials, actor=actor, now=now)


@transaction.atomic
@sensitive_variables("credentials")
def bind_acta(
    *,
    acta_id: int,
    credentials: Credentials,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Acta:
    """
    When every signature is settled, issue the acta as a document signed by the Secretaría, with
    who signed and how, and put it on the next leaves of the open book: one for each page.

    :raises ConflictError: a signature is missing, the text is not the approved one, or no book of
        the body is open.
    :raises InvalidInputError: the password is not good.
    """
    row = open_acta(acta_id=acta_id, actor=actor, cambios=cambios)
    _require_signed(row)
    book = _open_book(row)
    paper = _paper(row, credentials, actor, now)
    stored = _signed_pdf(paper)
    pages = page_count(stored)
    if not pages:
        raise UnavailableError(_("No se pudieron contar las hojas del acta. Intente de nuevo."))
    row.bind(paper, book, pages)
    book.fojas = row.foja_hasta
    book.save(update_fields=["fojas"])
    event = ActaBound(
        acta_id=row.pk,
        documento_id=row.documento_id,
        libro_id=book.pk,
        foja_desde=row.foja_desde,
        foja_hasta=row.foja_hasta,
        sha256=stored.sha256,
    )
    save_acta(row, event, actor=actor, now=now)
    return row


def _require_signed(row: Acta) -> None:
    """Approved, with every signature settled, and its text the approved one."""
    if row.estado != EstadoActa.APROBADA:
        message = _("El acta está en «%(state)s»: no se puede asentar en el libro.")
        raise ConflictError(message % {"state": row.get_estado_display()}, code="estado_no_admite")
    missing = row.firmas.filter(estado=EstadoFirmaActa.PENDIENTE).count()
    if missing:
        line = _("Faltan %(n)s firmas: que firmen o anote que se negaron.") % {"n": missing}
        raise ConflictError(line, code="faltan_firmas")
    if row.fingerprint() != row.huella:
        raise ConflictError(_("El texto no es el que se aprobó."), code="huella_rota")


def _open_book(row: Acta) -> LibroActas:
    rows = LibroActas.objects.select_for_update(of=("self",)).filter(
        organo_id=row.sesion.organo_id, estado=EstadoLibro.ABIERTO
    )
    book = rows.first()
    if book is None:
        raise ConflictError(_("No hay un libro de actas abierto de ese órgano: ábralo primero."))
    return book


def _paper(row: Acta, credentials, actor, now: dt.datetime) -> Documento:
    sections = [
        {"titulo": part.titulo, "detalle": "", "texto": part.texto} for part in row.secciones.all()
    ]
    issue = Issue(
        tipo=KIND,
        origen=f"acta:{row.pk}",
        dependencia_id=office_of(actor),
        asunto=str(row)[:300],
        datos={
            "sesion": f"{row.sesion.nombre.lower()}, {row.sesion.organo}"[:300],
            "aprobada": f"{row.aprobada_por.nombre.lower()}"[:200],
        },
        extra={"secciones": sections, "tablas": [_signatures(row)]},
        firmantes={"certifica": actor.pk},
    )
    return issue_signed(issue=issue, credentials=credentials, actor=actor, now=now)


def _signatures(row: Acta) -> dict:
    lines = []
    for line in row.firmas.select_related("integrante"):
        moment = local_moment(line.en)
        how = f"{line.get_estado_display()}, {date_format(moment, 'd/m/Y H:i')}"
        lines.append([str(line.integrante), line.cargo, f"{how}. {line.motivo}".strip()])
    return {
        "titulo": _("Firmas"),
        "columnas": [_("Integrante"), _("Cargo"), _("Firma")],
        "filas": lines,
        "anchos": [3, 2, 3],
    }


@transaction.atomic
@sensitive_variables("credentials")
def publish_version(
    *,
    acta_id: int,
    tachar: str,
    fundamento: str,
    credentials: Credentials,
    actor,
    now: dt.datetime,
) -> Acta:
    """
    Issue the public version of a bound acta: each line of ``tachar`` is struck out wherever it
    stands, whole words, whatever its capitals; the original stays as it is. Without anything to
    strike out it is the whole text.

    :raises ConflictError: it is not bound, its session was closed, or the version is there.
    :raises InvalidInputError: a line that stands nowhere, or no basis for striking out.
    """
    row = open_acta(acta_id=acta_id, actor=actor)
    _require_publishable(row)
    sections, struck = strike_out(row, tachar)
    basis = clean_text(fundamento or "")
    if struck and not 0 < len(basis) <= 400:
        raise refuse("fundamento", _("Diga el fundamento, y la resolución del Comité."))
    why = _("Se suprimieron %(n)s datos. Fundamento: %(why)s") % {"n": struck, "why": basis}
    issue = Issue(
        tipo=PUBLIC_KIND,
        origen=f"acta:{row.pk}:publica",
        dependencia_id=office_of(actor),
        asunto=str(row)[:300],
        datos={
            "sesion": f"{row.sesion.nombre.lower()}, {row.sesion.organo}"[:300],
            "supresion": why if struck else _("No se suprimió ningún dato."),
        },
        extra={"secciones": sections},
        firmantes={"certifica": actor.pk},
    )
    row.publica = issue_signed(issue=issue, credentials=credentials, actor=actor, now=now)
    event = ActaPublicVersion(acta_id=row.pk, documento_id=row.publica_id, tachados=struck)
    save_acta(row, event, actor=actor, now=now)
    return row


def _require_publishable(row: Acta) -> None:
    if row.estado != EstadoActa.FIRMADA:
        raise ConflictError(_("Primero se firma y se asienta en el libro."))
    if row.sesion.caracter != Caracter.PUBLICA:
        raise ConflictError(_("La sesión fue cerrada al público: su acta no se publica."))
    if row.publica is not None:
        raise ConflictError(_("Su versión pública ya se expidió."))


def strike_out(row: Acta, tachar: str) -> tuple[list[dict], int]:
    """
    The sections as the public reads them, and how often something was struck out.

    :raises InvalidInputError: a line that stands nowhere in the text.
    """
    phrases = sorted({line.strip() for line in tachar.splitlines() if line.strip()}, key=len)
    sections = [[part.titulo, part.texto] for part in row.secciones.all()]
    total = 0
    for phrase in reversed(phrases):
        pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
        found = 0
        for section in sections:
            for place in (0, 1):
                section[place], times = pattern.subn(BLACK, section[place])
                found += times
        if not found:
            line = _("No aparece en el acta: «%(phrase)s».")
            raise refuse("tachar", line % {"phrase": phrase[:80]})
        total += found
    kept = [{"titulo": title, "detalle": "", "texto": text} for title, text in sections]
    return kept, total
