"""The numbers of the Gaceta: gathered, looked at, published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotFoundError
from portal.core.time import now
from tablero.documentos.pages import page_of
from tablero.shared.formpages import confirm

from ..constants import EstadoGaceta
from ..models import Gaceta
from ..policies import AcuerdoPolicy
from ..selectors import entries_of
from ..services import open_gaceta, publish_gaceta, remove_entry
from .base import crumbs, room_page

PAGE_SIZE = 40


def _gaceta(pk: int) -> Gaceta:
    row = Gaceta.objects.select_related("documento").filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese número de la Gaceta."))
    return row


def _home() -> tuple[str, str]:
    return _("Gaceta"), reverse("acuerdos:gacetas")


@room_page("GET", "HEAD")
def gaceta_list(request: HttpRequest) -> HttpResponse:
    """The numbers, the one in preparation first."""
    page = page_of(Gaceta.objects.select_related("documento"), request.GET, size=PAGE_SIZE)
    context = {
        "filas": page.rows,
        "pagina": page,
        "puede": AcuerdoPolicy(request.user).can_manage(),
        "migas": crumbs((_("Gaceta"),)),
    }
    return render(request, "tablero/acuerdos/gacetas.html", context)


@room_page("POST", manage=True)
def gather(request: HttpRequest) -> HttpResponse:
    """Begin the next number, or add to it what was adopted since."""
    try:
        row = open_gaceta(actor=request.user, now=now())
    except ConflictError as error:
        messages.error(request, error.message)
        return redirect("acuerdos:gacetas")
    return redirect("acuerdos:gaceta", pk=row.pk)


@room_page("GET", "HEAD")
def gaceta(request: HttpRequest, pk: int) -> HttpResponse:
    """One number and what is in it."""
    row = _gaceta(pk)
    context = {
        "g": row,
        "entradas": entries_of(row),
        "edita": AcuerdoPolicy(request.user).can_manage() and row.estado != EstadoGaceta.PUBLICADA,
        "migas": crumbs(_home(), (str(row),)),
    }
    return render(request, "tablero/acuerdos/gaceta.html", context)


@room_page(manage=True)
def drop(request: HttpRequest, pk: int, acuerdo: int) -> HttpResponse:
    """Leave an acuerdo for another number."""
    row = _gaceta(pk)
    back = reverse("acuerdos:gaceta", args=[pk])
    return confirm(
        request,
        lambda: remove_entry(gaceta_id=pk, acuerdo_id=acuerdo, actor=request.user, now=now()),
        done=_("El acuerdo salió del número."),
        to=back,
        title=_("Dejar para otro número"),
        text=_("El acuerdo no se publica en éste; podrá publicarse en el siguiente."),
        submit=_("Dejar para otro"),
        migas=crumbs(_home(), (str(row), back), (_("Dejar para otro número"),)),
    )


@room_page(manage=True)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it."""
    row = _gaceta(pk)
    back = reverse("acuerdos:gaceta", args=[pk])
    return confirm(
        request,
        lambda: publish_gaceta(gaceta_id=pk, actor=request.user, now=now()),
        done=_("El número quedó publicado."),
        to=back,
        title=_("Publicar el número"),
        text=_("Toma su número del año, se sella y lo ve cualquiera. Ya no cambia."),
        submit=_("Publicar"),
        migas=crumbs(_home(), (str(row), back), (_("Publicar"),)),
    )
