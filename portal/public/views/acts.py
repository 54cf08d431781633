"""What a citizen does to the own case. Every act is a form post through a service."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.access import public
from portal.core.actors import CitizenActor
from portal.core.errors import ConflictError, DomainError, InvalidInputError, UnavailableError
from portal.core.time import now as read_clock
from tramites.services import (
    cancel_peticion,
    conclude_peticion,
    receive_correction,
    reopen_peticion,
)
from tramites.uploads import MAX_FILES, StoredFile, discard_upload, receive_upload

from ..follow_access import case_for
from ..forms import DisagreeForm, ReplyForm, WithdrawForm
from .common import asks_pin, crumbs, limited_body, private
from .follow import case_page


def _done(llave: str, what: str) -> HttpResponse:
    address = reverse("public:seguimiento_caso", args=[llave])
    return private(redirect(f"{address}?hecho={what}"))


def _attempt(form, act: Callable[[], object]) -> int:
    """Run ``act``; on refusal put the reason on the form and return its status, else 0."""
    try:
        act()
    except InvalidInputError as error:
        form.add_domain_error(error, {"archivo": "archivos", "adjuntos": "archivos"})
        return error.status
    except (ConflictError, UnavailableError) as error:
        form.add_error(None, str(error.message))
        return error.status
    return 0


@public
@limited_body
@require_POST
@asks_pin
def reply(request: HttpRequest, llave: str) -> HttpResponse:
    """Answer a request for correction, with files."""
    peticion = case_for(request, llave)
    form = ReplyForm(request.POST)
    files = request.FILES.getlist("archivos")
    form.fields["texto"].required = not files
    if not form.is_valid():
        return case_page(request, peticion, llave, status=422, form_respuesta=form)
    stored: list[StoredFile] = []
    status = _attempt(form, lambda: stored.extend(_receive(files)))
    if not status:
        status = _attempt(
            form,
            lambda: receive_correction(
                peticion_id=peticion.pk,
                texto=form.cleaned_data["texto"],
                adjuntos=stored,
                actor=CitizenActor(peticion_id=peticion.pk),
                now=read_clock(),
            ),
        )
        if status:
            _discard(stored)
    if status:
        return case_page(request, peticion, llave, status=status, form_respuesta=form)
    return _done(llave, "contestado")


def _receive(files) -> list[StoredFile]:
    """All the files, or none of them."""
    if len(files) > MAX_FILES:
        message = _("Puede enviar hasta %(n)s archivos a la vez.") % {"n": MAX_FILES}
        raise InvalidInputError(fields={"archivo": [message]})
    stored: list[StoredFile] = []
    try:
        for file in files:
            stored.append(receive_upload(file))
    except DomainError:
        _discard(stored)
        raise
    return stored


def _discard(stored: list[StoredFile]) -> None:
    for file in stored:
        discard_upload(file)


@public
@require_POST
@asks_pin
def disagree(request: HttpRequest, llave: str) -> HttpResponse:
    """Not content with the answer: it is reviewed one level above, within the days allowed."""
    peticion = case_for(request, llave)
    form = DisagreeForm(request.POST)
    status = 422
    if form.is_valid():
        status = _attempt(
            form,
            lambda: reopen_peticion(
                peticion_id=peticion.pk,
                texto=form.cleaned_data["texto"],
                actor=CitizenActor(peticion_id=peticion.pk),
                now=read_clock(),
            ),
        )
    if status:
        return case_page(request, peticion, llave, status=status, form_inconforme=form)
    return _done(llave, "inconforme")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@asks_pin
def withdraw(request: HttpRequest, llave: str) -> HttpResponse:
    """Take the case back. A page of its own says what cannot be undone."""
    peticion = case_for(request, llave)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["motivo"] or _("La persona retiró su asunto.")
            status = _attempt(form, lambda: _cancel(peticion, reason))
            if not status:
                return _done(llave, "retirado")
    context = {
        "migas": crumbs(
            (peticion.folio, reverse("public:seguimiento_caso", args=[llave])), (_("Retirar"), "")
        ),
        "form": form,
        "peticion": peticion,
        "llave": llave,
    }
    return private(render(request, "public/seguimiento/retirar.html", context, status=status))


def _cancel(peticion, reason: str) -> None:
    cancel_peticion(
        peticion_id=peticion.pk,
        motivo=reason,
        actor=CitizenActor(peticion_id=peticion.pk),
        now=read_clock(),
    )


@public
@require_POST
@asks_pin
def confirm(request: HttpRequest, llave: str) -> HttpResponse:
    """The answer settles it: the case is concluded now. Sent twice, it stays so."""
    peticion = case_for(request, llave)
    try:
        conclude_peticion(
            peticion_id=peticion.pk,
            actor=CitizenActor(peticion_id=peticion.pk),
            now=read_clock(),
        )
    except ConflictError as error:
        form = DisagreeForm({})
        form.errors.clear()
        form.add_error(None, str(error.message))
        return case_page(request, case_for(request, llave), llave, status=409, aviso_form=form)
    return _done(llave, "resuelto")
