"""What a document says and what rendering gives back: plain values, no ORM."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

#: Points of a letter sheet, width and height.
LETTER = (612.0, 792.0)


@dataclass(frozen=True)
class Paragraph:
    """
    One numbered or plain piece of the text.

    ``clase`` is ``parrafo``, ``titulo``, ``clausula``, ``cita``, ``considerando`` or
    ``resolutivo``; ``numero`` is printed as given («PRIMERO.», «IV.»).
    """

    clave: str
    texto: str
    clase: str = "parrafo"
    numero: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under repeated headings; ``anchos`` are shares, ``derecha`` the columns of figures."""

    columnas: tuple[str, ...]
    filas: tuple[tuple[str, ...], ...]
    titulo: str = ""
    anchos: tuple[float, ...] = ()
    derecha: tuple[int, ...] = ()


@dataclass(frozen=True)
class SignatoryLine:
    """Who signs, under the place kept for it; ``leyenda`` as «en suplencia de …»."""

    clave: str
    nombre: str
    cargo: str
    leyenda: str = ""
    nivel: str = "avanzada"


@dataclass(frozen=True)
class DocumentContent:
    """
    Everything printed on a document. All of it is data: nothing is read as markup.

    ``folio`` stays empty until the first signature. ``fecha`` is printed as a day and fixes the
    time stamp inside the file, so the same content always gives the same bytes. ``extra`` holds
    what only one layout prints.
    """

    tipo: str
    titulo: str
    parrafos: tuple[Paragraph, ...] = ()
    folio: str = ""
    fecha: dt.date | dt.datetime | None = None
    lugar: str = ""
    asunto: str = ""
    destinatario: tuple[str, ...] = ()
    tablas: tuple[Table, ...] = ()
    fundamento: str = ""
    pie_de_recurso: str = ""
    firmantes: tuple[SignatoryLine, ...] = ()
    codigo: str = ""
    url_verificacion: str = ""
    huella_contenido: str = ""
    archivo_serie: str = ""
    anexos: tuple[str, ...] = ()
    notas: tuple[str, ...] = ()
    confidencial: bool = False
    borrador: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is. Colours are ``#rrggbb``; without an emblem an arcade is drawn."""

    ayuntamiento: str
    secretaria: str = ""
    dependencia: str = ""
    domicilio: str = ""
    telefono: str = ""
    correo: str = ""
    color: str = "#2b3a84"
    cenefa: str = "#d99a2b"
    emblema_svg: str = ""


@dataclass(frozen=True)
class SealBox:
    """The place kept for one signature, in points from the lower left corner of a page from 1."""

    clave: str
    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Rendered:
    """
    The document, how many pages it has and where each signature goes.

    ``missing`` are the characters no font of the house has; they stand as «[U+4E2D]».
    """

    pdf: bytes
    pages: int
    boxes: tuple[SealBox, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CopyMargins:
    """What stands at the foot of each page of a certified copy; ``paginas`` are the original's."""

    folio: str
    codigo: str
    url: str
    paginas: tuple[int, ...]
    aviso: str
    color: str = "#2b3a84"


@dataclass(frozen=True)
class StampData:
    """
    What the visible seal of a signature says; ``momento`` is aware and printed in its own zone.

    ``sello`` is the detached seal, of which only the first characters are shown.
    """

    nombre: str
    cargo: str
    momento: dt.datetime
    serie: str = ""
    sello: str = ""
    url: str = ""
    leyenda: str = ""
    color: str = "#2b3a84"
    ancho: float = 226.77
    alto: float = 70.87
