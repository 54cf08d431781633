"""What the page of a batch shows."""

from django.utils.translation import gettext as _

from portal.ui import dates

from .batch_policies import LotePolicy
from .batch_selectors import Counts, counts_of, faulty_rows
from .constants import EstadoFila, EstadoLote, FormaEmision
from .models import FilaLote, LoteDocumento

TONES = {
    EstadoLote.PREPARADO: "brand",
    EstadoLote.EMITIENDO: "live",
    EstadoLote.PAUSADO: "late",
    EstadoLote.TERMINADO: "ok",
    EstadoLote.CANCELADO: "",
}
FIRST_FAULTS = 20
LAST_ISSUED = 10


def page_context(lote: LoteDocumento, viewer) -> dict:
    """Everything but the breadcrumb; five queries whatever the size of the batch."""
    counts = counts_of(lote)
    policy = LotePolicy(viewer)
    running = lote.estado == EstadoLote.EMITIENDO
    waits = lote.estado in (EstadoLote.PREPARADO, EstadoLote.PAUSADO)
    ways = policy.ways(lote)
    may_go_on = not lote.forma or lote.forma in ways
    return {
        "lote": lote,
        "cuentas": counts,
        "tono": TONES[lote.estado],
        "totales": _totals(counts),
        "datos": _facts(lote),
        "faltas": list(faulty_rows(lote)[:FIRST_FAULTS]),
        "mas_faltas": max(0, counts.con_errores + counts.fallidas - FIRST_FAULTS),
        "ultimas": _issued(lote) if counts.emitidas else [],
        "en_marcha": running,
        "puede_emitir": waits and counts.pendientes and bool(ways) and may_go_on,
        "espera_firmante": waits and counts.pendientes and not may_go_on,
        "puede_cancelar": (running or waits) and policy.can_cancel(lote),
        "puede_reintentar": lote.estado == EstadoLote.TERMINADO
        and counts.fallidas
        and lote.datos_borrados_en is None,
        "en_bandeja": counts.por_firmar if lote.forma == FormaEmision.POR_FIRMAR else 0,
    }


def _totals(counts: Counts) -> list[dict]:
    found = [
        {"label": _("Filas con datos"), "value": counts.total},
        {"label": _("Correctas"), "value": counts.buenas},
    ]
    if counts.con_errores:
        found.append({"label": _("Con errores"), "value": counts.con_errores})
    if counts.emitidas:
        found.append({"label": _("Emitidas"), "value": counts.emitidas})
    if counts.fallidas:
        found.append({"label": _("No se pudo"), "value": counts.fallidas})
    if counts.canceladas:
        found.append({"label": _("Canceladas"), "value": counts.canceladas})
    return found


def _facts(lote: LoteDocumento) -> list[dict]:
    found = [
        {"label": _("Tipo"), "value": lote.tipo.nombre},
        {"label": _("Asunto"), "value": lote.asunto},
        {"label": _("En nombre de"), "value": lote.dependencia.nombre},
        {"label": _("Lo preparó"), "value": str(lote.autor)},
        {"label": _("Preparado"), "value": dates.date_time(lote.creado_en)},
        {"label": _("Archivo"), "value": lote.nombre_archivo},
    ]
    if lote.firmante:
        found.append({"label": _("Firma"), "value": str(lote.firmante)})
    if lote.forma:
        found.append({"label": _("Cómo se emite"), "value": lote.get_forma_display()})
    if lote.autorizado_por:
        value = _("%(name)s, %(when)s") % {
            "name": lote.autorizado_por,
            "when": dates.date_time(lote.autorizado_en),
        }
        found.append({"label": _("Autorizó"), "value": value})
    if lote.huella:
        found.append({"label": _("Huella de lo autorizado"), "value": lote.huella})
    if lote.terminado_en:
        found.append({"label": _("Terminó"), "value": dates.date_time(lote.terminado_en)})
    return found


def _issued(lote: LoteDocumento) -> list[FilaLote]:
    rows = lote.filas.filter(estado=EstadoFila.EMITIDA).select_related("documento")
    return list(rows.order_by("-numero")[:LAST_ISSUED])
