"""The register of folios: on the screen, as a spreadsheet, and printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.errors import NotAllowedError, NotFoundError
from portal.core.time import now
from portal.documents.policies import DocumentoPolicy
from tablero.shared.export import xlsx_response

from .register_export import WIDTHS, head, parts_of, printed, sheet_rows
from .register_list import Register, gaps_words, state_of
from .views.base import crumbs


def _asked(request: HttpRequest) -> Register:
    """
    :raises NotAllowedError: not for this person.
    """
    if not DocumentoPolicy(request.user).can_read_register():
        raise NotAllowedError
    return Register(request.GET, request.user)


def _file(request: HttpRequest) -> tuple[Register, str]:
    """The register with the name of its file."""
    asked = _asked(request)
    if asked.chosen is None:
        raise NotFoundError(_("Todavía no hay folios."))
    serie, ejercicio = asked.chosen
    return asked, f"minutario-{serie}-{ejercicio}"


@staff_only
@require_safe
@never_cache
def minutario(request: HttpRequest) -> HttpResponse:
    """A page of the register of a series and year."""
    asked = _asked(request)
    context = {"migas": crumbs(last=_("Minutario")), "lista": asked}
    if asked.chosen is None:
        return render(request, "tablero/documentos/minutario.html", context)
    page, found = asked.page(), asked.sequence()
    context |= {
        "pagina": page,
        "filas": [{"e": entry, "estado": state_of(entry.documento)} for entry in page.rows],
        "secuencia": found,
        "huecos": gaps_words(found),
        "chips": asked.chips(),
        "series": asked.tabs(),
        "ejercicios": asked.years(),
        "serie": asked.chosen[0],
        "ejercicio": asked.chosen[1],
        "consulta": request.GET.urlencode(),
        "hojas": parts_of(asked),
    }
    return render(request, "tablero/documentos/minutario.html", context)


@staff_only
@require_safe
@never_cache
def minutario_xlsx(request: HttpRequest) -> HttpResponse:
    """What is filtered, as a spreadsheet."""
    asked, name = _file(request)
    rows = sheet_rows(asked.entries())
    return xlsx_response(name, head(), rows, widths=WIDTHS, sheet=_("Minutario"))


@staff_only
@require_safe
@never_cache
def minutario_pdf(request: HttpRequest) -> HttpResponse:
    """What is filtered, printed; a long register in parts."""
    asked, name = _file(request)
    known, wanted = parts_of(asked), request.GET.get("hoja", "1")
    part = int(wanted) if wanted.isdigit() and len(wanted) < 6 else 0
    if not 1 <= part <= len(known):
        raise NotFoundError(_("El minutario no tiene esa parte."))
    content = printed(asked, part=part, now=now())
    ending = f"-{part}" if len(known) > 1 else ""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}{ending}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
