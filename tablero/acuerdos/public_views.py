"""What anybody may see: what the Cabildo decided in public, how far it is done, and the Gaceta."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.errors import NotFoundError
from portal.core.time import today
from tablero.cabildo.sitting_presenting import result_of
from tablero.documentos.pages import page_of

from .models import Gaceta
from .presenting import acuerdo_lines
from .selectors import entries_of, found_in_gaceta, public_acuerdos, published

PAGE_SIZE = 20


@public
@require_safe
@never_cache
def acuerdos_page(request: HttpRequest) -> HttpResponse:
    """What was decided, newest first, with how far it is done."""
    q = request.GET.get("q", "")[:100]
    page = page_of(public_acuerdos(q=q), request.GET, size=PAGE_SIZE)
    context = {
        "q": q,
        "filas": acuerdo_lines(page.rows, today()),
        "pagina": page,
        "migas": [
            {"label": _("Cabildo"), "url": reverse("cabildo_publico:sesiones")},
            {"label": _("Acuerdos")},
        ],
    }
    return render(request, "public/acuerdos/acuerdos.html", context)


@public
@require_safe
@never_cache
def acuerdo_page(request: HttpRequest, folio: str) -> HttpResponse:
    """One acuerdo: its text, how it was voted, and what the departments do about it."""
    rows = public_acuerdos().select_related("votacion__regla", "revocado_por")
    row = rows.filter(folio=folio.upper()).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese acuerdo."))
    context = {
        "a": row,
        "linea": acuerdo_lines([row], today())[0],
        "voto": result_of(row.votacion),
        "migas": [
            {"label": _("Cabildo"), "url": reverse("cabildo_publico:sesiones")},
            {"label": _("Acuerdos"), "url": reverse("acuerdos_publicos:acuerdos")},
            {"label": row.folio},
        ],
    }
    return render(request, "public/acuerdos/acuerdo.html", context)


@public
@require_safe
@never_cache
def gaceta_page(request: HttpRequest) -> HttpResponse:
    """The numbers of the Gaceta, and what they say of what one looks for."""
    q = request.GET.get("q", "")[:100].strip()
    page = page_of(published(), request.GET, size=PAGE_SIZE)
    context = {
        "q": q,
        "hallados": found_in_gaceta(q) if q else [],
        "filas": page.rows,
        "pagina": page,
        "migas": [{"label": _("Gaceta Municipal")}],
    }
    return render(request, "public/acuerdos/gacetas.html", context)


@public
@require_safe
@never_cache
def number_page(request: HttpRequest, ejercicio: int, numero: int) -> HttpResponse:
    """One number, whole."""
    row: Gaceta | None = published().filter(ejercicio=ejercicio, numero=numero).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese número de la Gaceta."))
    context = {
        "g": row,
        "entradas": entries_of(row),
        "migas": [
            {"label": _("Gaceta Municipal"), "url": reverse("acuerdos_publicos:gacetas")},
            {"label": str(row)},
        ],
    }
    return render(request, "public/acuerdos/gaceta.html", context)
