"""The tree of dependencias as plain ids: who stands under whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .models import Dependencia


@dataclass(frozen=True)
class OfficeTree:
    """``parents`` maps each dependencia to the one above it (``None`` at the top)."""

    parents: Mapping[int, int | None]
    children: Mapping[int | None, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        children = defaultdict(list)
        for office, parent in self.parents.items():
            children[parent].append(office)
        object.__setattr__(self, "children", {key: tuple(ids) for key, ids in children.items()})

    def with_descendants(self, offices: Iterable[int]) -> frozenset[int]:
        """``offices`` and everything under them; a loop in the data does not hang."""
        found, queue = set(), list(offices)
        while queue:
            office = queue.pop()
            if office not in found:
                found.add(office)
                queue += self.children.get(office, ())
        return frozenset(found)

    def ancestors(self, office: int) -> tuple[int, ...]:
        """The offices above ``office``, nearest first."""
        found: list[int] = []
        parent = self.parents.get(office)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.parents.get(parent)
        return tuple(found)


def load_tree() -> OfficeTree:
    """The tree as it stands; one query over a few dozen rows."""
    return OfficeTree(dict(Dependencia.objects.values_list("pk", "padre_id")))
