"""Receiving one file: what it is, whether it may stay, and where it went."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import InvalidInputError
from portal.core.text import clean_text

from .images import redraw
from .pdf import check_pdf
from .problem import FileProblem

MAX_BYTES = 10_000_000
MAX_FILES = 5
MAX_NAME = 120

#: Kind by the first bytes, and the extensions under which it may come.
EXTENSIONS = {
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "png": (".png",),
    "webp": (".webp",),
    "pdf": (".pdf",),
}


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file that passed and is on disk. ``ruta`` is relative to the uploads folder."""

    clave: str
    ruta: str
    nombre: str
    tipo: str
    tamano: int
    sha256: str


def receive_upload(uploaded_file) -> StoredFile:
    """
    Check a Django ``UploadedFile`` (or anything with ``name``, ``size`` and ``read``) and keep it.

    :raises InvalidInputError: ``fields["archivo"]`` names the file and says how to mend it.
    :raises UnavailableError: there is no room on the disk; nothing is left behind.
    """
    name = _safe_name(getattr(uploaded_file, "name", "") or "")
    try:
        content, media_type, extension = _examine(uploaded_file, name)
    except FileProblem as problem:
        line = _("«%(name)s»: %(problem)s.") % {"name": name, "problem": problem}
        raise InvalidInputError(fields={"archivo": [line]}) from problem
    clave, ruta = files.keep(content, extension)
    return StoredFile(
        clave=clave,
        ruta=ruta,
        nombre=f"{PurePath(name).stem[:MAX_NAME]}{extension}",
        tipo=media_type,
        tamano=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def discard_upload(stored: StoredFile) -> None:
    """Forget a file whose form was never sent."""
    files.remove(stored.ruta)


def _safe_name(name: str) -> str:
    """The last part of a name without what would confuse a person or a header."""
    last = PurePath(clean_text(name).replace("\\", "/").replace("\n", " ")).name
    plain = "".join(c for c in last if c not in '<>:"/|?*')
    return plain[-MAX_NAME:].strip(" .") or _("archivo")


def _examine(uploaded_file, name: str) -> tuple[bytes, str, str]:
    if (getattr(uploaded_file, "size", 0) or 0) > MAX_BYTES:
        raise FileProblem(_("pesa más de 10 MB; envíe uno más ligero"))
    content = uploaded_file.read(MAX_BYTES + 1)
    if not content:
        raise FileProblem(_("está vacío"))
    if len(content) > MAX_BYTES:
        raise FileProblem(_("pesa más de 10 MB; envíe uno más ligero"))
    kind = _kind_of(content)
    _require_matching_name(name, kind)
    if kind == "pdf":
        check_pdf(content)
        return content, "application/pdf", ".pdf"
    return redraw(content)


def _kind_of(content: bytes) -> str:
    """What the first bytes say.

    :raises FileProblem: nothing we receive.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"avif"):
        raise FileProblem(
            _("es una foto HEIC; en su teléfono elija «Más compatible» o envíela en JPG")
        )
    raise FileProblem(_("no es JPG, PNG, WEBP ni PDF, que son los que se reciben"))


def _require_matching_name(name: str, kind: str) -> None:
    extension = PurePath(name).suffix.lower()
    if extension and extension not in EXTENSIONS[kind]:
        line = _("dice ser %(said)s pero su contenido es %(real)s; guárdelo con su tipo verdadero")
        raise FileProblem(line % {"said": extension[1:].upper(), "real": kind.upper()})
