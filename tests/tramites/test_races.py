"""Two at once, on PostgreSQL with real threads."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from portal.accounts.constants import Rol
from portal.core.actors import CitizenActor
from portal.core.errors import ConflictError, DomainError
from portal.core.models import EventRecord
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    ServicioFactory,
    StaffFactory,
    citizen_of,
    desk,
    filing,
    fresh,
    load_calendar,
    worker_of,
)
from tramites import services
from tramites.models import Peticion, Prorroga, Turno

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = NOON + dt.timedelta(days=1)


def at_once(*calls):
    """Run the calls in threads that start together; results or errors, in order."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(10)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_the_same_form_sent_at_once_is_one_case():
    load_calendar()
    desk()
    handed_in = filing(ServicioFactory())
    results = at_once(
        *[
            lambda: services.file_peticion(filing=handed_in, actor=CitizenActor(), now=NOON)
            for _ in range(6)
        ]
    )
    assert len({(r.peticion.folio, r.pin) for r in results}) == 1
    assert sorted(r.created for r in results) == [False] * 5 + [True]
    assert Peticion.objects.count() == 1


def test_folios_have_no_gap_when_many_file_at_once():
    load_calendar()
    desk()
    servicio = ServicioFactory()
    good = [filing(servicio) for _ in range(12)]
    twice = [*good, *good[:4]]
    at_once(
        *[
            lambda f=f: services.file_peticion(filing=f, actor=CitizenActor(), now=NOON)
            for f in twice
        ]
    )
    folios = sorted(Peticion.objects.values_list("folio", flat=True))
    assert folios == [f"SJV-2026-{n:06d}" for n in range(1, 13)]


def test_of_two_who_accept_at_once_one_is_told():
    peticion = PeticionFactory()
    one = worker_of(peticion.dependencia)
    two = StaffFactory(Rol.ENLACE, peticion.dependencia)
    results = at_once(
        *[
            lambda who=who: services.accept_peticion(peticion_id=peticion.pk, actor=who, now=LATER)
            for who in (one, two)
        ]
    )
    assert sorted(isinstance(r, ConflictError) for r in results) == [False, True]
    kinds = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}")
    assert kinds.filter(event_type="PeticionAccepted").count() == 1


def test_an_answer_and_a_withdrawal_at_once_leave_one_ending():
    peticion = PeticionFactory(atendida=True)
    head = worker_of(peticion.dependencia)
    results = at_once(
        lambda: services.answer_peticion(
            peticion_id=peticion.pk, resultado="resuelta", texto="t", actor=head, now=LATER
        ),
        lambda: services.cancel_peticion(
            peticion_id=peticion.pk, motivo="m", actor=citizen_of(peticion), now=LATER
        ),
    )
    assert sorted(isinstance(r, ConflictError) for r in results) == [False, True]
    assert fresh(peticion).respuestas.count() == 1


def test_two_extensions_at_once_extend_once():
    peticion = PeticionFactory(atendida=True)
    head = worker_of(peticion.dependencia)
    at_once(
        *[
            lambda: services.extend_term(
                peticion_id=peticion.pk, cantidad=1, motivo="m", actor=head, now=LATER
            )
            for _ in range(3)
        ]
    )
    assert Prorroga.objects.count() == 1
    assert fresh(peticion).plazos.filter(vigente=True).count() == 1


def test_of_two_who_assign_the_version_they_saw_one_is_told_what_changed():
    peticion = PeticionFactory(mesa=True)
    clerk, offices = StaffFactory(Rol.VENTANILLA), [DependenciaFactory() for _ in range(2)]
    results = at_once(
        *[
            lambda o=o: services.assign_peticion(
                peticion_id=peticion.pk,
                dependencia_id=o.pk,
                motivo="m",
                actor=clerk,
                now=LATER,
                version=peticion.version,
            )
            for o in offices
        ]
    )
    assert all(isinstance(r, Peticion | DomainError) for r in results), results
    refused = [r for r in results if isinstance(r, ConflictError)]
    assert len(refused) == 1, results
    assert refused[0].details["cambios"]
    assert Turno.objects.filter(peticion=peticion).count() == 2


def test_opposite_merges_at_once_do_not_wait_for_each_other():
    one = PeticionFactory()
    two = PeticionFactory(dependencia=one.dependencia)
    head = worker_of(one.dependencia)
    results = at_once(
        *[
            lambda a=a, b=b: services.merge_peticion(
                peticion_id=a.pk, into_folio=b.folio, motivo="m", actor=head, now=LATER
            )
            for a, b in ((one, two), (two, one))
        ]
    )
    assert sorted(isinstance(r, ConflictError) for r in results) == [False, True]
    assert {fresh(one).estado, fresh(two).estado} == {"acumulada", "turnada"}


def test_the_chain_does_not_fork_when_many_write_to_it():
    peticion = PeticionFactory()
    head = worker_of(peticion.dependencia)
    at_once(
        *[
            lambda n=n: services.add_note(
                peticion_id=peticion.pk, texto=f"n{n}", actor=head, now=LATER
            )
            for n in range(8)
        ]
    )
    records = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").order_by("sequence")
    rows = list(records)
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert all(b.previous_hash == a.hash for a, b in zip(rows, rows[1:], strict=False))
    assert fresh(peticion).version == peticion.version + 8
    assert connection.vendor == "postgresql"
