"""Correcting a signed acta: it stays as it is, and a signed paper says how it should read."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core.errors import ConflictError, InvalidInputError
from portal.core.text import clean_text
from portal.documents.services import Credentials, Issue, issue_signed
from tablero.cabildo.services.base import office_of

from ..constants import EstadoActa
from ..events import ActaCorrected
from ..models import Acta, FeErratas
from .base import open_acta, save_acta

KIND = "fe_erratas"
LONGEST = 2000


@transaction.atomic
@sensitive_variables("credentials")
def issue_erratum(
    *,
    acta_id: int,
    dice: str,
    debe_decir: str,
    credentials: Credentials,
    actor,
    now: dt.datetime,
) -> FeErratas:
    """
    Issue a signed correction of an acta that is bound.

    :raises ConflictError: it is not signed yet: it can still be observed.
    :raises InvalidInputError: the acta does not say that, nothing changes, or the password is not
        good.
    """
    row = open_acta(acta_id=acta_id, actor=actor)
    if row.estado != EstadoActa.FIRMADA:
        raise ConflictError(_("El acta todavía no se firma: su texto se corrige observándola."))
    said, right = _checked(row, dice, debe_decir)
    name = str(row)
    issue = Issue(
        tipo=KIND,
        origen=f"acta:{row.pk}:errata:{row.erratas.count() + 1}",
        dependencia_id=office_of(actor),
        asunto=_("Fe de erratas"),
        datos={
            "acta": f"{name[0].lower()}{name[1:]}"[:300],
            "dice": said,
            "debe_decir": right,
        },
        firmantes={"certifica": actor.pk},
    )
    paper = issue_signed(issue=issue, credentials=credentials, actor=actor, now=now)
    made = FeErratas.objects.create(
        acta=row, dice=said, debe_decir=right, documento=paper, creado_en=now
    )
    event = ActaCorrected(acta_id=row.pk, documento_id=paper.pk)
    save_acta(row, event, actor=actor, now=now)
    return made


def _checked(row: Acta, dice: str, debe_decir: str) -> tuple[str, str]:
    said, right = clean_text(dice or ""), clean_text(debe_decir or "")
    faults = {}
    text = "\n".join(f"{part.titulo}\n{part.texto}" for part in row.secciones.all())
    if not 0 < len(said) <= LONGEST or said not in text:
        faults["dice"] = [_("Copie lo que dice el acta, tal como aparece.")]
    if not 0 < len(right) <= LONGEST or right == said:
        faults["debe_decir"] = [_("Escriba cómo debe decir, en hasta 2,000 letras.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return said, right
