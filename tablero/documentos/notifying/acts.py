"""The acts on a notification: the address of each, its words, its form and its service."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.documents import services
from portal.documents.constants import EstadoNotificacion, MedioNotificacion
from portal.documents.models import NotificacionDocumento

from ..forms import ActForm
from .forms import CitatorioForm, FailedForm, PractisedForm

_E, _M = EstadoNotificacion, MedioNotificacion
Words = str | Promise


@dataclass(frozen=True)
class NoticeAct:
    """An act as the page of a notification offers it; ``admits`` says whether its state does."""

    slug: str
    label: Words
    icon: str
    form: type[ActForm]
    service: Callable
    admits: Callable[[NotificacionDocumento], bool]
    done: Words
    button: Words
    help: Words = ""
    primary: bool = False
    danger: bool = False

    def make_form(self, row: NotificacionDocumento, *args, **kwargs) -> ActForm:
        """The form for this notification."""
        context = {"medio": row.medio, "citado": row.estado == _E.CITATORIO}
        return self.form(*args, context=context, **kwargs)


ACTS = (
    NoticeAct(
        "practicada",
        _("Asentar que se practicó"),
        "listo",
        PractisedForm,
        services.practise_notification,
        lambda row: row.pendiente and row.medio != _M.ELECTRONICA,
        done=_("La notificación quedó practicada."),
        button=_("Asentar la notificación"),
        help=_("Surte efectos el día en que se hizo. La constancia escaneada queda con su huella."),
        primary=True,
    ),
    NoticeAct(
        "citatorio",
        _("Asentar que se dejó citatorio"),
        "calendario",
        CitatorioForm,
        services.leave_citatorio,
        lambda row: row.medio == _M.PERSONAL and row.estado == _E.PENDIENTE,
        done=_("Quedó asentado el citatorio."),
        button=_("Asentar el citatorio"),
        help=_(
            "Si la persona no estaba, se le cita a una hora fija del día hábil siguiente. Ese día,"
            " desde esa hora, puede notificarse a quien esté o fijarse el instructivo."
        ),
    ),
    NoticeAct(
        "reenviar",
        _("Enviar otra vez"),
        "repetir",
        ActForm,
        services.resend_notification,
        lambda row: row.estado == _E.ENVIADA,
        done=_("Se envió otra vez."),
        button=_("Enviar otra vez"),
        help=_("Se manda el mismo enlace a la misma dirección; el anterior también sirve."),
        primary=True,
    ),
    NoticeAct(
        "fallida",
        _("No se pudo practicar"),
        "alerta",
        FailedForm,
        services.give_up_notification,
        lambda row: row.pendiente,
        done=_("Quedó asentado que no se pudo."),
        button=_("Asentar que no se pudo"),
        help=_("El enlace o los papeles que se hayan dado dejan de servir."),
        danger=True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def offered(row: NotificacionDocumento) -> list[NoticeAct]:
    """The acts that its state admits, in the order of the page."""
    return [act for act in ACTS if act.admits(row)]
