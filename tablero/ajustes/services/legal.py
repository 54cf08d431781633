"""Changing the calendar and the rules: who may, and the kernel's act."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from portal.core.calendar import Day, load_year, publish_calendar_change
from portal.core.models import CalendarioVersion, ReglaJuridica
from portal.core.rules import publish_rule

from ..policies import SettingsPolicy


@transaction.atomic
def change_calendar(
    *,
    add: Sequence[Day] = (),
    remove: Sequence[dt.date] = (),
    motivo: str,
    actor,
    now: dt.datetime,
) -> CalendarioVersion:
    """
    Publish the next version of the calendar; open cases are counted anew by who subscribes.

    :raises NotAllowedError: the actor does not keep the calendar.
    :raises InvalidInputError: as in ``publish_calendar_change``.
    """
    SettingsPolicy(actor).require("keep_calendar")
    return publish_calendar_change(add=add, remove=remove, motivo=motivo, actor=actor, now=now)


@transaction.atomic
def load_calendar_year(
    *, ejercicio: int, fundamento: str, actor, now: dt.datetime
) -> CalendarioVersion:
    """
    Load a year's federal list.

    :raises NotAllowedError: the actor does not keep the calendar.
    :raises ConflictError: the year is loaded.
    """
    SettingsPolicy(actor).require("keep_calendar")
    return load_year(ejercicio=ejercicio, fundamento=fundamento, actor=actor, now=now)


@transaction.atomic
def publish_rule_version(
    *,
    clave: str,
    nombre: str,
    valor: dict,
    fundamento: str,
    vigente_desde: dt.date,
    actor,
    now: dt.datetime,
) -> ReglaJuridica:
    """
    Publish a version of a legal rule; filed cases keep the one they were timed with.

    :raises NotAllowedError: the actor does not administer.
    :raises InvalidInputError, ConflictError: as in ``publish_rule``.
    """
    SettingsPolicy(actor).require("administer")
    return publish_rule(
        clave=clave,
        nombre=nombre,
        valor=valor,
        fundamento=fundamento,
        vigente_desde=vigente_desde,
        actor=actor,
        now=now,
    )
