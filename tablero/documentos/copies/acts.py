"""The acts on a request for a copy: the address of each, its words, its form and its service."""

from django.utils.translation import gettext_lazy as _

from tablero.shared.acts import Act, offered_of

from ..constants import EstadoCopia
from ..forms import ActForm
from ..models import SolicitudCopia
from . import certifying, services
from .forms import DeliverForm, PaymentForm, RejectForm
from .policies import CopiaPolicy

_E = EstadoCopia


def _pay(*, copia_id, actor, now, cambios, **values):
    payment = services.Payment(**values)
    return services.record_payment(
        copia_id=copia_id, payment=payment, actor=actor, now=now, cambios=cambios
    )


ACTS = (
    Act(
        "pago",
        "attend",
        (_E.SOLICITADA,),
        _("Asentar el pago o la exención"),
        "dinero",
        PaymentForm,
        _pay,
        done=_("La solicitud está lista para certificar."),
        button=_("Asentar"),
        primary=True,
    ),
    Act(
        "certificar",
        "certify",
        (_E.LISTA,),
        _("Certificar"),
        "sello",
        ActForm,
        certifying.certify_copy,
        done=_("La certificación está lista y espera su firma."),
        button=_("Preparar la certificación"),
        help=_(
            "Coteje primero la copia con el original. Se escribe la certificación con las páginas"
            " dentro, y queda para la firma de quien certifica. El número se toma al firmar."
        ),
        primary=True,
    ),
    Act(
        "entregar",
        "attend",
        (_E.CERTIFICADA,),
        _("Entregar"),
        "persona",
        DeliverForm,
        services.deliver_copy,
        done=_("Quedó asentada la entrega."),
        button=_("Asentar la entrega"),
        primary=True,
    ),
    Act(
        "rechazar",
        "attend",
        (_E.SOLICITADA, _E.LISTA),
        _("Rechazar"),
        "cerrar",
        RejectForm,
        services.reject_copy,
        done=_("La solicitud quedó rechazada."),
        button=_("Rechazar la solicitud"),
        danger=True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def offered(row: SolicitudCopia, policy: CopiaPolicy) -> list[Act]:
    """The acts that a person may do to it as it stands, in the order of the page."""
    return offered_of(ACTS, row, policy)
