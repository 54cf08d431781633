"""Noticing the members of a session: from when on it may be held, the paper, and its proof."""

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core.calendar import current_calendar
from portal.core.clock.wording import full_date
from portal.core.errors import ConflictError
from portal.core.events import publish
from portal.core.folios import next_number
from portal.core.models import ReglaJuridica
from portal.core.rule_kinds import read_value
from portal.core.rules import rule_in_force
from portal.core.time import local_date, local_moment
from portal.documents.constants import MedioNotificacion
from portal.documents.models import Documento
from portal.documents.services import Credentials, Issue, issue_signed
from portal.documents.services.notifying import Order, order_notification

from ..constants import NOTICE_RULE, Caracter, ClasePunto, ClaseRegla, EstadoSesion
from ..models import Convocado, Sesion
from ..rules import EarliestSession, NoticeRule, earliest_session
from ..seating import Seat
from ..selectors import members_in_office, quorum_rule, seats_on
from ..session_events import SessionConvened
from ..threads import session_words, tell_petition
from ..wording import earliest_words, quorum_words, second_call_words
from .base import office_of
from .sessions import keep_session, open_session, require_state

KIND = "convocatoria_cabildo"
#: Where a member without an address is looked for.
AT_THE_HALL = "Recinto oficial del Ayuntamiento"


def legal_start(tipo: str, now: dt.datetime) -> tuple[ReglaJuridica, NoticeRule, EarliestSession]:
    """
    The rule of notice for a type of session, and from when on one noticed ``now`` may be held.

    :raises NotFoundError: no rule of notice is in force for that type.
    """
    row = rule_in_force(NOTICE_RULE[tipo], local_date(now))
    rule = read_value(ClaseRegla.CONVOCATORIA, row.valor)
    return row, rule, earliest_session(rule, local_moment(now), current_calendar())


@transaction.atomic
@sensitive_variables("credentials")
def convene_session(
    *,
    sesion_id: int,
    credentials: Credentials,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Sesion:
    """
    Notice the members: the session takes its number, the notice is signed by who does it, and each
    member is sent it by the e-mail they accepted, or is to be given it with a cédula.

    :raises ConflictError: it is too soon for the rule and no urgency is grounded (``details`` hold
        ``legal_desde``), nothing is on the agenda, or nobody sits in the body that day.
    :raises InvalidInputError: the password is not good.
    """
    row = open_session(sesion_id, actor, cambios)
    require_state(row, EstadoSesion.PREPARACION)
    regla, rule, earliest = legal_start(row.tipo, now)
    early = _is_early(row, rule, earliest, now)
    seats = [seat for seat in seats_on(row.organo, local_date(row.inicia_en)) if seat.ocupacion]
    if not seats:
        raise ConflictError(_("Nadie integra el órgano ese día: no hay a quién convocar."))
    row.ejercicio = local_date(now).year
    row.numero = next_number(
        serie=f"SES-{row.organo_id}-{row.tipo[:3].upper()}", ejercicio=row.ejercicio
    )
    row.regla, row.legal_desde = regla, earliest.desde
    row.convene(now)
    row.convocatoria = _paper(row, seats, earliest_words(rule, earliest), credentials, actor, now)
    keep_session(row)
    for seat in seats:
        _notice(row, seat, actor, now)
    publish(_fact(row, seats, early), actor=actor, now=now)
    for point in row.puntos.filter(clase=ClasePunto.ASUNTO, retirado_en=None):
        tell_petition(point.asunto, actor=actor, now=now, detalle=session_words(row))
    return row


def _is_early(row: Sesion, rule: NoticeRule, earliest: EarliestSession, now: dt.datetime) -> bool:
    """
    Whether it will be held before the rule's moment, for a grounded urgency.

    :raises ConflictError: without one, or at an hour that has passed.
    """
    if row.inicia_en <= now:
        raise ConflictError(_("Su hora ya pasó: cambie el día o la hora antes de convocar."))
    if row.inicia_en >= earliest.desde:
        return False
    _require_urgency(row, rule, earliest)
    return True


def _require_urgency(row: Sesion, rule: NoticeRule, earliest: EarliestSession) -> None:
    told = earliest_words(rule, earliest)
    details = {"code": "convocatoria_temprana", "legal_desde": earliest.desde.isoformat()}
    if not rule.urgencia:
        raise ConflictError(
            _("Es antes de lo que permite la regla. %(told)s") % {"told": told}, **details
        )
    if not row.urgencia:
        line = _("Es antes de lo que permite la regla, salvo urgencia fundada. %(told)s")
        raise ConflictError(line % {"told": told}, **details)


def _fact(row: Sesion, seats: list[Seat], early: bool) -> SessionConvened:
    return SessionConvened(
        sesion_id=row.pk,
        numero=row.numero,
        ejercicio=row.ejercicio,
        documento_id=row.convocatoria_id,
        regla_id=row.regla_id,
        legal_desde=row.legal_desde.isoformat(),
        antes=early,
        integrantes=[seat.integrante.pk for seat in seats],
    )


def _paper(row, seats, notice: str, credentials, actor, now: dt.datetime) -> Documento:
    start = local_moment(row.inicia_en)
    _rule, quorum = quorum_rule(row.organo, start.date())
    number = members_in_office(seats)
    closed = _("cerrada al público. %(why)s") % {"why": row.fundamento_cierre}
    issue = Issue(
        tipo=KIND,
        origen=f"sesion:{row.pk}:convocatoria",
        dependencia_id=office_of(actor),
        asunto=str(row)[:300],
        destinatario=_("Integrantes de: %(body)s") % {"body": row.organo},
        datos={
            "sesion": f"{row.nombre[0].lower()}{row.nombre[1:]}, {row.organo}"[:200],
            "caracter": closed[:400] if row.caracter == Caracter.CERRADA else _("pública"),
            "cuando": f"{full_date(start.date())}, {date_format(start, 'H:i')} h",
            "lugar": row.lugar,
            "segunda": f"{quorum_words(quorum, number)} {second_call_words(quorum, number)}"[:300],
            "orden": agenda_text(row),
            "anticipacion": notice,
            "urgencia": row.urgencia,
        },
        firmantes={"convoca": actor.pk},
    )
    return issue_signed(issue=issue, credentials=credentials, actor=actor, now=now)


def agenda_text(row: Sesion) -> str:
    """The agenda as numbered lines."""
    points = row.puntos.filter(retirado_en=None).order_by("orden", "pk")
    return "\n".join(f"{number}. {point.titulo}" for number, point in enumerate(points, 1))


def _notice(row: Sesion, seat: Seat, actor, now: dt.datetime) -> None:
    member = seat.integrante
    by_mail = bool(member.correo and member.consentimiento)
    order = Order(
        destinatario=member.nombre,
        medio=MedioNotificacion.ELECTRONICA if by_mail else MedioNotificacion.PERSONAL,
        domicilio="" if by_mail else member.domicilio or AT_THE_HALL,
        correo=member.correo if by_mail else "",
        consentimiento=member.consentimiento if by_mail else "",
    )
    notice = order_notification(documento_id=row.convocatoria_id, order=order, actor=actor, now=now)
    Convocado.objects.create(
        sesion=row, integrante=member, ocupacion=seat.ocupacion, notificacion=notice
    )
