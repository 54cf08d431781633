"""Which neighbourhood and zone a point lies in."""

import threading
import uuid
from dataclasses import dataclass

from django.core.cache import cache
from shapely import STRtree
from shapely.geometry import Point, shape

from .models import Colonia, Zona

_TOKEN = "tramites:places"  # noqa: S105 - the name of a cache entry
_TTL = 60
_lock = threading.Lock()


@dataclass(frozen=True)
class _Index:
    token: str
    colonias: tuple[Colonia, ...]
    zonas: tuple[Zona, ...]
    colonia_tree: STRtree
    zona_tree: STRtree


_index: _Index | None = None


def locate(lon: float, lat: float) -> tuple[Colonia | None, Zona] | None:
    """
    The neighbourhood (``None`` between neighbourhoods) and zone of a point in WGS 84.

    ``None`` when it lies outside every zone. No query once the polygons are read; they are read
    again a minute later at most, or at once after ``forget_places``.
    """
    index, point = _current(), Point(lon, lat)
    colonia = _first(index.colonia_tree, index.colonias, point)
    if colonia is not None:
        return colonia, colonia.zona
    zona = _first(index.zona_tree, index.zonas, point)
    return None if zona is None else (None, zona)


def forget_places() -> None:
    """Called by whoever changes a polygon."""
    cache.delete(_TOKEN)


def _first(tree: STRtree, rows: tuple, point: Point):
    found = sorted(tree.query(point, predicate="intersects"))
    return rows[found[0]] if found else None


def _current() -> _Index:
    global _index
    token = cache.get(_TOKEN)
    kept = _index
    if token and kept and kept.token == token:
        return kept
    with _lock:
        token = uuid.uuid4().hex
        _index = _build(token)
        cache.set(_TOKEN, token, timeout=_TTL)
        return _index


def _build(token: str) -> _Index:
    colonias = tuple(Colonia.objects.select_related("zona").order_by("pk"))
    zonas = tuple(Zona.objects.order_by("pk"))
    return _Index(
        token,
        colonias,
        zonas,
        STRtree([shape(row.poligono) for row in colonias]),
        STRtree([shape(row.poligono) for row in zonas]),
    )
