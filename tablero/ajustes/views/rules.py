"""Legal rules: what is in force, every version, and the next one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.clock.wording import quantity
from portal.core.errors import InvalidInputError, NotFoundError
from portal.core.models import ReglaJuridica
from portal.core.rule_kinds import PLAZO
from portal.core.rules import RuleValue, rules_in_force
from portal.core.time import now, today

from ..forms.rules import FIELD_OF_PART, NewRuleForm, RuleForm, initial_of
from ..selectors import history_of
from ..services import publish_rule_version
from .base import crumbs, run_form, settings_page


def _shown(rule: ReglaJuridica) -> dict:
    value = RuleValue.from_rule(rule)
    return {
        "rule": rule,
        "value": value,
        "plazo": quantity(value.plazo.cantidad, value.plazo.unidad),
        "vigente": rule.vigente_desde <= today()
        and (rule.vigente_hasta is None or rule.vigente_hasta >= today()),
        "futura": rule.vigente_desde > today(),
    }


@settings_page("administer")
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule as it stands today."""
    context = {
        "reglas": [_shown(rule) for rule in rules_in_force(today())],
        "migas": crumbs((_("Reglas jurídicas"),)),
    }
    return render(request, "tablero/ajustes/reglas.html", context)


@settings_page("administer")
def rule_page(request: HttpRequest, clave: str) -> HttpResponse:
    """One rule with its versions, newest first."""
    versions = list(ReglaJuridica.objects.filter(clave=clave, clase=PLAZO).order_by("-version"))
    if not versions:
        raise NotFoundError
    context = {
        "clave": clave,
        "versiones": [_shown(rule) for rule in versions],
        "historial": history_of(f"regla:{clave}"),
        "migas": crumbs((_("Reglas jurídicas"), "ajustes:reglas"), (versions[0].nombre,)),
    }
    return render(request, "tablero/ajustes/regla.html", context)


def _publish(request: HttpRequest, clave: str, form: RuleForm) -> ReglaJuridica:
    data = form.cleaned_data
    try:
        return publish_rule_version(
            clave=clave,
            nombre=data["nombre"],
            valor=form.valor(),
            fundamento=data["fundamento"],
            vigente_desde=data["vigente_desde"],
            actor=request.user,
            now=now(),
        )
    except InvalidInputError as error:
        error.fields = {FIELD_OF_PART.get(part, part): v for part, v in error.fields.items()}
        raise


@settings_page("administer")
def new_version(request: HttpRequest, clave: str) -> HttpResponse:
    """The next version, starting from the last."""
    last = ReglaJuridica.objects.filter(clave=clave, clase=PLAZO).order_by("-version").first()
    if last is None:
        raise NotFoundError
    form = RuleForm(request.POST or None, initial=initial_of(last))
    address = reverse("ajustes:regla", args=[clave])
    return run_form(
        request,
        form,
        lambda data: _publish(request, clave, form),
        done=_("Versión publicada."),
        to=address,
        title=_("Nueva versión de «%(name)s»") % {"name": last.nombre},
        intro=_("La versión anterior termina el día antes de que empiece ésta."),
        submit=_("Publicar la versión"),
        cancel_url=address,
        migas=crumbs((_("Reglas jurídicas"), "ajustes:reglas"), (last.nombre, address)),
    )


@settings_page("administer")
def new_rule(request: HttpRequest) -> HttpResponse:
    """A rule that did not exist."""
    form = NewRuleForm(request.POST or None, initial={"vigente_desde": today()})

    def act(data: dict) -> ReglaJuridica:
        if ReglaJuridica.objects.filter(clave=data["clave"]).exists():
            raise InvalidInputError(fields={"clave": [_("Ya hay una regla con esa clave.")]})
        return _publish(request, data["clave"], form)

    return run_form(
        request,
        form,
        act,
        done=_("Regla publicada."),
        to=lambda rule: reverse("ajustes:regla", args=[rule.clave]),
        title=_("Nueva regla jurídica"),
        submit=_("Publicar la regla"),
        cancel_url=reverse("ajustes:reglas"),
        migas=crumbs((_("Reglas jurídicas"), "ajustes:reglas"), (_("Nueva regla"),)),
    )
