"""Reminders: the business day before, the day, and each business day late; never twice a day."""

import datetime as dt

import pytest

from notificaciones.models import Envio
from portal.documents import services
from portal.documents.models import Firmante, RevisionDocumento
from portal.documents.services import Draft
from tablero.documentos.reminders import remind
from tests.documents.samples import DATA
from tests.factories import MEXICO, NOON

pytestmark = pytest.mark.django_db

#: NOON is a Monday; the reviewers of a memorandum have two business days.
MONDAY = NOON.date()


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), MEXICO)


def day(n: int) -> dt.date:
    return MONDAY + dt.timedelta(days=n)


def reminders(person) -> int:
    return Envio.objects.filter(destino=person.email, categoria="recordatorio").count()


@pytest.fixture
def review(room):
    """A review that the head must settle by ``vence``."""
    documento = services.draft_documento(
        tipo="memorandum",
        dependencia_id=room.office.pk,
        draft=Draft(asunto="Cajas", datos=DATA["memorandum"], firmantes={"titular": room.head.pk}),
        actor=room.clerk,
        now=NOON,
    )
    services.submit_documento(
        documento_id=documento.pk, revisores=[room.head.pk], actor=room.clerk, now=NOON
    )
    return RevisionDocumento.objects.get()


def due(row, date: dt.date) -> None:
    type(row).objects.filter(pk=row.pk).update(vence=date)


def test_the_day_before_the_day_and_each_business_day_late(room, review):
    due(review, day(4))  # Friday
    sent = [remind(at(day(n))) for n in range(9)]
    # Mon … Wed nothing; Thu (before), Fri (the day), Sat and Sun nothing, Mon and Tue (late).
    assert sent == [0, 0, 0, 1, 1, 0, 0, 1, 1]
    assert reminders(room.head) == 4


def test_what_is_due_on_monday_is_said_on_friday(room, review):
    due(review, day(7))
    assert [remind(at(day(n))) for n in (3, 4, 5)] == [0, 1, 0]


def test_nobody_is_reminded_twice_a_day_nor_at_night(room, review):
    due(review, MONDAY)
    assert [remind(at(MONDAY, hour)) for hour in (7, 9, 10, 23)] == [0, 1, 0, 0]
    assert reminders(room.head) == 1


def test_what_is_settled_or_cancelled_is_not_reminded(room, review):
    due(review, MONDAY)
    services.return_documento(
        documento_id=review.documento_id, motivo="No.", actor=room.head, now=NOON
    )
    assert remind(at(MONDAY)) == 0


def test_only_whose_turn_it_is_to_sign_is_reminded(room):
    documento = room.signing(room.appointment())
    Firmante.objects.update(vence=MONDAY)
    assert remind(at(MONDAY)) == 1
    assert (reminders(room.president), reminders(room.secretary)) == (1, 0)
    room.sign(documento, room.president)
    assert remind(at(day(1))) == 1
    assert reminders(room.secretary) == 1


def test_every_lawyer_is_reminded_of_an_approval_nobody_took(room):
    documento = room.appointment()
    services.submit_documento(
        documento_id=documento.pk, revisores=[], actor=room.secretary, now=NOON
    )
    RevisionDocumento.objects.update(vence=MONDAY)
    assert remind(at(MONDAY)) == 1
    assert reminders(room.lawyer) == 1


def test_a_document_that_nobody_sends_to_be_signed_is_reminded_once_a_day(room):
    documento = room.ready()
    type(documento).objects.update(vence_etapa=MONDAY)
    remind(at(MONDAY, 9))
    remind(at(MONDAY, 10))
    assert reminders(room.clerk) == 1


def test_a_reminder_that_fails_leaves_no_mark(room, review, monkeypatch):
    due(review, MONDAY)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("tablero.documentos.reminders.publish", broken)
    with pytest.raises(RuntimeError):
        remind(at(MONDAY))
    review.refresh_from_db()
    assert review.recordada_en is None
