"""Who is written to, about what, and what is never said."""

import pytest

from notificaciones.models import Envio
from portal.core.actors import SYSTEM
from portal.core.time import now
from portal.documents import services
from tests.documents.samples import DATA
from tests.factories import SuplenciaFactory

from .room import fresh

pytestmark = pytest.mark.django_db


def letters(person) -> list[str]:
    """The subjects of the letters to a person, oldest first."""
    rows = Envio.objects.filter(destino=person.email).order_by("creado_en", "pk")
    return [row.asunto for row in rows]


def test_each_reviewer_is_asked_and_who_asks_is_not(room):
    room.submitted(None, room.head, room.lawyer)
    for person in (room.head, room.lawyer):
        assert letters(person) == ["Le piden revisar un documento"]
    assert letters(room.clerk) == []
    letter = Envio.objects.get(destino=room.head.email)
    assert "Iván Ríos le pide revisar Memorándum «Mantenimiento de cajas»" in letter.cuerpo
    assert f"/tablero/documentos/{letter.objeto_id}/" in letter.cuerpo


def test_every_lawyer_is_told_that_an_approval_waits(room):
    documento = room.appointment()
    services.submit_documento(
        documento_id=documento.pk, revisores=[], actor=room.secretary, now=now()
    )
    assert letters(room.lawyer) == ["Un documento espera el visto bueno jurídico"]


def test_who_drafts_learns_that_it_was_returned_and_by_whom(room):
    documento = room.submitted()
    services.return_documento(
        documento_id=documento.pk, motivo="El motivo no viaja.", actor=room.head, now=now()
    )
    letter = Envio.objects.get(destino=room.clerk.email)
    assert letter.asunto == "Le devolvieron un documento"
    assert "Rosa Cárdenas devolvió" in letter.cuerpo
    assert "El motivo no viaja." not in letter.cuerpo


def test_signatures_in_order_are_asked_one_after_another(room):
    documento = room.signing(room.appointment())
    turn = "Le toca firmar un documento"
    assert letters(room.president) == [turn]
    assert turn not in letters(room.secretary)
    room.sign(documento, room.president)
    assert turn in letters(room.secretary)
    assert letters(room.president) == [turn]


def test_who_drafted_it_learns_that_everybody_signed(room):
    room.signed()
    assert letters(room.clerk)[-1] == "Su documento ya está firmado"
    assert letters(room.head) == ["Le toca firmar un documento"]


def test_who_had_something_to_do_learns_that_it_was_cancelled(room):
    documento = room.submitted(None, room.head, room.lawyer)
    services.approve_review(documento_id=documento.pk, actor=room.lawyer, now=now())
    services.cancel_documento(
        documento_id=documento.pk, motivo="Ya no.", actor=room.secretary, now=now()
    )
    assert "Se canceló un documento" in letters(room.head)
    assert "Se canceló un documento" in letters(room.clerk)
    assert "Se canceló un documento" not in letters(room.lawyer)


def test_nobody_is_told_of_what_they_did_themselves(room):
    documento = room.ready()
    services.cancel_documento(documento_id=documento.pk, motivo="No.", actor=room.clerk, now=now())
    assert "Se canceló un documento" not in letters(room.clerk)


def test_a_confidential_document_is_not_named_and_its_letters_are_hidden(room):
    room.submitted(room.draft(confidencial=True), room.head)
    letter = Envio.objects.get(destino=room.head.email)
    assert "un documento confidencial" in letter.cuerpo
    assert "Mantenimiento" not in letter.cuerpo + letter.asunto + letter.cuerpo_html
    assert letter.sensible


def test_who_stands_in_for_somebody_absent_is_told_too(room):
    SuplenciaFactory(ausente=room.head, suplente=room.president)
    room.submitted()
    assert letters(room.president) == letters(room.head) == ["Le piden revisar un documento"]


def test_whoever_has_no_mailbox_or_account_is_left_out(room):
    room.head.email = ""
    room.head.save()
    room.submitted()
    assert not Envio.objects.exists()


def test_what_the_house_issues_by_itself_writes_to_nobody(room):
    issue = services.Issue(
        tipo="desechamiento",
        origen="peticion:1",
        dependencia_id=room.office.pk,
        asunto="Bache",
        datos=DATA["desechamiento"],
    )
    made = services.issue_sealed(issue=issue, actor=SYSTEM, now=now())
    assert fresh(made).estado == "firmado"
    assert not Envio.objects.exists()
