"""The acts on an item: the address of each, its words, its form and its service."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import services
from .constants import DRAFT_STATES, FINAL_STATES, EstadoAsunto
from .forms.items import ChangesForm, ReasonForm, ReferForm, ReportForm
from .item_policies import AsuntoPolicy
from .models import Asunto

_E = EstadoAsunto
Words = str | Promise


@dataclass(frozen=True)
class ItemAct:
    """An act as the page of an item offers it; ``action`` is its name in the policy."""

    slug: str
    action: str
    states: tuple[str, ...]
    label: Words
    icon: str
    form: type[ChangesForm]
    service: Callable
    done: Words
    help: Words = ""
    primary: bool = False
    danger: bool = False


def _refer(*, comision, **given):
    return services.refer_item(comision_id=comision.pk, **given)


ACTS = (
    ItemAct(
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
    ItemAct(
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
    ItemAct(
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
    ItemAct(
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
    ItemAct(
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
    ItemAct(
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


def offered(row: Asunto, policy: AsuntoPolicy) -> list[ItemAct]:
    """The acts that a person may do to it as it stands, in the order of the page."""
    return [
        act
        for act in ACTS
        if row.estado in act.states and getattr(policy, f"can_{act.action}")(row)
    ]
