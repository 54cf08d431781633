"""Files that anybody sends to be compared: measured before they are read, hashed, and forgotten."""

import hashlib
from functools import wraps

from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.core.errors import InvalidInputError, NotFoundError, UnavailableError
from portal.core.ratelimit import client_address
from portal.core.time import now as read_clock
from portal.documents.selectors.verification import Verified
from portal.documents.services import check_file, verify_file
from portal.documents.signing.findings import SignatureStatus
from portal.documents.signing.pdf import MAX_BYTES

from .public_forms import FileForm
from .public_telling import Outcome, outcome_of

#: What a form adds to its file: boundaries, names and the token.
OVERHEAD = 20_000


class FileRefused(Exception):  # noqa: N818 - told as a form, never as a page of its own
    """The file was not looked at; ``form`` says why, beside its field."""

    def __init__(self, form: FileForm, status: int) -> None:
        self.form, self.status = form, status
        super().__init__(status)


def limited_body(view):
    """
    Let a view answer a body over the limit before a byte of it is read.

    The CSRF check reads the body, so it is left out then: such a request changes nothing.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def inner(request, *args, **kwargs):
        return (view if _too_large(request) else checked)(request, *args, **kwargs)

    return inner


def _declared(request: HttpRequest) -> int:
    raw = request.META.get("CONTENT_LENGTH") or "0"
    return int(raw) if raw.isdigit() else 0


def _too_large(request: HttpRequest) -> bool:
    return request.method == "POST" and _declared(request) > MAX_BYTES + OVERHEAD


def compared(request: HttpRequest, expected: Verified | None) -> tuple[Outcome, Verified | None]:
    """
    What came of the file of this request, and the document of which it is the file, if any.

    ``expected`` is the document that it should be, when there is one.

    :raises FileRefused: no file, one that is too large, or no PDF.
    :raises TooManyAttemptsError: over the limits of files.
    """
    if _too_large(request):
        raise FileRefused(FileForm.too_large(_declared(request)), 413)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        large = form.has_error("archivo", "demasiado_grande")
        raise FileRefused(form, 413 if large else 422)
    given = form.cleaned_data["archivo"]
    signatures, fault = _signatures(request, form, given)
    digest = hashlib.sha256()
    for piece in given.chunks():
        digest.update(piece)
    clase, found = _which(request, digest.hexdigest(), expected)
    other = found if clase == "otro" else None
    outcome = Outcome(clase, otro=other, firmas=signatures, falla=fault)
    return outcome, None if other else found


def _which(
    request: HttpRequest, sha256: str, expected: Verified | None
) -> tuple[str, Verified | None]:
    if expected is not None:
        clase = outcome_of(expected, sha256).clase
        if clase != "distinto":
            return clase, expected
    try:
        found = verify_file(sha256=sha256, address=client_address(request), now=read_clock())
    except NotFoundError:
        return ("desconocido" if expected is None else "distinto"), None
    return ("otro" if expected is not None else outcome_of(found, sha256).clase), found


def _signatures(
    request: HttpRequest, form: FileForm, given
) -> tuple[list[SignatureStatus] | None, str]:
    """The findings about each signature, or why there are none."""
    try:
        address, moment = client_address(request), read_clock()
        return check_file(pdf=given.read(), address=address, now=moment), ""
    except InvalidInputError as error:
        if error.code == "no_es_pdf":
            form.add_error("archivo", str(error.message))
            raise FileRefused(form, 422) from error
        return None, str(error.message)
    except UnavailableError as error:
        return None, str(error.message)
