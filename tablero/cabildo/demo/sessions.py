"""The demo's sessions: one that was held, one that may begin now, one noticed, one prepared."""

import datetime as dt

from django.utils import timezone

from portal.accounts.models import User
from portal.core.calendar import current_calendar
from portal.documents.services import Credentials
from tramites.demo.accounts import demo_password

from ..models import Asunto, Organo, Punto, Sesion
from ..seating import presiding
from ..selectors import seats_on
from ..services import (
    add_point,
    call_roll,
    cast_vote,
    close_session,
    close_vote,
    convene_session,
    open_vote,
    save_session,
)
from ..services.voting import Motion

SECRETARY = "secretaria"
HALL = "Salón de Cabildo, Portal Hidalgo 1, Centro"
SIDES = {"f": "favor", "c": "contra", "a": "abstencion"}
MINUTE = dt.timedelta(minutes=1)


class Sessions:
    """Plays them as of ``now``; without the demo's staff there is nobody to notice anybody."""

    def __init__(self, *, now: dt.datetime, items: list[tuple[dict, Asunto]]) -> None:
        self.now, self.items = now, items
        self.user = User.objects.filter(username=SECRETARY).first()
        self.organo = Organo.objects.get(clave="ayuntamiento")

    def play(self) -> None:
        """Each in the order in which it was noticed."""
        if self.user is None:
            return
        self._held()
        self._session("ordinaria", self._day(2), noticed=6, items=self._of(None))
        today = self.now - 10 * MINUTE
        self._session("extraordinaria", today, noticed=2, items=self._of("hoy"))
        self._session("solemne", self._day(21), noticed=None, items=[])

    def _of(self, which: str | None) -> list[Asunto]:
        found = [row for entry, row in self.items if entry.get("sesion") == which]
        ready = Asunto.objects.filter(pk__in=[row.pk for row in found])
        return list(ready.filter(estado__in=["validado", "dictaminado"]).order_by("pk"))

    def _day(self, days: int) -> dt.datetime:
        """Ten in the morning, so many days from now or on the next business day."""
        day = timezone.localdate(self.now) + dt.timedelta(days=days)
        while not current_calendar().is_business(day):
            day += dt.timedelta(days=1)
        return dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone())

    def _session(self, tipo: str, start: dt.datetime, *, noticed, items: list[Asunto]) -> Sesion:
        """A session, noticed so many days before now; ``None`` leaves it in preparation."""
        moment = self.now - dt.timedelta(days=noticed or 0)
        values = {
            "organo": self.organo,
            "tipo": tipo,
            "inicia_en": start,
            "lugar": HALL,
            "caracter": "publica",
            "fundamento_cierre": "",
            "urgencia": "",
        }
        given = {"actor": self.user, "now": moment}
        row = save_session(sesion_id=None, values=values, **given)
        for item in items:
            add_point(sesion_id=row.pk, asunto_id=item.pk, **given)
        if noticed is not None:
            password = Credentials(contrasena=demo_password())
            convene_session(sesion_id=row.pk, credentials=password, **given)
        return row

    def _held(self) -> None:
        """Three weeks ago, with its votes."""
        start = self._day(-21)
        row = self._session("ordinaria", start, noticed=28, items=self._of("pasada"))
        seats = [seat for seat in seats_on(self.organo, start.date()) if seat.ocupacion]
        people = [seat.integrante for seat in seats]
        moment = start + 5 * MINUTE
        call_roll(
            sesion_id=row.pk,
            presentes=[person.pk for person in people],
            preside_id=presiding(seats).integrante.pk,
            actor=self.user,
            now=moment,
        )
        told = {row.pk: entry for entry, row in self.items}
        for point in Punto.objects.filter(sesion=row, asunto__isnull=False).order_by("orden"):
            moment += 15 * MINUTE
            self._vote(point, told[point.asunto_id]["votos"], people, moment)
        close_session(sesion_id=row.pk, actor=self.user, now=moment + 30 * MINUTE)

    def _vote(self, point: Punto, sides: str, people: list, moment: dt.datetime) -> None:
        given = {"actor": self.user, "now": moment}
        vote = open_vote(punto_id=point.pk, motion=Motion(forma="nominal"), **given)
        for person, side in zip(people, sides, strict=False):
            cast_vote(votacion_id=vote.pk, integrante_id=person.pk, sentido=SIDES[side], **given)
        close_vote(votacion_id=vote.pk, totals=None, actor=self.user, now=moment + 3 * MINUTE)
