"""What every act on a body begins with."""

import datetime as dt

from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.accounts.policies import StaffPolicy
from portal.core.errors import InvalidInputError, NotFoundError, UnavailableError

from ..models import Ocupacion, Organo
from ..policies import CabildoPolicy


def open_body(organo_id: int, actor) -> Organo:
    """
    The body under lock, so that two people cannot seat somebody in it at once.

    :raises NotAllowedError: not the actor's part.
    :raises NotFoundError: there is none.
    """
    CabildoPolicy(actor).require("manage")
    row = Organo.objects.select_for_update(of=("self",)).filter(pk=organo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese órgano."))
    return row


def open_holding(ocupacion_id: int, actor) -> Ocupacion:
    """
    Somebody in their seat, with the body under lock.

    :raises NotAllowedError: not the actor's part.
    :raises NotFoundError: there is none.
    """
    CabildoPolicy(actor).require("manage")
    found = Ocupacion.objects.filter(pk=ocupacion_id).values_list("asiento__organo_id").first()
    if found is None:
        raise NotFoundError(_("No encontramos a esa persona en ese asiento."))
    open_body(found[0], actor)
    return Ocupacion.objects.select_related("asiento", "integrante").get(pk=ocupacion_id)


def refuse(field: str, line: str) -> InvalidInputError:
    """The refusal of one field."""
    return InvalidInputError(fields={field: [line]})


def within(day: dt.date, row, field: str) -> None:
    """
    :raises InvalidInputError: ``day`` is out of the validity of ``row``.
    """
    if day < row.vigente_desde or (row.vigente_hasta is not None and day > row.vigente_hasta):
        line = _("Esa fecha queda fuera de la vigencia de «%(name)s».")
        raise refuse(field, line % {"name": row})


def office_of(actor) -> int:
    """
    The office in whose name the Secretaría issues a paper: the actor's own post in it, or the first
    that has somebody of the Secretaría.

    :raises UnavailableError: nobody holds that role anywhere.
    """
    posts = [post for post in StaffPolicy(actor).posts if post.rol == Rol.SECRETARIA]
    if posts:
        return posts[0].dependencia_id
    found = Dependencia.objects.filter(adscripciones__rol=Rol.SECRETARIA).order_by("pk").first()
    if found is None:
        raise UnavailableError(_("No hay una Secretaría General que expida documentos."))
    return found.pk
