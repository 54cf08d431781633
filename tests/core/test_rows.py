"""Rows written without the ORM's planning are the rows the ORM would have written."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from portal.core.models import CalendarioVersion, EventRecord, FolioSerie, Latido, StreamHead
from portal.core.rows import insert_all, is_there
from tests.factories import NOON, PeticionFactory
from tramites.models import Plazo, Turno

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)


def link(sequence: int) -> EventRecord:
    return EventRecord(
        stream="prueba:1",
        sequence=sequence,
        event_type="Prueba",
        payload={"texto": "Ñandú «%s»", "lista": [1, None, True], "nada": None},
        actor_kind="sistema",
        actor_id=None,
        occurred_at=NOON,
        previous_hash="0" * 64,
        hash="f" * 64,
    )


def test_rows_of_several_models_are_written_in_order_with_their_keys():
    links, head = [link(1), link(2)], StreamHead(stream="prueba:1", sequence=2, hash="f" * 64)
    beat, serie = Latido(proceso="prueba", visto_en=NOON), FolioSerie(serie="X", ejercicio=2026)
    insert_all([*links, head, beat, serie])
    assert links[0].pk < links[1].pk
    assert not serie._state.adding
    assert EventRecord.objects.get(pk=links[1].pk).payload == links[1].payload
    assert FolioSerie.objects.get(pk=serie.pk).ultimo == 0
    assert (StreamHead.objects.count(), Latido.objects.get().visto_en) == (1, NOON)


def test_a_row_reads_back_as_one_the_orm_saved():
    case = PeticionFactory()
    plazo, turno = case.plazos.get(), case.turnos.get()
    for row in (plazo, turno):
        again = type(row).objects.get(pk=row.pk)
        again.pk = None
        if isinstance(again, Plazo):
            again.vigente = False
            row.vigente = False
        insert_all([again])
        written = type(row).objects.get(pk=again.pk)
        left, right = (
            {f.attname: getattr(r, f.attname) for f in r._meta.fields if not f.primary_key}
            for r in (row, written)
        )
        assert left == right
    assert Turno.objects.count() == 2


def test_what_the_database_refuses_is_refused_whole():
    first = FolioSerie(serie="X", ejercicio=2026)
    insert_all([first])
    beat, twin = Latido(proceso="prueba", visto_en=NOON), FolioSerie(serie="X", ejercicio=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([beat, twin])
    assert not Latido.objects.exists()


def test_a_row_can_be_saved_again_after_it_was_written():
    row = CalendarioVersion(motivo="Prueba", creada_en=NOON)
    insert_all([row])
    row.motivo, row.creada_en = "Otra", LATER
    row.save()
    assert model_to_dict(CalendarioVersion.objects.get())["motivo"] == "Otra"


def test_a_value_is_there_or_not():
    Latido.objects.create(proceso="uno'; --", visto_en=NOON)
    assert is_there(Latido, "proceso", "uno'; --")
    assert not is_there(Latido, "proceso", "dos")
