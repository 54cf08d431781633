"""Sessions before they are held: agenda, the legal moment, and the notice."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from portal.documents.constants import ClaseArchivo, MedioNotificacion
from portal.documents.models import Documento
from portal.documents.services.files import last_file, read_file
from tablero.cabildo import services
from tablero.cabildo.constants import ClasePunto, EstadoAsunto, EstadoSesion
from tablero.cabildo.models import Asunto, Convocado, Integrante, Ocupacion, Sesion
from tablero.cabildo.services.absences import Absence
from tablero.cabildo.session_selectors import agenda, schedulable
from tests.factories import NOON, PeticionFactory, StaffFactory
from tests.tramites.test_notices import REACHED
from tramites.models import Vinculo

from .factories import AsuntoFactory, MateriaFactory, OrganoFactory, SesionFactory, a_body
from .noticing import WEEK, convene, prepared, put, ready_item, titles

pytestmark = pytest.mark.django_db


def test_a_session_has_its_fixed_points_and_items_between_them(house):
    sesion = prepared(house)
    first, second = ready_item(house), ready_item(house)
    put(house, sesion, first)
    point = put(house, sesion, second)
    kinds = [p.clase for p in agenda(sesion)]
    assert kinds == [
        "lista",
        "quorum",
        "orden",
        "acta",
        "asunto",
        "asunto",
        "generales",
        "clausura",
    ]
    assert titles(sesion)[4:6] == [first.titulo, second.titulo]
    services.move_point(punto_id=point.pk, arriba=True, actor=house["secretary"], now=NOON)
    assert titles(sesion)[4:6] == [second.titulo, first.titulo]
    with pytest.raises(ConflictError):
        services.move_point(punto_id=point.pk, arriba=True, actor=house["secretary"], now=NOON)
    assert [p.orden for p in agenda(sesion)] == sorted(p.orden for p in agenda(sesion))


def test_another_type_has_other_fixed_points_and_keeps_the_items(house):
    sesion = prepared(house)
    item = ready_item(house)
    put(house, sesion, item)
    services.save_session(
        sesion_id=sesion.pk, values={"tipo": "extraordinaria"}, actor=SYSTEM, now=NOON
    )
    sesion.refresh_from_db()
    kinds = [p.clase for p in agenda(sesion)]
    assert kinds == ["lista", "quorum", "orden", "asunto", "clausura"]


def test_what_is_taken_off_can_go_to_another_session(house):
    sesion, other = prepared(house), prepared(house)
    item = ready_item(house)
    point = put(house, sesion, item)
    with pytest.raises(ConflictError):
        put(house, other, item)
    services.remove_point(punto_id=point.pk, actor=house["secretary"], now=NOON)
    assert Asunto.objects.get(pk=item.pk).estado == EstadoAsunto.VALIDADO
    put(house, other, item)
    with pytest.raises(NotFoundError):
        services.remove_point(punto_id=point.pk, actor=house["secretary"], now=NOON)


def test_a_fixed_point_stays(house):
    sesion = prepared(house)
    fixed = sesion.puntos.filter(clase=ClasePunto.LISTA).get()
    with pytest.raises(ConflictError):
        services.remove_point(punto_id=fixed.pk, actor=house["secretary"], now=NOON)
    with pytest.raises(ConflictError):
        services.move_point(punto_id=fixed.pk, arriba=False, actor=house["secretary"], now=NOON)


def test_an_item_needs_the_opinion_its_matter_demands_and_its_own_body(house):
    sesion = prepared(house)
    demanding = ready_item(house, materia=MateriaFactory(con_anexo=True))
    with pytest.raises(ConflictError, match="dictamen"):
        put(house, sesion, demanding)
    assert demanding not in schedulable(house["body"])
    foreign = AsuntoFactory(organo=OrganoFactory(comision=True))
    Asunto.objects.filter(pk=foreign.pk).update(estado=EstadoAsunto.VALIDADO)
    with pytest.raises(ConflictError, match="otro órgano"):
        put(house, sesion, foreign)
    draft = AsuntoFactory(organo=house["body"])
    with pytest.raises(ConflictError, match="Borrador"):
        put(house, sesion, draft)
    assert not sesion.puntos.filter(clase=ClasePunto.ASUNTO).exists()


def test_an_item_withdrawn_leaves_the_agenda(house):
    sesion = prepared(house)
    item = ready_item(house)
    put(house, sesion, item)
    services.withdraw_item(asunto_id=item.pk, motivo="Ya no.", actor=SYSTEM, now=NOON)
    assert item.titulo not in titles(sesion)
    facts = EventRecord.objects.filter(stream=f"sesion:{sesion.pk}")
    assert facts.order_by("sequence").last().event_type == "PointRemoved"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"inicia_en": NOON}, "inicia_en"),
        ({"caracter": "cerrada"}, "fundamento_cierre"),
        ({"lugar": ""}, "lugar"),
        ({"tipo": "secreta"}, "tipo"),
    ],
)
def test_a_session_makes_sense(house, changes, field):
    with pytest.raises(InvalidInputError) as refused:
        prepared(house, **changes)
    assert field in refused.value.fields
    assert not Sesion.objects.exists()


# notice


def test_the_members_are_noticed_by_mail_or_with_a_cedula(house):
    seats = list(Integrante.objects.order_by("pk"))
    Integrante.objects.filter(pk__in=[m.pk for m in seats[:3]]).update(
        correo="integrante@sanjacinto.example", consentimiento="Escrito del 1 de enero"
    )
    Integrante.objects.filter(pk=seats[3].pk).update(domicilio="Calle Mina 5")
    sesion = prepared(house)
    item = ready_item(house)
    put(house, sesion, item)
    convene(house, sesion)
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.numero, sesion.ejercicio) == (EstadoSesion.CONVOCADA, 1, 2026)
    assert sesion.legal_desde == NOON + dt.timedelta(hours=48)
    found = list(Convocado.objects.select_related("notificacion"))
    assert len(found) == 5
    means = [row.notificacion.medio for row in found]
    assert means.count(MedioNotificacion.ELECTRONICA) == 3
    assert means.count(MedioNotificacion.PERSONAL) == 2
    assert Envio.objects.filter(evento="documento_notificado").count() == 3
    paper = sesion.convocatoria
    assert paper.folio == "CONS-2026-000001"
    pdf = read_file(last_file(paper, ClaseArchivo.FIRMADO))
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())
    assert "sesión ordinaria 1/2026" in text
    assert item.titulo in text
    assert "48 horas de anticipación" in text
    assert "De 5 integrantes se requieren 3" in text
    assert verify().integra


def test_too_early_is_refused_with_the_moment_and_spends_no_number(house):
    sesion = prepared(house, inicia_en=NOON + dt.timedelta(hours=47, minutes=59))
    put(house, sesion, ready_item(house))
    with pytest.raises(ConflictError) as refused:
        convene(house, sesion)
    assert refused.value.code == "convocatoria_temprana"
    legal = dt.datetime.fromisoformat(refused.value.details["legal_desde"])
    assert legal == NOON + dt.timedelta(hours=48)
    assert not Documento.objects.exists()
    assert not Convocado.objects.exists()
    services.save_session(sesion_id=sesion.pk, values={"inicia_en": legal}, actor=SYSTEM, now=NOON)
    assert convene(house, sesion).numero == 1


def test_urgency_must_be_grounded_and_the_rule_must_allow_it(house):
    soon = NOON + dt.timedelta(hours=3)
    sesion = prepared(house, tipo="extraordinaria", inicia_en=soon)
    with pytest.raises(ConflictError, match="urgencia"):
        convene(house, sesion)
    services.save_session(
        sesion_id=sesion.pk, values={"urgencia": "Se desbordó el arroyo."}, actor=SYSTEM, now=NOON
    )
    convene(house, sesion)
    fact = EventRecord.objects.get(event_type="SessionConvened")
    assert fact.payload["antes"] is True
    ordinary = prepared(house, inicia_en=soon, urgencia="Se desbordó el arroyo.")
    with pytest.raises(ConflictError):
        convene(house, ordinary)


def test_a_session_whose_hour_has_passed_is_not_noticed_even_with_urgency(house):
    soon = NOON + dt.timedelta(hours=3)
    sesion = prepared(house, tipo="extraordinaria", inicia_en=soon, urgencia="El arroyo.")
    with pytest.raises(ConflictError, match="ya pasó"):
        convene(house, sesion, now=soon)
    assert not Documento.objects.exists()


def test_a_session_with_items_stays_with_their_body(house):
    sesion = prepared(house)
    point = put(house, sesion, ready_item(house))
    other = {"organo": OrganoFactory(comision=True)}
    given = {"sesion_id": sesion.pk, "actor": house["secretary"], "now": NOON}
    with pytest.raises(InvalidInputError) as refused:
        services.save_session(values=other, **given)
    assert "organo" in refused.value.fields
    services.remove_point(punto_id=point.pk, actor=house["secretary"], now=NOON)
    assert services.save_session(values=other, **given).organo == other["organo"]


def test_a_wrong_password_notices_nobody(house):
    sesion = prepared(house)
    with pytest.raises(InvalidInputError):
        convene(house, sesion, password="otra")
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.numero) == (EstadoSesion.PREPARACION, None)
    assert not Documento.objects.exists()


def test_nobody_is_noticed_twice(house):
    sesion = prepared(house)
    convene(house, sesion)
    with pytest.raises(ConflictError):
        convene(house, sesion)
    assert Convocado.objects.count() == 5
    with pytest.raises(ConflictError):
        services.save_session(sesion_id=sesion.pk, values={"lugar": "Otro"}, actor=SYSTEM, now=NOON)


def test_numbers_run_by_body_type_and_year(house):
    commission = a_body(3, comision=True)
    assert [convene(house, prepared(house)).numero for _ in range(2)] == [1, 2]
    special = prepared(house, tipo="extraordinaria")
    assert convene(house, special).numero == 1
    assert convene(house, prepared(house, organo=commission)).numero == 1


def test_without_a_rule_or_members_there_is_no_notice(house):
    solemn = prepared(house, tipo="solemne")
    with pytest.raises(NotFoundError):
        convene(house, solemn)
    empty = prepared(house, organo=OrganoFactory(comision=True))
    with pytest.raises(ConflictError, match="a quién convocar"):
        convene(house, empty)


def test_who_sits_on_the_day_of_the_session_is_noticed(house):
    away = Ocupacion.objects.order_by("pk").last()
    absence = services.grant_absence(
        ocupacion_id=away.pk,
        absence=Absence(tipo="licencia", desde=(NOON + WEEK).date(), motivo="Licencia"),
        actor=SYSTEM,
        now=NOON,
    )
    sesion = prepared(house)
    convene(house, sesion)
    assert absence.ocupacion.integrante_id not in sesion.convocados.values_list(
        "integrante_id", flat=True
    )


def test_a_late_item_is_marked_and_its_petition_told(house):
    peticion = PeticionFactory(contacto=REACHED)
    sesion = prepared(house)
    early = ready_item(house, origen="peticion", dependencia=None, peticion=peticion)
    put(house, sesion, early)
    assert not Envio.objects.filter(evento="peticion_en_cabildo").exists()
    convene(house, sesion)
    link = Vinculo.objects.filter(peticion=peticion).last()
    assert "sesión ordinaria 1/2026" in link.texto
    assert "ordinary session 1/2026" in link.texto_en
    assert Envio.objects.filter(evento="peticion_en_cabildo", canal="correo").count() == 1
    late = put(house, sesion, ready_item(house))
    assert late.tardio


def test_a_session_called_off_frees_its_items_and_keeps_its_number(house):
    sesion = prepared(house)
    item = ready_item(house)
    put(house, sesion, item)
    convene(house, sesion)
    with pytest.raises(InvalidInputError):
        services.cancel_session(sesion_id=sesion.pk, motivo=" ", actor=SYSTEM, now=NOON)
    services.cancel_session(sesion_id=sesion.pk, motivo="Sin luz.", actor=SYSTEM, now=NOON)
    assert Asunto.objects.get(pk=item.pk).estado == EstadoAsunto.VALIDADO
    assert convene(house, prepared(house)).numero == 2
    with pytest.raises(ConflictError):
        services.cancel_session(sesion_id=sesion.pk, motivo="Otra.", actor=SYSTEM, now=NOON)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.SECRETARIA])
def test_only_the_secretaria_prepares_sessions(rol):
    sesion = SesionFactory()
    with pytest.raises(NotAllowedError):
        services.cancel_session(
            sesion_id=sesion.pk, motivo="No.", actor=StaffFactory(rol=rol), now=NOON
        )


def test_the_database_refuses_a_session_without_number_or_grounds():
    sesion = SesionFactory()
    for changes in ({"estado": "convocada"}, {"caracter": "cerrada"}, {"estado": "cancelada"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sesion.objects.filter(pk=sesion.pk).update(**changes)
