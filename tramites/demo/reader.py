"""Reads the data files of the demo municipality. Plain dictionaries, no ORM."""

import json
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "datos"


@cache
def toml(name: str) -> dict:
    """Whole content of ``datos/<name>.toml``; callers must not change it."""
    with (FOLDER / f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def features(name: str) -> tuple[dict, ...]:
    """GeoJSON features of ``datos/<name>.geojson``: longitude first, WGS 84."""
    return tuple(json.loads((FOLDER / f"{name}.geojson").read_text("utf-8"))["features"])


@cache
def by_key(name: str, table: str) -> dict[str, dict]:
    """Entries of the list ``table`` of a file, by their ``clave``, in the order of the file."""
    return {entry["clave"]: entry for entry in toml(name)[table]}
