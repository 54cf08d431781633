"""Charging a department with what an acuerdo demands."""

import dataclasses
import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotFoundError
from portal.core.time import local_date
from tablero.coordinacion.models import Encargo
from tablero.coordinacion.services import Charge, give_charge

from ..constants import CLASS, EstadoAcuerdo
from ..models import Acuerdo
from ..policies import AcuerdoPolicy
from ..threads import tell_petition


@transaction.atomic
def charge_department(*, acuerdo_id: int, values: dict, actor, now: dt.datetime) -> Encargo:
    """
    Charge a department; ``values`` are those of ``Charge`` without its origin. Business days are
    counted from the day the acuerdo was adopted; without another basis, the acuerdo is it.

    :raises NotFoundError: there is no such acuerdo.
    :raises ConflictError: it is not in force any more.
    :raises InvalidInputError: as ``give_charge``.
    """
    AcuerdoPolicy(actor).require_manage()
    row = Acuerdo.objects.select_for_update(of=("self",)).filter(pk=acuerdo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese acuerdo."))
    if row.estado != EstadoAcuerdo.VIGENTE:
        raise ConflictError(_("El acuerdo ya no está vigente: no hay qué encargar."))
    charge = Charge(
        origen_clase=CLASS,
        origen_clave=row.folio,
        origen_titulo=f"{row.folio}, {row.titulo}"[:300],
        origen_url=reverse("acuerdos:acuerdo", args=[row.pk]),
        desde=local_date(row.adoptado_en),
        **values,
    )
    if not charge.fundamento:
        basis = _("Acuerdo de Cabildo %(folio)s") % {"folio": row.folio}
        charge = dataclasses.replace(charge, fundamento=basis)
    made = give_charge(charge=charge, actor=actor, now=now)
    tell_petition(row, actor=actor, now=now)
    return made
