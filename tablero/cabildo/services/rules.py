"""Publishing the rules a body sits and decides by."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError
from portal.core.models import ReglaJuridica
from portal.core.rules import publish_rule

from ..constants import ClaseRegla
from ..policies import CabildoPolicy


@transaction.atomic
def publish_body_rule(
    *,
    clase: str,
    clave: str,
    nombre: str,
    valor: dict,
    fundamento: str,
    vigente_desde: dt.date,
    actor,
    now: dt.datetime,
) -> ReglaJuridica:
    """
    The first or the next version of a rule of quorum, majority or notice.

    What was decided under an earlier version keeps it.

    :raises NotAllowedError: not their part.
    :raises InvalidInputError, ConflictError: as ``portal.core.rules.publish_rule``.
    """
    CabildoPolicy(actor).require("manage")
    if clase not in ClaseRegla.values:
        raise InvalidInputError(fields={"clase": [_("Elija la clase de la regla.")]})
    return publish_rule(
        clave=clave,
        clase=clase,
        nombre=nombre,
        valor=valor,
        fundamento=fundamento,
        vigente_desde=vigente_desde,
        actor=actor,
        now=now,
    )
