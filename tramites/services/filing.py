"""Filing: from what a person hands in to a case with a folio, a PIN, an office and a deadline."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.core.actors import SYSTEM, CitizenActor, SystemActor
from portal.core.errors import ConflictError, NotAllowedError
from portal.core.events import publish_all
from portal.core.folios import next_folio
from portal.core.rows import insert_all, is_there
from portal.core.time import local_date

from ..constants import Estado
from ..deadlines import compute
from ..events import PeticionAssigned, PeticionFiled
from ..models import Adjunto, Peticion, Plazo, RespuestaPregunta, Solicitante, Turno
from ..pins import derive_pin, hash_pin, pin_matches
from ..policies import PeticionPolicy
from ..routing import Facts, Fallback, Route, route
from ..selectors.reference import Reference, current_reference
from ..text import search_text
from .attachments import attachment_events, new_attachments
from .base import author_of, required_desk
from .clock import apply_timing, counting_from, deadline_set, new_plazo, trusted
from .inputs import Filing
from .intake import Intake, read_filing


@dataclass(frozen=True)
class Filed:
    """The case and its PIN; ``created`` is false when this very submission was filed before."""

    peticion: Peticion
    pin: str
    created: bool


@dataclass(kw_only=True)
class _Plan:
    """Everything decided before the first write, and the rows to write but for their folio."""

    filing: Filing
    peticion: Peticion
    person: Solicitante
    datos: list[RespuestaPregunta]
    turno: Turno
    plazo: Plazo
    now: dt.datetime


def file_peticion(
    *, filing: Filing, actor, now: dt.datetime, reference: Reference | None = None
) -> Filed:
    """
    Take in a petition: folio, PIN, deadline and office, all or nothing.

    Everything is read and checked before the transaction, and the folio's counter is locked as
    its first write, so that filings wait for each other only while rows are written.
    The same ``clave_idempotencia`` gives the same folio and PIN, with ``created=False``.
    ``reference`` is what the caller has just read to make up ``filing``, if it did.

    :raises InvalidInputError: something handed in cannot be accepted; ``fields`` says what.
    :raises ConflictError: the key was already used for something else.
    :raises NotAllowedError: the actor may not capture for others.
    """
    _require_channel(filing, actor)
    reference = reference or current_reference()
    intake = read_filing(filing, now, reference)
    huella = fingerprint(filing, intake)
    known = _already_filed(filing, huella)
    if known is not None:
        return known
    plan = _plan(filing, intake, huella, reference, actor, now)
    try:
        with transaction.atomic():
            return _write(plan, actor)
    except IntegrityError:
        known = _already_filed(filing, huella)
        if known is None:
            _refuse_used_files(filing)
            raise
        return known


def fingerprint(filing: Filing, intake: Intake) -> str:
    """SHA-256 over the canonical JSON of what was handed in, files by their own hash."""
    lugar, contacto = intake.lugar, intake.contacto
    body = {
        "servicio": intake.servicio.clave,
        "canal": filing.canal,
        "descripcion": intake.descripcion,
        "respuestas": [[row.pregunta.clave, row.valor] for row in intake.datos],
        "lugar": [
            lugar.direccion,
            lugar.referencia,
            lugar.latitud,
            lugar.longitud,
            intake.colonia.clave if intake.colonia else None,
        ],
        "contacto": [contacto.nombre, contacto.telefono, contacto.correo, contacto.domicilio],
        "adjuntos": [stored.sha256 for stored in filing.adjuntos],
    }
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _require_channel(filing: Filing, actor) -> None:
    """Citizens file by the site or the API; the other channels are captured by the desk."""
    if isinstance(actor, CitizenActor | SystemActor):
        return
    if not PeticionPolicy(actor).can_capture():
        raise NotAllowedError(_("No tiene permiso para capturar peticiones."))


def _already_filed(filing: Filing, huella: str) -> Filed | None:
    # Nearly always there is none: all its columns are asked for only when there is.
    if not is_there(Peticion, "clave_idempotencia", filing.clave_idempotencia):
        return None
    same_key = Peticion.objects.filter(clave_idempotencia=filing.clave_idempotencia)
    peticion = same_key.select_related("servicio", "dependencia", "solicitante").get()
    if peticion.huella != huella:
        raise ConflictError(
            _("Este formulario ya se envió antes con otros datos. Empiece una petición nueva."),
            code="clave_usada",
        )
    pin = derive_pin(clave_idempotencia=filing.clave_idempotencia, folio=peticion.folio)
    unchanged = pin_matches(folio=peticion.folio, pin=pin, pin_hash=peticion.pin_hash)
    return Filed(peticion, pin if unchanged else "", created=False)


def _refuse_used_files(filing: Filing) -> None:
    """A draft sent again under another key brings files that already belong to a case."""
    if Adjunto.objects.filter(clave__in=[stored.clave for stored in filing.adjuntos]).exists():
        raise ConflictError(
            _("Estos archivos ya se enviaron con otra petición. Vuelva a agregarlos."),
            code="archivos_usados",
        )


def _plan(
    filing: Filing, intake: Intake, huella: str, reference: Reference, actor, now: dt.datetime
) -> _Plan:
    received = filing.recibida_en or now
    rule = reference.rule_in_force(intake.servicio.regla, local_date(received))
    calendar = trusted(reference.calendar)
    chosen, office = _route(filing, intake, reference)
    timing = compute(counting_from(rule=rule, start=received, calendar=calendar))
    peticion = _new_case(filing, intake, now)
    peticion.huella, peticion.regla_clave = huella, rule.clave
    peticion.dependencia, peticion.motivo_turno = office, chosen.motivo[:300]
    peticion.capturada_por = author_of(actor)
    apply_timing(peticion, timing)
    if not chosen.to_desk:
        peticion.assign(dependencia=office, motivo=chosen.motivo[:300])
    return _Plan(
        filing=filing,
        peticion=peticion,
        person=Solicitante(peticion=peticion, **vars(intake.contacto)),
        datos=intake.datos,
        turno=Turno(
            peticion=peticion,
            creado_en=now,
            dependencia=office,
            motivo=chosen.motivo,
            regla=chosen.regla,
        ),
        plazo=new_plazo(peticion, timing, rule=rule, calendar=calendar, cause="filed", now=now),
        now=now,
    )


def _new_case(filing: Filing, intake: Intake, now: dt.datetime) -> Peticion:
    """What was handed in, as a case."""
    lugar = intake.lugar
    return Peticion(
        tipo=intake.servicio.tipo,
        servicio=intake.servicio,
        canal=filing.canal,
        descripcion=intake.descripcion,
        sensible=intake.servicio.sensible,
        direccion=lugar.direccion,
        referencia=lugar.referencia,
        latitud=lugar.latitud,
        longitud=lugar.longitud,
        colonia=intake.colonia,
        zona=intake.zona,
        recibida_en=filing.recibida_en or now,
        actualizada_en=now,
        clave_idempotencia=filing.clave_idempotencia,
    )


def _route(filing: Filing, intake: Intake, reference: Reference) -> tuple[Route, Dependencia]:
    servicio = intake.servicio
    facts = Facts(
        servicio.pk,
        intake.zona.pk if intake.zona else None,
        filing.canal,
        " ".join([intake.descripcion, *(row.valor for row in intake.datos)]),
    )
    own = servicio.dependencia
    fallback = Fallback(
        dependencia_id=own.pk if own.activa and not own.es_ventanilla else None,
        motivo_servicio=_("Es la dependencia responsable de este servicio."),
        motivo_mesa=_("La mesa de turno lo lee y decide a quién le toca."),
    )
    chosen = route(reference.lines, facts, fallback)
    if chosen.to_desk:
        return chosen, required_desk(reference.desk)
    return chosen, reference.offices[chosen.dependencia_id]


def _write(plan: _Plan, actor) -> Filed:
    """What is done with the folio's counter in hand: little, and in few statements."""
    peticion, key = plan.peticion, plan.filing.clave_idempotencia
    serie = settings.MUNICIPIO["prefijo_folio"]
    folio = next_folio(serie=serie, ejercicio=local_date(plan.now).year)
    pin = derive_pin(clave_idempotencia=key, folio=folio)
    peticion.folio, peticion.pin_hash = folio, hash_pin(folio=folio, pin=pin)
    peticion.busqueda = search_text(peticion)
    insert_all([peticion])
    parts = [plan.person, *plan.datos, plan.turno, plan.plazo]
    for row in parts:
        # Again, now that it has a key.
        row.peticion = peticion
    insert_all(parts)
    files = new_attachments(
        peticion, plan.filing.adjuntos, act="presentacion", actor=actor, now=plan.now
    )
    publish_all(_facts(plan, files, actor), now=plan.now, created=peticion)
    return Filed(peticion, pin, created=True)


def _facts(plan: _Plan, files: list[Adjunto], actor) -> list[tuple]:
    peticion = plan.peticion
    facts = [(_filed_event(peticion), actor), *attachment_events(peticion, files, actor)]
    facts.append((deadline_set(peticion, plan.plazo, "filed"), SYSTEM))
    if peticion.estado == Estado.TURNADA:
        facts.append((_assigned_event(peticion, plan.turno), SYSTEM))
    return facts


def _filed_event(peticion: Peticion) -> PeticionFiled:
    return PeticionFiled(
        peticion_id=peticion.pk,
        folio=peticion.folio,
        servicio_id=peticion.servicio_id,
        canal=peticion.canal,
        huella=peticion.huella,
    )


def _assigned_event(peticion: Peticion, turno: Turno) -> PeticionAssigned:
    return PeticionAssigned(
        peticion_id=peticion.pk,
        turno_id=turno.pk,
        dependencia_id=turno.dependencia_id,
        desde_id=None,
        automatic=True,
    )
