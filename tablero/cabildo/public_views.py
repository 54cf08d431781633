"""What anybody may see of the sessions: when, where, what about, and how it was voted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.errors import NotFoundError
from portal.core.time import now

from .constants import Caracter
from .live import public_parts
from .models import Sesion
from .session_presenting import TONES
from .session_selectors import AHEAD, last_fact

#: Past sessions on the first page.
MOST = 20


def _noticed():
    return Sesion.objects.filter(convocada_en__isnull=False).select_related("organo")


@public
@require_safe
@never_cache
def sessions_page(request: HttpRequest) -> HttpResponse:
    """The sessions whose members were noticed: those to come, and the last ones."""
    ahead = _noticed().filter(estado__in=AHEAD).order_by("inicia_en", "pk")
    past = _noticed().exclude(estado__in=AHEAD).order_by("-inicia_en", "-pk")[:MOST]
    context = {
        "proximas": [{"s": row, "tono": TONES[row.estado]} for row in ahead],
        "pasadas": [{"s": row, "tono": TONES[row.estado]} for row in past],
        "migas": [{"label": _("Cabildo")}],
    }
    return render(request, "public/cabildo/sesiones.html", context)


@public
@require_safe
@never_cache
def session_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One session; of one closed to the public only when, where and why it is closed."""
    head = last_fact(pk)
    row = _noticed().filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    is_open = row.caracter == Caracter.PUBLICA
    live_path = (
        f"/ws/cabildo/{row.pk}/?lang={get_language()}" if is_open and row.estado in AHEAD else ""
    )
    partes = public_parts(row, head, now()) if is_open else None
    vivo = _whole(row, partes, live_path) if partes else ""
    if vivo and request.htmx:
        return HttpResponse(vivo)
    context = {
        "s": row,
        "tono": TONES[row.estado],
        "vivo": vivo,
        "live_path": live_path,
        "migas": [
            {"label": _("Cabildo"), "url": reverse("cabildo_publico:sesiones")},
            {"label": row.nombre},
        ],
    }
    return render(request, "public/cabildo/sesion.html", context)


def _whole(row: Sesion, parts: dict[str, SafeString], live_path: str) -> SafeString:
    """The part of the page that changes."""
    context = {"s": row, "partes": parts, "live_path": live_path}
    return render_to_string("public/cabildo/_vivo.html", context)
