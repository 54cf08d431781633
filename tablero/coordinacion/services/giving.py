"""Charging a department with something, by a day that the legal clock counts."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Adscripcion, Dependencia
from portal.accounts.models.user import in_force_on
from portal.core.calendar import current_calendar
from portal.core.clock import Term, Unit, deadline
from portal.core.errors import InvalidInputError, NotAllowedError
from portal.core.events import publish
from portal.core.folios import next_folio
from portal.core.saving import check
from portal.core.text import clean_text
from portal.core.time import local_date
from portal.documents.services.base import author_pk

from ..events import ChargeGiven
from ..models import Encargo
from ..policies import EncargoPolicy

SERIES = "ENC"
LONGEST_DAYS = 1000


@dataclass(frozen=True, kw_only=True)
class Charge:
    """
    What is charged. Either ``dias``, business days counted from ``desde`` (the day it was decided,
    today without one), or ``vence``, the last day itself.
    """

    instruccion: str
    dependencia_id: int
    indicador: str
    origen_clase: str
    origen_clave: str
    origen_titulo: str
    origen_url: str = ""
    responsable_id: int | None = None
    partida: str = ""
    fundamento: str = ""
    dias: int | None = None
    vence: dt.date | None = None
    desde: dt.date | None = None


@transaction.atomic
def give_charge(*, charge: Charge, actor, now: dt.datetime) -> Encargo:
    """
    Charge a department with something; whoever answers for it is told by a notice.

    :raises NotAllowedError: only the Secretaría does.
    :raises InvalidInputError: by field.
    """
    if not EncargoPolicy(actor).can_give():
        raise NotAllowedError
    today = local_date(now)
    vence, plazo = _last_day(charge, today)
    row = Encargo(
        origen_clase=charge.origen_clase,
        origen_clave=charge.origen_clave,
        origen_titulo=charge.origen_titulo[:300],
        origen_url=charge.origen_url,
        instruccion=clean_text(charge.instruccion or ""),
        dependencia=_office(charge),
        responsable_id=charge.responsable_id,
        indicador=" ".join(clean_text(charge.indicador or "").split()),
        partida=" ".join(clean_text(charge.partida or "").split()),
        fundamento=" ".join(clean_text(charge.fundamento or "").split()),
        vence=vence,
        plazo=plazo,
        autor_id=author_pk(actor),
        creado_en=now,
        actualizado_en=now,
    )
    _require_person(row, today)
    row.folio = next_folio(serie=SERIES, ejercicio=today.year)
    check(row, exclude=("estado", "busqueda"))
    row.save()
    publish(_given(row), actor=actor, now=now)
    return row


def _given(row: Encargo) -> ChargeGiven:
    return ChargeGiven(
        encargo_id=row.pk,
        folio=row.folio,
        origen_clase=row.origen_clase,
        origen_clave=row.origen_clave,
        dependencia_id=row.dependencia_id,
        responsable_id=row.responsable_id,
        vence=row.vence.isoformat(),
    )


def _office(charge: Charge) -> Dependencia:
    found = Dependencia.objects.filter(pk=charge.dependencia_id, activa=True).first()
    if found is None:
        line = _("Elija una dependencia de la lista.")
        raise InvalidInputError(fields={"dependencia": [line]})
    return found


def _require_person(row: Encargo, today: dt.date) -> None:
    """Whoever answers for it works in the office that day."""
    if row.responsable_id is None:
        return
    posts = Adscripcion.objects.filter(
        in_force_on(today), usuario_id=row.responsable_id, dependencia=row.dependencia
    )
    if not posts.filter(usuario__is_active=True).exists():
        line = _("Esa persona no trabaja hoy en la dependencia.")
        raise InvalidInputError(fields={"responsable": [line]})


def _last_day(charge: Charge, today: dt.date) -> tuple[dt.date, dict]:
    """The last day, and how it was counted."""
    if (charge.dias is None) == (charge.vence is None):
        line = _("Dé los días hábiles o la fecha, una de las dos cosas.")
        raise InvalidInputError(fields={"dias": [line]})
    if charge.vence is not None:
        if charge.vence < today:
            raise InvalidInputError(fields={"vence": [_("Dé una fecha que todavía no pase.")]})
        return charge.vence, {}
    if not 1 <= charge.dias <= LONGEST_DAYS:
        line = _("Dé de 1 a %(most)s días hábiles.") % {"most": LONGEST_DAYS}
        raise InvalidInputError(fields={"dias": [line]})
    counted = deadline(
        term=Term(charge.dias, Unit.HABILES),
        start=charge.desde or today,
        calendar=current_calendar(),
        fundamento=charge.fundamento,
    )
    return counted.vence, counted.explicacion.as_data()
