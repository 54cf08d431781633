"""The catalogue: themes, services and their questions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.models import ReglaJuridica
from portal.core.rule_kinds import PLAZO
from portal.core.saving import assign, check, locked
from tramites.constants import TipoPregunta
from tramites.models import Pregunta, Servicio, Tema
from tramites.text import service_text

from ..events import QuestionChanged, QuestionRemoved, ServiceChanged, ThemeChanged
from ..policies import SettingsPolicy

CHOOSING = (TipoPregunta.OPCION, TipoPregunta.OPCIONES)


@transaction.atomic
def save_service(
    *, servicio_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime
) -> Servicio:
    """
    Add or change a service. Cases already filed keep their own deadline and wording.

    :raises NotAllowedError: the actor does not administer.
    :raises InvalidInputError: a field is wrong, or its legal rule or office takes no cases.
    """
    SettingsPolicy(actor).require("administer")
    row = locked(Servicio, servicio_id)
    changed = assign(row, values)
    if not ReglaJuridica.objects.filter(clave=row.regla, clase=PLAZO).exists():
        raise InvalidInputError(fields={"regla": [_("Elija una regla jurídica que exista.")]})
    if row.activo and not row.dependencia.activa:
        line = _("Esa dependencia no está activa: el servicio no tendría quién lo atienda.")
        raise InvalidInputError(fields={"dependencia": [line]})
    row.busqueda = service_text(row)
    check(row)
    row.save()
    if changed:
        publish(ServiceChanged(servicio_id=row.pk, campos=changed), actor=actor, now=now)
    return row


@transaction.atomic
def save_theme(*, tema_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime) -> Tema:
    """
    Add or change a shelf of the catalogue; its services are found by its name too.

    :raises NotAllowedError, InvalidInputError: as in ``save_service``.
    """
    SettingsPolicy(actor).require("administer")
    row = locked(Tema, tema_id)
    changed = assign(row, values)
    check(row)
    row.save()
    for service in row.servicios.all():
        service.tema = row
        service.busqueda = service_text(service)
        service.save(update_fields=["busqueda"])
    if changed:
        publish(ThemeChanged(tema_id=row.pk, campos=changed), actor=actor, now=now)
    return row


@transaction.atomic
def save_question(
    *,
    servicio_id: int,
    pregunta_id: int | None,
    values: Mapping[str, Any],
    actor,
    now: dt.datetime,
) -> Pregunta:
    """
    Add or change an extra question of a service.

    :raises NotFoundError: no such service, or the question is of another one.
    :raises InvalidInputError: a field is wrong, or a choice without at least two options.
    """
    SettingsPolicy(actor).require("administer")
    service = locked(Servicio, servicio_id)
    row = locked(Pregunta, pregunta_id)
    if pregunta_id is not None and row.servicio_id != service.pk:
        raise NotFoundError
    changed = assign(row, {"servicio": service, **values})
    _check_options(row)
    check(row)
    row.save()
    if changed:
        event = QuestionChanged(servicio_id=service.pk, pregunta_id=row.pk, campos=changed)
        publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def remove_question(*, servicio_id: int, pregunta_id: int, actor, now: dt.datetime) -> None:
    """
    Take a question off; answers already given keep the wording they were asked in.

    :raises NotFoundError: there is no such question of that service.
    """
    SettingsPolicy(actor).require("administer")
    row = locked(Pregunta, pregunta_id)
    if row.servicio_id != servicio_id:
        raise NotFoundError
    event = QuestionRemoved(servicio_id=servicio_id, clave=row.clave)
    row.delete()
    publish(event, actor=actor, now=now)


def _check_options(row: Pregunta) -> None:
    if row.tipo not in CHOOSING:
        row.opciones = row.opciones_en = []
        return
    if len(row.opciones) < 2:
        line = _("Escriba al menos dos opciones, una por línea.")
        raise InvalidInputError(fields={"opciones": [line]})
    if len(set(row.opciones)) < len(row.opciones):
        raise InvalidInputError(fields={"opciones": [_("Hay opciones repetidas.")]})
    if row.opciones_en and len(row.opciones_en) != len(row.opciones):
        line = _("Deben ser tantas como en español y en el mismo orden, o ninguna.")
        raise InvalidInputError(fields={"opciones_en": [line]})
