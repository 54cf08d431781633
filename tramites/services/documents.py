"""
The documents that the acts on a case leave behind (ADR 0008).

What the institution's seal is enough for is owed by the act and issued after it; the answer to a
formal petition is signed by who answers, within the act.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.accounts.models import User
from portal.accounts.policies import StaffPolicy
from portal.core.actors import SYSTEM
from portal.core.clock.wording import quantity
from portal.core.errors import InvalidInputError, UnavailableError
from portal.core.events import publish
from portal.core.time import local_date
from portal.documents.models import Documento
from portal.documents.services import Credentials, Issue, issue_sealed, issue_signed

from ..events import CaseDocumentEnded, CaseDocumentIssued
from ..models import DocumentoPorEmitir, Peticion, Prevencion, Prorroga, Respuesta
from ..papers import act_of, kind_of, origin_of
from ..policies import ATTENDING_ROLES
from ..posts import post_words
from .base import municipal_zone

logger = logging.getLogger("ventanilla.documents")

#: How long one process has a document in hand before another may try it.
LEASE = dt.timedelta(minutes=5)
#: Until the institution's seal, or room on the disk, is looked for again.
WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)
PIECE = 20


@contextmanager
def official_language() -> Iterator[None]:
    """Documents are issued in the language of the house, whoever asks and in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


# what is owed, and issued after the act


def owe_document(
    *, row: Prevencion | Prorroga | Respuesta, actor, now: dt.datetime
) -> DocumentoPorEmitir | None:
    """
    Note in the act's own transaction the document it owes, with what it says.

    ``None`` for acts that owe none, or that sign their own.
    """
    kind = kind_of(row)
    if kind in ("", "respuesta_peticion"):
        return None
    peticion = row.peticion
    with official_language():
        return DocumentoPorEmitir.objects.create(
            peticion=peticion,
            origen=origin_of(peticion.pk, act_of(row)),
            tipo=kind,
            dependencia_id=peticion.dependencia_id,
            asunto=peticion.servicio.nombre,
            destinatario=_unnamed(peticion),
            confidencial=peticion.sensible,
            datos=_fields(row) | {"emite": _who(row, actor)},
            creado_en=now,
            intentar_en=now,
        )


def issue_owed(*, pendiente_id: int, now: dt.datetime) -> Documento | None:
    """
    Issue a document that is owed; ``None`` if it was issued, is not due, or is in other hands.

    :raises UnavailableError: no certificate of the institution, or no room on the disk.
    :raises DomainError: the kind's template does not take what the act says.
    """
    due = DocumentoPorEmitir.objects.filter(pk=pendiente_id, intentar_en__lte=now)
    if due.update(intentar_en=now + LEASE) != 1:
        return None
    row = DocumentoPorEmitir.objects.get(pk=pendiente_id)
    issue = Issue(
        tipo=row.tipo,
        origen=row.origen,
        dependencia_id=row.dependencia_id,
        asunto=row.asunto,
        destinatario=row.destinatario,
        confidencial=row.confidencial,
        datos=row.datos,
    )
    try:
        with official_language():
            documento = issue_sealed(issue=issue, actor=SYSTEM, now=now)
    except BaseException as error:
        _put_off(row, error, now)
        raise
    row.delete()
    return documento


