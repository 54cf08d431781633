"""Sessions prepared and noticed by the services, for the tests."""

import datetime as dt

from portal.documents.services import Credentials
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto
from tablero.cabildo.models import Asunto, Punto, Sesion
from tablero.cabildo.session_selectors import agenda
from tests.factories import NOON

from .factories import AsuntoFactory

PASSWORD = "clave segura 9"
WEEK = dt.timedelta(days=7)


def prepared(house, **changes) -> Sesion:
    values = {
        "organo": house["body"],
        "tipo": "ordinaria",
        "inicia_en": NOON + WEEK,
        "lugar": "Salón de Cabildo",
        "caracter": "publica",
        "fundamento_cierre": "",
        "urgencia": "",
    }
    return services.save_session(
        sesion_id=None, values=values | changes, actor=house["secretary"], now=NOON
    )


def ready_item(house, **changes) -> Asunto:
    row = AsuntoFactory(organo=house["body"], **changes)
    Asunto.objects.filter(pk=row.pk).update(estado=EstadoAsunto.VALIDADO)
    return Asunto.objects.get(pk=row.pk)


def put(house, sesion, item) -> Punto:
    return services.add_point(
        sesion_id=sesion.pk, asunto_id=item.pk, actor=house["secretary"], now=NOON
    )


def convene(house, sesion, *, now=NOON, password=PASSWORD, **given) -> Sesion:
    return services.convene_session(
        sesion_id=sesion.pk,
        credentials=Credentials(contrasena=password),
        actor=house["secretary"],
        now=now,
        **given,
    )


def titles(sesion) -> list[str]:
    return [point.titulo for point in agenda(sesion)]
