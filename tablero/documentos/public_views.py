"""
Verification by anybody: by the QR, by the code typed, or by the file itself.

What cannot be found is told in one way, whether the code is wrong, no code at all, or that of a
document that the public may not know of.
"""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.access import public
from portal.core.errors import NotFoundError, TooManyAttemptsError
from portal.core.ratelimit import client_address
from portal.core.time import now as read_clock
from portal.documents.selectors.verification import Verified
from portal.documents.services import page_count, verify_code, verify_file
from portal.documents.services.files import read_file

from .public_files import FileRefused, compared, limited_body
from .public_forms import CodeForm, FileForm
from .public_telling import Outcome, outcome_of, telling_of, wait_words

#: What the page itself may say of a file, when the browser compares it.
ANYWHERE = ("enviando", "no_pdf", "varios", "grande", "ilegible")
RESULTS = ("igual", "anterior", "distinto", *ANYWHERE)
#: What a browser may do with a file it was given to show: show it.
FILE_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none';"
    " base-uri 'none'; form-action 'none'"
)


def verifying(view):
    """Tell what was not found and what is limited in one way each; nobody keeps any answer."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except NotFoundError:
            response = _unknown(request)
        except TooManyAttemptsError as error:
            response = _too_many(request, error)
        response["Cache-Control"] = "private, no-store"
        if request.GET or request.path != reverse("verificar:inicio"):
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return inner


@public
@require_safe
@verifying
def start(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a file is brought; ``?sha256=`` looks up a file by its hash."""
    if "sha256" in request.GET:
        return _by_hash(request, request.GET["sha256"])
    if "codigo" not in request.GET:
        return _start_page(request)
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _start_page(request, status=422, form_codigo=form)
    return redirect("verificar:documento", codigo=form.cleaned_data["codigo"])


def _by_hash(request: HttpRequest, sha256: str) -> HttpResponse:
    try:
        found = verify_file(sha256=sha256, address=client_address(request), now=read_clock())
    except NotFoundError:
        return _start_page(request, status=404, resultado=Outcome("desconocido"))
    address = reverse("verificar:documento", args=[found.documento.codigo])
    return redirect(f"{address}?{urlencode({'sha256': sha256.strip().lower()})}")


@public
@require_safe
@verifying
def document(request: HttpRequest, codigo: str) -> HttpResponse:
    """What the public may know of one document; ``?sha256=`` compares a file with it."""
    found = _find(request, codigo)
    sha256 = request.GET.get("sha256", "")
    return _document_page(request, found, resultado=outcome_of(found, sha256) if sha256 else None)


@limited_body
@public
@require_http_methods(["GET", "HEAD", "POST"])
@verifying
def compare(request: HttpRequest, codigo: str) -> HttpResponse:
    """A file sent to be compared with a document; asked for again, the document's page."""
    if request.method != "POST":
        return redirect("verificar:documento", codigo=codigo)
    found = _find(request, codigo)
    try:
        outcome, same = compared(request, found)
    except FileRefused as refused:
        return _document_page(request, found, status=refused.status, form_archivo=refused.form)
    return _document_page(request, same or found, resultado=outcome)


@limited_body
@public
@require_http_methods(["GET", "HEAD", "POST"])
@verifying
def compare_anywhere(request: HttpRequest) -> HttpResponse:
    """A file sent to learn which document it is, if any."""
    if request.method != "POST":
        return redirect("verificar:inicio")
    try:
        outcome, found = compared(request, None)
    except FileRefused as refused:
        return _start_page(request, status=refused.status, form_archivo=refused.form)
    if found is None:
        return _start_page(request, resultado=outcome)
    return _document_page(request, found, resultado=outcome)


@public
@require_safe
@verifying
def pdf(request: HttpRequest, codigo: str) -> HttpResponse:
    """The document itself, if it is public."""
    found = _find(request, codigo)
    if not found.publico:
        raise NotFoundError
    return _file(read_file(found.archivo), "application/pdf", _file_name(found, ".pdf"))


@public
@require_safe
@verifying
def certificate(request: HttpRequest, codigo: str, numero: int) -> HttpResponse:
    """The certificate of the signature with that number, from 1, to check its seal with."""
    signatures = _find(request, codigo).firmas
    if not 1 <= numero <= len(signatures):
        raise NotFoundError
    firma = signatures[numero - 1]
    name = f"{firma.certificado_serie}.cer"
    return _file(bytes(firma.certificado), "application/pkix-cert", name, attachment=True)


def _find(request: HttpRequest, codigo: str) -> Verified:
    return verify_code(codigo=codigo, address=client_address(request), now=read_clock())


def _file(content: bytes, kind: str, name: str, *, attachment: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(attachment, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


def _file_name(found: Verified, ending: str) -> str:
    """The folio as a file may be called."""
    folio = found.documento.folio or ""
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in folio) + ending


def _crumbs(*rest: tuple[str, str]) -> list[dict]:
    places = [(_("Inicio"), reverse("public:inicio")), *rest]
    return [{"label": label, "url": url} for label, url in places]


def _start_page(
    request: HttpRequest, *, status: int = 200, resultado: Outcome | None = None, **forms
) -> HttpResponse:
    context = {
        "migas": _crumbs((_("Verificar un documento"), "")),
        "form_codigo": CodeForm(),
        "form_archivo": FileForm(),
        "resultado": resultado,
        "resultados": ANYWHERE,
        "form": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "public/verificar/inicio.html", context, status=status)


def _document_page(
    request: HttpRequest,
    found: Verified,
    *,
    status: int = 200,
    resultado: Outcome | None = None,
    form_archivo: FileForm | None = None,
) -> HttpResponse:
    documento = found.documento
    context = {
        "migas": _crumbs(
            (_("Verificar un documento"), reverse("verificar:inicio")), (documento.folio, "")
        ),
        "verificado": found,
        "documento": documento,
        "cuento": telling_of(found, now=read_clock(), outcome=resultado),
        "paginas": page_count(found.archivo),
        "resultado": resultado,
        "resultados": RESULTS,
        "form": form_archivo,
        "form_archivo": form_archivo or FileForm(),
        "form_codigo": CodeForm(),
    }
    return render(request, "public/verificar/documento.html", context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    """One page for all that is not found: nothing in it depends on what was asked."""
    context = {
        "migas": _crumbs(
            (_("Verificar un documento"), reverse("verificar:inicio")), (_("No encontrado"), "")
        ),
        "form_codigo": CodeForm(),
    }
    return render(request, "public/verificar/desconocido.html", context, status=404)


def _too_many(request: HttpRequest, error: TooManyAttemptsError) -> HttpResponse:
    context = {
        "mensaje": wait_words(error),
        "que_hacer": _(
            "Desde su conexión se consultaron demasiados códigos o archivos. El documento no"
            " corre ningún riesgo: escanéelo otra vez dentro de un rato."
        ),
        "acciones": [
            {"label": _("Verificar un documento"), "url": reverse("verificar:inicio")},
        ],
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(error.retry_after)
    return response
