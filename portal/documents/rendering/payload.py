"""From a document's content to the data its layout prints."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from portal.documents.qr import qr_svg

from .content import CopyMargins, DocumentContent, Letterhead, StampData
from .text import every_string, printable
from .words import KINDS, WORDS, language, place_and_day

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
#: Time stamp of a file whose content has no date yet.
NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
SEAL_CHARACTERS = 24


def document_data(
    content: DocumentContent,
    letterhead: Letterhead,
    lang: str,
    change: Callable[[str], str] = printable,
) -> dict[str, Any]:
    """The dictionary a layout reads as ``datos``; ``change`` is applied to every text of people."""
    lang = language(lang)
    words = WORDS[lang]
    body = every_string(asdict(content) | {"fecha": ""}, change)
    paper = every_string(asdict(letterhead) | {"emblema_svg": ""}, change)
    paper |= {
        "color": _color(letterhead.color, Letterhead.color),
        "cenefa": _color(letterhead.cenefa, Letterhead.cenefa),
        "emblema_svg": letterhead.emblema_svg,
    }
    if url := body["extra"].get("url"):
        body["extra"] = {"qr": _qr(url), **body["extra"]}
    return {
        "lang": lang,
        "contenido": body,
        "membrete": paper,
        "palabras": words,
        "folio_impreso": body["folio"] or words["folio_pendiente"],
        "titulo_pdf": _title(body),
        "lugar_y_fecha": place_and_day(body["lugar"], _day(content.fecha), lang),
        "codigo_grupos": grouped(body["codigo"]),
        "huella_corta": grouped(content.huella_contenido[:16].lower()),
        "direccion": _address(body["url_verificacion"], body["codigo"]),
        "domicilio_linea": " · ".join(
            filter(None, (paper["domicilio"], paper["telefono"], paper["correo"]))
        ),
        "qr": _qr(content.url_verificacion) if content.url_verificacion else "",
    }


def stamp_data(kind: str, data: StampData) -> dict[str, Any]:
    """
    What the visible seal prints; ``kind`` is ``avanzada``, ``rubrica`` or ``sello``.

    Raises ``ValueError`` for another kind or a moment without zone.
    """
    if kind not in KINDS or data.momento.tzinfo is None:
        raise ValueError("a seal needs a known kind and an aware moment")
    lines = [("Certificado", data.serie), ("Sello", data.sello[:SEAL_CHARACTERS] + "…")]
    texts = {
        "clase": KINDS[kind],
        "nombre": data.nombre,
        "cargo": data.cargo,
        "leyenda": data.leyenda,
        "momento": f"{data.momento:%d/%m/%Y %H:%M:%S} ({_zone(data.momento)})",
        "renglones": [line for line in lines if line[1] not in ("", "…")],
    }
    return every_string(texts, lambda s: printable(s).replace("\n", " ")) | {
        "color": _color(data.color, StampData.color),
        "qr": _qr(data.url) if data.url else "",
        "ancho": data.ancho,
        "alto": data.alto,
    }


def margins_data(data: CopyMargins) -> dict[str, Any]:
    """What the feet of a certified copy print, in Spanish, the language of certifications."""
    texts = {
        "titulo": "Copia certificada",
        "leyenda": "COPIA CERTIFICADA",
        "aviso": data.aviso,
        "verifique": WORDS["es"]["verifique"],
        "direccion": _address(data.url, data.codigo),
        "codigo": grouped(data.codigo),
        "folio": data.folio,
        "hoja": "Hoja",
        "de": "de",
        "pagina": "Página del original:",
    }
    return every_string(texts, lambda s: printable(s).replace("\n", " ")) | {
        "paginas": [str(number) for number in data.paginas],
        "hojas": len(data.paginas),
        "color": _color(data.color, CopyMargins.color),
        "qr": _qr(data.url) if data.url else "",
    }


def moment_of(content: DocumentContent) -> dt.datetime:
    """The moment written in the file: the content's own, never the clock's."""
    value = content.fecha
    if value is None:
        return NO_DATE
    if not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def grouped(code: str) -> str:
    """``code`` in groups of four."""
    bare = re.sub(r"[\s-]", "", code)
    return " ".join(bare[i : i + 4] for i in range(0, len(bare), 4))


def _title(body: dict) -> str:
    parts = [body["titulo"] or body["tipo"], body["folio"]]
    return " ".join(part for part in parts if part).replace("\n", " ") or "Documento"


def _address(url: str, code: str) -> str:
    """The address to type: the code is printed beside it."""
    bare = re.sub(r"^https?://", "", url).rstrip("/")
    return bare.removesuffix(code).rstrip("/") if code else bare


def _day(value: dt.date | dt.datetime | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value


def _color(value: str, fallback: str) -> str:
    return value if _COLOR.fullmatch(value or "") else fallback


def _zone(moment: dt.datetime) -> str:
    minutes = int(moment.utcoffset().total_seconds() // 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@lru_cache(maxsize=128)
def _qr(url: str) -> str:
    """A document is rendered several times with one address: while edited, frozen and signed."""
    return str(qr_svg(url))
