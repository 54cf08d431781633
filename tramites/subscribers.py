"""What follows from what happens to a case: notices to its citizen, and terms counted again."""

import datetime as dt

from notificaciones.services import Recipient, enqueue
from portal.core.calendar_events import CalendarChanged
from portal.core.events import EventContext, subscribe
from portal.core.rows import one_or_none

from .constants import Estado
from .events import (
    CorrectionRequested,
    DeadlineSet,
    DeclaredNotCompetent,
    PeticionAnswered,
    PeticionAssigned,
    PeticionCancelled,
    PeticionConcluded,
    PeticionDismissed,
    PeticionEvent,
    PeticionFiled,
    PeticionMerged,
    PeticionReopened,
    TermExtended,
)
from .links import follow_up_url
from .models import Plazo, Prevencion, Respuesta, Solicitante
from .services.calendar import recompute_citizen_limits, recompute_open_cases
from .tasks import recompute_in_background

STATUS, REQUIREMENT = "estado", "requerimiento"
#: What a notice needs to know of a person and of their case.
NOTICED = (
    *("telefono", "telefono_verificado_en", "correo", "correo_verificado_en", "idioma"),
    *("peticion__folio", "peticion__estado", "peticion__sensible"),
    *("peticion__vence_en", "peticion__pin_hash"),
    *("peticion__servicio__nombre", "peticion__dependencia__nombre"),
)
#: Terms counted again within the act that changed the calendar; the rest follow in the background.
AT_ONCE = 300


def register() -> None:
    """Called once, when the app is ready."""
    for event_class, handler in HANDLERS:
        subscribe(event_class, handler)


# notices


def _tell(
    event: PeticionEvent,
    context: EventContext,
    notice: str,
    *,
    category: str = STATUS,
    **variables,
) -> None:
    """Leave a notice for the citizen of the case, if they gave an address that is theirs."""
    rows = Solicitante.objects.select_related("peticion__servicio", "peticion__dependencia")
    person = one_or_none(rows.only(*NOTICED).filter(peticion_id=event.peticion_id))
    if person is not None:
        _leave(person, event, context, notice, category, variables)


def _leave(person: Solicitante, event, context: EventContext, notice, category, variables) -> None:
    recipients = verified_recipients(person)
    if not recipients:
        return
    peticion = person.peticion
    enqueue(
        clave=f"peticion:{peticion.pk}:{event.event_type()}:{context.record.sequence}",
        evento=notice,
        canales=recipients,
        idioma=person.idioma,
        variables={
            "folio": peticion.folio,
            # A lock screen is read by others: a sensitive matter is not named.
            "servicio": "" if peticion.sensible else peticion.servicio.nombre,
            "dependencia": "" if peticion.sensible else peticion.dependencia.nombre,
            "vence": peticion.vence_en or "",
            "enlace": follow_up_url(peticion, person.idioma),
        }
        | variables,
        categoria=category,
        now=context.now,
        referencia=f"peticion:{peticion.pk}",
        sensible=peticion.sensible,
    )


def verified_recipients(person: Solicitante) -> list[Recipient]:
    """The addresses the person proved to be theirs."""
    recipients = []
    if person.telefono and person.telefono_verificado_en:
        recipients.append(Recipient("sms", person.telefono))
    if person.correo and person.correo_verificado_en:
        recipients.append(Recipient("correo", person.correo))
    return recipients


def on_filed(event: PeticionFiled, context: EventContext) -> None:
    _tell(event, context, "peticion_recibida")


def on_assigned(event: PeticionAssigned, context: EventContext) -> None:
    """Routing at filing is told by the receipt; a person's decision has its own notice."""
    if not event.automatic:
        _tell(event, context, "peticion_turnada")


def on_correction_requested(event: CorrectionRequested, context: EventContext) -> None:
    row = Prevencion.objects.get(pk=event.prevencion_id)
    _tell(
        event,
        context,
        "correccion_solicitada",
        category=REQUIREMENT,
        vence=row.vence,
        texto=row.texto,
    )


def on_extended(event: TermExtended, context: EventContext) -> None:
    _tell(event, context, "plazo_ampliado", vence=dt.datetime.fromisoformat(event.vence))


def on_answered(event: PeticionAnswered, context: EventContext) -> None:
    """The people whose cases were merged into this one are answered by it too."""
    row = Respuesta.objects.get(pk=event.respuesta_id)
    variables = {"resultado": row.get_resultado_display(), "vence": ""}
    _tell(event, context, "peticion_respondida", **variables)
    merged = Solicitante.objects.select_related("peticion__servicio", "peticion__dependencia")
    for person in merged.filter(
        peticion__acumulada_en_id=event.peticion_id, peticion__estado=Estado.ACUMULADA
    ):
        _leave(person, event, context, "peticion_respondida", STATUS, variables)


def on_concluded(event: PeticionConcluded, context: EventContext) -> None:
    _tell(event, context, "peticion_concluida", vence="")


def on_dismissed(event: PeticionDismissed, context: EventContext) -> None:
    _tell(event, context, "peticion_desechada", vence="")


def on_not_competent(event: DeclaredNotCompetent, context: EventContext) -> None:
    row = Respuesta.objects.get(pk=event.respuesta_id)
    _tell(
        event,
        context,
        "no_competente",
        vence="",
        autoridad=row.autoridad_competente,
        resultado=row.autoridad_competente,
    )


def on_merged(event: PeticionMerged, context: EventContext) -> None:
    _tell(event, context, "peticion_acumulada", vence="")


def on_cancelled(event: PeticionCancelled, context: EventContext) -> None:
    _tell(event, context, "peticion_cancelada", vence="")


def on_reopened(event: PeticionReopened, context: EventContext) -> None:
    _tell(event, context, "peticion_reabierta")


def on_deadline_set(event: DeadlineSet, context: EventContext) -> None:
    """Only a change of the calendar, and only if it moved the last day, is news by itself."""
    if event.cause != "calendar" or event.vence is None:
        return
    rows = Plazo.objects.filter(peticion_id=event.peticion_id, pk__lt=event.plazo_id)
    before = rows.order_by("-pk").values_list("vence", flat=True).first()
    vence = dt.datetime.fromisoformat(event.vence)
    if before != vence:
        _tell(event, context, "plazo_recalculado", vence=vence)


# the calendar


def on_calendar_changed(event: CalendarChanged, context: EventContext) -> None:
    """
    Count again what the new days touch.

    Up to a few hundred cases in the same transaction as the change: both or neither. What is left
    goes to the background in pieces, so that the change does not hold the cases for minutes; each
    case left out is found again by the version of the calendar its term was counted with.
    """
    fechas = [dt.date.fromisoformat(text) for text in event.fechas]
    recompute_citizen_limits(fechas=fechas, now=context.now)
    _changed, more = recompute_open_cases(fechas=fechas, now=context.now, limit=AT_ONCE)
    if more is not None:
        recompute_in_background(event.fechas, after_id=more)


HANDLERS = (
    (PeticionFiled, on_filed),
    (PeticionAssigned, on_assigned),
    (CorrectionRequested, on_correction_requested),
    (TermExtended, on_extended),
    (PeticionAnswered, on_answered),
    (PeticionConcluded, on_concluded),
    (PeticionDismissed, on_dismissed),
    (DeclaredNotCompetent, on_not_competent),
    (PeticionMerged, on_merged),
    (PeticionCancelled, on_cancelled),
    (PeticionReopened, on_reopened),
    (DeadlineSet, on_deadline_set),
    (CalendarChanged, on_calendar_changed),
)
