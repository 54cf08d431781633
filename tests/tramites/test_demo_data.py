"""The files of the demo municipality agree with each other."""

import datetime as dt
import re
from collections import Counter

import pytest
from shapely import unary_union
from shapely.geometry import shape

from tramites.demo import reader

ROLES = {"ventanilla", "enlace", "titular", "secretaria", "juridico", "consulta", "administrador"}
RESULTADOS = {"resuelta", "contestada", "improcedente"}
#: Words that lose their accent when somebody types in a hurry.
UNACCENTED = re.compile(
    r"\b(direccion|peticion|atencion|informacion|resolucion|inspeccion|reparacion|ubicacion|"
    r"poblacion|prevencion|publico|publica|tramite|numero|telefono|dia|dias|arbol|lampara|"
    r"transito|tambien|despues|senal|ano|anos|articulo|mas de|rio|policia|jardin|camion|"
    r"electronico|codigo|habiles)\b",
    re.IGNORECASE,
)


def _all(name: str, table: str) -> list[dict]:
    return reader.toml(name)[table]


def _keys(name: str, table: str) -> set[str]:
    return {entry["clave"] for entry in _all(name, table)}


def _area(feature: dict):
    return shape(feature["geometry"])


# --- offices, staff, rules


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("dependencias", "dependencia"),
        ("temas", "tema"),
        ("servicios", "servicio"),
        ("reglas", "regla"),
        ("plantillas_respuesta", "plantilla"),
    ],
)
def test_keys_are_unique_slugs(name: str, table: str) -> None:
    keys = [entry["clave"] for entry in _all(name, table)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)


def test_parents_of_offices_come_before_them() -> None:
    seen = {""}
    for office in _all("dependencias", "dependencia"):
        assert office["padre"] in seen, office["clave"]
        seen.add(office["clave"])
    assert len(seen) - 1 >= 18


def test_staff_is_thirty_people_over_all_roles() -> None:
    staff = _all("personal", "persona")
    assert len(staff) == 30
    assert len({p["usuario"] for p in staff}) == 30
    assert len({p["correo"] for p in staff}) == 30
    assert {p["rol"] for p in staff} == ROLES
    assert {p["dependencia"] for p in staff} <= _keys("dependencias", "dependencia")


def test_every_office_that_can_receive_a_case_has_somebody_who_answers() -> None:
    answers = {
        p["dependencia"] for p in _all("personal", "persona") if p["rol"] in ("enlace", "titular")
    }
    targets = {s["dependencia"] for s in _all("servicios", "servicio")}
    targets |= {r["dependencia"] for r in _all("ruteo", "ruta")}
    targets |= {d["destino"] for d in _all("historias", "devoluciones")}
    offices = reader.by_key("dependencias", "dependencia")
    above = {offices[t]["padre"] for t in targets if offices[t]["padre"]}
    assert targets | above <= answers


def test_rules_have_every_unit_and_complete_terms() -> None:
    rules = _all("reglas", "regla")
    assert {r["plazo"]["unidad"] for r in rules} == {"habiles", "naturales", "meses", "horas"}
    assert {r["silencio"] for r in rules} == {"negativa", "afirmativa", "ninguna"}
    effects = {r["prevencion"]["efecto"] for r in rules if "prevencion" in r}
    assert effects == {"suspende", "interrumpe"}
    for rule in rules:
        assert rule["fundamento"]
        assert dt.date.fromisoformat(rule["vigente_desde"]) == dt.date(2026, 1, 1)
        assert rule["alerta_dias"] >= 1
        assert rule["conclusion_dias"] >= 1


