"""The demo's offices, staff, calendar, rules, catalogue and map, from its data files."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password

from portal.accounts.models import Adscripcion, Dependencia, User
from portal.core.actors import SYSTEM
from portal.core.calendar import Day, load_year
from portal.core.rules import publish_rule
from tramites.models import Colonia, Pregunta, ReglaTurno, Servicio, Tema, Zona
from tramites.text import service_text

from . import reader

TRIAGE_DESK = "ventanilla"
RULE_VALUES = (
    "plazo",
    "prevencion",
    "prorroga",
    "silencio",
    "alerta_dias",
    "conclusion_dias",
    "cuenta_desde",
)


def load_offices() -> dict[str, Dependencia]:
    """Every dependencia by its key; parents come first in the file."""
    offices: dict[str, Dependencia] = {}
    for entry in reader.toml("dependencias")["dependencia"]:
        fields = dict(entry)
        parent = fields.pop("padre")
        offices[entry["clave"]] = Dependencia.objects.create(
            **fields,
            padre=offices[parent] if parent else None,
            es_ventanilla=entry["clave"] == TRIAGE_DESK,
        )
    return offices


def load_staff(offices: dict[str, Dependencia], *, password: str, since: dt.date) -> None:
    """Every person with a post from ``since`` on."""
    hashed = make_password(password)
    for entry in reader.toml("personal")["persona"]:
        user = User.objects.create(
            username=entry["usuario"],
            first_name=entry["nombre"],
            last_name=entry["apellidos"],
            email=entry["correo"],
            password=hashed,
            is_staff=entry["rol"] == "administrador",
            is_superuser=entry["rol"] == "administrador",
        )
        Adscripcion.objects.create(
            usuario=user,
            dependencia=offices[entry["dependencia"]],
            rol=entry["rol"],
            puesto=entry["puesto"],
            vigente_desde=since,
        )


def _municipal_days() -> Iterator[Day]:
    for entry in reader.toml("calendario")["dia"]:
        first = entry.get("fecha") or entry["desde"]
        last = entry.get("fecha") or entry["hasta"]
        day = dt.date.fromisoformat(str(first))
        while day <= dt.date.fromisoformat(str(last)):
            yield Day(day, entry["nombre"], entry["fundamento"], entry["tipo"])
            day += dt.timedelta(days=1)


def load_calendar(*, years: tuple[int, ...], now: dt.datetime) -> None:
    """The federal rest days of ``years`` and the municipality's own."""
    days = list(_municipal_days())
    for year in years:
        load_year(
            ejercicio=year,
            fundamento="LFT, artículo 74, y acuerdos del Cabildo de San Jacinto del Valle",
            dias=[day for day in days if day.fecha.year == year],
            actor=SYSTEM,
            now=now,
        )


def load_rules(*, since: dt.date, now: dt.datetime) -> None:
    """Every legal rule, in force from ``since`` or its own earlier date."""
    for entry in reader.toml("reglas")["regla"]:
        begins = dt.date.fromisoformat(str(entry["vigente_desde"]))
        publish_rule(
            clave=entry["clave"],
            nombre=entry["nombre"],
            valor={key: entry[key] for key in RULE_VALUES if key in entry},
            fundamento=entry["fundamento"],
            vigente_desde=min(begins, since),
            actor=SYSTEM,
            now=now,
        )


def load_places() -> None:
    """Zones and neighbourhoods as polygons."""
    zones = {}
    for feature in reader.features("zonas"):
        fields = feature["properties"]
        zones[fields["clave"]] = Zona.objects.create(**fields, poligono=feature["geometry"])
    for feature in reader.features("colonias"):
        fields = {**feature["properties"], "poligono": feature["geometry"]}
        Colonia.objects.create(**{**fields, "zona": zones[fields["zona"]]})


def _service(entry: dict, themes: dict[str, Tema], offices: dict[str, Dependencia], order: int):
    fields = {f.name for f in Servicio._meta.get_fields()}
    values = {key: value for key, value in entry.items() if key in fields and key != "preguntas"}
    words = entry.get("palabras", [])
    values |= {
        "tema": themes[entry["tema"]],
        "dependencia": offices[entry["dependencia"]],
        "palabras": ", ".join(words),
        "orden": order,
    }
    service = Servicio(**values)
    service.busqueda = service_text(service)
    service.save()
    return service


def load_catalogue(offices: dict[str, Dependencia]) -> None:
    """Themes, services with their questions, and the routing table."""
    themes = {e["clave"]: Tema.objects.create(**e) for e in reader.toml("temas")["tema"]}
    services = {}
    for order, entry in enumerate(reader.toml("servicios")["servicio"], start=1):
        service = services[entry["clave"]] = _service(entry, themes, offices, order)
        Pregunta.objects.bulk_create(
            Pregunta(servicio=service, orden=n, **question)
            for n, question in enumerate(entry.get("preguntas", []), start=1)
        )
    zones = {zone.clave: zone for zone in Zona.objects.all()}
    for entry in reader.toml("ruteo")["ruta"]:
        ReglaTurno.objects.create(
            orden=entry["orden"],
            servicio=services.get(entry["servicio"]),
            zona=zones.get(entry["zona"]),
            canal=entry["canal"],
            palabras=", ".join(entry["palabras"]),
            dependencia=offices[entry["dependencia"]],
            nota=entry["nota"],
        )
