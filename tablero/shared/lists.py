"""What every list of the staff side shares: filters in the address, chips, and marked rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

#: Parameters that say where in a list one is: any change of filter starts over.
POSITION = ("antes", "despues", "parte")
#: Rows one bulk act may take.
MAX_MARKED = 200


@dataclass(frozen=True)
class Filter:
    """A filter of a list: its parameter, its name, and the values it may take with their names."""

    param: str
    label: str | Promise
    options: Sequence[tuple[str, str | Promise]] = ()
    icon: str = ""

    def name_of(self, value: str) -> str:
        """The words of a value; the value itself when it is free text."""
        return str(dict(self.options).get(value, value))


def link_with(query: QueryDict, **changes: str | None) -> str:
    """The same list with some parameters changed (``None`` or '' takes one off), from its start."""
    kept = [
        (key, value)
        for key, values in query.lists()
        if key not in POSITION and key not in changes
        for value in values
        if value
    ]
    kept += [(key, value) for key, value in changes.items() if value]
    return f"?{urlencode(kept)}" if kept else "?"


def active_chips(query: QueryDict, filters: Sequence[Filter]) -> list[dict]:
    """A chip for each filter in force; it takes itself off."""
    return [
        {
            "label": chosen.label,
            "value": chosen.name_of(value),
            "url": link_with(query, **{chosen.param: None}),
            "on": True,
        }
        for chosen in filters
        if (value := query.get(chosen.param, "").strip())
    ]


def marked(query: QueryDict, *, name: str = "sel") -> list[str]:
    """The rows marked in a posted list, each once, in order, ``MAX_MARKED`` at most."""
    return list(dict.fromkeys(value for value in query.getlist(name) if value))[:MAX_MARKED]
