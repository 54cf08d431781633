"""
What `/salud` asks. Each check is a function ``check(now)`` that answers in a line without personal
data, or raises ``Failing`` with the line that says what is wrong.
"""

import asyncio
import datetime as dt
import logging
import shutil
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from .calendar import horizon
from .models import Latido
from .realtime import sending_loop
from .time import local_date
from .worker import HEARTBEAT

logger = logging.getLogger("ventanilla.health")

LONGEST_SILENCE = dt.timedelta(seconds=60)
CHANNELS_TIMEOUT = 2.0
LEAST_FREE_BYTES = 500_000_000
LEAST_DAYS_AHEAD = 60
LOAD_NEXT_YEAR_FROM = (10, 1)

Check = Callable[[dt.datetime], str]


class Failing(Exception):
    """A check's answer when something is wrong; its text is shown as it is."""


_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Add a line to `/salud`; called from ``AppConfig.ready``."""
    _checks[name] = check


def check_all(now: dt.datetime) -> dict[str, dict[str, str]]:
    """Every check's ``{"estado": "bien|falla", "detalle"}``; never raises."""
    return {name: _outcome(name, check, now) for name, check in _checks.items()}


def _outcome(name: str, check: Check, now: dt.datetime) -> dict[str, str]:
    try:
        return {"estado": "bien", "detalle": check(now)}
    except Failing as failing:
        return {"estado": "falla", "detalle": str(failing)}
    except Exception as error:
        # The error's text may name hosts or paths; its kind is enough for whoever watches.
        logger.warning("health_check_failed check=%s error=%s", name, type(error).__name__)
        return {"estado": "falla", "detalle": type(error).__name__}


# the kernel's own checks


def check_database(now: dt.datetime) -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return connection.vendor


async def _round_trip() -> None:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    async with asyncio.timeout(CHANNELS_TIMEOUT):
        await layer.send(channel, {"type": "salud"})
        await layer.receive(channel)


def check_channels(now: dt.datetime) -> str:
    """A message goes through the channel layer and comes back within two seconds."""
    future = asyncio.run_coroutine_threadsafe(_round_trip(), sending_loop())
    try:
        future.result(timeout=CHANNELS_TIMEOUT + 1)
    except (TimeoutError, FutureTimeout):
        future.cancel()
        raise Failing(_("los mensajes no vuelven")) from None
    return "redis" if settings.REDIS_URL else _("en memoria")


def check_worker(now: dt.datetime) -> str:
    """The worker gave a sign of life in the last minute."""
    seen = Latido.objects.filter(pk=HEARTBEAT).values_list("visto_en", flat=True).first()
    if seen is None:
        raise Failing(_("nunca ha dado señales"))
    seconds = int((now - seen).total_seconds())
    if now - seen > LONGEST_SILENCE:
        raise Failing(_("sin señales desde hace %(n)s s") % {"n": seconds})
    return _("visto hace %(n)s s") % {"n": max(seconds, 0)}


def calendar_alarm(today: dt.date) -> str | None:
    """
    What is missing in the calendar, or ``None``.

    Next year's list is due from 1 October on, and two months of it must always lie ahead.
    """
    last = horizon(today)
    if last is None:
        return _("El calendario de %(year)s no está cargado.") % {"year": today.year}
    due = (today.month, today.day) >= LOAD_NEXT_YEAR_FROM
    if (due and last.year == today.year) or (last - today).days < LEAST_DAYS_AHEAD:
        return _("Falta cargar el calendario de %(year)s.") % {"year": last.year + 1}
    return None


def check_calendar(now: dt.datetime) -> str:
    """The calendar covers what is being counted."""
    today = local_date(now)
    alarm = calendar_alarm(today)
    if alarm:
        raise Failing(alarm)
    return _("cubierto hasta el %(date)s") % {"date": horizon(today).isoformat()}


def check_disk(now: dt.datetime) -> str:
    """There is room for the database and for uploads, which may stand on another disk."""
    places = {Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)}
    free = min(shutil.disk_usage(place).free for place in places if place.exists())
    line = _("%(n)s MB libres") % {"n": free // 1_000_000}
    if free < LEAST_FREE_BYTES:
        raise Failing(line)
    return line


KERNEL_CHECKS = {
    "base_datos": check_database,
    "canales": check_channels,
    "trabajador": check_worker,
    "calendario": check_calendar,
    "disco": check_disk,
}
