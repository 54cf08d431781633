"""Bodies, seats and rules as the pages show them."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.clock.wording import short_date
from portal.core.models import EventRecord, ReglaJuridica
from portal.core.rule_kinds import read_value
from portal.ui.hemicycle import Dot, Hemicycle, hemicycle
from tablero.shared.timelines import timeline_of

from .constants import ClaseRegla
from .models import Ocupacion
from .rules import MajorityRule, NoticeRule, QuorumRule
from .seating import Seat
from .wording import majority_words, notice_words, quorum_words, second_call_words

#: Members of the example by which a rule of quorum is explained.
EXAMPLE = 13


def seat_lines(seats: list[Seat], day: dt.date) -> list[dict]:
    """The seats as rows of the table: the seat, its state in words, and its tone."""
    return [{"s": seat, **_state(seat, day)} for seat in seats]


def _state(seat: Seat, day: dt.date) -> dict:
    if seat.suple:
        words = _("Suple a %(who)s") % {"who": seat.titular.integrante}
        return {"estado": words, "tono": "soon"}
    if seat.ocupacion is not None:
        return {"estado": _("En funciones"), "tono": "ok"}
    if seat.titular is None:
        return {"estado": _("Vacante"), "tono": ""}
    if seat.ausencia is not None:
        until = seat.ausencia.hasta
        kind = seat.ausencia.get_tipo_display()
        words = (
            _("%(kind)s hasta el %(day)s") % {"kind": kind, "day": short_date(until)}
            if until
            else kind
        )
        return {"estado": words, "tono": "late"}
    return {"estado": _("Falta su protesta"), "tono": "soon"}


def hemicycle_of(seats: list[Seat]) -> Hemicycle:
    """Who holds the seats of a body, as a half circle."""
    dots = []
    for seat in seats:
        state = "instead" if seat.suple else "there" if seat.ocupacion else "empty"
        who = str(seat.integrante or _("sin quien lo ocupe"))
        dots.append(Dot(state, f"{seat.asiento}: {who}"))
    labels = {
        "there": _("En funciones"),
        "instead": _("Suplente en funciones"),
        "empty": _("Sin quien lo ocupe"),
    }
    held = sum(seat.ocupacion is not None for seat in seats)
    title = _("%(held)s de %(all)s asientos ocupados") % {"held": held, "all": len(seats)}
    return hemicycle(dots, title=title, labels=labels)


def rule_words(row: ReglaJuridica) -> list[str]:
    """What a rule says, in lines of plain words."""
    value = read_value(row.clase, row.valor)
    if row.clase == ClaseRegla.QUORUM:
        return _quorum_lines(value)
    if row.clase == ClaseRegla.MAYORIA:
        return _majority_lines(value)
    return _notice_lines(value)


def _quorum_lines(rule: QuorumRule) -> list[str]:
    lines = [quorum_words(rule, EXAMPLE), second_call_words(rule, EXAMPLE)]
    if rule.exige_presidencia:
        lines.append(_("No se sesiona sin quien preside o quien le suple."))
    return lines


def _majority_lines(rule: MajorityRule) -> list[str]:
    lines = [majority_words(rule).capitalize() + "."]
    lines.append(
        {
            "no_cuentan": _("Las abstenciones no se suman a nadie."),
            "con_la_mayoria": _("Las abstenciones se suman a la mayoría."),
            "en_contra": _("Las abstenciones cuentan en contra."),
        }[rule.abstenciones]
    )
    if rule.calidad:
        lines.append(_("Si hay empate, decide el voto de calidad de quien preside."))
    if rule.excusados_fuera:
        lines.append(_("Quien se excusa no cuenta entre los integrantes."))
    return lines


def _notice_lines(rule: NoticeRule) -> list[str]:
    lines = [_("Se convoca con al menos %(notice)s.") % {"notice": notice_words(rule)}]
    if rule.urgencia:
        lines.append(_("Puede celebrarse antes si se funda la urgencia."))
    return lines


#: Words and icon of each fact of a body.
TOLD = {
    "BodyChanged": (gettext_lazy("Se guardaron los datos del órgano"), "editar"),
    "SeatChanged": (gettext_lazy("Se guardaron los datos de un asiento"), "editar"),
    "MemberSeated": (gettext_lazy("Se registró a quien ocupa un asiento"), "persona"),
    "OathTaken": (gettext_lazy("Rindió protesta"), "listo"),
    "SeatLeft": (gettext_lazy("Terminó en su asiento"), "salir"),
    "AbsenceGranted": (gettext_lazy("Se registró una ausencia o se llamó a su suplente"), "pausa"),
    "AbsenceEnded": (gettext_lazy("Terminó una ausencia"), "repetir"),
}


def body_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of a body, with the person and the seat of each fact."""
    who = _named(records)
    return timeline_of(records, TOLD, text=lambda row: who.get(row.payload.get("ocupacion_id"), ""))


def _named(records: list[EventRecord]) -> dict[int, str]:
    """Person and seat of each holding the records speak of."""
    ids = {row.payload["ocupacion_id"] for row in records if "ocupacion_id" in row.payload}
    rows = Ocupacion.objects.filter(pk__in=ids).select_related("integrante", "asiento")
    return {row.pk: f"{row.integrante}, {row.asiento}" for row in rows}
