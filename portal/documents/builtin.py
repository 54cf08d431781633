"""The kinds of documents the house comes with, as files: pure, without the database."""

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parent / "catalogue"
#: Files are wrapped for whoever reads them; on paper a single line end is a space.
_WRAP = re.compile(r"(?<!\n)[ \t]*\n[ \t]*(?!\n)")
_FIELD = {"requerido": False, "maximo": 0, "opciones": [], "ayuda": ""}
_CLAUSE = {"titulo": "", "clase": "parrafo", "opcional": False, "editable": False}
_TEMPLATE_TEXTS = ("titulo", "layout", "fundamento", "pie_de_recurso")


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """
    A kind and its first template.

    ``values`` are fields of ``TipoDocumento``. ``template`` holds ``titulo``, ``campos``,
    ``clausulas``, ``firmantes``, ``fundamento``, ``pie_de_recurso`` and ``layout``, the name of the
    layout it is printed with. ``confidencial`` tells whether a draft begins marked so.
    """

    values: dict
    template: dict
    confidencial: bool = False


def builtin_keys() -> tuple[str, ...]:
    """The keys of all kinds, in alphabetical order."""
    return tuple(sorted(path.stem for path in CATALOGUE.glob("*.toml")))


def builtin_kind(clave: str) -> BuiltIn:
    """
    The kind ``clave``; the caller may change what it gets.

    :raises KeyError: there is none of that key.
    """
    return deepcopy(_read(clave))


@cache
def _read(clave: str) -> BuiltIn:
    if clave not in builtin_keys():
        raise KeyError(clave)
    raw = tomllib.loads((CATALOGUE / f"{clave}.toml").read_text(encoding="utf-8"))
    head = raw.pop("plantilla")
    parts = {name: raw.pop(name, []) for name in ("campo", "clausula", "firmante")}
    confidencial = raw.pop("confidencial", False)
    return BuiltIn(
        values={name: _unwrapped(value) for name, value in raw.items()},
        template={
            **{name: _unwrapped(head.pop(name, "")) for name in _TEMPLATE_TEXTS},
            **head,
            "campos": [_with_defaults(row, _FIELD) for row in parts["campo"]],
            "clausulas": [_with_defaults(row, _CLAUSE) for row in parts["clausula"]],
            "firmantes": parts["firmante"],
        },
        confidencial=confidencial,
    )


def _with_defaults(row: Mapping, defaults: Mapping) -> dict:
    return {**deepcopy(defaults), **{name: _unwrapped(value) for name, value in row.items()}}


def _unwrapped(value):
    return _WRAP.sub(" ", value.strip()) if isinstance(value, str) else value
