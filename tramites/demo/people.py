"""Who files each demo case, where, through which channel and in which words. All invented."""

import datetime as dt
import unicodedata
from dataclasses import dataclass, field
from random import Random

from shapely import Point
from shapely.geometry import shape

from . import reader, workdays

#: Neighbourhoods that report more than others.
_BUSY = {"centro": 4, "barrio-de-guadalupe": 4, "el-mirador": 3, "la-loma": 3, "las-animas": 2}
_CHANNELS = {"web": 62, "ventanilla": 18, "telefono": 15, "escrito": 5}
_PETITION_CHANNELS = {"web": 45, "ventanilla": 20, "escrito": 35}
_YES_NO = (True, False)


@dataclass(kw_only=True)
class Filing:
    """What the citizen gives when filing."""

    canal: str
    clock: dt.time
    early: dt.time
    colonia: str | None = None
    latitud: float | None = None
    longitud: float | None = None
    direccion: str = ""
    referencia: str = ""
    descripcion: str = ""
    destino: str = ""
    respuestas: dict = field(default_factory=dict)
    nombre: str = ""
    telefono: str = ""
    correo: str = ""

    def open_on(self, day: dt.date, today: dt.date) -> bool:
        """Whether the channel takes cases that day; today only the portal has, at night."""
        return self.canal == "web" or (day != today and workdays.is_open(day))

    def clock_on(self, day: dt.date, today: dt.date) -> dt.time:
        """Hour of filing; today's cases came in the small hours, so that they are in the past."""
        return self.early if day == today else self.clock


def _plain(text: str) -> str:
    """Lower case ASCII, words joined by dots: the local part of an address."""
    folded = unicodedata.normalize("NFD", text.lower())
    return ".".join(folded.encode("ascii", "ignore").decode().split())


