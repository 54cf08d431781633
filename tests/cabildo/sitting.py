"""A session that is held, for the tests of what happens in it."""

import datetime as dt

from portal.accounts.constants import Rol
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto
from tablero.cabildo.models import Asunto, Integrante, Punto, Sesion, Votacion
from tablero.cabildo.seating import presiding
from tablero.cabildo.selectors import seats_on
from tablero.cabildo.services.voting import Motion, Totals
from tests.factories import NOON, StaffFactory, load_calendar

from .factories import AsuntoFactory, MateriaFactory, a_body, rule

SIDES = ("favor", "contra", "abstencion")
START = NOON + dt.timedelta(days=7)


class Sitting:
    """
    A body of ``seats`` with its presidency, its noticed session and ``items`` on the agenda, and
    one more of the matter that ``second`` names.

    The notice itself is another test's: here the row is put where the notice leaves it.
    """

    def __init__(
        self,
        seats: int = 13,
        items: int = 2,
        majority: dict | None = None,
        second: dict | None = None,
    ) -> None:
        load_calendar()
        rule("mayoria", "mayoria-simple")
        rule("mayoria", "mayoria-prueba", **(majority or {}))
        self.operator = StaffFactory(rol=Rol.SECRETARIA)
        self.body = a_body(seats)
        values = {"organo": self.body, "tipo": "ordinaria", "inicia_en": START, "lugar": "Salón"}
        self.sesion = services.save_session(
            sesion_id=None, values=values, actor=self.operator, now=NOON
        )
        self.items = [self.item() for _ in range(items)]
        if second is not None:
            self.items.append(self.item(materia=second))
        Sesion.objects.filter(pk=self.sesion.pk).update(
            estado="convocada", numero=1, ejercicio=2026, convocada_en=NOON
        )
        self.now = START

    def item(self, **changes) -> Asunto:
        """One more item on the agenda."""
        row = AsuntoFactory(organo=self.body, materia=MateriaFactory(**changes.pop("materia", {})))
        Asunto.objects.filter(pk=row.pk).update(estado=EstadoAsunto.VALIDADO, **changes)
        services.add_point(
            sesion_id=self.sesion.pk, asunto_id=row.pk, actor=self.operator, now=NOON
        )
        return Asunto.objects.get(pk=row.pk)

    @property
    def members(self) -> list[Integrante]:
        """Who acts, in the order of the roll call; the first presides."""
        return [seat.integrante for seat in seats_on(self.body, self.now.date())]

    @property
    def chair(self) -> Integrante:
        """Who presides."""
        return presiding(seats_on(self.body, self.now.date())).integrante

    def given(self) -> dict:
        """Who acts and when; a minute passes."""
        self.now += dt.timedelta(minutes=1)
        return {"actor": self.operator, "now": self.now}

    def roll(self, present: int | None = None, chair: bool = True) -> Sesion:
        """Call the roll with so many there, the president among them."""
        there = self.members[: len(self.members) if present is None else present]
        services.call_roll(
            sesion_id=self.sesion.pk,
            presentes=[member.pk for member in there],
            preside_id=self.chair.pk if chair and self.chair in there else None,
            **self.given(),
        )
        return self.fresh()

    def fresh(self) -> Sesion:
        """The session as it stands."""
        self.sesion = Sesion.objects.get(pk=self.sesion.pk)
        return self.sesion

    def point(self, place: int = 0) -> Punto:
        """The point of an item."""
        return Punto.objects.get(sesion=self.sesion, asunto=self.items[place], retirado_en=None)

    def open(self, place: int = 0, forma: str = "nominal", **motion) -> Votacion:
        """Put an item to the vote."""
        asked = Motion(forma=forma, **motion)
        return services.open_vote(punto_id=self.point(place).pk, motion=asked, **self.given())

    def cast(self, vote: Votacion, member: Integrante, side: str = "favor", **changes):
        """A member's vote, by the operator."""
        given = self.given() | changes
        return services.cast_vote(
            votacion_id=vote.pk, integrante_id=member.pk, sentido=side, **given
        )

    def cast_all(self, vote: Votacion, sides: str) -> None:
        """Votes in the order of the roll call: f, c, a; a dot for who does not vote."""
        names = {"f": "favor", "c": "contra", "a": "abstencion"}
        for member, letter in zip(self.members, sides, strict=False):
            if letter in names:
                self.cast(vote, member, names[letter])

    def close(self, vote: Votacion, totals: tuple[int, int, int] | None = None) -> Votacion:
        """Close it; ``totals`` for and against and abstentions."""
        counted = (
            Totals(**dict(zip(("favor", "contra", "abstencion"), totals, strict=True)))
            if totals
            else None
        )
        services.close_vote(votacion_id=vote.pk, totals=counted, **self.given())
        return Votacion.objects.get(pk=vote.pk)
