"""The rules a body sits and decides by: those in force, each with its versions, and the next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, NotFoundError
from portal.core.models import ReglaJuridica
from portal.core.time import now, today
from tablero.shared.formpages import posted, run_form

from ..constants import ClaseRegla
from ..forms.rules import FORMS, new_rule_form
from ..policies import CabildoPolicy
from ..presenting import rule_words
from ..selectors import body_rules
from ..services import publish_body_rule
from .base import crumbs, room_page


def _rules_address() -> tuple[str, str]:
    return _("Reglas"), reverse("cabildo:reglas")


@room_page("view", "GET", "HEAD")
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule as it stands today, in words."""
    rows = body_rules(today())
    context = {
        "grupos": [
            {
                "clase": clase,
                "nombre": clase.label,
                "filas": [
                    {"r": row, "dice": rule_words(row)} for row in rows if row.clase == clase
                ],
            }
            for clase in ClaseRegla
        ],
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs((_("Reglas"),)),
    }
    return render(request, "tablero/cabildo/reglas.html", context)


def _versions(clave: str) -> list[ReglaJuridica]:
    rows = ReglaJuridica.objects.filter(clave=clave, clase__in=ClaseRegla.values)
    found = list(rows.order_by("-version"))
    if not found:
        raise NotFoundError(_("No encontramos esa regla."))
    return found


@room_page("view", "GET", "HEAD")
def rule(request: HttpRequest, clave: str) -> HttpResponse:
    """One rule with its versions, newest first."""
    rows, day = _versions(clave), today()
    context = {
        "r": rows[0],
        "versiones": [
            {
                "r": row,
                "dice": rule_words(row),
                "vigente": row.vigente_desde <= day
                and (row.vigente_hasta is None or day <= row.vigente_hasta),
                "futura": row.vigente_desde > day,
            }
            for row in rows
        ],
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs(_rules_address(), (rows[0].nombre,)),
    }
    return render(request, "tablero/cabildo/regla.html", context)


def _publish(request: HttpRequest, clase: str, clave: str, form) -> ReglaJuridica:
    data = form.cleaned_data
    return publish_body_rule(
        clase=clase,
        clave=clave,
        nombre=data["nombre"],
        valor=form.valor(),
        fundamento=data["fundamento"],
        vigente_desde=data["vigente_desde"],
        actor=request.user,
        now=now(),
    )


@room_page("manage")
def new_version(request: HttpRequest, clave: str) -> HttpResponse:
    """The next version of a rule, starting from the last."""
    last = _versions(clave)[0]
    initial = {"nombre": last.nombre, "fundamento": last.fundamento, **last.valor}
    form = FORMS[last.clase](posted(request), initial=initial)
    address = reverse("cabildo:regla", args=[clave])
    return run_form(
        request,
        form,
        lambda data: _publish(request, last.clase, clave, form),
        done=_("Versión publicada."),
        to=address,
        title=_("Nueva versión de «%(name)s»") % {"name": last.nombre},
        intro=_("La versión anterior termina el día antes de que empiece ésta."),
        submit=_("Publicar la versión"),
        cancel_url=address,
        migas=crumbs(_rules_address(), (last.nombre, address), (_("Nueva versión"),)),
    )


@room_page("manage")
def new_rule(request: HttpRequest, clase: str) -> HttpResponse:
    """A rule that did not exist."""
    if clase not in ClaseRegla.values:
        raise NotFoundError(_("No hay reglas de esa clase."))
    form = new_rule_form(clase)(posted(request), initial={"vigente_desde": today()})

    def act(data: dict) -> ReglaJuridica:
        if ReglaJuridica.objects.filter(clave=data["clave"]).exists():
            raise InvalidInputError(fields={"clave": [_("Ya hay una regla con esa clave.")]})
        return _publish(request, clase, data["clave"], form)

    title = _("Nueva regla de %(kind)s") % {"kind": ClaseRegla(clase).label.lower()}
    return run_form(
        request,
        form,
        act,
        done=_("Regla publicada."),
        to=lambda row: reverse("cabildo:regla", args=[row.clave]),
        title=title,
        submit=_("Publicar la regla"),
        cancel_url=reverse("cabildo:reglas"),
        migas=crumbs(_rules_address(), (title,)),
    )
