"""Bulk acts: a page that shows what will happen, and one that tells what did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.access import staff_only
from portal.core.errors import DomainError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.time import now
from tablero.shared.lists import marked
from tramites.models import Peticion
from tramites.policies import PeticionPolicy

from .acts import Act
from .bulk import Candidate, act_of, candidates, may_act_in_bulk
from .errors import spread_faults
from .forms import ActForm


class _NoCase:
    """Stands for the one case of a form when there are many."""

    pk = 0
    dependencia_id = None


def _act(request: HttpRequest) -> Act:
    if not may_act_in_bulk(request.user):
        raise NotAllowedError
    act = act_of(request.POST.get("acto", ""))
    if act is None:
        raise NotFoundError(_("Ese acto no se hace sobre varios asuntos a la vez."))
    return act


def _form(act: Act, request: HttpRequest, data=None) -> ActForm:
    form = act.form(data, case=_NoCase(), viewer=request.user)
    form.fields.pop("version")
    form.fields.pop("responsable", None)
    return form


@staff_only
@require_POST
def masivo(request: HttpRequest) -> HttpResponse:
    """What would happen, to which cases, and to which not and why. Changes nothing."""
    act = _act(request)
    folios = marked(request.POST)
    if not folios:
        return redirect(reverse("bandeja:lista"))
    chosen = candidates(viewer=request.user, act=act, folios=folios)
    return _preview(request, act, chosen, _form(act, request))


def _preview(
    request: HttpRequest, act: Act, chosen: list[Candidate], form: ActForm, status: int = 200
) -> HttpResponse:
    context = {
        "acto": act,
        "form": form,
        "procede": [c for c in chosen if not c.why_not],
        "no_procede": [c for c in chosen if c.why_not],
        "migas": [
            {"label": _("Bandeja"), "url": reverse("bandeja:lista")},
            {"label": _("%(a)s varios") % {"a": act.label}},
        ],
    }
    return render(request, "tablero/bandeja/masivo.html", context, status=status)


@staff_only
@require_POST
def aplicar(request: HttpRequest) -> HttpResponse:
    """Each case on its own: one that changed meanwhile does not hold up the others."""
    act = _act(request)
    seen = dict(token.split(":", 1) for token in marked(request.POST) if ":" in token)
    form = _form(act, request, request.POST)
    if not form.is_valid():
        chosen = candidates(viewer=request.user, act=act, folios=list(seen))
        return _preview(request, act, chosen, form, status=422)
    done: list[Peticion] = []
    refused: list[tuple[Peticion, str]] = []
    for case in _cases(request.user, seen):
        try:
            _apply(act, case, seen[case.folio], form, request.user)
            done.append(case)
        except InvalidInputError as error:
            spread_faults(form, error)
            refused.append((case, _words(error)))
        except DomainError as error:
            refused.append((case, str(error.message)))
    context = {"acto": act, "hechos": done, "rechazados": refused}
    context["migas"] = [
        {"label": _("Bandeja"), "url": reverse("bandeja:lista")},
        {"label": _("Resultado")},
    ]
    return render(request, "tablero/bandeja/masivo_hecho.html", context)


def _cases(user, seen: dict[str, str]) -> list[Peticion]:
    rows = PeticionPolicy(user).visible().filter(folio__in=seen).select_related("servicio")
    return list(rows.defer("descripcion", "busqueda").order_by("pk"))


def _apply(act: Act, case: Peticion, version: str, form: ActForm, user) -> None:
    act.service(
        peticion_id=case.pk,
        actor=user,
        now=now(),
        version=int(version) if version.isdigit() else None,
        **form.arguments(),
    )


def _words(error: InvalidInputError) -> str:
    return " ".join(str(m) for messages in error.fields.values() for m in messages) or str(
        error.message
    )
