"""Legal rules in force on a date, and publishing the next version of one."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from .errors import ConflictError, InvalidInputError, NotFoundError
from .events import publish
from .models import ReglaJuridica
from .rule_events import RulePublished
from .rule_kinds import PLAZO, read_value
from .rule_values import Prevencion, Prorroga, RuleValue, Silencio
from .text import clean_text
from .time import local_date

__all__ = [
    "Prevencion",
    "Prorroga",
    "RuleValue",
    "Silencio",
    "missing_rule",
    "publish_rule",
    "rule_in_force",
    "rules_in_force",
]


def rules_in_force(on: dt.date, *, clase: str = PLAZO):
    """Every rule of a kind as it stands on ``on`` (a date of the municipality), by key."""
    return _in_force(on).filter(clase=clase).order_by("clave")


def _in_force(on: dt.date):
    open_ended = Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=on)
    return ReglaJuridica.objects.filter(open_ended, vigente_desde__lte=on)


def rule_in_force(clave: str, on: dt.date) -> ReglaJuridica:
    """
    The version of the rule ``clave`` that rules acts of ``on``; one query.

    :raises NotFoundError: there is none.
    """
    rule = _in_force(on).filter(clave=clave).order_by("clave").first()
    if rule is None:
        raise missing_rule(clave, on)
    return rule


def missing_rule(clave: str, on: dt.date) -> NotFoundError:
    """What is raised where no version of the rule ``clave`` rules acts of ``on``."""
    message = _("No hay regla jurídica «%(key)s» vigente el %(date)s.")
    return NotFoundError(message % {"key": clave, "date": on.isoformat()}, clave=clave)


@transaction.atomic
def publish_rule(
    *,
    clave: str,
    nombre: str,
    valor: dict,
    fundamento: str,
    vigente_desde: dt.date,
    actor,
    now: dt.datetime,
    clase: str = PLAZO,
) -> ReglaJuridica:
    """
    Publish the first or the next version of a rule; the one before ends the day before.

    Cases already filed keep the version they were timed with.

    :raises InvalidInputError: the value is not a rule, or has no name or basis; a later version
        that would begin before today.
    :raises ConflictError: a version that begins on that date or later already exists, or the key
        is of a rule of another kind.
    """
    read_value(clase, valor)
    nombre, fundamento = _texts(nombre, fundamento)
    last = _last_version(clave, clase)
    if last is not None:
        _end(last, vigente_desde, now)
    rule = ReglaJuridica(
        clave=clave,
        clase=clase,
        version=last.version + 1 if last else 1,
        nombre=nombre,
        valor=valor,
        fundamento=fundamento,
        vigente_desde=vigente_desde,
    )
    rule.save(force_insert=True)
    publish(_published(rule), actor=actor, now=now)
    return rule


def _last_version(clave: str, clase: str) -> ReglaJuridica | None:
    rows = ReglaJuridica.objects.select_for_update().filter(clave=clave)
    last = rows.order_by("-version").first()
    if last is not None and last.clase != clase:
        raise ConflictError(_("Esa clave es de una regla de otra clase."))
    return last


def _published(rule: ReglaJuridica) -> RulePublished:
    return RulePublished(
        regla_id=rule.pk,
        clave=rule.clave,
        version=rule.version,
        vigente_desde=rule.vigente_desde.isoformat(),
    )


def _end(last: ReglaJuridica, next_begins: dt.date, now: dt.datetime) -> None:
    if next_begins < local_date(now):
        line = _("Una versión nueva no puede empezar antes de hoy.")
        raise InvalidInputError(fields={"vigente_desde": [line]})
    if last.vigente_desde >= next_begins:
        message = _("Ya hay una versión de esta regla que empieza el %(date)s.")
        raise ConflictError(message % {"date": last.vigente_desde.isoformat()})
    last.vigente_hasta = next_begins - dt.timedelta(days=1)
    last.save(update_fields=["vigente_hasta"])


def _texts(nombre: str, fundamento: str) -> tuple[str, str]:
    nombre, fundamento = clean_text(nombre or ""), clean_text(fundamento or "")
    faults = {}
    if not 0 < len(nombre) <= 160:
        faults["nombre"] = [_("Escriba el nombre de la regla, de 1 a 160 caracteres.")]
    if not 0 < len(fundamento) <= 400:
        faults["fundamento"] = [_("Escriba el fundamento, de 1 a 400 caracteres.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return nombre, fundamento
