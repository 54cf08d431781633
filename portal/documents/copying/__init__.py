"""
Copies of a PDF as pages of another: what each page shows, and nothing that it could do.

Files from anywhere are read in a process that limits itself and ends (``process``); ``pages`` is
the work, on this side are the questions.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, UnavailableError

from ..press import framing
from ..press.client import environment

#: Bytes of a file and pages of a copy.
MAX_BYTES, MAX_PAGES = 15_000_000, 200
#: Seconds of processor, seconds by the clock, and bytes of memory for one file.
CPU_SECONDS, WALL_SECONDS, MEMORY = 40, 60, 1_500_000_000
_BASE = Path(__file__).parents[3]
_RANGE = re.compile(r"([0-9]{1,4})(?:\s*[-–—]\s*([0-9]{1,4}))?")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Clean pages of letter size, and the numbers they have in the original of ``total`` pages."""

    pdf: bytes
    total: int
    paginas: tuple[int, ...]


def parse_pages(text: str) -> list[tuple[int, int]]:
    """
    «1-3, 5» as ranges, first and last, in the order written; none at all means every page.

    :raises InvalidInputError: about ``paginas``: it does not read so, or runs backwards.
    """
    ranges = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]|\sy\s", text))):
        found = _RANGE.fullmatch(part)
        if found is None:
            line = _("«%(part)s» no se entiende. Escriba, por ejemplo: 1-3, 5.")
            raise _about_pages(line % {"part": part[:20]})
        first, last = int(found[1]), int(found[2] or found[1])
        if not 0 < first <= last:
            line = _("«%(part)s» no va de menor a mayor, desde la 1.")
            raise _about_pages(line % {"part": part})
        ranges.append((first, last))
    return ranges


def clean_copy(pdf: bytes, pages: str) -> Copy:
    """
    The pages of ``pdf`` that ``pages`` names, as a copy shows them.

    Comments, forms, scripts and attachments stay behind; what a signature shows is drawn on the
    page, and is no signature any more.

    :raises InvalidInputError: about ``archivo``: no PDF, too large, encrypted or broken; about
        ``paginas``: not understood, or not all there.
    :raises UnavailableError: there is no memory or time for it now.
    """
    ranges = parse_pages(pages)
    if len(pdf) > MAX_BYTES:
        raise _about_file(_("El PDF pesa más de 15 MB: envíelo en partes."))
    if not pdf.startswith(b"%PDF-"):
        raise _about_file(_("El archivo no es un PDF."))
    told, blobs = _ask({"act": "clean", "ranges": ranges, "most": MAX_PAGES}, [pdf])
    _refuse(told)
    return Copy(pdf=blobs[0], total=told["total"], paginas=tuple(told["pages"]))


def join_copy(certificate: bytes, copy: bytes, margins: bytes) -> bytes:
    """
    ``certificate`` with the pages of a clean ``copy`` after its own, each under a page of
    ``margins``. It no longer claims to be PDF/A or PDF/UA: nobody knows what the copy is.

    :raises UnavailableError: there is no memory or time for it now.
    """
    told, blobs = _ask({"act": "join"}, [certificate, copy, margins])
    if "code" in told:
        raise _exhausted()
    return blobs[0]


def _ask(asked: dict, blobs: list[bytes]) -> tuple[dict, list[bytes]]:
    request = BytesIO()
    framing.write(request, asked, blobs)
    limits = [str(CPU_SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the files go in as data
            [sys.executable, "-m", "portal.documents.copying.process", *limits],
            input=request.getvalue(),
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=_BASE,
            env=environment(),
            check=False,
        )
        return framing.read(BytesIO(done.stdout))
    except subprocess.TimeoutExpired as error:
        raise _exhausted() from error
    except (EOFError, ValueError) as error:
        if asked["act"] == "clean":
            raise _about_file(_("El PDF pide demasiado trabajo: vuelva a escanearlo.")) from error
        raise _exhausted() from error


def _refuse(told: dict) -> None:
    code = told.get("code")
    if code is None:
        return
    words = {"total": told.get("total", 0), "most": MAX_PAGES}
    if code == "outside":
        raise _about_pages(_("El original tiene %(total)s páginas.") % words)
    if code == "many":
        raise _about_pages(_("Son más de %(most)s páginas: pida la copia en partes.") % words)
    if code == "encrypted":
        raise _about_file(_("El PDF tiene contraseña: quítesela y vuelva a intentar."))
    raise _about_file(_("El PDF está dañado y no se puede leer."))


def _about_pages(line: str) -> InvalidInputError:
    return InvalidInputError(fields={"paginas": [line]})


def _about_file(line: str) -> InvalidInputError:
    return InvalidInputError(fields={"archivo": [line]})


def _exhausted() -> UnavailableError:
    return UnavailableError(_("Ahora no se puede preparar la copia. Intente en unos minutos."))
