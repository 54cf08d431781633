"""Items brought to each state by the services, for the tests."""

import datetime as dt
import itertools

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from tablero.cabildo import services
from tablero.cabildo.models import Asunto
from tests.accounts.factories import DependenciaFactory
from tests.factories import NOON, StaffFactory

from .factories import (
    MateriaFactory,
    OrganoFactory,
)

LATER = NOON + dt.timedelta(days=1)


def secretary():
    return StaffFactory(rol=Rol.SECRETARIA)


def values(**changes) -> dict:
    """A good item of an office."""
    return {
        "organo": OrganoFactory(),
        "materia": MateriaFactory(),
        "titulo": "Uniformes  de la banda",
        "exposicion": "Tienen once años de uso.",
        "propuesta": "Se autoriza el apoyo.",
        "origen": "dependencia",
        "proponente": None,
        "dependencia": DependenciaFactory(),
        "peticion": None,
    } | changes


def draft(actor=SYSTEM, **changes) -> Asunto:
    return services.draft_item(values=values(**changes), actor=actor, now=NOON)


def at(state: str, **changes) -> Asunto:
    """An item brought to a state by its services."""
    row = draft(**changes)
    steps = {
        "en_revision": lambda: services.submit_item(asunto_id=row.pk, actor=SYSTEM, now=NOON),
        "validado": lambda: services.validate_item(asunto_id=row.pk, actor=SYSTEM, now=NOON),
        "turnado": lambda: services.refer_item(
            asunto_id=row.pk,
            comision_id=OrganoFactory(comision=True).pk,
            vence=LATER.date(),
            actor=SYSTEM,
            now=NOON,
        ),
        "dictaminado": lambda: services.report_item(
            asunto_id=row.pk, sentido="favorable", dictamen="Procede.", actor=SYSTEM, now=NOON
        ),
    }
    if state == "devuelto":
        steps["en_revision"]()
        services.send_item_back(asunto_id=row.pk, motivo="Falta.", actor=SYSTEM, now=NOON)
    elif state == "retirado":
        services.withdraw_item(asunto_id=row.pk, motivo="Ya no.", actor=SYSTEM, now=NOON)
    else:
        for name in itertools.takewhile(lambda n: n != state, steps) if state in steps else ():
            steps[name]()
        if state in steps:
            steps[state]()
    return Asunto.objects.get(pk=row.pk)
