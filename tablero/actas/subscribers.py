"""What follows when an acta moves: a letter to whoever must do something with it."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.core.events import EventContext, subscribe
from portal.ui.dates import long_date
from tablero.cabildo.models import Integrante

from .events import ActaApproved, ActaCirculated, ActaObservationSettled, ActaSignatureDue
from .models import Acta, ObservacionActa


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(ActaCirculated, tell_circulated)
    subscribe(ActaObservationSettled, tell_settled)
    subscribe(ActaApproved, tell_approved)
    subscribe(ActaSignatureDue, remind)


def tell_circulated(event: ActaCirculated, context: EventContext) -> None:
    """Everybody who was noticed of the session may observe it."""
    acta = _acta(event.acta_id)
    people = Integrante.objects.filter(pk__in=acta.sesion.convocados.values("integrante_id"))
    text = _("Ya puede leer la %(acta)s y observarla hasta el %(day)s.")
    _write(acta, people, _("Un acta espera sus observaciones"), text, context)


def tell_settled(event: ActaObservationSettled, context: EventContext) -> None:
    """Whoever observed learns what came of it."""
    found = ObservacionActa.objects.select_related("integrante").get(pk=event.observacion_id)
    text = _("La Secretaría resolvió su observación a la %(acta)s. La respuesta está en su página.")
    subject = _("Resolvieron su observación a un acta")
    _write(_acta(event.acta_id), [found.integrante], subject, text, context)


def tell_approved(event: ActaApproved, context: EventContext) -> None:
    """Everybody who was there is to sign."""
    acta = _acta(event.acta_id)
    people = Integrante.objects.filter(pk__in=acta.firmas.values("integrante_id"))
    text = _("El Cabildo aprobó la %(acta)s. Falta que la firme.")
    _write(acta, people, _("Le toca firmar un acta"), text, context)


def remind(event: ActaSignatureDue, context: EventContext) -> None:
    """Somebody has not signed."""
    people = Integrante.objects.filter(pk=event.integrante_id)
    text = _("La %(acta)s espera su firma.")
    subject = _("Recordatorio: le toca firmar un acta")
    _write(_acta(event.acta_id), people, subject, text, context)


def _acta(acta_id: int) -> Acta:
    return Acta.objects.select_related("sesion").get(pk=acta_id)


def _write(
    acta: Acta, people: Iterable[Integrante], subject: str, text: str, context: EventContext
) -> None:
    boxes = {person.correo for person in people if person.correo and person.usuario_id}
    if not boxes:
        return
    name = str(acta)
    words = {
        "acta": name[0].lower() + name[1:],
        "day": long_date(acta.observar_hasta) if acta.observar_hasta else "",
    }
    url = reverse("actas:acta", args=[acta.pk])
    enqueue(
        clave=f"acta:{acta.pk}:{context.record.sequence}",
        evento="aviso_personal",
        canales=[Recipient(Canal.CORREO, box) for box in sorted(boxes)],
        idioma="es",
        variables={
            "asunto": subject,
            "texto": text % words,
            "enlace": f"{settings.PUBLIC_URL.rstrip('/')}{url}",
        },
        categoria=Categoria.REQUERIMIENTO,
        now=context.now,
        referencia=f"acta:{acta.pk}",
    )