class People:
    """Makes filings; remembers the texts and phones it has given out."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.told: set[str] = set()
        self.phones = iter(rng.sample(range(2000, 9999), 7999))
        self.shapes = {
            f["properties"]["clave"]: (f["properties"]["nombre"], shape(f["geometry"]))
            for f in reader.features("colonias")
        }

    def filing(self, servicio: dict, like: Filing | None = None) -> Filing:
        """Channel, hour and place; ``like`` puts it in the street of another one."""
        table = _PETITION_CHANNELS if servicio["tipo"] == "peticion" else _CHANNELS
        canal = self.rng.choices(list(table), list(table.values()))[0]
        hour = self.rng.choice((7, 8, 9, 10, 11, 12, 13, 16, 18, 19, 20, 21, 22))
        if canal != "web":
            hour = self.rng.randint(9, 14)
        found = Filing(
            canal=canal,
            clock=dt.time(hour, self.rng.randint(0, 59)),
            early=dt.time(self.rng.randint(0, 5), self.rng.randint(1, 59)),
        )
        self._place(found, servicio, like)
        self._words(found, servicio)
        return found

    def _place(self, found: Filing, servicio: dict, like: Filing | None) -> None:
        if like:
            found.colonia, found.direccion = like.colonia, like.direccion
            found.latitud, found.longitud = like.latitud, like.longitud
            return
        optional = servicio["lugar"] == "opcional" and self.rng.random() < 0.6
        if servicio["lugar"] != "requerido" and not optional:
            return
        weights = [_BUSY.get(clave, 1) for clave in self.shapes]
        found.colonia = self.rng.choices(list(self.shapes), weights)[0]
        point = self._point(self.shapes[found.colonia][1])
        found.latitud, found.longitud = round(point.y, 6), round(point.x, 6)
        calle = self.rng.choice(reader.toml("historias")["calles"]["nombres"])
        found.direccion = f"{calle} {self.rng.randint(3, 980)}"
        if self.rng.random() < 0.6:
            found.referencia = self.rng.choice(reader.toml("historias")["calles"]["referencias"])

    def _point(self, area) -> Point:
        """A point well inside ``area``."""
        inner = area.buffer(-0.0004)
        west, south, east, north = inner.bounds
        while True:
            point = Point(self.rng.uniform(west, east), self.rng.uniform(south, north))
            if inner.contains(point):
                return point

    def _words(self, found: Filing, servicio: dict) -> None:
        """The account, not told before in the same words when that can be helped."""
        relato = reader.toml("relatos")[servicio["clave"]]
        for _ in range(12):
            chosen = self.rng.randrange(len(relato["textos"]))
            text = self._dress(
                found, relato["textos"][chosen].format(**self._gaps(found)), servicio
            )
            if text not in self.told:
                break
        found.descripcion = text
        if "destinos" in relato:
            found.destino = relato["destinos"][chosen]

    def _gaps(self, found: Filing) -> dict[str, str]:
        streets = reader.toml("historias")["calles"]["nombres"]
        calle, _, numero = found.direccion.rpartition(" ")
        calle = calle or self.rng.choice(streets)
        cruce = self.rng.choice([s for s in streets[:20] if s != calle])
        colonia = self.shapes[found.colonia][0] if found.colonia else "mi colonia"
        tiempo = self.rng.choice(reader.toml("relatos")["_voz"]["tiempos"])
        return {
            "calle": calle, "cruce": cruce, "colonia": colonia, "tiempo": tiempo,
            "numero": numero or str(self.rng.randint(3, 980)),
        }  # fmt: skip

    def _dress(self, found: Filing, text: str, servicio: dict) -> str:
        """Greeting and closing as people write them; none where the matter is grave."""
        if servicio["sensible"]:
            return text
        voz = reader.toml("relatos")["_voz"]
        closings = voz["cierres"]
        if servicio["lugar"] == "requerido" and servicio["tipo"] == "solicitud":
            closings = closings + voz["cierres_lugar"]
        part = "manana" if found.clock.hour < 12 else "tarde" if found.clock.hour < 19 else "noche"
        opening = self.rng.choice(voz["aperturas"][part]) if self.rng.random() < 0.35 else ""
        closing = self.rng.choice(closings) if self.rng.random() < 0.45 else ""
        return f"{opening}{text}{closing}"

    def settle(self, found: Filing, servicio: dict, filed: dt.date) -> None:
        """Add contact and answers once the day is known."""
        self.told.add(found.descripcion)
        self._contact(found, servicio)
        values = reader.toml("relatos")[servicio["clave"]].get("respuestas", {})
        for pregunta in servicio.get("preguntas", []):
            if pregunta["requerida"] or self.rng.random() < 0.6:
                value = self._answer(pregunta, values.get(pregunta["clave"]), filed)
                found.respuestas[pregunta["clave"]] = value

    def _answer(self, pregunta: dict, values, filed: dt.date):
        """Typed value: int, ISO date, bool, one option, list of options or text."""
        kind = pregunta["tipo"]
        if kind == "si_no":
            return self.rng.choice(_YES_NO)
        if kind == "opciones":
            amount = self.rng.randint(1, min(3, len(pregunta["opciones"])))
            chosen = self.rng.sample(pregunta["opciones"], amount)
            return [option for option in pregunta["opciones"] if option in chosen]
        if kind == "opcion":
            return self.rng.choice(pregunta["opciones"])
        if kind == "numero":
            return self.rng.randint(values["min"], values["max"])
        if kind == "fecha":
            shift = self.rng.randint(values["min"], values["max"])
            return (filed + dt.timedelta(days=shift)).isoformat()
        return self.rng.choice(values)

    def _contact(self, found: Filing, servicio: dict) -> None:
        hidden = 0.65 if servicio["sensible"] else 0.3
        if servicio["anonimo"] and found.canal == "web" and self.rng.random() < hidden:
            return
        gente = reader.toml("historias")["gente"]
        first, second = self.rng.sample(gente["apellidos"], 2)
        given = self.rng.choice(gente["nombres"])
        found.nombre = f"{given} {first} {second}"
        reach = self.rng.random()
        if reach < 0.75 or found.canal == "telefono":
            found.telefono = f"55 0000 {next(self.phones):04d}"
        if reach >= 0.5:
            local = f"{_plain(given)}.{_plain(first)}{self.rng.randint(10, 99)}"
            found.correo = f"{local}@correo.example"
