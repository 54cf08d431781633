"""How to reach the person, and proving that it reaches them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core import ratelimit
from portal.core.access import public
from portal.core.errors import InvalidInputError, TooManyAttemptsError
from portal.ui.text import phone

from .. import steps
from ..constants import CODE_MINUTES, PRIVACY_VERSION
from ..forms import CodeForm, ContactForm
from ..services import check_code, issue_code, save_step
from ..ways import SMS, pending, still_proved, targets
from .common import minutes_words
from .later import leave
from .path import Path, load, step_url

KEPT = ("via", "nombre", "telefono", "correo", "domicilio", "acepta_electronico")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """None, phone or mail; the last two are proved by a code on the next page."""
    path = load(request)
    if elsewhere := path.guard(steps.CONTACTO):
        return elsewhere
    given = path.datos.get("contacto") or {}
    initial = {"via": SMS, **given, "aviso": bool(given), **path.raw(steps.CONTACTO)}
    initial["telefono"] = _national(initial.get("telefono", ""))
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        servicio=path.servicio,
        initial=initial,
    )
    if request.method != "POST":
        return _page(path, form)
    if "luego" in request.POST:
        return leave(path, steps.CONTACTO)
    if not form.is_valid():
        path.keep_raw(steps.CONTACTO)
        return _page(path, form, status=422)
    path.save(steps.CONTACTO, {"contacto": _contact(form.cleaned_data, given)})
    return _prove(path)


def _national(number: str) -> str:
    return number.removeprefix("+52")


def _page(path: Path, form: ContactForm, status: int = 200) -> HttpResponse:
    return path.page(steps.CONTACTO, "contacto", {"form": form}, status)


def _contact(data: dict, before: dict) -> dict:
    """What is kept; a proof survives only while the contact it proves does."""
    kept = {name: data[name] for name in KEPT if name in data}
    kept["aviso"] = PRIVACY_VERSION if data.get("aviso") else ""
    kept["verificados"] = still_proved(kept, before)
    return kept


def _prove(path: Path) -> HttpResponse:
    canal, destino = pending(path.datos["contacto"])
    if not destino:
        return path.answer(redirect(step_url(steps.REVISION)))
    return _send(path, canal, destino)


def _settle(path: Path, **fields) -> HttpResponse:
    """Keep what became of one channel and go on to the next."""
    contacto = {**path.datos["contacto"], **fields}
    save_step(borrador_id=path.draft.pk, datos={"contacto": contacto}, now=path.now)
    path.datos["contacto"] = contacto
    return _prove(path)


def _send(path: Path, canal: str, destino: str) -> HttpResponse:
    try:
        issue_code(
            borrador_id=path.draft.pk,
            canal=canal,
            destino=destino,
            direccion=ratelimit.client_address(path.request),
            idioma=get_language() or "es-mx",
            now=path.now,
        )
    except TooManyAttemptsError as error:
        form = CodeForm({})
        form.errors.clear()
        form.add_error(
            None,
            _("Ya le enviamos varios códigos. %(wait)s También puede seguir sin verificar.")
            % {"wait": minutes_words(error)},
        )
        return _code_page(path, form, status=429, retry_after=error.retry_after)
    save_step(borrador_id=path.draft.pk, datos={"codigo_en": path.now.isoformat()}, now=path.now)
    return path.answer(redirect("public:presentar_codigo"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent; another one; or go on without proof."""
    path = load(request)
    if elsewhere := path.guard(steps.REVISION):
        return elsewhere
    given = path.datos.get("contacto") or {}
    canal, destino = pending(given)
    if not destino:
        after = steps.REVISION if targets(given) else steps.CONTACTO
        return path.answer(redirect(step_url(after)))
    if request.method != "POST":
        return _code_page(path, CodeForm())
    if "reenviar" in request.POST:
        return _send(path, canal, destino)
    if "seguir" in request.POST:
        return _settle(path, sin_verificar=[*given.get("sin_verificar", []), canal])
    return _check(path, canal, destino)


def _check(path: Path, canal: str, destino: str) -> HttpResponse:
    form = CodeForm(path.request.POST)
    if not form.is_valid():
        return _code_page(path, form, status=422)
    try:
        check_code(
            borrador_id=path.draft.pk,
            canal=canal,
            destino=destino,
            codigo=form.cleaned_data["codigo"],
            now=path.now,
        )
    except InvalidInputError as error:
        form.add_domain_error(error)
        return _code_page(path, form, status=422)
    except TooManyAttemptsError as error:
        form.add_error("codigo", str(error.message))
        return _code_page(path, form, status=429, retry_after=error.retry_after)
    proofs = path.datos["contacto"].get("verificados") or {}
    return _settle(path, verificados={**proofs, canal: path.now.isoformat()})


def _code_page(
    path: Path, form: CodeForm, status: int = 200, retry_after: int | None = None
) -> HttpResponse:
    canal, destino = pending(path.datos["contacto"])
    context = {
        "form": form,
        "canal": canal,
        "destino": phone(destino),
        "minutos": CODE_MINUTES,
        "atras_url": step_url(steps.CONTACTO),
    }
    response = path.page(steps.CONTACTO, "codigo", context, status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response
