"""A count asked for in the text of command-line options, on the federal calendar."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, available_timezones

from .calendars import ONE_DAY, Calendar, NonBusinessDay
from .deadlines import Deadline, deadline
from .federal import federal_calendar
from .limits import prevencion_limit
from .terms import (
    LAST_YEAR,
    ClockError,
    Effect,
    Extension,
    Pause,
    Term,
    Unit,
    as_effect,
    as_unit,
    require_day,
)

MOMENT = r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?"
ONE = re.compile(MOMENT)
SPAN = re.compile(rf"({MOMENT})(?::({MOMENT})?)?")
NAMED_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})(?::(.*))?")
NAMED_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?::(.*))?")
FEWEST_PER_YEAR = {Unit.HABILES: 150, Unit.NATURALES: 365, Unit.MESES: 12, Unit.HORAS: 8760}
LONGEST_DECREE = 3650


@dataclass(frozen=True, slots=True)
class PlazoOptions:
    """The options as they were typed; nothing is checked yet."""

    desde: str
    cantidad: str | int
    unidad: str = "habiles"
    prevenciones: Iterable[str] = ()
    efecto: str = "suspende"
    prorroga: str | int | None = None
    suspensiones: Iterable[str] = ()
    inhabiles: Iterable[str] = ()
    habilitados: Iterable[str] = ()
    zona: str = "America/Mexico_City"
    recibido_habil: bool = False
    fundamento: str = ""


@dataclass(frozen=True, slots=True)
class Plazo:
    """What was computed, with the calendar it was computed on."""

    deadline: Deadline
    limite_prevencion: dt.date | dt.datetime
    calendar: Calendar = field(repr=False)

    def as_data(self) -> dict:
        """JSON-ready."""
        result = self.deadline
        working = result.explicacion.as_data()
        keys = ("unidad", "cantidad", "prorroga", "fundamento")
        return {
            "vence": working["vence"],
            "explicacion": result.explicacion.as_text(),
            "inicia": working["inicia"],
            "pausado": result.pausado,
            "usados": result.usados,
            "restantes": result.restantes,
            "limite_prevencion": self.limite_prevencion.isoformat(),
            **{key: working[key] for key in keys},
            "calendario": {
                "nombre": "federal",
                "fundamento": "LFT art. 74",
                "version": result.calendar_version,
                "ejercicios": sorted(self.calendar.ejercicios),
                "completo": result.covered,
            },
            "pasos": working["pasos"],
        }


def plazo_from_options(options: PlazoOptions) -> Plazo:
    """
    Read the options and compute.

    ``desde`` is the day the act takes effect and is taken as it is unless ``recibido_habil``.

    :raises ClockError: any option that cannot be read or accepted; the message names it.
    """
    unit, effect = as_unit(options.unidad), as_effect(options.efecto)
    term = Term(_whole(options.cantidad, "--cantidad"), unit)
    read = _reader(unit, options.zona)
    start = read(options.desde, "--desde")
    pauses = [_pause(text, effect, read) for text in options.prevenciones]
    extension = None
    if options.prorroga is not None:
        extension = Extension(_whole(options.prorroga, "--prorroga"), unit, "")
    calendar = _calendar(options, term, [start, *(pause.hasta or pause.desde for pause in pauses)])
    rules = {
        "term": term,
        "start": start,
        "calendar": calendar,
        "received_next_business": options.recibido_habil,
    }
    result = deadline(**rules, pauses=pauses, extension=extension, fundamento=options.fundamento)
    return Plazo(result, prevencion_limit(**rules), calendar)


def _whole(value: str | int, option: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", str(value)):
        raise ClockError(f"{option} debe ser un número entero, como 10.")
    return int(value)


def _reader(unit: Unit, zone_name: str):
    """How a moment is read: a date, or for hours a moment on the clock of the zone."""
    if zone_name not in available_timezones():
        raise ClockError(
            f"--zona no reconoce «{zone_name}». Escriba, por ejemplo, America/Tijuana."
        )
    if unit is not Unit.HORAS:
        return _read_date
    zone = ZoneInfo(zone_name)

    def read_moment(text: str, option: str) -> dt.datetime:
        if not ONE.fullmatch(str(text)):
            raise ClockError(f"{option} debe ser fecha y hora, como 2026-12-23T10:00.")
        return _parse(dt.datetime, text, option).replace(tzinfo=zone)

    return read_moment


def _read_date(text: str, option: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(text)):
        raise ClockError(f"{option} debe ser una fecha, como 2026-12-23.")
    return require_day(_parse(dt.date, text, option), option)


def _parse(kind, text: str, option: str):
    try:
        return kind.fromisoformat(text)
    except ValueError:
        raise ClockError(f"{option}: no existe la fecha {text}.") from None


def _pause(text: str, effect: Effect, read) -> Pause:
    option = "--prevencion"
    found = SPAN.fullmatch(str(text))
    if not found:
        raise ClockError(f"{option} debe ser DESDE o DESDE:HASTA, como 2026-12-01:2026-12-04.")
    first, last = found.groups()
    until = read(last, option) if last else None
    return Pause(read(first, option), until, effect, "prevención")


def _calendar(options: PlazoOptions, term: Term, dates: list[dt.date]) -> Calendar:
    extra = [day for text in options.suspensiones for day in _decree(text)]
    extra += [_single(text) for text in options.inhabiles]
    enabled = {
        _read_date(text, "--habilitado"): "habilitado por acuerdo" for text in options.habilitados
    }
    longest = 2 + term.cantidad * 3 // 2 // FEWEST_PER_YEAR[term.unidad]
    first = dates[0].year
    last = max(day.year for day in [*dates, *(day.fecha for day in extra)]) + longest
    return federal_calendar(range(first, min(last, LAST_YEAR) + 1)).with_days(extra, enabled)


def _decree(text: str) -> list[NonBusinessDay]:
    found = NAMED_SPAN.fullmatch(str(text))
    if not found:
        raise ClockError(
            "--suspension debe ser DESDE:HASTA o DESDE:HASTA:NOMBRE,"
            " como 2026-12-21:2026-12-31:Vacaciones."
        )
    first, last = (_read_date(part, "--suspension") for part in found.groups()[:2])
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_DECREE:
        raise ClockError(
            "--suspension debe terminar después de empezar y durar menos de diez años."
        )
    name = found[3] or "suspensión de plazos"
    days = (first + ONE_DAY * n for n in range(length))
    return [NonBusinessDay(day, name, "suspensión por acuerdo") for day in days]


def _single(text: str) -> NonBusinessDay:
    found = NAMED_DAY.fullmatch(str(text))
    if not found:
        raise ClockError("--inhabil debe ser FECHA o FECHA:NOMBRE, como 2026-12-28:Feria.")
    day = _read_date(found[1], "--inhabil")
    return NonBusinessDay(day, found[2] or "día inhábil", "inhábil por acuerdo")
