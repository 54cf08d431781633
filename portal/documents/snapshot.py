"""The content of a document as it is frozen: all a page needs, with the names of that day."""

import hashlib
import json
import secrets

from django.conf import settings
from django.contrib.staticfiles import finders

from portal.accounts.models import Dependencia

from .constants import NivelFirma
from .models import Documento, PlantillaDocumento, VersionDocumento
from .templating import Parrafo, fill, paragraphs, shown

#: Crockford's base 32: no letter that can be taken for a figure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
#: Who is appointed, and to what.
LARGE = ("persona", "cargo")


def new_code() -> str:
    """A verification code of 100 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(codigo: str) -> str:
    """The code in groups of four, as it is printed."""
    return "-".join(codigo[n : n + 4] for n in range(0, len(codigo), 4))


def normal_code(typed: str) -> str:
    """
    A typed code as it is kept: upper case, without separators, and with the letters that the
    alphabet lacks taken for what they look like.
    """
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))[:CODE_LENGTH]


def verification_url(codigo: str) -> str:
    """The public address at which the code is verified."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/verificar/{codigo}/"


def printed_paragraphs(
    documento: Documento, version: VersionDocumento, *, gaps: bool = False
) -> list[Parrafo]:
    """The paragraphs of a version; ``gaps`` shows what is not filled in yet."""
    template = documento.plantilla
    return paragraphs(
        campos=template.campos,
        clausulas=template.clausulas,
        datos=version.datos,
        cambios=version.clausulas,
        gaps=gaps,
    )


def snapshot(
    documento: Documento,
    version: VersionDocumento,
    *,
    gaps: bool = False,
    firmantes: list[dict] | None = None,
) -> dict:
    """
    Everything printed but what signing adds (folio, date, seals): plain JSON.

    ``firmantes`` (``{clave, nombre, cargo}``) stands for those that are kept, for what is not.
    """
    template, kind = documento.plantilla, documento.tipo
    return {
        "esquema": 1,
        "tipo": kind.nombre,
        "plantilla": {"tipo": kind.clave, "version": template.version, "huella": template.huella},
        "titulo": fill(template.titulo, template.campos, version.datos, gaps=gaps),
        "asunto": documento.asunto,
        "destinatario": documento.destinatario,
        "parrafos": [
            {"clave": p.clave, "texto": p.texto, "clase": p.clase, "titulo": p.titulo}
            for p in printed_paragraphs(documento, version, gaps=gaps)
        ],
        "fundamento": template.fundamento or kind.fundamento,
        "pie_de_recurso": template.pie_de_recurso,
        "firmantes": _signatories(documento) if firmantes is None else firmantes,
        "serie_archivo": kind.serie_archivo,
        "confidencial": documento.confidencial,
        "lugar": settings.MUNICIPIO["nombre"],
        "membrete": letterhead(documento),
        "sustituye": (documento.sustituye.folio or "") if documento.sustituye_id else "",
        "extra": _large(template, version) | version.extra,
    }


def _large(template: PlantillaDocumento, version: VersionDocumento) -> dict[str, str]:
    """The fields that a layout prints in large letters beside the text."""
    named = {campo["clave"]: campo for campo in template.campos if campo["clave"] in LARGE}
    return {key: shown(campo, version.datos.get(key, "")) for key, campo in named.items()}


def _signatories(documento: Documento) -> list[dict]:
    if documento.tipo.nivel_firma == NivelFirma.SELLO and not documento.plantilla.firmantes:
        return [
            {
                "clave": "sello",
                "nombre": settings.MUNICIPIO["ayuntamiento"],
                "cargo": settings.MUNICIPIO["secretaria"],
            }
        ]
    rows = documento.firmantes.select_related("usuario").order_by("orden", "pk")
    return [{"clave": row.clave, "nombre": str(row.usuario), "cargo": row.cargo} for row in rows]


def letterhead(documento: Documento) -> dict[str, str]:
    """The letterhead of the office that issues it."""
    return letterhead_of(documento.dependencia)


def letterhead_of(office: Dependencia) -> dict[str, str]:
    """The letterhead of an office, in the colours of the municipality."""
    place = settings.MUNICIPIO
    return {
        "ayuntamiento": place["ayuntamiento"],
        "secretaria": place["secretaria"],
        "dependencia": office.nombre,
        "domicilio": office.domicilio or place["domicilio"],
        "telefono": office.telefono or place["telefono"],
        "correo": office.correo or place["correo"],
        "color": place["color"],
        "cenefa": place["cenefa"],
        "emblema_svg": emblem_svg(),
    }


def emblem_svg() -> str:
    """The municipality's emblem as SVG; empty when there is none and the layout draws its own."""
    path = finders.find(settings.MUNICIPIO.get("emblema") or "ui/emblema.svg")
    if not path or not str(path).endswith(".svg"):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def canonical(content: dict) -> bytes:
    """The bytes that are hashed: the same for the same content everywhere."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(content: dict) -> str:
    """SHA-256 of the frozen content, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def version_hash(documento: Documento, version: VersionDocumento) -> str:
    """SHA-256 of what a version would print today."""
    return content_hash(snapshot(documento, version))
