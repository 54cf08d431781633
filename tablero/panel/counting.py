"""What one case adds to the counters: arithmetic on values already held."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from portal.core.time import local_date
from tramites.constants import OPEN_STATES

from .models import Conteo

#: (date or None, office, concept, state): the key of a count.
Key = tuple[dt.date | None, int, str, str]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The fields of a case that the counters depend on; moments are aware."""

    dependencia_id: int
    estado: str
    recibida_en: dt.datetime
    respondida_en: dt.datetime | None
    en_plazo: bool | None


def parts(case: CaseFacts | None) -> Counter[Key]:
    """The keys a case stands under, each once; a case not yet counted stands under none."""
    found: Counter[Key] = Counter()
    if case is None:
        return found
    office, kinds = case.dependencia_id, Conteo.Concepto
    found[(local_date(case.recibida_en), office, kinds.RECIBIDA.value, "")] = 1
    if case.respondida_en is not None:
        kind = {True: kinds.EN_PLAZO, False: kinds.TARDE, None: kinds.SIN_PLAZO}[case.en_plazo]
        found[(local_date(case.respondida_en), office, kind.value, "")] = 1
    if case.estado not in OPEN_STATES:
        found[(None, office, kinds.ESTADO.value, str(case.estado))] = 1
    return found


def difference(before: CaseFacts | None, after: CaseFacts | None) -> dict[Key, int]:
    """What must be added so that the counters that held ``before`` hold ``after``."""
    change = parts(after)
    change.subtract(parts(before))
    return {key: n for key, n in change.items() if n}
