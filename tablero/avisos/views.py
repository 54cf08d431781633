"""The outbox: what was sent to whom, exactly as they got it, and what became of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notificaciones import selectors
from notificaciones.constants import DISCARDABLE, RESENDABLE, Categoria, Estado
from notificaciones.services.outbox import discard, resend
from portal.core.access import staff_only
from portal.core.errors import InvalidInputError
from portal.core.text import clean_text
from portal.core.time import now
from tramites.models import Peticion

from . import presenting
from .forms import DiscardForm, FilterForm
from .policies import AvisoPolicy

LIVE_PATH = "/ws/tablero/avisos/"
#: The letter with its own looks: nothing runs, loads or is sent from it.
MAIL_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@staff_only
@require_safe
def outbox_list(request: HttpRequest) -> HttpResponse:
    """The list; asked by htmx, only its rows."""
    policy = AvisoPolicy(request.user)
    policy.require("enter")
    form = FilterForm(request.GET)
    form.is_valid()
    page = selectors.outbox(
        policy.visible(),
        _filters(form),
        before=request.GET.get("antes", ""),
        after=request.GET.get("despues", ""),
    )
    context = {
        "form": form,
        "filas": presenting.rows_of(page.rows, policy),
        "pagina": page,
        "chips": _chips(request, form),
        "filtrado": any(form.cleaned_data.values()),
        "en_vivo": not (request.GET.get("antes") or request.GET.get("despues")),
        "pausados": [canal.label for canal in selectors.paused_channels(now=now())],
        "live_path": LIVE_PATH,
        "migas": [{"label": _("Bandeja de salida")}],
    }
    template = "_filas.html" if request.headers.get("HX-Request") else "lista.html"
    return render(request, f"tablero/avisos/{template}", context)


def _filters(form: FilterForm) -> selectors.OutboxFilters:
    data = form.cleaned_data
    case = data.get("folio", "")
    found = None
    if case:
        found = Peticion.objects.filter(folio__iexact=case).values_list("pk", flat=True).first()
    return selectors.OutboxFilters(
        estado=data.get("estado", ""),
        canal=data.get("canal", ""),
        evento=data.get("evento", ""),
        objeto="peticion" if case else "",
        objeto_id=(found or 0) if case else None,
    )


def _chips(request: HttpRequest, form: FilterForm) -> list[dict]:
    """A chip for each filter in force, which takes it off, and some at hand."""
    chips = []
    for name, value in form.cleaned_data.items():
        if value:
            choices = dict(getattr(form.fields[name], "choices", []))
            chips.append(
                {
                    "label": form.fields[name].label,
                    "value": choices.get(value, value),
                    "url": _without(request, name),
                    "on": True,
                }
            )
    if not form.cleaned_data.get("estado"):
        for estado in (Estado.PENDIENTE, Estado.MUERTO, Estado.FALLIDO_DEFINITIVO):
            chips.append({"label": estado.label, "url": _without(request, "", estado=estado)})
    return chips


def _without(request: HttpRequest, name: str, **added: str) -> str:
    query = request.GET.copy()
    for gone in (name, "antes", "despues"):
        query.pop(gone, None)
    for key, value in added.items():
        query[key] = value
    return f"?{query.urlencode()}"


@staff_only
@require_safe
def detail(request: HttpRequest, envio_id) -> HttpResponse:
    """One notice: the very text, how it went, and what can be done about it."""
    policy = AvisoPolicy(request.user)
    envio = policy.get(envio_id)
    template = "_aviso.html" if request.headers.get("HX-Request") else "aviso.html"
    return render(request, f"tablero/avisos/{template}", _detail_context(policy, envio))


def _detail_context(policy: AvisoPolicy, envio) -> dict:
    title = presenting.event_name(envio.evento)
    code = envio.categoria == Categoria.CODIGO
    hidden = presenting.is_hidden(envio, policy.open_cases([envio]))
    return {
        "envio": envio,
        "titulo": title,
        "folio": presenting.folios_of([envio]).get(envio.objeto_id, ""),
        "texto": presenting.without_personal_links(envio, envio.cuerpo).strip(),
        "oculto": hidden,
        "tono": presenting.TONES.get(envio.estado, ""),
        "explicacion": presenting.standing(envio),
        "datos": presenting.facts_of(envio, hidden=hidden),
        "historia": presenting.history_of(envio),
        "sustitutos": list(envio.sustitutos.order_by("creado_en")),
        "puede_reenviar": policy.can_resend() and envio.estado in RESENDABLE and not code,
        "puede_descartar": policy.can_discard() and envio.estado in DISCARDABLE,
        "live_path": LIVE_PATH,
        "migas": _crumbs({"label": title}),
    }


def _crumbs(*rest: dict) -> list[dict]:
    return [{"label": _("Bandeja de salida"), "url": reverse("avisos:lista")}, *rest]


@staff_only
@require_safe
def mail_html(request: HttpRequest, envio_id) -> HttpResponse:
    """The letter as a mail program shows it, under a policy in which nothing of it can act."""
    policy = AvisoPolicy(request.user)
    envio = policy.get(envio_id)
    if not envio.cuerpo_html or presenting.is_hidden(envio, policy.open_cases([envio])):
        raise Http404
    response = HttpResponse(presenting.without_personal_links(envio, envio.cuerpo_html))
    response["Content-Security-Policy"] = MAIL_CSP
    response["Cache-Control"] = "no-store"
    return response


@staff_only
@require_POST
def resend_view(request: HttpRequest, envio_id) -> HttpResponse:
    """Send the same text again."""
    policy = AvisoPolicy(request.user)
    envio = policy.get(envio_id)
    policy.require("resend")
    new = resend(envio_id=envio.pk, actor=request.user, now=now())
    messages.success(request, _("Se envía de nuevo. Este es el aviso nuevo."))
    return redirect("avisos:aviso", envio_id=new.pk)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard_view(request: HttpRequest, envio_id) -> HttpResponse:
    """Ask why, then give the notice up."""
    policy = AvisoPolicy(request.user)
    envio = policy.get(envio_id)
    policy.require("discard")
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            nota = clean_text(form.cleaned_data["nota"])
            discard(envio_id=envio.pk, nota=nota, actor=request.user, now=now())
        except InvalidInputError as error:
            for field, words in error.fields.items():
                form.add_error(field, words)
        else:
            messages.success(request, _("El aviso quedó descartado."))
            return redirect("avisos:aviso", envio_id=envio.pk)
    back = {"label": presenting.event_name(envio.evento), "url": _url(envio)}
    context = {
        "envio": envio,
        "form": form,
        "volver": _url(envio),
        "migas": _crumbs(back, {"label": _("Descartar")}),
    }
    status = 422 if form.errors else 200
    return render(request, "tablero/avisos/descartar.html", context, status=status)


def _url(envio) -> str:
    return reverse("avisos:aviso", args=[envio.pk])
