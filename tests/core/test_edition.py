"""The edition of the reference data moves with every change of them, and never comes back."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from portal.accounts.models import Dependencia
from portal.core.edition import current_edition
from portal.core.models import CalendarioVersion, ReglaJuridica
from tests.factories import (
    NOON,
    ColoniaFactory,
    DependenciaFactory,
    PreguntaFactory,
    ReglaFactory,
    ReglaTurnoFactory,
    ServicioFactory,
)
from tramites.models import Colonia, Pregunta, ReglaTurno, Servicio, Tema, Zona

MODELS = [
    *(CalendarioVersion, Colonia, Dependencia, Pregunta, ReglaJuridica, ReglaTurno),
    *(Servicio, Tema, Zona),
]


def make_one_of_each() -> None:
    servicio = ServicioFactory()
    PreguntaFactory(servicio=servicio)
    ColoniaFactory()
    ReglaFactory()
    ReglaTurnoFactory(dependencia=DependenciaFactory())
    CalendarioVersion.objects.create(motivo="Prueba", creada_en=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_way_of_changing_reference_data_is_a_new_edition(model):
    make_one_of_each()
    rows, column = model.objects.filter(pk=model.objects.latest("pk").pk), model._meta.fields[-1]
    seen = [current_edition()]

    def moved() -> bool:
        seen.append(current_edition())
        return seen[-1] is not None and seen[-1] not in seen[:-1]

    rows.update(**{column.attname: rows.values_list(column.attname, flat=True).get()})
    assert moved()
    copy = rows.get()
    with connection.constraint_checks_disabled():
        rows._raw_delete(rows.db)
        assert moved()
        model.objects.bulk_create([copy], ignore_conflicts=True)
        assert moved()


@pytest.mark.django_db
def test_reading_changes_no_edition():
    make_one_of_each()
    before = current_edition()
    list(Servicio.objects.all())
    assert current_edition() == before


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_was_undone_is_never_met_again():
    ServicioFactory()
    before = current_edition()
    with transaction.atomic():
        Servicio.objects.update(nombre="Otro")
        undone = current_edition()
        transaction.set_rollback(True)
    assert current_edition() == before
    Servicio.objects.update(nombre="Otro más")
    assert current_edition() not in (before, undone)


@pytest.mark.django_db(transaction=True)
def test_others_see_an_edition_together_with_its_data():
    ServicioFactory(nombre="Antes")
    seen = []

    def look() -> None:
        try:
            seen.append((current_edition(), Servicio.objects.get().nombre))
        finally:
            connections.close_all()

    def look_from_another_thread() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(10)

    look_from_another_thread()
    with transaction.atomic():
        Servicio.objects.update(nombre="Después")
        look_from_another_thread()
    look_from_another_thread()
    assert seen[1] == seen[0]
    assert seen[2][0] != seen[0][0]
    assert [name for _, name in seen] == ["Antes", "Antes", "Después"]


@pytest.mark.django_db(transaction=True)
def test_the_triggers_can_be_taken_away_and_put_back():
    call_command("migrate", "tramites", "0003", verbosity=0)
    try:
        before = current_edition()
        Tema.objects.create(clave="sin", nombre="Sin")
        assert current_edition() == before
    finally:
        # All of them: going back took those of other apps that build on it along.
        call_command("migrate", verbosity=0)
    Tema.objects.create(clave="con", nombre="Con")
    assert current_edition() != before
