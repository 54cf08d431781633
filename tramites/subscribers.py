"""What follows from what happens to a case: notices, documents, and terms counted again."""

import datetime as dt

from notificaciones.services import Recipient, enqueue
from portal.core.calendar_events import CalendarChanged
from portal.core.events import EventContext, subscribe
from portal.core.rows import one_or_none
from portal.documents.events import DocumentoCancelled, DocumentoCompleted, DocumentoSuperseded
from portal.documents.models import Documento

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
    PeticionLinked,
    PeticionMerged,
    PeticionReopened,
    TermExtended,
)
from .links import follow_up_url
from .models import Plazo, Prevencion, Prorroga, Respuesta, Solicitante, Vinculo
from .papers import case_of
from .services.calendar import recompute_citizen_limits, recompute_open_cases
from .services.documents import note_ended, note_issued, owe_document
from .tasks import issue_owed_document, recompute_in_background

STATUS, REQUIREMENT = "estado", "requerimiento"
#: Tells a notice that the act leaves a document, which is found at its link.
DOCUMENT = "sí"
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
    person = _person_of(event, context)
    if person is not None:
        _leave(person, event, context, notice, category, variables)


def _person_of(event: PeticionEvent, context: EventContext) -> Solicitante | None:
    if context.created is not None:
        return context.created.solicitante
    rows = Solicitante.objects.select_related("peticion__servicio", "peticion__dependencia")
    return one_or_none(rows.only(*NOTICED).filter(peticion_id=event.peticion_id))


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
        documento=DOCUMENT,
    )


def on_extended(event: TermExtended, context: EventContext) -> None:
    vence = dt.datetime.fromisoformat(event.vence)
    _tell(event, context, "plazo_ampliado", vence=vence, documento=DOCUMENT)


def on_answered(event: PeticionAnswered, context: EventContext) -> None:
    """The people whose cases were merged into this one are answered by it too."""
    row = Respuesta.objects.get(pk=event.respuesta_id)
    variables = {"resultado": row.get_resultado_display(), "vence": ""}
    # Its document names who filed it: it is theirs alone.
    _tell(event, context, "peticion_respondida", documento=DOCUMENT, **variables)
    merged = Solicitante.objects.select_related("peticion__servicio", "peticion__dependencia")
    for person in merged.filter(
        peticion__acumulada_en_id=event.peticion_id, peticion__estado=Estado.ACUMULADA
    ):
        _leave(person, event, context, "peticion_respondida", STATUS, variables)


def on_concluded(event: PeticionConcluded, context: EventContext) -> None:
    _tell(event, context, "peticion_concluida", vence="")


def on_dismissed(event: PeticionDismissed, context: EventContext) -> None:
    _tell(event, context, "peticion_desechada", vence="", documento=DOCUMENT)


def on_not_competent(event: DeclaredNotCompetent, context: EventContext) -> None:
    row = Respuesta.objects.get(pk=event.respuesta_id)
    _tell(
        event,
        context,
        "no_competente",
        vence="",
        documento=DOCUMENT,
        autoridad=row.autoridad_competente,
        resultado=row.autoridad_competente,
    )


def on_merged(event: PeticionMerged, context: EventContext) -> None:
    _tell(event, context, "peticion_acumulada", vence="")


def on_cancelled(event: PeticionCancelled, context: EventContext) -> None:
    _tell(event, context, "peticion_cancelada", vence="")


def on_reopened(event: PeticionReopened, context: EventContext) -> None:
    _tell(event, context, "peticion_reabierta")


def on_linked(event: PeticionLinked, context: EventContext) -> None:
    """In the words of the room that has it, which say nothing of a sensitive matter."""
    person = _person_of(event, context) if event.avisar else None
    if person is None:
        return
    row = Vinculo.objects.get(pk=event.vinculo_id)
    words = {"texto": row.said(person.idioma), "vence": ""}
    _leave(person, event, context, "peticion_en_cabildo", STATUS, words)


def on_deadline_set(event: DeadlineSet, context: EventContext) -> None:
    """Only a change of the calendar, and only if it moved the last day, is news by itself."""
    if event.cause != "calendar" or event.vence is None:
        return
    rows = Plazo.objects.filter(peticion_id=event.peticion_id, pk__lt=event.plazo_id)
    before = rows.order_by("-pk").values_list("vence", flat=True).first()
    vence = dt.datetime.fromisoformat(event.vence)
    if before != vence:
        _tell(event, context, "plazo_recalculado", vence=vence)


# documents


def owe_correction(event: CorrectionRequested, context: EventContext) -> None:
    _owe(Prevencion, event.prevencion_id, context)


def owe_extension(event: TermExtended, context: EventContext) -> None:
    _owe(Prorroga, event.prorroga_id, context)


def owe_resolution(
    event: PeticionAnswered | PeticionDismissed | DeclaredNotCompetent, context: EventContext
) -> None:
    _owe(Respuesta, event.respuesta_id, context)


def _owe(model: type, pk: int, context: EventContext) -> None:
    """The act owes its document from this very transaction on; the worker issues it after it."""
    rows = model.objects.select_related("peticion__servicio", "peticion__dependencia")
    owed = owe_document(row=rows.get(pk=pk), actor=context.actor, now=context.now)
    if owed is not None:
        issue_owed_document.enqueue(owed.pk)


def on_document_completed(event: DocumentoCompleted, context: EventContext) -> None:
    case = _case_of_document(event.documento_id)
    if case is not None:
        note_issued(
            peticion_id=case,
            documento_id=event.documento_id,
            folio=event.folio,
            sha256=event.sha256,
            actor=context.actor,
            now=context.now,
        )


def on_document_ended(
    event: DocumentoSuperseded | DocumentoCancelled, context: EventContext
) -> None:
    documento = Documento.objects.only("origen", "folio", "estado").get(pk=event.documento_id)
    case = case_of(documento.origen)
    if case is not None:
        note_ended(
            peticion_id=case,
            documento_id=documento.pk,
            folio=documento.folio or "",
            estado=documento.estado,
            actor=context.actor,
            now=context.now,
        )


def _case_of_document(documento_id: int) -> int | None:
    return case_of(Documento.objects.values_list("origen", flat=True).get(pk=documento_id))


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
    (PeticionLinked, on_linked),
    (DeadlineSet, on_deadline_set),
    (CorrectionRequested, owe_correction),
    (TermExtended, owe_extension),
    (PeticionAnswered, owe_resolution),
    (PeticionDismissed, owe_resolution),
    (DeclaredNotCompetent, owe_resolution),
    (DocumentoCompleted, on_document_completed),
    (DocumentoSuperseded, on_document_ended),
    (DocumentoCancelled, on_document_ended),
    (CalendarChanged, on_calendar_changed),
)
