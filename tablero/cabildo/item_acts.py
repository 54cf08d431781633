"""The acts on an item: the address of each, its words, its form and its service."""

from django.utils.translation import gettext_lazy as _

from tablero.shared.acts import Act, offered_of
from tablero.shared.forms import ChangesForm, ReasonForm

from . import services
from .constants import DRAFT_STATES, FINAL_STATES, EstadoAsunto
from .forms.items import ReferForm, ReportForm
from .item_policies import AsuntoPolicy
from .models import Asunto

_E = EstadoAsunto


def _refer(*, comision, **given):
    return services.refer_item(comision_id=comision.pk, **given)


ACTS = (
    Act(
        "entregar",
        "edit",
        DRAFT_STATES,
        _("Entregar a revisión"),
        "turnar",
        ChangesForm,
        services.submit_item,
        done=_("La Secretaría ya lo tiene para revisarlo."),
        help=_("Mientras se revisa ya no se cambia el texto; sí se agregan anexos."),
        primary=True,
    ),
    Act(
        "validar",
        "review",
        (_E.EN_REVISION,),
        _("Validar"),
        "listo",
        ChangesForm,
        services.validate_item,
        done=_("El asunto quedó validado."),
        help=_("Está completo y bien fundado: puede ir a comisión o a una sesión."),
        primary=True,
    ),
    Act(
        "turnar",
        "review",
        (_E.VALIDADO,),
        _("Turnar a comisión"),
        "personas",
        ReferForm,
        _refer,
        done=_("El asunto se turnó a la comisión."),
        primary=True,
    ),
    Act(
        "dictamen",
        "report",
        (_E.TURNADO,),
        _("Asentar el dictamen"),
        "documento",
        ReportForm,
        services.report_item,
        done=_("Quedó asentado el dictamen."),
        primary=True,
    ),
    Act(
        "devolver",
        "review",
        (_E.EN_REVISION, _E.VALIDADO),
        _("Devolver"),
        "devolver",
        ReasonForm,
        services.send_item_back,
        done=_("El asunto se devolvió."),
        help=_("Diga qué debe cambiar. Lo leerá quien lo propone."),
    ),
    Act(
        "retirar",
        "withdraw",
        tuple(state for state in _E if state not in FINAL_STATES),
        _("Retirar"),
        "cerrar",
        ReasonForm,
        services.withdraw_item,
        done=_("El asunto quedó retirado."),
        help=_("Un asunto retirado ya no se discute. Para traerlo otra vez se empieza de nuevo."),
        danger=True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def offered(row: Asunto, policy: AsuntoPolicy) -> list[Act]:
    """The acts that a person may do to it as it stands, in the order of the page."""
    return offered_of(ACTS, row, policy)
