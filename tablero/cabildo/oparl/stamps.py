"""When things were created and last changed: read from the record, which knows it of all."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Min

from portal.core.models import EventRecord

#: Of a row older than the record.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
Stamps = dict[int, tuple[dt.datetime, dt.datetime]]


def stamps_of(noun: str, ids: Iterable[int]) -> Stamps:
    """The first and the last fact of the streams ``noun:id``, by id; one query."""
    names = {f"{noun}:{pk}": pk for pk in ids}
    rows = EventRecord.objects.filter(stream__in=list(names)).values("stream")
    rows = rows.annotate(first=Min("occurred_at"), last=Max("occurred_at")).order_by()
    found = {names[row["stream"]]: (row["first"], row["last"]) for row in rows}
    return {pk: found.get(pk, (LONG_AGO, LONG_AGO)) for pk in names.values()}