def issue_all_owed(*, now: dt.datetime, limit: int = PIECE) -> int:
    """
    Issue up to ``limit`` of the documents that are owed; says how many.

    Without the institution's seal, or room on the disk, the rest waits too.
    """
    due = DocumentoPorEmitir.objects.filter(intentar_en__lte=now).order_by("pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        try:
            done += issue_owed(pendiente_id=pk, now=now) is not None
        except UnavailableError:
            break
        except Exception as error:
            # One that cannot be written must not hold up the others.
            logger.warning("document_not_issued pending=%s error=%s", pk, type(error).__name__)
            logger.debug("document_not_issued pending=%s", pk, exc_info=True)
    return done


def _put_off(row: DocumentoPorEmitir, error: BaseException, now: dt.datetime) -> None:
    """Nothing of the row's own keeps it from being issued when the house is what fails."""
    if isinstance(error, UnavailableError):
        row.intentar_en = now + WAIT
    else:
        row.intentos += 1
        row.intentar_en = now + min(WAIT * 2 ** min(row.intentos, 12), LONGEST_WAIT)
    row.save(update_fields=["intentos", "intentar_en"])


# what is signed in the act


@sensitive_variables("credenciales")
def sign_answer(
    *, respuesta: Respuesta, credenciales: Credentials | None, actor, now: dt.datetime
) -> Documento:
    """
    Sign the answer to a formal petition as who gives it, in the transaction of the act.

    :raises InvalidInputError: without a password or pair, or with one that is not good.
    :raises UnavailableError: no certificate of the institution, or no room on the disk.
    :raises TooManyAttemptsError: too many wrong passwords.
    """
    if credenciales is None or credenciales == Credentials():
        line = _("La respuesta a una petición formal va firmada: escriba su contraseña.")
        raise InvalidInputError(fields={"contrasena": [line]})
    peticion = respuesta.peticion
    office, day = peticion.dependencia, local_date(now)
    absent_id = StaffPolicy(actor).acting_for(office.pk, *ATTENDING_ROLES)
    holder = User.objects.get(pk=absent_id) if absent_id else actor
    person = peticion.solicitante.nombre
    with official_language():
        issue = Issue(
            tipo="respuesta_peticion",
            origen=origin_of(peticion.pk, act_of(respuesta)),
            dependencia_id=office.pk,
            asunto=peticion.servicio.nombre,
            destinatario=person or _unnamed(peticion),
            # A name on it makes it nobody else's to read.
            confidencial=peticion.sensible or bool(person),
            datos=_fields(respuesta),
            firmantes={"titular": holder.pk},
            cargos={"titular": post_words(holder, office, on=day)},
        )
        return issue_signed(issue=issue, credentials=credenciales, actor=actor, now=now)


# what the case keeps of its documents


def note_issued(
    *, peticion_id: int, documento_id: int, folio: str, sha256: str, actor, now: dt.datetime
) -> None:
    """A document of the case is there: its record says which, and whoever looks sees it."""
    _touch(peticion_id, now)
    event = CaseDocumentIssued(
        peticion_id=peticion_id, documento_id=documento_id, folio=folio, sha256=sha256
    )
    publish(event, actor=actor, now=now)


def note_ended(
    *, peticion_id: int, documento_id: int, folio: str, estado: str, actor, now: dt.datetime
) -> None:
    """A document of the case was replaced or left without effect."""
    _touch(peticion_id, now)
    event = CaseDocumentEnded(
        peticion_id=peticion_id, documento_id=documento_id, folio=folio, estado=estado
    )
    publish(event, actor=actor, now=now)


def _touch(peticion_id: int, now: dt.datetime) -> None:
    """
    The case shows something new. Its version stays: nobody who is writing an act on it has to
    look again for a paper's sake.
    """
    Peticion.objects.filter(pk=peticion_id).update(actualizada_en=now)


# what each document says


def _unnamed(peticion: Peticion) -> str:
    """To whom a document goes that names nobody."""
    return _("Quien presentó la petición %(folio)s") % {"folio": peticion.folio}


def _who(row, actor) -> str:
    if not isinstance(actor, User):
        return row.peticion.dependencia.nombre
    post = post_words(actor, row.peticion.dependencia, on=local_date(row.creado_en))
    return ", ".join(filter(None, (str(actor), post)))[:300]


def _fields(row: Prevencion | Prorroga | Respuesta) -> dict:
    """The fields of the kind's template; dates as ISO 8601."""
    peticion = row.peticion
    common = {
        "folio_peticion": peticion.folio,
        "asunto": peticion.servicio.nombre,
        "fecha_presentacion": local_date(peticion.recibida_en).isoformat(),
    }
    return common | _OWN[type(row)](row)


def _of_correction(row: Prevencion) -> dict:
    return {
        "texto": row.texto,
        "vence": local_date(row.vence).isoformat(),
        "efecto": row.efecto,
    }


def _of_extension(row: Prorroga) -> dict:
    vence = row.peticion.vence_en
    hours = row.unidad == "horas"
    return {
        "cantidad": row.cantidad,
        "unidad": quantity(row.cantidad, row.unidad).partition(" ")[2],
        "vence": local_date(vence).isoformat(),
        "hora": f"{vence.astimezone(municipal_zone()):%H:%M} h" if hours else "",
        "motivo": row.motivo,
    }


def _of_resolution(row: Respuesta) -> dict:
    if row.clase == Respuesta.Clase.DESECHAMIENTO:
        return {"texto": row.texto, "fundamento": row.fundamento}
    if row.clase == Respuesta.Clase.NO_COMPETENCIA:
        return {"texto": row.texto, "autoridad_competente": row.autoridad_competente}
    limit = row.peticion.concluye_en
    answer = {
        "resultado": row.resultado,
        "respuesta": row.texto,
        "fundamento": row.fundamento,
        "inconformidad_hasta": local_date(limit).isoformat() if limit else "",
    }
    if kind_of(row) == "respuesta":
        answer["fecha_respuesta"] = local_date(row.creado_en).isoformat()
    return answer


_OWN = {Prevencion: _of_correction, Prorroga: _of_extension, Respuesta: _of_resolution}
