"""The rows of a case that its record points to, read in as few queries as it has kinds of them."""

from collections import defaultdict
from dataclasses import dataclass, field

from portal.accounts.models import Dependencia, User
from portal.core.models import EventRecord

from ..models import (
    Adjunto,
    Inconformidad,
    Nota,
    Peticion,
    Plazo,
    Prevencion,
    Prorroga,
    Respuesta,
    Turno,
    Vinculo,
)

#: Which row each kind of fact points to, and by which field of its payload.
POINTERS = {
    "PeticionAssigned": (Turno, "turno_id"),
    "PeticionReturned": (Turno, "turno_id"),
    "CorrectionRequested": (Prevencion, "prevencion_id"),
    "CorrectionReceived": (Prevencion, "prevencion_id"),
    "TermExtended": (Prorroga, "prorroga_id"),
    "PeticionAnswered": (Respuesta, "respuesta_id"),
    "PeticionDismissed": (Respuesta, "respuesta_id"),
    "DeclaredNotCompetent": (Respuesta, "respuesta_id"),
    "PeticionCancelled": (Respuesta, "respuesta_id"),
    "PeticionReopened": (Inconformidad, "inconformidad_id"),
    "NoteAdded": (Nota, "nota_id"),
    "AttachmentAdded": (Adjunto, "adjunto_id"),
    "DeadlineSet": (Plazo, "plazo_id"),
    "PeticionLinked": (Vinculo, "vinculo_id"),
}


@dataclass
class History:
    """The record of one case, in order, with the rows and names needed to tell it."""

    records: list[EventRecord]
    rows: dict[type, dict[int, object]] = field(default_factory=dict)
    offices: dict[int, Dependencia] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)
    merged_into: dict[int, Peticion] = field(default_factory=dict)

    def row(self, record: EventRecord):
        """The row a fact points to; ``None`` for kinds that point to none."""
        pointer = POINTERS.get(record.event_type)
        if pointer is None:
            return None
        model, name = pointer
        return self.rows.get(model, {}).get(record.payload.get(name))

    def of(self, model: type) -> list:
        """The rows of one kind, oldest first."""
        return [self.rows[model][pk] for pk in sorted(self.rows.get(model, {}))]

    def files_of(self, act: str) -> list[Adjunto]:
        """The files handed in with an act."""
        return [row for row in self.of(Adjunto) if row.acto == act]


def load_history(peticion: Peticion, *, people: bool, notes: bool, deadlines: bool) -> History:
    """
    Read the record and what it points to: one query, and one for each kind of row there is.

    ``people`` reads names of the staff, ``notes`` internal notes, ``deadlines`` computations.
    """
    # Put in order here: building ORDER BY beside many columns costs more than sorting a few rows.
    written = EventRecord.objects.filter(stream=f"peticion:{peticion.pk}").order_by()
    records = sorted(written, key=lambda record: record.sequence)
    skipped = {Nota} if not notes else set()
    skipped |= {Plazo} if not deadlines else set()
    history = History(records)
    for model in {POINTERS[r.event_type][0] for r in records if r.event_type in POINTERS}:
        if model not in skipped:
            history.rows[model] = {
                row.pk: row for row in model.objects.filter(peticion_id=peticion.pk).order_by()
            }
    history.offices = _offices(peticion, records)
    if people:
        history.people = _people(records)
    history.merged_into = _merged(records)
    return history


def _offices(peticion: Peticion, records: list[EventRecord]) -> dict[int, Dependencia]:
    ids = {
        record.payload.get(name)
        for record in records
        for name in ("dependencia_id", "desde_id")
        if record.payload.get(name) is not None
    }
    known = {peticion.dependencia_id: peticion.dependencia}
    missing = ids - set(known)
    return known | (Dependencia.objects.in_bulk(missing) if missing else {})


def _people(records: list[EventRecord]) -> dict[int, User]:
    ids = {r.actor_id for r in records if r.actor_id is not None}
    ids |= {r.payload["responsable_id"] for r in records if "responsable_id" in r.payload}
    rows = User.objects.only("username", "first_name", "last_name")
    return rows.in_bulk(ids) if ids else {}


def _merged(records: list[EventRecord]) -> dict[int, Peticion]:
    ids = {r.payload["into_id"] for r in records if r.event_type == "PeticionMerged"}
    return Peticion.objects.only("folio", "estado").in_bulk(ids) if ids else {}


def group_files(files: list[Adjunto]) -> dict[str, list[Adjunto]]:
    """Files by the act they came with."""
    grouped: dict[str, list[Adjunto]] = defaultdict(list)
    for row in files:
        grouped[row.acto].append(row)
    return grouped
