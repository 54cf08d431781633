"""What follows when a charge moves: a letter to whoever must act next."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, User
from portal.accounts.models.user import in_force_on
from portal.core.events import EventContext, subscribe
from portal.core.time import local_date
from portal.ui.dates import long_date

from .events import ChargeDue, ChargeExtended, ChargeGiven, ChargeReported, ChargeSentBack
from .models import Encargo


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(ChargeGiven, tell_given)
    subscribe(ChargeSentBack, tell_sent_back)
    subscribe(ChargeExtended, tell_extended)
    subscribe(ChargeReported, tell_reported)
    subscribe(ChargeDue, tell_due)


def tell_given(event: ChargeGiven, context: EventContext) -> None:
    """Whoever answers for it learns of it."""
    text = _("Tiene un encargo nuevo, %(folio)s. Vence el %(day)s. Acuse recibo en su página.")
    _tell(event.encargo_id, _("Le hicieron un encargo"), text, context)


def tell_sent_back(event: ChargeSentBack, context: EventContext) -> None:
    """The report was not enough."""
    text = _("La Secretaría devolvió el encargo %(folio)s. El motivo está en su página.")
    _tell(event.encargo_id, _("Le devolvieron un encargo"), text, context)


def tell_extended(event: ChargeExtended, context: EventContext) -> None:
    """There is more time."""
    text = _("Se amplió el plazo del encargo %(folio)s: ahora vence el %(day)s.")
    _tell(event.encargo_id, _("Se amplió el plazo de un encargo"), text, context)


def tell_due(event: ChargeDue, context: EventContext) -> None:
    """The last day is near, or past."""
    if event.vencido:
        text = _("El encargo %(folio)s venció el %(day)s y sigue sin cumplirse.")
        _tell(event.encargo_id, _("Tiene un encargo vencido"), text, context)
        return
    text = _("El encargo %(folio)s vence el %(day)s.")
    _tell(event.encargo_id, _("Recordatorio: un encargo está por vencer"), text, context)


def tell_reported(event: ChargeReported, context: EventContext) -> None:
    """Whoever gave it learns that it waits to be looked at."""
    if not event.concluye:
        return
    row = Encargo.objects.select_related("autor").get(pk=event.encargo_id)
    if row.autor is not None:
        text = _("La dependencia da por cumplido el encargo %(folio)s. Falta que lo valide.")
        _write(row, [row.autor], _("Un encargo espera que lo valide"), text, context)


def _tell(encargo_id: int, subject: str, text: str, context: EventContext) -> None:
    row = Encargo.objects.select_related("responsable").get(pk=encargo_id)
    _write(row, _answering(row, context), subject, text, context)


def _answering(row: Encargo, context: EventContext) -> list[User]:
    """The person responsible, or whoever attends the office."""
    if row.responsable is not None:
        return [row.responsable]
    posts = Adscripcion.objects.filter(
        in_force_on(local_date(context.now)),
        dependencia_id=row.dependencia_id,
        rol__in=(Rol.TITULAR, Rol.ENLACE),
    )
    return list(
        {post.usuario_id: post.usuario for post in posts.select_related("usuario")}.values()
    )


def _write(
    row: Encargo, people: Iterable[User], subject: str, text: str, context: EventContext
) -> None:
    boxes = {person.pk: person.email for person in people if person.is_active and person.email}
    if not boxes:
        return
    url = reverse("coordinacion:encargo", args=[row.pk])
    enqueue(
        clave=f"encargo:{row.pk}:{context.record.sequence}",
        evento="aviso_personal",
        canales=[Recipient(Canal.CORREO, box) for box in boxes.values()],
        idioma="es",
        variables={
            "asunto": subject,
            "texto": text % {"folio": row.folio, "day": long_date(row.vence)},
            "enlace": f"{settings.PUBLIC_URL.rstrip('/')}{url}",
        },
        categoria=Categoria.REQUERIMIENTO,
        now=context.now,
        referencia=f"encargo:{row.pk}",
    )
