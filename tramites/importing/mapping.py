"""The map of an import: a TOML file, checked as a whole before the first row is read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError

REQUIRED_COLUMNS = ("clave", "recibida")
KNOWN_COLUMNS = {*REQUIRED_COLUMNS, "concluida", "categoria", "descripcion", "direccion"}


@dataclass(frozen=True)
class ImportMap:
    """
    What the file's columns mean.

    ``origen`` names the source and makes its keys unique here; ``columnas`` gives, for each of our
    fields, the file's columns whose values are joined; ``servicios`` maps a category to the key of
    a service, with ``servicio_por_omision`` for the rest (empty: such rows are refused).
    """

    origen: str
    prefijo_folio: str
    codificacion: str
    formato_fecha: str
    columnas: dict[str, tuple[str, ...]]
    servicios: dict[str, str]
    servicio_por_omision: str
    sin_categoria: str
    basura: tuple[str, ...]
    texto_respuesta: str


def _columns(raw: dict) -> dict[str, tuple[str, ...]]:
    unknown = sorted(set(raw) - KNOWN_COLUMNS)
    missing = [name for name in REQUIRED_COLUMNS if name not in raw]
    if unknown or missing:
        words = [_("campos que no existen: ") + ", ".join(unknown)] if unknown else []
        words += [_("faltan: ") + ", ".join(missing)] if missing else []
        raise InvalidInputError(_("El mapa tiene columnas mal dichas; ") + "; ".join(words))
    return {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in raw.items()
    }


def read_map(path: Path) -> ImportMap:
    """
    The map in the TOML file ``path``.

    :raises InvalidInputError: it cannot be read, or says something the import does not know.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInputError(
            _("No se puede leer el mapa «%(path)s»: %(why)s")
            % {"path": path, "why": error.strerror}
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            _("El mapa «%(path)s» no es TOML válido: %(why)s") % {"path": path, "why": error}
        ) from error
    try:
        return ImportMap(
            origen=raw["origen"],
            prefijo_folio=raw["prefijo_folio"],
            codificacion=raw.get("codificacion", "utf-8"),
            formato_fecha=raw.get("formato_fecha", "%Y-%m-%d"),
            columnas=_columns(raw["columnas"]),
            servicios={key.casefold(): value for key, value in raw.get("servicios", {}).items()},
            servicio_por_omision=raw.get("servicio_por_omision", ""),
            sin_categoria=raw.get("sin_categoria", ""),
            basura=tuple(raw.get("basura", ())),
            texto_respuesta=raw.get("texto_respuesta", ""),
        )
    except KeyError as error:
        raise InvalidInputError(_("Al mapa le falta «%(key)s».") % {"key": error.args[0]}) from None
