"""What the panel does when something happens to a case: count it, and nudge the open pages."""

from django.db import transaction

from portal.core.events import EventContext, all_event_classes, subscribe
from portal.core.realtime import nudge
from tablero.coordinacion.events import ChargeEvent
from tablero.coordinacion.models import Encargo
from tramites.events import CasesImported, PeticionEvent
from tramites.groups import ALL_OFFICES, group_for_case, group_for_office

from .services import count_case, count_imported, count_new
from .tasks import fold_counters


class _Nudges:
    """The groups to tell after the commit, each once however many events an act publishes."""

    def __init__(self) -> None:
        self.groups: dict[str, str] = {}

    def __call__(self) -> None:
        for group, kind in self.groups.items():
            nudge(group, kind)


def _nudges() -> _Nudges:
    """The collector of this very (sub)transaction: one undone must not take another's along."""
    connection = transaction.get_connection()
    here = set(connection.savepoint_ids)
    for savepoints, function, *_rest in reversed(connection.run_on_commit):
        if isinstance(function, _Nudges) and savepoints == here:
            return function
    collector = _Nudges()
    transaction.on_commit(collector)
    return collector


def count_and_nudge(event: PeticionEvent, context: EventContext) -> None:
    """Counters in this transaction; after it, whoever looks at the case or at its offices."""
    created = context.created
    counted = count_case(event.peticion_id) if created is None else count_new(created)
    if counted.fold_due:
        fold_counters.enqueue()
    kind = event.event_type()
    groups = _nudges().groups
    if created is None:
        # Nobody can be looking at a case that was not there until this commit.
        groups[group_for_case(event.peticion_id)] = kind
    groups[ALL_OFFICES] = kind
    for office in {counted.before or counted.after, counted.after}:
        groups[group_for_office(office)] = kind


def count_batch(event: CasesImported, context: EventContext) -> None:
    """History came in: counted at once, and told once to whoever looks at the whole house."""
    count_imported(first_id=event.first_id, last_id=event.last_id)
    _nudges().groups[ALL_OFFICES] = event.event_type()


def nudge_charge(event: ChargeEvent, context: EventContext) -> None:
    """A charge of a department moved: whoever looks at its office, or at the whole house."""
    found = Encargo.objects.filter(pk=event.encargo_id).values_list("dependencia_id", flat=True)
    groups = _nudges().groups
    groups[ALL_OFFICES] = event.event_type()
    for office in found:
        groups[group_for_office(office)] = event.event_type()


def register() -> None:
    """Listen to every kind of event of a case or a charge, and to batches of history."""
    subscribe(CasesImported, count_batch)
    for event_class in all_event_classes():
        if issubclass(event_class, PeticionEvent) and event_class is not PeticionEvent:
            subscribe(event_class, count_and_nudge, once_an_act=True)
        if issubclass(event_class, ChargeEvent) and event_class is not ChargeEvent:
            subscribe(event_class, nudge_charge, once_an_act=True)
