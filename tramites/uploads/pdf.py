"""PDF: looked into before it is kept as it came."""

import io
import logging

from django.utils.translation import gettext as _

from .problem import FileProblem

MAX_PAGES = 200
#: Where the header must lie: a PDF may not hide behind another format.
_HEADER = b"%PDF-"
_TRAILER = b"%%EOF"
_TAIL = 2048

logging.getLogger("pypdf").setLevel(logging.ERROR)


def check_pdf(content: bytes) -> None:
    """
    :raises FileProblem: broken, encrypted, over 200 pages, or with something after its end.
    """
    if not content.startswith(_HEADER) or _TRAILER not in content[-_TAIL:]:
        raise FileProblem(_("el PDF está incompleto o dañado"))
    after = content[content.rindex(_TRAILER) + len(_TRAILER) :]
    if after.strip(b"\r\n\t \x00"):
        raise FileProblem(_("el PDF trae otra cosa pegada al final"))
    # Held only by processes that are ever handed a PDF: it takes 20 MB and a second to load.
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception as error:  # pypdf raises nearly anything
        raise FileProblem(_("el PDF está dañado y no se puede leer")) from error
    if encrypted:
        raise FileProblem(_("el PDF tiene contraseña; quítesela y vuelva a intentar"))
    if not pages:
        raise FileProblem(_("el PDF no tiene páginas"))
    if pages > MAX_PAGES:
        raise FileProblem(_("el PDF tiene más de %(most)s páginas") % {"most": MAX_PAGES})
