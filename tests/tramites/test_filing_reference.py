"""What a process remembers of the catalogue never outlives a change of it."""

import datetime as dt

import pytest
from django.db import transaction

from portal.accounts.models import Dependencia
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.calendar import Day, publish_calendar_change
from portal.core.errors import InvalidInputError, NotFoundError, UnavailableError
from portal.core.models import ReglaJuridica
from portal.core.rules import publish_rule
from tests.factories import (
    NOON,
    ColoniaFactory,
    DependenciaFactory,
    PreguntaFactory,
    ReglaTurnoFactory,
    ServicioFactory,
    desk,
    filing,
    load_calendar,
    local,
)
from tramites.models import Pregunta, Servicio
from tramites.selectors import current_reference
from tramites.services import Place, file_peticion

pytestmark = pytest.mark.django_db


@pytest.fixture
def servicio():
    """A service in which a case was filed already, so that this process remembers all of it."""
    load_calendar()
    desk()
    servicio = ServicioFactory()
    file(servicio)
    return servicio


def file(servicio, now=NOON, **changed):
    handed_in = filing(servicio, **changed)
    return file_peticion(filing=handed_in, actor=CitizenActor(), now=now).peticion


def refused(servicio, **changed) -> dict:
    with pytest.raises(InvalidInputError) as caught:
        file(servicio, **changed)
    return caught.value.fields


def test_nothing_is_read_again_until_something_changes(servicio, django_assert_num_queries):
    before = current_reference()
    with django_assert_num_queries(1):
        assert current_reference() is before
    Servicio.objects.filter(pk=servicio.pk).update(orden=7)
    assert current_reference() is not before


def test_a_service_closed_a_moment_ago_takes_no_more_cases(servicio):
    Servicio.objects.filter(pk=servicio.pk).update(activo=False)
    assert "servicio" in refused(servicio)


def test_a_question_added_a_moment_ago_must_be_answered(servicio):
    PreguntaFactory(servicio=servicio, clave="tamano", requerida=True)
    assert "pregunta.tamano" in refused(servicio)
    Pregunta.objects.all().delete()
    assert file(servicio).folio


def test_a_line_of_the_routing_table_counts_at_once_and_no_longer_than_it_stands(servicio):
    other = DependenciaFactory()
    line = ReglaTurnoFactory(dependencia=other, servicio=servicio)
    assert file(servicio).dependencia == other
    line.activa = False
    line.save()
    assert file(servicio).dependencia == servicio.dependencia


def test_an_office_closed_a_moment_ago_gets_no_more_cases(servicio):
    Dependencia.objects.filter(pk=servicio.dependencia_id).update(activa=False)
    assert file(servicio).dependencia == desk()


def test_a_case_goes_to_the_desk_of_this_moment(servicio):
    Dependencia.objects.filter(es_ventanilla=True).update(es_ventanilla=False)
    Dependencia.objects.filter(pk=servicio.dependencia_id).update(activa=False)
    with pytest.raises(UnavailableError):
        file(servicio)
    fresh = DependenciaFactory(es_ventanilla=True)
    assert file(servicio).dependencia == fresh


def test_a_neighbourhood_that_is_gone_can_no_longer_be_chosen(servicio):
    colonia = ColoniaFactory()
    chosen = Place(colonia_id=colonia.pk)
    assert file(servicio, lugar=chosen).zona == colonia.zona
    colonia.peticion_set.update(colonia=None)
    colonia.delete()
    assert "lugar" in refused(servicio, lugar=chosen)


def test_a_version_of_a_rule_rules_from_its_day_on(servicio):
    before = file(servicio).vence_en
    old = ReglaJuridica.objects.get(clave=servicio.regla)
    publish_rule(
        clave=old.clave,
        nombre=old.nombre,
        valor={**old.valor, "plazo": {"cantidad": 3, "unidad": "habiles"}},
        fundamento=old.fundamento,
        vigente_desde=dt.date(2026, 10, 7),
        actor=SYSTEM,
        now=NOON,
    )
    assert file(servicio).vence_en == before
    later = file(servicio, now=local(2026, 10, 7))
    assert later.plazos.get().regla.version == 2
    assert later.vence_en < before


def test_a_rule_that_is_gone_is_missed(servicio):
    Servicio.objects.filter(pk=servicio.pk).update(regla="otra")
    with pytest.raises(NotFoundError):
        file(servicio)


def test_a_day_taken_from_the_calendar_moves_the_next_term(servicio):
    before = file(servicio).vence_en
    day = Day(local(2026, 10, 8).date(), "Feria", "Acuerdo de Cabildo")
    publish_calendar_change(add=[day], motivo="Feria", actor=SYSTEM, now=NOON)
    after = file(servicio)
    assert after.vence_en == before + dt.timedelta(days=1)
    assert after.plazos.get().calendario_id == current_reference().calendar.version


def test_a_change_that_was_undone_was_never_remembered(servicio):
    with transaction.atomic():
        Servicio.objects.filter(pk=servicio.pk).update(activo=False)
        assert "servicio" in refused(servicio)
        transaction.set_rollback(True)
    assert file(servicio).folio
