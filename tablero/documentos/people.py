"""The people one may ask to review or to sign, as the pickers show them."""

import datetime as dt
from dataclasses import dataclass

from portal.accounts.selectors import posts_in_force


@dataclass(frozen=True)
class Person:
    """Somebody of the staff, by their first post."""

    pk: int
    name: str
    post: str
    office_id: int
    office: str

    @property
    def words(self) -> str:
        """Name, post and office in a line."""
        return ", ".join(part for part in (self.name, self.post, self.office) if part)


def staff_people(on: dt.date) -> list[Person]:
    """Everybody with a post on a date, once each, by name; one query."""
    found: dict[int, Person] = {}
    for post in posts_in_force(on=on):
        office = post.dependencia
        found.setdefault(
            post.usuario_id,
            Person(post.usuario_id, str(post.usuario), post.puesto, office.pk, office.nombre),
        )
    return list(found.values())


def by_office(people: list[Person], *, first: int) -> list[dict]:
    """People under their offices by name, the office ``first`` before the others."""
    groups: dict[int, dict] = {}
    for person in people:
        group = groups.setdefault(
            person.office_id, {"pk": person.office_id, "name": person.office, "people": []}
        )
        group["people"].append(person)
    return sorted(groups.values(), key=lambda g: (g["pk"] != first, g["name"]))
