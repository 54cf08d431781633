"""Following a case: the way in, the page, its files."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import ratelimit
from portal.core.access import public
from portal.core.errors import NotFoundError, TooManyAttemptsError
from portal.core.time import now as read_clock
from portal.documents.constants import ClaseArchivo
from portal.documents.services.files import last_file, read_file
from tramites.selectors import citizen_acts, document_of_case, public_case
from tramites.services import open_by_pin
from tramites.uploads import open_stored

from ..follow_access import case_for, glance_for, grant
from ..follow_kept import KeptCase
from ..forms import DisagreeForm, FollowForm, ReplyForm
from ..papers import answer_papers, case_papers
from ..telling import file_links, story_of
from ..working import local_today
from .common import asks_pin, crumbs, minutes_words, pdf_response, private

CASE_PAGE = "public/seguimiento/caso.html"
CITIZEN_ACTS = ("receive_correction", "conclude", "reopen", "cancel")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Folio and PIN. A wrong folio and a wrong PIN are told the same."""
    if request.method != "POST":
        form = FollowForm(initial={"folio": request.GET.get("folio", "")[:40]})
        return _enter_page(request, form)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _enter_page(request, form, status=422)
    try:
        peticion = open_by_pin(
            folio=form.cleaned_data["folio"],
            pin=form.cleaned_data["pin"],
            address=ratelimit.client_address(request),
            now=read_clock(),
        )
    except NotFoundError as error:
        form.add_error(None, str(error.message))
        return _enter_page(request, form, status=404)
    except TooManyAttemptsError as error:
        return _too_many(request, error)
    grant(request, peticion)
    return private(redirect("public:seguimiento_caso", llave=peticion.folio))


def _enter_page(request: HttpRequest, form: FollowForm, status: int = 200) -> HttpResponse:
    context = {"migas": crumbs((_("Seguir mi folio"), "")), "form": form}
    return private(render(request, "public/seguimiento/entrar.html", context, status=status))


def _too_many(request: HttpRequest, error: TooManyAttemptsError) -> HttpResponse:
    context = {"mensaje": minutes_words(error)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(error.retry_after)
    return private(response)


@public
@require_safe
@asks_pin
def case(request: HttpRequest, llave: str) -> HttpResponse:
    """State in plain words, next date with its working, what happened, and what one may do."""
    kept = KeptCase(request, glance_for(request, llave), llave, read_clock())
    html = kept.find()
    if html is not None:
        return private(HttpResponse(html))
    return case_page(request, case_for(request, llave), llave, kept=kept)


def case_page(
    request: HttpRequest,
    peticion,
    llave: str,
    *,
    status: int = 200,
    kept: KeptCase | None = None,
    **forms,
) -> HttpResponse:
    """The page of a case; ``forms`` are the bound ones that came back with an error."""
    moment = kept.now if kept else read_clock()
    it = public_case(peticion)
    acts = citizen_acts(peticion, moment)
    context = {
        "migas": crumbs(
            (_("Seguir mi folio"), reverse("public:seguimiento")), (peticion.folio, "")
        ),
        "caso": it,
        "peticion": peticion,
        "cuento": story_of(it, llave=llave, now=moment, today=local_today(moment)),
        "semaforo": peticion.semaforo(moment),
        "respuestas": _answers(it, llave),
        "documentos": case_papers(it, llave),
        "vinculos": _links(it),
        "puede": {
            act: act in acts for act in ("receive_correction", "conclude", "reopen", "cancel")
        },
        "form_respuesta": ReplyForm(),
        "form_inconforme": DisagreeForm(),
        "llave": llave,
        "live_path": f"/ws/seguimiento/{llave}/",
        "vista": request.GET.get("version", ""),
        "hecho": request.GET.get("hecho", ""),
        **forms,
    }
    context["form"] = next((form for form in forms.values()), None)
    if kept:
        return private(HttpResponse(kept.render(CASE_PAGE, context, it)))
    return private(render(request, CASE_PAGE, context, status=status))


def _links(it) -> list[dict]:
    """What the case led to elsewhere, in the reader's language."""
    said = get_language() or ""
    return [
        {
            "titulo": row.titulo,
            "texto": row.said(said),
            "url": _in_language(row.url_publica, said),
        }
        for row in it.vinculos
    ]


def _in_language(url: str, said: str) -> str:
    """An address of the house, kept in Spanish, as the reader's language has it."""
    with override(settings.LANGUAGE_CODE):
        return translate_url(url, said) if url and said else url


def _answers(it, llave: str) -> list[dict]:
    return [
        {
            "respuesta": answer,
            "archivos": file_links(
                [file for file in it.adjuntos if file.acto == f"respuesta:{answer.pk}"], llave
            ),
            "documentos": answer_papers(it, answer, llave),
        }
        for answer in reversed(it.respuestas)
    ]


@public
@require_safe
@asks_pin
def attachment(request: HttpRequest, llave: str, clave: str) -> HttpResponse:
    """One file of the case, if its citizen may see it; always a download, never sniffed."""
    peticion = case_for(request, llave)
    row = peticion.adjuntos.filter(clave=clave, visible_ciudadano=True).first()
    if row is None:
        raise NotFoundError(_("Ese archivo no está en su asunto."))
    response = FileResponse(
        open_stored(row.ruta), as_attachment=True, filename=row.nombre, content_type=row.tipo
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return private(response)


@public
@require_safe
@asks_pin
def document(request: HttpRequest, llave: str, codigo: str) -> HttpResponse:
    """A signed or sealed document of the case, for its citizen alone."""
    found = document_of_case(case_for(request, llave), codigo)
    return pdf_response(read_file(last_file(found, ClaseArchivo.FIRMADO)), f"{found.folio}.pdf")
