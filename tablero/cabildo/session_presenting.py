"""Sessions as the pages show them."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import NotFoundError
from portal.core.models import EventRecord
from portal.core.time import local_moment
from portal.documents.constants import EstadoNotificacion
from portal.documents.models import NotificacionDocumento
from tablero.shared.timelines import REFUSED, timeline_of

from .constants import EstadoSesion, TipoSesion
from .models import Sesion
from .services.convening import legal_start
from .wording import earliest_words

_E = EstadoSesion
TONES = {
    _E.PREPARACION: "",
    _E.CONVOCADA: "brand",
    _E.EN_CURSO: "ok",
    _E.RECESO: "soon",
    _E.CONCLUIDA: "ok",
    _E.NO_CELEBRADA: "late",
    _E.CANCELADA: "late",
}
#: Words and icon of each fact of a session.
TOLD = {
    "SessionSaved": (gettext_lazy("Se guardaron sus datos"), "editar"),
    "PointAdded": (gettext_lazy("Se agregó un asunto al orden del día"), "mas"),
    "PointRemoved": (gettext_lazy("Se quitó un asunto del orden del día"), "menos"),
    "PointMoved": (gettext_lazy("Se movió un asunto del orden del día"), "turnar"),
    "SessionConvened": (gettext_lazy("Se convocó"), "campana"),
    "RollCalled": (gettext_lazy("Se pasó lista"), "lista"),
    "SessionNotHeld": (gettext_lazy("Se declaró no celebrada, por falta de quórum"), "cerrar"),
    "MemberEntered": (gettext_lazy("Entró un integrante"), "entrar"),
    "MemberLeft": (gettext_lazy("Salió un integrante"), "salir"),
    "ChairTaken": (gettext_lazy("Cambió quien preside"), "persona"),
    "RecessBegun": (gettext_lazy("Empezó un receso"), "pausa"),
    "FloorAsked": (gettext_lazy("Un integrante pidió la palabra"), "megafono"),
    "FloorWithdrawn": (gettext_lazy("Un integrante ya no pide la palabra"), "devolver"),
    "FloorGiven": (gettext_lazy("Se dio la palabra"), "megafono"),
    "FloorEnded": (gettext_lazy("Terminó de hablar"), "pausa"),
    "SessionActRefused": REFUSED,
    "RecessEnded": (gettext_lazy("Se reanudó"), "repetir"),
    "VoteOpened": (gettext_lazy("Se puso un punto a votación"), "votos"),
    "MemberExcused": (gettext_lazy("Un integrante se excusó de votar"), "menos"),
    "VoteCast": (gettext_lazy("Se asentó un voto"), "votos"),
    "VoteClosed": (gettext_lazy("Se cerró la votación"), "listo"),
    "TieBroken": (gettext_lazy("Decidió el voto de calidad"), "balanza"),
    "SessionClosed": (gettext_lazy("Se clausuró"), "sello"),
    "SessionCancelled": (gettext_lazy("Se canceló"), "cerrar"),
}


def legal_words(now: dt.datetime) -> list[dict]:
    """For each type of session, from when on one noticed now may be held."""
    found = []
    for tipo in TipoSesion:
        try:
            _row, rule, earliest = legal_start(tipo, now)
        except NotFoundError as error:
            found.append({"tipo": tipo.label, "dice": str(error.message)})
            continue
        found.append({"tipo": tipo.label, "dice": earliest_words(rule, earliest)})
    return found


def notice_standing(sesion: Sesion, now: dt.datetime) -> dict:
    """Whether a session that is prepared may be noticed now: words and tone."""
    try:
        _row, rule, earliest = legal_start(sesion.tipo, now)
    except NotFoundError as error:
        return {"tono": "late", "dice": str(error.message)}
    words = earliest_words(rule, earliest)
    if sesion.inicia_en >= earliest.desde:
        return {"tono": "ok", "dice": _("Si se convoca ahora está a tiempo. %(w)s") % {"w": words}}
    if rule.urgencia and sesion.urgencia:
        line = _("Es antes de lo ordinario, con urgencia fundada. %(w)s")
        return {"tono": "soon", "dice": line % {"w": words}}
    line = _("Ya no está a tiempo: cambie el día o la hora. %(w)s")
    if rule.urgencia:
        line = _("Ya no está a tiempo: cambie el día o la hora, o funde la urgencia. %(w)s")
    return {"tono": "late", "dice": line % {"w": words}}


def proof_of(row: NotificacionDocumento) -> dict:
    """How far the notice of a member is: words, tone and when."""
    if row.estado == EstadoNotificacion.PRACTICADA:
        return {"dice": _("Recibida"), "tono": "ok", "en": row.practicada_en}
    if row.abierta_en:
        return {"dice": _("Abierta, sin acuse"), "tono": "brand", "en": row.abierta_en}
    if row.enviada_en:
        return {"dice": _("Enviada"), "tono": "brand", "en": row.enviada_en}
    tone = "late" if row.estado == EstadoNotificacion.FALLIDA else "soon"
    return {"dice": row.get_estado_display(), "tono": tone, "en": None}


def local_parts(moment: dt.datetime) -> dict:
    """Day and hour of a moment in the municipality's zone, as the form takes them."""
    local = local_moment(moment)
    return {"dia": local.date(), "hora": local.time()}


def session_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of a session."""
    return timeline_of(records, TOLD, done=("SessionConvened",))
