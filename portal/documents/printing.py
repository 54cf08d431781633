"""From a frozen content to pages."""

import datetime as dt
from collections import Counter
from dataclasses import replace

from django.utils import timezone

from .copying import join_copy
from .models import Documento, VersionDocumento
from .rendering import (
    CopyMargins,
    DocumentContent,
    Letterhead,
    Paragraph,
    Rendered,
    SignatoryLine,
    Table,
    render_copy_margins,
    render_pages,
    render_pdf,
)
from .snapshot import snapshot, verification_url
from .stored import open_whole

#: What counts the points of a text in words; the rest are «21.», «22.»…
ORDINALS = (
    "PRIMERO", "SEGUNDO", "TERCERO", "CUARTO", "QUINTO", "SEXTO", "SÉPTIMO", "OCTAVO", "NOVENO",
    "DÉCIMO", "DÉCIMO PRIMERO", "DÉCIMO SEGUNDO", "DÉCIMO TERCERO", "DÉCIMO CUARTO",
    "DÉCIMO QUINTO", "DÉCIMO SEXTO", "DÉCIMO SÉPTIMO", "DÉCIMO OCTAVO", "DÉCIMO NOVENO",
    "VIGÉSIMO",
)  # fmt: skip
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def render_frozen(documento: Documento) -> Rendered:
    """The document as its signatories see it before they sign: no folio and no date yet."""
    rendered = render_pdf(
        layout=documento.plantilla.diseno,
        content=content_of(documento, documento.contenido),
        letterhead=Letterhead(**documento.contenido["membrete"]),
    )
    return _with_copy(rendered, documento)


def render_signed(documento: Documento, *, folio: str, now: dt.datetime) -> Rendered:
    """The same content under its folio and with the date of the first signature."""
    rendered = render_pdf(
        layout=documento.plantilla.diseno,
        content=content_of(documento, documento.contenido, folio=folio, fecha=now),
        letterhead=Letterhead(**documento.contenido["membrete"]),
    )
    return _with_copy(rendered, documento, folio=folio)


def _with_copy(rendered: Rendered, documento: Documento, *, folio: str = "") -> Rendered:
    """
    A certification carries the pages it certifies after its own: those whose hash it froze.

    :raises ConflictError: the kept copy is not what it was.
    """
    copia = documento.contenido["extra"].get("copia")
    if copia is None:
        return rendered
    margins = render_copy_margins(
        CopyMargins(
            folio=folio,
            codigo=documento.codigo,
            url=verification_url(documento.codigo),
            paginas=tuple(copia["paginas"]),
            aviso=copia["aviso"],
            color=documento.contenido["membrete"]["color"],
        )
    )
    kept = open_whole(copia["ruta"], sha256=copia["sha256"])
    pdf = join_copy(rendered.pdf, kept, margins)
    return replace(rendered, pdf=pdf, pages=rendered.pages + len(copia["paginas"]))


def render_draft(documento: Documento, version: VersionDocumento) -> Rendered:
    """A draft as a PDF to be read, marked as such, with what is missing shown in brackets."""
    content = snapshot(documento, version, gaps=True)
    return render_pdf(
        layout=documento.plantilla.diseno,
        content=content_of(documento, content, borrador=True),
        letterhead=Letterhead(**content["membrete"]),
    )


def frozen_pages(documento: Documento, *, fmt: str = "svg") -> list[bytes]:
    """The pages of a frozen or signed document as pictures, without what signatures put on them."""
    first = documento.firmas.order_by("pk").first()
    return render_pages(
        layout=documento.plantilla.diseno,
        content=content_of(
            documento,
            documento.contenido,
            folio=documento.folio or "",
            fecha=first.firmado_en if first else None,
        ),
        letterhead=Letterhead(**documento.contenido["membrete"]),
        fmt=fmt,
    )


def preview_pages(
    documento: Documento,
    version: VersionDocumento,
    *,
    fmt: str = "svg",
    firmantes: list[dict] | None = None,
) -> list[bytes]:
    """
    A draft's pages as pictures, with what is missing shown in brackets. Neither row need be kept if
    ``firmantes`` are given (see ``snapshot``).
    """
    content = snapshot(documento, version, gaps=True, firmantes=firmantes)
    return render_pages(
        layout=documento.plantilla.diseno,
        content=content_of(documento, content, borrador=True),
        letterhead=Letterhead(**content["membrete"]),
        fmt=fmt,
    )


def content_of(
    documento: Documento,
    content: dict,
    *,
    folio: str = "",
    fecha: dt.datetime | None = None,
    borrador: bool = False,
) -> DocumentContent:
    """A snapshot as the layouts take it."""
    local = fecha and timezone.localtime(fecha, timezone.get_default_timezone())
    codigo = "" if borrador else documento.codigo or ""
    return DocumentContent(
        tipo=content["tipo"],
        titulo=content["titulo"],
        folio=folio,
        fecha=local,
        lugar=content["lugar"],
        asunto=content["asunto"],
        destinatario=tuple(line for line in content["destinatario"].split("; ") if line),
        parrafos=numbered(content["parrafos"]),
        tablas=tuple(Table(**table) for table in content["extra"].get("tablas", ())),
        fundamento=content["fundamento"],
        pie_de_recurso=content["pie_de_recurso"],
        firmantes=_lines(documento, content["firmantes"]),
        codigo=codigo,
        url_verificacion=verification_url(codigo) if codigo else "",
        huella_contenido=documento.huella_contenido,
        archivo_serie=content["serie_archivo"],
        confidencial=content["confidencial"],
        borrador=borrador,
        notas=(f"Sustituye a {content['sustituye']}.",) if content["sustituye"] else (),
        extra=content["extra"],
    )


def _lines(documento: Documento, firmantes: list[dict]) -> tuple[SignatoryLine, ...]:
    level = documento.tipo.nivel_firma
    return tuple(
        SignatoryLine(clave=row["clave"], nombre=row["nombre"], cargo=row["cargo"], nivel=level)
        for row in firmantes
    )


def numbered(rows: list[dict]) -> tuple[Paragraph, ...]:
    """
    The paragraphs with their heads. Clauses and resolutive points are counted in words,
    considerandos in Roman figures, each from the beginning under every head.
    """
    found: list[Paragraph] = []
    counts: Counter[str] = Counter()
    for row in rows:
        if row["titulo"]:
            counts.clear()
            head = f"{row['clave']}.titulo"
            found.append(Paragraph(clave=head, texto=row["titulo"], clase="titulo"))
        elif row["clase"] == "titulo":
            counts.clear()
        counts[row["clase"]] += 1
        number = _number(row["clase"], counts[row["clase"]])
        found.append(Paragraph(row["clave"], row["texto"], row["clase"], number))
    return tuple(found)


def _number(clase: str, n: int) -> str:
    if clase == "considerando":
        return f"{_roman(n)}."
    if clase not in ("clausula", "resolutivo"):
        return ""
    if n > len(ORDINALS):
        return f"{n}."
    word = ORDINALS[n - 1]
    if clase == "clausula":
        word = " ".join(part[:-1] + "A" for part in word.split())
    return f"{word}."


def _roman(n: int) -> str:
    text = ""
    for value, figure in ROMAN:
        text += figure * (n // value)
        n %= value
    return text
