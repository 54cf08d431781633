"""The layouts that come with the house."""

from functools import cache

from ..press import ROOT

NAMES = (
    *("oficio", "acuse", "circular", "nombramiento", "decreto", "resolucion"),
    *("constancia", "certificacion", "cedula", "secciones", "minutario"),
)


@cache
def layout_source(name: str) -> str:
    """The source of a layout of ``NAMES``; raises ``KeyError`` for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    return (ROOT / f"{name}.typ").read_text(encoding="utf-8")
