"""One act on several cases: looked at first, then done to each on its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from tramites.models import Peticion
from tramites.policies import PeticionPolicy

from .acts import BY_SLUG, Act

#: The acts offered over a list, as ``components/bulk.html`` takes them.
BULK_ACTS = [
    {
        "name": "acto",
        "value": "turnar",
        "label": gettext_lazy("Turnar…"),
        "icon": "turnar",
    },
    {
        "name": "acto",
        "value": "atender",
        "label": gettext_lazy("Atender…"),
        "icon": "persona",
    },
]
BULK_SLUGS = tuple(act["value"] for act in BULK_ACTS)


def may_act_in_bulk(user) -> bool:
    """Whether any post of ``user`` acts on cases; oversight and jurídico act one by one."""
    return StaffPolicy(user).has(Rol.VENTANILLA, Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE)


@dataclass(frozen=True)
class Candidate:
    """A marked case and why the act cannot be done to it ('' when it can)."""

    case: Peticion
    why_not: str | Promise

    @property
    def token(self) -> str:
        """The case as it was looked at, for the form that does it."""
        return f"{self.case.folio}:{self.case.version}"


def act_of(slug: str) -> Act | None:
    """The act, if it is one of those done in bulk."""
    return BY_SLUG[slug] if slug in BULK_SLUGS else None


def candidates(*, viewer, act: Act, folios: list[str]) -> list[Candidate]:
    """The marked cases the viewer may know of, in the order of marking."""
    policy = PeticionPolicy(viewer)
    found = {
        case.folio: case
        for case in policy.visible()
        .filter(folio__in=folios)
        .select_related("servicio", "dependencia", "responsable")
        .defer("descripcion", "busqueda")
    }
    return [
        Candidate(found[folio], _why_not(policy, act, found[folio]))
        for folio in folios
        if folio in found
    ]


def _why_not(policy: PeticionPolicy, act: Act, case: Peticion) -> str:
    if act.action in policy.allowed_acts(case):
        return ""
    if not getattr(policy, f"can_{act.action}")(case):
        return _("no le corresponde a usted")
    return _("está en «%(s)s»") % {"s": case.get_estado_display()}
