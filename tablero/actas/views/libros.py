"""The books of actas, and what custody finds wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.time import now
from portal.documents.services import Credentials
from tablero.shared.formpages import posted, run_form

from ..forms import BookForm, PasswordForm
from ..models import LibroActas
from ..package import bag_of, session_to_bag
from ..policies import ActaPolicy
from ..presenting import fault_words
from ..selectors import custody_faults
from ..services import close_book, open_book
from .base import crumbs, room_page


def _home() -> tuple[str, str]:
    return _("Libros"), reverse("actas:libros")


@room_page("GET", "HEAD")
def book_list(request: HttpRequest) -> HttpResponse:
    """The books of every body."""
    context = {
        "libros": LibroActas.objects.select_related("organo", "apertura", "cierre"),
        "puede": ActaPolicy(request.user).can_manage(),
        "migas": crumbs((_("Libros"),)),
    }
    return render(request, "tablero/actas/libros.html", context)


@room_page("GET", "HEAD")
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """One book: its index by leaves."""
    row = LibroActas.objects.select_related("organo").filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese libro."))
    context = {
        "l": row,
        "actas": row.actas.select_related("sesion").order_by("foja_desde"),
        "puede": ActaPolicy(request.user).can_manage(),
        "migas": crumbs(_home(), (str(row),)),
    }
    return render(request, "tablero/actas/libro.html", context)


@room_page(manage=True)
def new_book(request: HttpRequest) -> HttpResponse:
    """Open the next volume of a body."""
    back = reverse("actas:libros")

    def act(data: dict):
        credentials = Credentials(contrasena=data["contrasena"])
        return open_book(
            organo_id=data["organo"].pk, credentials=credentials, actor=request.user, now=now()
        )

    return run_form(
        request,
        BookForm(posted(request)),
        act,
        done=_("El libro quedó abierto."),
        to=back,
        title=_("Abrir un libro"),
        intro=_("Se expide su certificación de apertura."),
        submit=_("Abrir"),
        cancel_url=back,
        migas=crumbs(_home(), (_("Abrir un libro"),)),
    )


@room_page(manage=True)
def end_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it."""
    back = reverse("actas:libro", args=[pk])
    return run_form(
        request,
        PasswordForm(posted(request)),
        lambda data: close_book(
            libro_id=pk, credentials=Credentials(**data), actor=request.user, now=now()
        ),
        done=_("El libro quedó cerrado."),
        to=back,
        title=_("Cerrar el libro"),
        intro=_("Se certifica cuántas actas y fojas tiene; ya no recibe más."),
        submit=_("Cerrar"),
        cancel_url=back,
        migas=crumbs(_home(), (_("Cerrar el libro"),)),
    )


@room_page("GET", "HEAD")
def custody(request: HttpRequest) -> HttpResponse:
    """What is missing or broken; every signed file is read."""
    faults = [fault | {"dice": fault_words(fault)} for fault in custody_faults()]
    context = {"faltas": faults, "migas": crumbs((_("Custodia"),))}
    return render(request, "tablero/actas/custodia.html", context)


@room_page("GET", "HEAD", manage=True)
def package(request: HttpRequest, sesion: int) -> HttpResponse:
    """The package of custody of a session (BagIt)."""
    found = session_to_bag(sesion)
    if found is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    response = HttpResponse(bag_of(found, now()), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="sesion-{found.pk}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
