"""What this install configures, read when it is used so that a test can change it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from .constants import STRICTNESS, Modo


def mode() -> Modo:
    """The mode of this install; an unknown word counts as the strictest one."""
    value = settings.AVISOS_MODO.replace("-", "_")
    return Modo(value) if value in Modo.values else Modo.EMBEBIDO


def effective_mode(of_the_row: str) -> Modo:
    """The stricter of the mode a notice was created in and the present one."""
    return max(Modo(of_the_row), mode(), key=STRICTNESS.__getitem__)


def zone() -> ZoneInfo:
    """The municipality's own zone."""
    return ZoneInfo(settings.TIME_ZONE)


def quiet_hours(canal: str) -> tuple[dt.time, dt.time] | None:
    """Start and end of the hours in which ``canal`` keeps silent, local time, or ``None``."""
    text = settings.AVISOS_HORARIO_SILENCIO
    channels = settings.AVISOS_SILENCIO_CANALES
    if not text or canal not in channels:
        return None
    start, _, end = text.partition("-")
    return dt.time.fromisoformat(start.strip()), dt.time.fromisoformat(end.strip())


def webhook_base() -> str:
    """Address under which vendors reach us, without the final slash."""
    return settings.PUBLIC_URL.rstrip("/")


def is_safe(destino: str) -> bool:
    """Whether ``destino`` may be written to from an install that is not in production."""
    safe = {entry.strip().casefold() for entry in settings.AVISOS_LISTA_SEGURA}
    return destino.casefold() in safe
