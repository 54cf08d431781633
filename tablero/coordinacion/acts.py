"""The acts on a charge: the address of each, its words, its form and its service."""

from django.utils.translation import gettext_lazy as _

from tablero.shared.acts import Act, offered_of

from . import services
from .constants import OPEN_STATES, EstadoEncargo
from .forms import ChangesForm, EndForm, ExtendForm, ReasonForm, ReportForm
from .models import Encargo
from .policies import EncargoPolicy

_E = EstadoEncargo


def _report(*, texto, avance, concluye, archivos, **given):
    report = services.Report(
        texto=texto, avance=avance, concluye=concluye, archivos=tuple(archivos or ())
    )
    return services.report_charge(report=report, **given)


ACTS = (
    Act(
        "acusar",
        "answer",
        (_E.PENDIENTE,),
        _("Acusar recibo"),
        "listo",
        ChangesForm,
        services.acknowledge_charge,
        done=_("Quedó acusado de recibo."),
        help=_("Hace constar que la dependencia ya lo conoce y se hace cargo."),
        primary=True,
    ),
    Act(
        "informar",
        "answer",
        (_E.PENDIENTE, _E.EN_PROCESO),
        _("Informar"),
        "editar",
        ReportForm,
        _report,
        done=_("El informe quedó entregado."),
        help=_("Diga cómo va. Para darlo por cumplido adjunte la evidencia."),
    ),
    Act(
        "validar",
        "manage",
        (_E.POR_VALIDAR,),
        _("Dar por cumplido"),
        "listo",
        ChangesForm,
        services.validate_charge,
        done=_("El encargo quedó cumplido."),
        help=_("Revise antes el último informe y su evidencia."),
        primary=True,
    ),
    Act(
        "devolver",
        "manage",
        (_E.POR_VALIDAR,),
        _("Devolver"),
        "devolver",
        ReasonForm,
        services.send_charge_back,
        done=_("El encargo volvió a la dependencia."),
        help=_("Diga qué falta. Lo leerá quien debe cumplirlo."),
    ),
    Act(
        "ampliar",
        "manage",
        OPEN_STATES,
        _("Ampliar el plazo"),
        "reloj",
        ExtendForm,
        services.extend_charge,
        done=_("El plazo quedó ampliado."),
        help=_("La fecha anterior y el motivo quedan en su historia."),
    ),
    Act(
        "terminar",
        "manage",
        OPEN_STATES,
        _("Terminar sin cumplir"),
        "cerrar",
        EndForm,
        services.end_charge,
        done=_("El encargo quedó terminado."),
        help=_("Un encargo terminado ya no se reabre."),
        danger=True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def offered(row: Encargo, policy: EncargoPolicy) -> list[Act]:
    """The acts that a person may do to it as it stands, in the order of the page."""
    return offered_of(ACTS, row, policy)
