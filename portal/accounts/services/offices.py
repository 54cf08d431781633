"""The tree of dependencias."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text

from ..events import OfficeChanged, OfficeCreated
from ..models import Dependencia
from ..policies import AccountsPolicy
from ..tree import load_tree


@dataclass(frozen=True)
class OfficeData:
    """What is known of a dependencia; ``padre_id`` is the one above it."""

    clave: str
    nombre: str
    siglas: str = ""
    padre_id: int | None = None
    correo: str = ""
    telefono: str = ""
    domicilio: str = ""
    horario: str = ""
    atribuciones: str = ""
    activa: bool = True


@transaction.atomic
def create_office(*, data: OfficeData, actor, now: dt.datetime) -> Dependencia:
    """
    Add a dependencia to the tree.

    :raises NotAllowedError: the actor does not manage offices.
    :raises InvalidInputError: a field is wrong or its key is taken.
    """
    AccountsPolicy(actor).require()
    office = Dependencia(**_clean(data))
    _check(office)
    office.save()
    event = OfficeCreated(dependencia_id=office.pk, padre_id=office.padre_id)
    publish(event, actor=actor, now=now)
    return office


@transaction.atomic
def change_office(*, dependencia_id: int, data: OfficeData, actor, now: dt.datetime) -> Dependencia:
    """
    Change a dependencia, its place in the tree or whether it is active.

    :raises ConflictError: the triage desk, or one with active offices under it, cannot be closed.
    :raises InvalidInputError: as in ``create_office``, or it would stand under itself.
    """
    AccountsPolicy(actor).require()
    office = Dependencia.objects.select_for_update().filter(pk=dependencia_id).first()
    if office is None:
        raise NotFoundError
    fields = _clean(data)
    changed = sorted(name for name, value in fields.items() if getattr(office, name) != value)
    if not changed:
        return office
    for name in changed:
        setattr(office, name, fields[name])
    _check(office)
    if "activa" in changed and not office.activa:
        _require_closable(office)
    office.save(update_fields=changed)
    event = OfficeChanged(dependencia_id=office.pk, campos=changed, padre_id=office.padre_id)
    publish(event, actor=actor, now=now)
    return office


def _clean(data: OfficeData) -> dict:
    return {
        name: clean_text(value) if isinstance(value, str) else value
        for name, value in asdict(data).items()
    }


def _check(office: Dependencia) -> None:
    try:
        office.full_clean()
    except ValidationError as error:
        raise InvalidInputError(fields=error.message_dict) from error
    if office.pk and office.padre_id in load_tree().with_descendants([office.pk]):
        line = _("Una dependencia no puede depender de sí misma ni de una que depende de ella.")
        raise InvalidInputError(fields={"padre": [line]})


def _require_closable(office: Dependencia) -> None:
    if office.es_ventanilla:
        raise ConflictError(_("La mesa de turno no se puede desactivar: recibe lo que nadie toma."))
    if office.hijas.filter(activa=True).exists():
        raise ConflictError(_("Tiene dependencias activas por debajo; desactívelas o muévalas."))
