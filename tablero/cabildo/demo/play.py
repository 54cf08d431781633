"""Playing the demo's Cabildo through the real services."""

import datetime as dt
import tomllib
from pathlib import Path

from portal.accounts.models import User
from portal.core.actors import SYSTEM
from portal.core.time import local_date

from ..constants import Calidad, Cargo, TipoAusencia, TipoOrgano
from ..models import Asiento, Integrante, Organo
from ..services import (
    grant_absence,
    publish_body_rule,
    save_body,
    save_member,
    save_seat,
    seat_member,
)
from ..services.absences import Absence
from .items import Items
from .sessions import Sessions

FILE = Path(__file__).with_name("cabildo.toml")
#: Offices of a commission's seats, by place.
PLACES = (Cargo.PRESIDENCIA, Cargo.SECRETARIA)
CONSENT = "Escrito de aceptación del 1 de enero, con su protesta"
#: Years a municipal government lasts (CPEUM 115, I).
TERM = 3


def story() -> dict:
    """The file as plain dictionaries."""
    return tomllib.loads(FILE.read_text("utf-8"))


class Stage:
    """Where the demo's Cabildo is seated, as of ``now``."""

    def __init__(self, *, now: dt.datetime) -> None:
        self.now, self.today = now, local_date(now)
        self.since = dt.date(self.today.year - 1, 1, 1)
        self.until = dt.date(self.since.year + TERM - 1, 12, 31)
        self.opening = now - dt.timedelta(days=120)
        self.people: dict[str, Integrante] = {}

    def play(self) -> None:
        """Rules, bodies, seats, who holds them, and a leave in force."""
        told = story()
        for entry in told["regla"]:
            publish_body_rule(**entry, vigente_desde=self.since, actor=SYSTEM, now=self.opening)
        for entry in told["organo"]:
            self._body(entry)
        items = Items(told, now=self.now, opening=self.opening)
        items.play()
        Sessions(now=self.now, items=items.made).play()

    def _body(self, entry: dict) -> None:
        names = ("clave", "nombre", "tipo", "regla_quorum", "atribuciones")
        values = {name: entry[name] for name in names}
        values |= {"vigente_desde": self.since, "vigente_hasta": self.until}
        organo = save_body(organo_id=None, values=values, actor=SYSTEM, now=self.opening)
        if organo.tipo == TipoOrgano.AYUNTAMIENTO:
            for place, seat in enumerate(entry["asiento"], 1):
                self._elected(organo, place, seat)
        else:
            for place, name in enumerate(entry["integrantes"]):
                self._member(organo, place, name)

    def _elected(self, organo: Organo, place: int, entry: dict) -> None:
        seat = self._seat(organo, place, entry["cargo"], entry["nombre"])
        held = self._hold(seat, self._person(entry["titular"]), Calidad.PROPIETARIO)
        self._hold(seat, self._person(entry["suplente"]), Calidad.SUPLENTE)
        away = entry.get("licencia")
        if away:
            absence = Absence(
                tipo=TipoAusencia.LICENCIA,
                desde=self._day(away["desde"]),
                hasta=self._day(away["hasta"]),
                suplente_desde=self._day(away["suplente"]),
                motivo=away["motivo"],
            )
            grant_absence(ocupacion_id=held.pk, absence=absence, actor=SYSTEM, now=self.opening)

    def _member(self, organo: Organo, place: int, name: str) -> None:
        cargo = PLACES[place] if place < len(PLACES) else Cargo.VOCALIA
        words = {Cargo.PRESIDENCIA: "Presidencia", Cargo.SECRETARIA: "Secretaría"}
        called = words.get(cargo, f"Vocalía {place - len(PLACES) + 1}")
        seat = self._seat(organo, place + 1, cargo, called)
        self._hold(seat, self.people[name], Calidad.PROPIETARIO)

    def _seat(self, organo: Organo, place: int, cargo: str, name: str) -> Asiento:
        values = {
            "cargo": cargo,
            "nombre": name,
            "orden": place,
            "vigente_desde": self.since,
            "vigente_hasta": self.until,
        }
        return save_seat(
            organo_id=organo.pk, asiento_id=None, values=values, actor=SYSTEM, now=self.opening
        )

    def _hold(self, seat: Asiento, person: Integrante, calidad: str):
        return seat_member(
            asiento_id=seat.pk,
            integrante_id=person.pk,
            calidad=calidad,
            desde=self.since,
            protesta=self.since,
            actor=SYSTEM,
            now=self.opening,
        )

    def _person(self, entry: dict) -> Integrante:
        user = User.objects.filter(username=entry.get("usuario", "")).first()
        values = {
            "nombre": entry["nombre"],
            "partido": entry["partido"],
            "correo": entry.get("correo", ""),
            "consentimiento": CONSENT if entry.get("correo") else "",
            "domicilio": "Portal Hidalgo 1, Centro",
            "usuario": user,
        }
        row = save_member(integrante_id=None, values=values, actor=SYSTEM, now=self.opening)
        self.people[row.nombre] = row
        return row

    def _day(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)
