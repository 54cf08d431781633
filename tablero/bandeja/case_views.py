"""The case page, its acts, its files and the contact of who filed."""

import datetime as dt

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.selectors import people_of_office
from portal.core.access import staff_only
from portal.core.calendar import current_calendar
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    TooManyAttemptsError,
    UnavailableError,
)
from portal.core.time import now, today
from tablero.shared.views import LIVE_PATH
from tramites.models import Peticion
from tramites.policies import ATTENDING_ROLES, PeticionPolicy
from tramites.selectors import CaseFile, case_file
from tramites.services import reveal_person
from tramites.uploads import open_stored

from .acts import BY_SLUG, Act
from .casepage import case_context
from .errors import spread_faults
from .forms import AcceptForm, ActForm
from .kept_files import KeptFiles
from .rows import CaseRow

#: Where a fault that a service names stands on the form of an act.
FAULT_FIELDS = {"archivo": "adjuntos"}


def _live(folio: str, doing: str = "mira") -> str:
    return f"{LIVE_PATH}?folio={folio}&modo={doing}"


def _crumbs(case: Peticion, last: str = "") -> list[dict]:
    crumbs = [
        {"label": _("Bandeja"), "url": reverse("bandeja:lista")},
        {"label": case.folio, "url": reverse("bandeja:expediente", args=[case.folio])},
    ]
    return [*crumbs, {"label": last}] if last else crumbs


def _page(request: HttpRequest, file: CaseFile, *, show_person: bool = False) -> HttpResponse:
    context = case_context(file, viewer=request.user, now=now(), show_person=show_person)
    context |= {"migas": _crumbs(file.peticion), "live_path": _live(file.peticion.folio)}
    return render(request, "tablero/bandeja/expediente.html", context)


@staff_only
@require_safe
@never_cache
def expediente(request: HttpRequest, folio: str) -> HttpResponse:
    """The case, for whoever may know of it."""
    return _page(request, case_file(request.user, folio))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def datos(request: HttpRequest, folio: str) -> HttpResponse:
    """The case with the contact of who filed in clear; asking for it stays on the record."""
    if request.method != "POST":
        return redirect("bandeja:expediente", folio=folio)
    file = case_file(request.user, folio)
    reveal_person(peticion=file.peticion, actor=request.user, now=now())
    return _page(request, file, show_person=True)


@staff_only
@require_safe
def adjunto(request: HttpRequest, folio: str, clave: str) -> HttpResponse:
    """A file of a case, as a download and nothing else."""
    visible = PeticionPolicy(request.user).visible().filter(folio=folio).first()
    found = visible.adjuntos.filter(clave=clave).first() if visible else None
    if found is None:
        raise NotFoundError(_("No encontramos ese archivo."))
    response = FileResponse(
        open_stored(found.ruta),
        as_attachment=True,
        filename=found.nombre,
        content_type=found.tipo,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


# acts


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def acto(request: HttpRequest, folio: str, acto: str) -> HttpResponse:
    """The form of an act, and the act."""
    act = BY_SLUG.get(acto)
    if act is None:
        raise Http404
    file = case_file(request.user, folio)
    case = file.peticion
    PeticionPolicy(request.user).require(act.action, case)
    if request.method == "POST":
        return _do(request, act, file)
    form = _form(act, case, request.user, initial={"version": case.version})
    if act.action not in file.acts:
        refusal = _("El asunto está en «%(s)s»: este acto ya no procede.")
        return _act_page(
            request,
            act,
            case,
            form,
            conflict=refusal % {"s": case.get_estado_display()},
            stuck=True,
            status=409,
        )
    return _act_page(request, act, case, form)


def _form(act: Act, case: Peticion, user, *args, **kwargs) -> ActForm:
    if issubclass(act.form, AcceptForm):
        kwargs["people"] = people_of_office(case.dependencia_id, on=today(), roles=ATTENDING_ROLES)
    return act.form(*args, case=case, viewer=user, **kwargs)


def _act_page(
    request: HttpRequest,
    act: Act,
    case: Peticion,
    form: ActForm,
    *,
    conflict: str = "",
    changes: list[dict] | tuple = (),
    stuck: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "acto": act,
        "p": case,
        "form": form,
        "fila": CaseRow(case, now(), current_calendar()),
        "conflicto": conflict,
        "cambios": [_dated(change) for change in changes],
        "impedido": stuck,
        "migas": _crumbs(case, str(act.label)),
        "live_path": _live(case.folio, "responde"),
    }
    return render(request, "tablero/bandeja/acto.html", context, status=status)


def _dated(change: dict) -> dict:
    return change | {"cuando": dt.datetime.fromisoformat(change["cuando"])}


def _do(request: HttpRequest, act: Act, file: CaseFile) -> HttpResponse:
    """
    Carry the act out, or show the form again with everything that was typed.

    A conflict brings what changed and the present version, so that sending again is a decision
    taken knowing it.
    """
    case = file.peticion
    form = _form(act, case, request.user, request.POST, request.FILES)
    filled = form.is_valid()
    files = form.receive_files() if isinstance(form, KeptFiles) else None
    if "quitar_archivo" in request.POST:
        return _act_page(request, act, case, form)
    if not filled or form.errors:
        status = getattr(form, "fault_status", InvalidInputError.status)
        return _act_page(request, act, case, form, status=status)
    arguments = form.arguments()
    if files is not None:
        arguments["adjuntos"] = files
    if not act.versioned:
        arguments.pop("version", None)
    try:
        result = act.service(peticion_id=case.pk, actor=request.user, now=now(), **arguments)
    except InvalidInputError as error:
        spread_faults(form, error, FAULT_FIELDS)
        return _act_page(request, act, case, form, status=error.status)
    except ConflictError as error:
        return _conflict(request, act, case.folio, form, error)
    except (UnavailableError, TooManyAttemptsError) as error:
        form.add_error(None, str(error.message))
        return _act_page(request, act, case, form, status=error.status)
    return _done(request, act, case, result)


def _conflict(
    request: HttpRequest, act: Act, folio: str, form: ActForm, error: ConflictError
) -> HttpResponse:
    file = case_file(request.user, folio)
    form.data = form.data.copy()
    form.data["version"] = file.peticion.version
    return _act_page(
        request,
        act,
        file.peticion,
        form,
        conflict=str(error.message),
        changes=error.details.get("cambios", ()),
        stuck=act.action not in file.acts,
        status=error.status,
    )


def _done(request: HttpRequest, act: Act, case: Peticion, result) -> HttpResponse:
    if act.action == "reset_pin":
        context = {"p": case, "pin": result, "migas": _crumbs(case, str(act.label))}
        return render(request, "tablero/bandeja/pin.html", context)
    messages.success(request, act.done % {"folio": case.folio})
    if PeticionPolicy(request.user).visible().filter(pk=case.pk).exists():
        return redirect("bandeja:expediente", folio=case.folio)
    return redirect("bandeja:lista")
