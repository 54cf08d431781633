"""Who may know of a petition and who may do what with it. The only place that says so."""

from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.accounts.policies import StaffPolicy
from portal.core.actors import CitizenActor, SystemActor
from portal.core.errors import NotAllowedError, NotFoundError

from .constants import Estado
from .models import Peticion

#: Acts in the order in which a case page offers them.
ACTS = (
    "accept",
    "answer",
    "request_correction",
    "receive_correction",
    "extend",
    "assign",
    "return_to_desk",
    "declare_not_competent",
    "merge",
    "dismiss",
    "conclude",
    "reopen",
    "cancel",
    "note",
    "attach",
    "reset_pin",
)
#: Roles of the people of an office who attend its cases; the Secretaría attends those of its own.
ATTENDING_ROLES = (Rol.ENLACE, Rol.TITULAR, Rol.SECRETARIA)
UNACCEPTED = (Estado.RECIBIDA, Estado.TURNADA)


class PeticionPolicy:
    """
    What ``actor`` (a user, a citizen with proof of one case, or the system) may see and do.

    Whether the state admits the act is another question, answered by the state machine (409).
    """

    def __init__(self, actor) -> None:
        self.actor = actor
        self.staff = StaffPolicy(actor)
        self.is_system = isinstance(actor, SystemActor)
        self.own_case_id = actor.peticion_id if isinstance(actor, CitizenActor) else None

    # what the actor may know

    def visible(self) -> QuerySet[Peticion]:
        """
        The petitions ``can_view`` accepts: included if, and only if, one of these holds.

        - Secretaría General, jurídico: every one.
        - Consulta: every one that is not sensitive.
        - Ventanilla: every one that is not sensitive, and all that are at the desk.
        - Titular: those of the office headed and of the offices under it.
        - Enlace: those of the own office; the sensitive ones only if responsible for them.
        - Administration of the system: none, only figures.
        - A citizen: the one case they hold proof of.
        """
        if self._sees_all:
            return Peticion.objects.all()
        if self.own_case_id is not None:
            return Peticion.objects.filter(pk=self.own_case_id)
        condition = self._visible_condition()
        if condition is None:
            return Peticion.objects.none()
        return Peticion.objects.filter(condition)

    def _visible_condition(self) -> Q | None:
        condition = None
        if self.staff.has(Rol.CONSULTA, Rol.VENTANILLA):
            condition = Q(sensible=False)
        if self.staff.has(Rol.VENTANILLA):
            condition |= Q(dependencia_id=self._desk_id)
        if self._headed:
            headed = Q(dependencia_id__in=sorted(self._headed))
            condition = headed if condition is None else condition | headed
        if self._linked:
            reachable = Q(sensible=False) | Q(responsable_id__in=self._acting_as)
            own = Q(dependencia_id__in=sorted(self._linked)) & reachable
            condition = own if condition is None else condition | own
        return condition

    def visible_offices(self) -> frozenset[int] | None:
        """The offices all of ``visible`` lies in; ``None`` when it is not bound to offices."""
        wider = (Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA, Rol.VENTANILLA)
        if self.is_system or self.own_case_id is not None or self.staff.has(*wider):
            return None
        return self._headed | self._linked

    def can_view(self, peticion: Peticion) -> bool:
        """See ``visible``."""
        if self._sees_all or self.own_case_id is not None:
            return self._sees_all or peticion.pk == self.own_case_id
        office, open_to_staff = peticion.dependencia_id, not peticion.sensible
        if office in self._headed:
            return True
        if open_to_staff and self.staff.has(Rol.CONSULTA, Rol.VENTANILLA):
            return True
        if self.staff.has(Rol.VENTANILLA) and office == self._desk_id:
            return True
        mine = peticion.responsable_id is not None and peticion.responsable_id in self._acting_as
        return office in self._linked and (open_to_staff or mine)

    def can_see_person(self, peticion: Peticion) -> bool:
        """Name and contact of who filed: whoever sees the case, except for consulta."""
        readers = (Rol.SECRETARIA, Rol.JURIDICO, Rol.VENTANILLA, Rol.TITULAR, Rol.ENLACE)
        knows = self.is_system or self.own_case_id is not None or self.staff.has(*readers)
        return knows and self.can_view(peticion) and not self._only_reads(peticion)

    # what the actor may do

    def can_capture(self, peticion: Peticion | None = None) -> bool:
        """File in a citizen's name at the counter, by telephone or from a letter."""
        return self.staff.has(Rol.VENTANILLA, Rol.SECRETARIA)

    def can_assign(self, peticion: Peticion) -> bool:
        """Ventanilla and Secretaría: any they see; a titular: those of the own offices."""
        return self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA) or self._heads(peticion)

    def can_assign_to(self, peticion: Peticion, office_id: int) -> bool:
        """A titular hands on only within the offices under them; the rest is for the desk."""
        if self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA):
            return True
        return self._heads(peticion) and office_id in self._headed

    def can_return_to_desk(self, peticion: Peticion) -> bool:
        """Who holds it gives it back, with a reason."""
        return self._any_of(peticion, Rol.SECRETARIA) or self._works_on(peticion)

    def can_accept(self, peticion: Peticion) -> bool:
        """The office that holds it; the Secretaría may name who in it takes charge."""
        return self._works_on(peticion) or self._any_of(peticion, Rol.SECRETARIA)

    def can_answer(self, peticion: Peticion) -> bool:
        """The office that holds it."""
        return self._works_on(peticion)

    def can_request_correction(self, peticion: Peticion) -> bool:
        """The office that holds it (LFPA 17-A)."""
        return self._works_on(peticion)

    def can_receive_correction(self, peticion: Peticion) -> bool:
        """The citizen; or the desk or the office, when it comes on paper."""
        return (
            self._is_citizen_of(peticion)
            or self._any_of(peticion, Rol.VENTANILLA)
            or self._works_on(peticion)
        )

    def can_extend(self, peticion: Peticion) -> bool:
        """A titular over the office, or the Secretaría (LFPA 31)."""
        return self._heads(peticion) or self._any_of(peticion, Rol.SECRETARIA)

    def can_conclude(self, peticion: Peticion) -> bool:
        """The citizen who is content, or the office; and the system when the term ran out."""
        return (
            self.is_system
            or self._is_citizen_of(peticion)
            or self._any_of(peticion, Rol.SECRETARIA)
            or self._works_on(peticion)
        )

    def can_dismiss(self, peticion: Peticion) -> bool:
        """It ends a right: only a titular, jurídico or the Secretaría."""
        return self._heads(peticion) or self._any_of(peticion, Rol.JURIDICO, Rol.SECRETARIA)

    def can_declare_not_competent(self, peticion: Peticion) -> bool:
        """The desk, the office that holds it, jurídico or the Secretaría."""
        wider = (Rol.VENTANILLA, Rol.JURIDICO, Rol.SECRETARIA)
        return self._any_of(peticion, *wider) or self._works_on(peticion)

    def can_merge(self, peticion: Peticion) -> bool:
        """The desk, the office that holds it or the Secretaría."""
        return self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA) or self._works_on(peticion)

    def can_cancel(self, peticion: Peticion) -> bool:
        """The citizen withdraws it; the desk, only while nobody has taken charge of it."""
        if self._is_citizen_of(peticion):
            return True
        untouched = peticion.estado in UNACCEPTED
        return untouched and self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA)

    def can_reopen(self, peticion: Peticion) -> bool:
        """The citizen who disagrees; or a titular over the office, or the Secretaría."""
        return (
            self._is_citizen_of(peticion)
            or self._heads(peticion)
            or self._any_of(peticion, Rol.SECRETARIA)
        )

    def can_note(self, peticion: Peticion) -> bool:
        """Whoever works with the case; consulta only reads."""
        return self.can_view(peticion) and self._works_here(peticion)

    def can_see_notes(self, peticion: Peticion) -> bool:
        """Every member of the staff who sees the case, and never the citizen."""
        return self.staff.is_staff_member and self.can_view(peticion)

    def can_attach(self, peticion: Peticion) -> bool:
        """Evidence of the office or of the desk."""
        return self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA) or self._works_on(peticion)

    def can_reset_pin(self, peticion: Peticion) -> bool:
        """The desk, with the person in front of it."""
        return self._any_of(peticion, Rol.VENTANILLA, Rol.SECRETARIA)

    def require(self, action: str, peticion: Peticion) -> None:
        """
        :raises NotFoundError: the actor may not know of the petition.
        :raises NotAllowedError: may know of it, but not do this.
        """
        if not self.can_view(peticion):
            raise NotFoundError(_("No encontramos esa petición."))
        if not getattr(self, f"can_{action}")(peticion):
            raise NotAllowedError(
                _("No tiene permiso para hacer esto con la petición %(folio)s.")
                % {"folio": peticion.folio},
                action=action,
            )

    def allowed_acts(self, peticion: Peticion) -> list[str]:
        """The acts that both this policy and the state of the case admit now."""
        if not self.can_view(peticion):
            return []
        return [
            act
            for act in ACTS
            if getattr(self, f"can_{act}")(peticion) and _state_admits(act, peticion)
        ]

    # the parts these are made of

    @cached_property
    def _sees_all(self) -> bool:
        return self.is_system or self.staff.has(Rol.SECRETARIA, Rol.JURIDICO)

    @cached_property
    def _headed(self) -> frozenset[int]:
        return self.staff.headed_offices

    @cached_property
    def _linked(self) -> frozenset[int]:
        """Offices whose cases the actor attends without heading them; see ``ATTENDING_ROLES``."""
        return self.staff.offices_as(Rol.ENLACE, Rol.SECRETARIA)

    @cached_property
    def _acting_as(self) -> tuple[int, ...]:
        """The actor and the absent enlaces they substitute."""
        absent = {p.suplencia_de_id for p in self.staff.posts if p.rol == Rol.ENLACE}
        return tuple(sorted({self.actor.pk, *(absent - {None})}))

    @cached_property
    def _desk_id(self) -> int | None:
        desk = Dependencia.objects.filter(es_ventanilla=True)
        return desk.values_list("pk", flat=True).first()

    def _any_of(self, peticion: Peticion, *roles: str) -> bool:
        return self.staff.has(*roles) and self.can_view(peticion)

    def _heads(self, peticion: Peticion) -> bool:
        return peticion.dependencia_id in self._headed

    def _works_on(self, peticion: Peticion) -> bool:
        linked = peticion.dependencia_id in self._linked
        return self._heads(peticion) or (linked and self.can_view(peticion))

    def _works_here(self, peticion: Peticion) -> bool:
        everywhere = (Rol.SECRETARIA, Rol.JURIDICO, Rol.VENTANILLA)
        return self.staff.has(*everywhere) or self._works_on(peticion)

    def _only_reads(self, peticion: Peticion) -> bool:
        """Sees this case as consulta and as nothing else."""
        return self.staff.has(Rol.CONSULTA) and not self._works_here(peticion)

    def _is_citizen_of(self, peticion: Peticion) -> bool:
        return self.own_case_id is not None and peticion.pk == self.own_case_id


#: Acts that move no state, with the states that admit them.
_STILL = {
    "extend": (Estado.TURNADA, Estado.EN_ATENCION, Estado.REABIERTA),
    "note": tuple(Estado),
    "attach": tuple(Estado),
    "reset_pin": tuple(Estado),
}


def _state_admits(act: str, peticion: Peticion) -> bool:
    if act in _STILL:
        return peticion.estado in _STILL[act]
    if act == "return_to_desk" and peticion.dependencia.es_ventanilla:
        return False
    return act in {t.name for t in peticion.get_available_estado_transitions()}
