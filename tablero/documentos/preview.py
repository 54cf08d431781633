"""Pages of a document as pictures: of what is being typed, and of what is kept."""

import gzip
from urllib.parse import quote

from django.core.cache import cache
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.documents.models import Documento, PlantillaDocumento, TipoDocumento, VersionDocumento
from portal.documents.printing import frozen_pages, preview_pages
from portal.documents.services import Draft
from portal.documents.services.drafting import current_version
from portal.documents.templating import read_clause_changes, read_values

from .people import Person

#: Seconds that the pictures of a page are kept.
KEPT = 300


def typed_pages(
    *,
    kind: TipoDocumento,
    template: PlantillaDocumento,
    office: Dependencia,
    draft: Draft,
    people: list[Person],
    replaced: Documento | None = None,
) -> list[str]:
    """
    The pages of a draft as it is being typed, as addresses that carry their picture.

    What cannot be read shows as missing; nothing is kept.

    :raises LayoutError: the layout does not compile with this text.
    """
    values, _faults = read_values(template.campos, draft.datos, complete=False)
    changes, _faults = read_clause_changes(
        template.clausulas, draft.clausulas or {}, campos=template.campos
    )
    documento = Documento(
        tipo=kind,
        plantilla=template,
        dependencia=office,
        asunto=draft.asunto,
        destinatario=draft.destinatario,
        confidencial=draft.confidencial,
        sustituye=replaced,
    )
    version = VersionDocumento(datos=values, clausulas=changes, extra={})
    lines = _signatories(template, draft, people)
    return [_as_address(page) for page in preview_pages(documento, version, firmantes=lines)]


def _signatories(template: PlantillaDocumento, draft: Draft, people: list[Person]) -> list[dict]:
    names = {person.pk: person.name for person in people}
    return [
        {
            "clave": place["clave"],
            "cargo": place["cargo"],
            "nombre": names.get((draft.firmantes or {}).get(place["clave"]), _("[Quién firma]")),
        }
        for place in template.firmantes
    ]


def _as_address(page: bytes) -> str:
    """Percent-encoded and not Base64: what carries it compresses ten times better."""
    return f"data:image/svg+xml,{quote(page)}"


def kept_pages(documento: Documento) -> list[bytes]:
    """The pages of a document as SVG, compressed with gzip; drawn once for as long as it stays."""
    key = f"documento-paginas:{documento.pk}:{documento.cambios}:{documento.estado}"
    pages = cache.get(key)
    if pages is None:
        if documento.contenido is not None:
            drawn = frozen_pages(documento)
        else:
            drawn = preview_pages(documento, current_version(documento))
        pages = [gzip.compress(page, compresslevel=5, mtime=0) for page in drawn]
        cache.set(key, pages, KEPT)
    return pages
