"""Filing: from what a person hands in to a case with a folio, a PIN, an office and a deadline."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.core.actors import SYSTEM, CitizenActor, SystemActor
from portal.core.clock import Calendar
from portal.core.errors import ConflictError, NotAllowedError
from portal.core.events import publish_all
from portal.core.folios import next_folio
from portal.core.models import ReglaJuridica
from portal.core.rules import rule_in_force
from portal.core.time import local_date

from ..constants import Estado
from ..deadlines import Timing, compute
from ..events import AttachmentAdded, PeticionAssigned, PeticionFiled
from ..models import Adjunto, Peticion, Plazo, ReglaTurno, Solicitante, Turno
from ..pins import derive_pin, hash_pin, pin_matches
from ..policies import PeticionPolicy
from ..routing import Facts, Fallback, Line, Route, route, split_keywords
from ..text import search_text
from .attachments import new_attachments
from .base import author_of, triage_desk
from .clock import apply_timing, calendar_in_force, counting_from, deadline_set, new_plazo
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
    """Everything decided before the first write."""

    filing: Filing
    intake: Intake
    huella: str
    rule: ReglaJuridica
    calendar: Calendar
    timing: Timing
    route: Route
    office: Dependencia
    now: dt.datetime


def file_peticion(*, filing: Filing, actor, now: dt.datetime) -> Filed:
    """
    Take in a petition: folio, PIN, deadline and office, all or nothing.

    Everything is read and checked before the transaction, and the folio's counter is locked as
    its first write, so that filings wait for each other only while rows are written.
    The same ``clave_idempotencia`` gives the same folio and PIN, with ``created=False``.

    :raises InvalidInputError: something handed in cannot be accepted; ``fields`` says what.
    :raises ConflictError: the key was already used for something else.
    :raises NotAllowedError: the actor may not capture for others.
    """
    _require_channel(filing, actor)
    intake = read_filing(filing, now)
    huella = fingerprint(filing, intake)
    known = _already_filed(filing, huella)
    if known is not None:
        return known
    plan = _plan(filing, intake, huella, now)
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
    same_key = Peticion.objects.filter(clave_idempotencia=filing.clave_idempotencia)
    # Nearly always there is none: all its columns are asked for only when there is.
    if not same_key.exists():
        return None
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


def _plan(filing: Filing, intake: Intake, huella: str, now: dt.datetime) -> _Plan:
    received = filing.recibida_en or now
    rule = rule_in_force(intake.servicio.regla, local_date(received))
    calendar = calendar_in_force()
    chosen, office = _route(filing, intake)
    return _Plan(
        filing=filing,
        intake=intake,
        huella=huella,
        rule=rule,
        calendar=calendar,
        timing=compute(counting_from(rule=rule, start=received, calendar=calendar)),
        route=chosen,
        office=office,
        now=now,
    )


def _route(filing: Filing, intake: Intake) -> tuple[Route, Dependencia]:
    servicio = intake.servicio
    rows = list(
        ReglaTurno.objects.filter(
            Q(servicio=None) | Q(servicio=servicio), activa=True, dependencia__activa=True
        )
        .select_related("dependencia")
        .order_by()
    )
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
    chosen = route([line_of(row) for row in rows], facts, fallback)
    offices = {own.pk: own} | {row.dependencia_id: row.dependencia for row in rows}
    return chosen, triage_desk() if chosen.to_desk else offices[chosen.dependencia_id]


def line_of(row: ReglaTurno) -> Line:
    """A row of the routing table as the pure router takes it."""
    return Line(
        pk=row.pk,
        orden=row.orden,
        dependencia_id=row.dependencia_id,
        nota=row.nota,
        servicio_id=row.servicio_id,
        zona_id=row.zona_id,
        canal=row.canal,
        palabras=split_keywords(row.palabras),
        to_desk=row.dependencia.es_ventanilla,
    )


def _write(plan: _Plan, actor) -> Filed:
    serie = settings.MUNICIPIO["prefijo_folio"]
    folio = next_folio(serie=serie, ejercicio=local_date(plan.now).year)
    pin = derive_pin(clave_idempotencia=plan.filing.clave_idempotencia, folio=folio)
    peticion = _new_case(plan, folio, pin, actor)
    if not plan.route.to_desk:
        peticion.assign(dependencia=plan.office, motivo=plan.route.motivo[:300])
    peticion.save(force_insert=True)
    files = _write_parts(plan, peticion, actor)
    turno, plazo = _write_acts(plan, peticion)
    facts = [(_filed_event(peticion), actor)]
    facts += [
        (AttachmentAdded(peticion_id=peticion.pk, adjunto_id=row.pk, sha256=row.sha256), actor)
        for row in files
    ]
    facts.append((deadline_set(peticion, plazo, "filed"), SYSTEM))
    if peticion.estado == Estado.TURNADA:
        facts.append((_assigned_event(peticion, turno), SYSTEM))
    publish_all(facts, now=plan.now, fresh=True)
    return Filed(peticion, pin, created=True)


def _new_case(plan: _Plan, folio: str, pin: str, actor) -> Peticion:
    intake, lugar = plan.intake, plan.intake.lugar
    peticion = Peticion(
        folio=folio,
        tipo=intake.servicio.tipo,
        servicio=intake.servicio,
        canal=plan.filing.canal,
        descripcion=intake.descripcion,
        sensible=intake.servicio.sensible,
        direccion=lugar.direccion,
        referencia=lugar.referencia,
        latitud=lugar.latitud,
        longitud=lugar.longitud,
        colonia=intake.colonia,
        zona=intake.zona,
        dependencia=plan.office,
        capturada_por=author_of(actor),
        motivo_turno=plan.route.motivo[:300],
        recibida_en=plan.filing.recibida_en or plan.now,
        actualizada_en=plan.now,
        regla_clave=plan.rule.clave,
        pin_hash=hash_pin(folio=folio, pin=pin),
        huella=plan.huella,
        clave_idempotencia=plan.filing.clave_idempotencia,
    )
    peticion.busqueda = search_text(peticion)
    apply_timing(peticion, plan.timing)
    return peticion


def _write_parts(plan: _Plan, peticion: Peticion, actor) -> list[Adjunto]:
    contact = plan.intake.contacto
    Solicitante.objects.create(peticion=peticion, **vars(contact))
    for row in plan.intake.datos:
        row.peticion = peticion
    if plan.intake.datos:
        type(plan.intake.datos[0]).objects.bulk_create(plan.intake.datos)
    return new_attachments(
        peticion, plan.filing.adjuntos, act="presentacion", actor=actor, now=plan.now
    )


def _write_acts(plan: _Plan, peticion: Peticion) -> tuple[Turno, Plazo]:
    turno = Turno(
        peticion=peticion,
        creado_en=plan.now,
        dependencia=plan.office,
        motivo=plan.route.motivo,
        regla=plan.route.regla,
    )
    turno.save(force_insert=True)
    plazo = new_plazo(
        peticion, plan.timing, rule=plan.rule, calendar=plan.calendar, cause="filed", now=plan.now
    )
    plazo.save(force_insert=True)
    return turno, plazo


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
