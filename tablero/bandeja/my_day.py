"""The inbox's block on the staff home: what is mine, what is due today, what is late."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.calendar import current_calendar
from portal.core.time import local_date
from portal.core.time import now as present
from tramites.constants import Estado, Reloj
from tramites.policies import PeticionPolicy
from tramites.selectors.open_cases import only_open

from .counts import bounded, opens_cases, shown
from .rows import CaseRow

FIRST = 12


def my_day(request) -> dict | None:
    """Variables of ``_mi_dia.html``; ``None`` for who opens no case."""
    user = request.user
    if not opens_cases(user):
        return None
    now, staff = present(), StaffPolicy(user)
    rows = only_open(PeticionPolicy(user).visible())
    if staff.has(Rol.VENTANILLA) and not staff.has(Rol.SECRETARIA):
        rows = rows.filter(estado=Estado.RECIBIDA)
    running = rows.filter(reloj=Reloj.CORRIENDO)
    today = running.filter(vence_en__gte=now, vence_en__lt=_midnight(now))
    first = (
        running.select_related("servicio", "responsable")
        .defer("descripcion", "busqueda")
        .order_by("vence_en", "pk")[:FIRST]
    )
    inbox = reverse("bandeja:lista")
    calendar = current_calendar()
    return {
        "filas": [CaseRow(case, now, calendar) for case in first],
        "totales": [
            _own(staff, user, rows, inbox),
            {
                "label": _("Vencen hoy"),
                "status": "por_vencer",
                "value": shown(bounded(today)),
                "url": f"{inbox}?vista=por-vencer",
            },
            {
                "label": _("Vencidos"),
                "status": "vencida",
                "value": shown(bounded(running.filter(vence_en__lt=now))),
                "url": f"{inbox}?vista=vencidas",
            },
        ],
    }


def _own(staff: StaffPolicy, user, rows: QuerySet, inbox: str) -> dict:
    """What waits for this person: their cases, or at the desk and above it what nobody has."""
    if staff.has(Rol.ENLACE, Rol.TITULAR):
        mine, label, url = rows.filter(responsable=user), _("A mi nombre"), f"{inbox}?vista=mias"
    else:
        mine, label = rows.filter(estado=Estado.RECIBIDA), _("Por turnar")
        url = f"{inbox}?vista=por-turnar" if staff.has(Rol.VENTANILLA, Rol.SECRETARIA) else ""
    return {"label": label, "value": shown(bounded(mine)), "url": url}


def _midnight(now: dt.datetime) -> dt.datetime:
    """The end of today in the municipality's zone."""
    tomorrow = local_date(now) + dt.timedelta(days=1)
    return timezone.make_aware(
        dt.datetime.combine(tomorrow, dt.time.min), timezone.get_default_timezone()
    )
