"""Map pictures drawn on the server: polygons and points in longitude and latitude, as SVG.

No tiles and no script: they work on paper, without network, and under the strictest policy.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ids = itertools.count(1)
Point = Sequence[float]


@dataclass(frozen=True)
class Area:
    """A polygon with a name; ``geometry`` is a GeoJSON (Multi)Polygon or a list of rings."""

    nombre: str
    geometry: object
    url: str = ""
    level: int | None = None


@dataclass(frozen=True)
class Pin:
    """A place. ``kind``: pin (the one that matters) or dot; a pin with ``url`` is a link."""

    lon: float
    lat: float
    label: str
    url: str = ""
    kind: str = "pin"
    weight: int = 1


@dataclass(frozen=True)
class MapPicture:
    """The drawing and where its points fell, in viewBox units."""

    svg: SafeString
    title: str
    placed: list[tuple[float, float]] = field(default_factory=list)


def rings_of(geometry: object) -> Iterator[list[Point]]:
    """Yield every ring of a GeoJSON Polygon or MultiPolygon, or of a plain list of rings."""
    if isinstance(geometry, dict):
        kind, coordinates = geometry.get("type"), geometry.get("coordinates", [])
        if kind == "Feature":
            yield from rings_of(geometry.get("geometry", {}))
            return
        polygons = coordinates if kind == "MultiPolygon" else [coordinates]
        for polygon in polygons:
            yield from polygon
        return
    yield from geometry  # type: ignore[misc]


class Projection:
    """Equirectangular around the middle latitude: true enough for one municipality (< 100 km)."""

    def __init__(self, points: Iterable[Point], width: float, height: float, pad: float) -> None:
        points = list(points) or [(-99.0, 19.0)]
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        self.squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
        span_x = max((max(lons) - min(lons)) * self.squeeze, 1e-4)
        span_y = max(max(lats) - min(lats), 1e-4)
        self.scale = min((width - 2 * pad) / span_x, (height - 2 * pad) / span_y)
        self.mid_lon, self.mid_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self.center = (width / 2, height / 2)

    def __call__(self, point: Point) -> tuple[float, float]:
        """Return (x, y) in viewBox units; north is up."""
        x = self.center[0] + (point[0] - self.mid_lon) * self.squeeze * self.scale
        y = self.center[1] - (point[1] - self.mid_lat) * self.scale
        return x, y


def map_picture(
    *,
    title: str,
    areas: Sequence[Area] = (),
    pins: Sequence[Pin] = (),
    width: int = 640,
    height: int = 420,
    pad: int = 16,
    names: bool = False,
) -> MapPicture:
    """Draw areas and pins so that all of them fit.

    ``names`` writes each area's name in its middle. A level (0 to 4) tints an area by quantity.
    """
    corners = [p for area in areas for ring in rings_of(area.geometry) for p in ring]
    project = Projection([*corners, *((p.lon, p.lat) for p in pins)], width, height, pad)
    shapes = [_area(area, project) for area in areas]
    if names:
        shapes += [_name(area, project) for area in areas]
    placed = [project((pin.lon, pin.lat)) for pin in pins]
    shapes += [_pin(pin, x, y) for pin, (x, y) in zip(pins, placed, strict=True)]
    identifier = f"mapa{next(_ids)}"
    svg = format_html(
        '<svg viewBox="0 0 {} {}" role="{}" aria-labelledby="{}"><title id="{}">{}</title>{}</svg>',
        width,
        height,
        "group" if any(area.url for area in areas) or any(pin.url for pin in pins) else "img",
        identifier,
        identifier,
        title,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )
    return MapPicture(svg=svg, title=title, placed=placed)


def _path(geometry: object, project: Projection) -> str:
    parts = []
    for ring in rings_of(geometry):
        steps = " L".join(f"{x:.1f} {y:.1f}" for x, y in (project(p) for p in ring))
        if steps:
            parts.append(f"M{steps}z")
    return "".join(parts)


def _linked(url: str, label: str, shape: SafeString) -> SafeString:
    if not url:
        return shape
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, label, shape)


def _area(area: Area, project: Projection) -> SafeString:
    css = "m-area" if area.level is None else f"m-area m-l{min(max(area.level, 0), 4)}"
    shape = format_html(
        '<path class="{}" fill-rule="evenodd" d="{}"><title>{}</title></path>',
        css,
        _path(area.geometry, project),
        area.nombre,
    )
    return _linked(area.url, area.nombre, shape)


def _name(area: Area, project: Projection) -> SafeString:
    corners = [project(p) for ring in rings_of(area.geometry) for p in ring]
    if not corners:
        return format_html("")
    x = (min(c[0] for c in corners) + max(c[0] for c in corners)) / 2
    y = (min(c[1] for c in corners) + max(c[1] for c in corners)) / 2
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
        f"{x:.1f}",
        f"{y:.1f}",
        area.nombre,
    )


def _pin(pin: Pin, x: float, y: float) -> SafeString:
    if pin.kind == "pin":
        shape = format_html(
            '<circle class="m-halo" cx="{x}" cy="{y}" r="46"/><path class="m-pin" '
            'd="M{x} {y}c-6-11-15-18-15-28a15 15 0 0 1 30 0c0 10-9 17-15 28z"/>'
            '<circle class="m-eye" cx="{x}" cy="{eye}" r="5"/>',
            x=f"{x:.1f}",
            y=f"{y:.1f}",
            eye=f"{y - 28:.1f}",
        )
    else:
        radius = min(5 + 3 * math.log2(max(pin.weight, 1)), 26)
        shape = format_html(
            '<circle class="m-pin2" cx="{}" cy="{}" r="{}"><title>{}</title></circle>{}',
            f"{x:.1f}",
            f"{y:.1f}",
            f"{radius:.1f}",
            pin.label,
            format_html(
                '<text x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
                f"{x:.1f}",
                f"{y + 4:.1f}",
                pin.weight,
            )
            if pin.weight > 1
            else "",
        )
    return _linked(pin.url, pin.label, shape)