def test_calendar_covers_two_years_without_repeating_a_day() -> None:
    days = Counter()
    for entry in _all("calendario", "dia"):
        first = dt.date.fromisoformat(entry.get("fecha") or entry["desde"])
        last = dt.date.fromisoformat(entry.get("fecha") or entry["hasta"])
        assert first <= last
        assert entry["nombre"]
        assert "Acuerdo de Cabildo" in entry["fundamento"]
        assert entry["tipo"] in {"municipal", "suspension"}
        days.update(first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    assert max(days.values()) == 1
    assert {2026, 2027} <= {day.year for day in days}


# --- places


def test_zones_and_neighbourhoods_are_counted_and_named() -> None:
    zonas, colonias = reader.features("zonas"), reader.features("colonias")
    assert len({f["properties"]["clave"] for f in zonas}) == len(zonas) == 5
    assert len({f["properties"]["clave"] for f in colonias}) == len(colonias) == 60
    assert len({f["properties"]["nombre"] for f in colonias}) == 60
    sizes = [(reader.FOLDER / f"{name}.geojson").stat().st_size for name in ("zonas", "colonias")]
    assert sum(sizes) < 80_000


def test_neighbourhoods_tile_their_zone_without_overlap() -> None:
    zonas = {f["properties"]["clave"]: _area(f) for f in reader.features("zonas")}
    colonias = reader.features("colonias")
    areas = [_area(f) for f in colonias]
    assert all(area.is_valid and area.geom_type == "Polygon" for area in [*areas, *zonas.values()])
    for index, area in enumerate(areas):
        assert all(area.intersection(other).area < 1e-12 for other in areas[:index])
    for clave, zona in zonas.items():
        inside = [
            area
            for area, f in zip(areas, colonias, strict=True)
            if f["properties"]["zona"] == clave
        ]
        assert all(zona.covers(area) for area in inside)
        assert zona.symmetric_difference(unary_union(inside)).area < 1e-12


# --- catalogue


def test_services_refer_to_what_exists() -> None:
    services = _all("servicios", "servicio")
    assert len(services) >= 48
    kinds = Counter(s["tipo"] for s in services)
    assert set(kinds) == {"solicitud", "queja", "sugerencia", "peticion"}
    assert min(kinds.values()) >= 3
    for service in services:
        assert service["tema"] in _keys("temas", "tema")
        assert service["dependencia"] in _keys("dependencias", "dependencia")
        assert service["regla"] in _keys("reglas", "regla")
        assert service["lugar"] in {"no", "opcional", "requerido"}
    assert _keys("temas", "tema") == {s["tema"] for s in services}
    assert _keys("reglas", "regla") == {s["regla"] for s in services}
    assert len({s["codigo"] for s in services}) == len(services)


def test_formal_petitions_are_never_anonymous_and_sensitive_ones_exist() -> None:
    services = _all("servicios", "servicio")
    assert not [s["clave"] for s in services if s["tipo"] == "peticion" and s["anonimo"]]
    assert len([s for s in services if s["sensible"]]) >= 4


def test_questions_are_typed_and_choices_have_both_languages() -> None:
    kinds = {"texto", "texto_largo", "numero", "fecha", "opcion", "opciones", "si_no"}
    used = set()
    for service in _all("servicios", "servicio"):
        keys = [q["clave"] for q in service.get("preguntas", [])]
        assert len(keys) == len(set(keys))
        for question in service.get("preguntas", []):
            used.add(question["tipo"])
            chooses = question["tipo"] in {"opcion", "opciones"}
            assert chooses == bool(question["opciones"]), question["clave"]
            assert len(question["opciones"]) == len(question["opciones_en"])
            assert bool(question["ayuda"]) == bool(question["ayuda_en"])
            assert question["etiqueta_en"]
    assert used == kinds


def test_english_is_complete() -> None:
    for theme in _all("temas", "tema"):
        assert theme["nombre_en"]
    for service in _all("servicios", "servicio"):
        assert service["nombre_en"]
        assert service["descripcion_en"]
        assert len(service["requisitos"]) == len(service["requisitos_en"])
        assert all(service["requisitos_en"])


def test_search_words_are_folded() -> None:
    for service in _all("servicios", "servicio"):
        assert service["palabras"]
        assert all(word.isascii() and word == word.lower() for word in service["palabras"])


def _readable(node, path: str = ""):
    """Every Spanish text a person reads, with where it stands."""
    machine = ("clave", "palabras", "servicio", "correo", "icono", "tipo", "_en")
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, list):
        for item in node:
            yield from _readable(item, path)
    elif isinstance(node, dict):
        for key, value in node.items():
            if not key.endswith(machine):
                yield from _readable(value, f"{path}.{key}")


@pytest.mark.parametrize(
    "name",
    [
        "dependencias", "personal", "temas", "servicios", "reglas", "calendario", "ruteo",
        "plantillas_respuesta", "relatos", "historias",
    ],
)  # fmt: skip
def test_what_people_read_keeps_its_accents(name: str) -> None:
    for path, text in _readable(reader.toml(name)):
        words = re.sub(r"\{\w+\}", "", text)
        if " " in words:
            assert not UNACCENTED.search(words), f"{path}: {text}"


# --- routing and texts


def test_routes_are_in_order_and_refer_to_what_exists() -> None:
    routes = _all("ruteo", "ruta")
    orders = [r["orden"] for r in routes]
    assert orders == sorted(set(orders))
    zonas = {f["properties"]["clave"] for f in reader.features("zonas")}
    for route in routes:
        assert route["dependencia"] in _keys("dependencias", "dependencia")
        assert route["servicio"] in _keys("servicios", "servicio") | {""}
        assert route["zona"] in zonas | {""}
        assert route["canal"] in {"web", "ventanilla", "telefono", "escrito", ""}
        assert route["servicio"] or route["zona"] or route["canal"] or route["palabras"]
        assert 0 < len(route["nota"]) <= 200
    assert reader.toml("ruteo")["respaldo"]["dependencia"] == "ventanilla"


def test_canned_replies_cover_each_outcome() -> None:
    replies = _all("plantillas_respuesta", "plantilla")
    assert len(replies) == 15
    assert {r["resultado"] for r in replies} == RESULTADOS


def test_every_service_has_stories_and_values_for_its_questions() -> None:
    relatos = reader.toml("relatos")
    assert set(relatos) - {"_voz"} == _keys("servicios", "servicio")
    assert sum(len(r.get("textos", ())) for r in relatos.values()) >= 120
    for relato in relatos.values():
        if "destinos" in relato:
            assert len(relato["destinos"]) == len(relato["textos"])
            assert set(relato["destinos"]) <= _keys("dependencias", "dependencia")
