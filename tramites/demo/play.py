"""Playing the demo's stories through the real services, each act at its own moment."""

import datetime as dt
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, User
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.errors import DomainError
from tramites import services
from tramites.models import Colonia, Peticion, Servicio
from tramites.policies import PeticionPolicy
from tramites.services import Contact, Filing, Place

from .casos import CaseSeed, Step, generate_cases
from .papers import Papers, settle_papers

DESK_CHANNELS = ("ventanilla", "telefono", "escrito")


class Cast:
    """Who plays each part: the office's own people first, then those of the office above."""

    def __init__(self) -> None:
        self.parents = dict(Dependencia.objects.values_list("pk", "padre_id"))
        self.people: dict[tuple[int, str], User] = {}
        for post in Adscripcion.objects.select_related("usuario").order_by("pk"):
            self.people.setdefault((post.dependencia_id, post.rol), post.usuario)
        self.desk = next(u for (_, rol), u in self.people.items() if rol == Rol.VENTANILLA)
        self.secretary = next(u for (_, rol), u in self.people.items() if rol == Rol.SECRETARIA)
        self.lawyer = next(u for (_, rol), u in self.people.items() if rol == Rol.JURIDICO)

    def _candidates(self, peticion: Peticion, rol: str) -> Iterator[User]:
        if peticion.responsable and rol == Rol.ENLACE:
            yield peticion.responsable
        roles = [rol, *(other for other in (Rol.ENLACE, Rol.TITULAR) if other != rol)]
        office = peticion.dependencia_id
        while office is not None:
            for name in roles:
                if (office, name) in self.people:
                    yield self.people[office, name]
            office = self.parents[office]
        yield self.secretary
        yield self.lawyer

    def actor(self, peticion: Peticion, rol: str, allowed: Callable[[User], bool]):
        """The first of those who could play ``rol`` whom the policy lets act."""
        if rol == "ciudadano":
            return CitizenActor(peticion_id=peticion.pk)
        if rol == "sistema":
            return SYSTEM
        if rol == Rol.VENTANILLA and allowed(self.desk):
            return self.desk
        candidates = self._candidates(peticion, rol)
        return next((user for user in candidates if allowed(user)), self.secretary)


class Stage:
    """Loads the cases of ``today``; ``now`` bounds every moment, which may not lie ahead."""

    def __init__(self, *, today: dt.date, now: dt.datetime, zone: ZoneInfo) -> None:
        self.today, self.now, self.zone = today, now, zone
        self.cast, self.papers = Cast(), Papers(now=now)
        self.services = {s.clave: s for s in Servicio.objects.all()}
        self.offices = {o.clave: o for o in Dependencia.objects.all()}
        self.colonias = {c.clave: c for c in Colonia.objects.all()}
        self.filed: dict[int, Peticion] = {}
        #: Cases whose story the law stopped, with the act it refused; see ``_play``.
        self.stopped: dict[int, str] = {}

    def play_all(self, count: int = 400) -> int:
        """
        File every case, then play all the acts in the order of their moments; say how many cases.

        The order matters: a case is merged into another that is still open at that moment.
        """
        seeds = generate_cases(self.today, count=count)
        moments: list[tuple[dt.datetime, int, int, CaseSeed, Step | None]] = []
        for seed in seeds:
            moments.append((seed.filed_at(self.today), seed.indice, 0, seed, None))
            for n, step in enumerate(seed.pasos, start=1):
                moments.append((seed.step_at(step, self.today), seed.indice, n, seed, step))
        for naive, _, _, seed, step in sorted(moments, key=lambda m: m[:3]):
            moment = min(naive.replace(tzinfo=self.zone), self.now)
            if step is None:
                self._file(seed, moment)
            else:
                self._play(seed, step, moment)
        settle_papers()
        return len(seeds)

    def _file(self, seed: CaseSeed, moment: dt.datetime) -> None:
        desk = seed.canal in DESK_CHANNELS
        colonia = self.colonias.get(seed.colonia or "")
        place = Place(
            direccion=seed.direccion,
            referencia=seed.referencia,
            latitud=seed.latitud,
            longitud=seed.longitud,
            colonia_id=colonia.pk if colonia else None,
        )
        contact = Contact(
            nombre=seed.nombre,
            telefono=_e164(seed.telefono),
            telefono_verificado_en=moment if seed.telefono else None,
            correo=seed.correo,
            correo_verificado_en=moment if seed.correo else None,
        )
        filing = Filing(
            servicio_id=self.services[seed.servicio].pk,
            descripcion=seed.descripcion,
            canal=seed.canal,
            clave_idempotencia=f"demo-{self.today:%Y%m%d}-{seed.indice}",
            respuestas=seed.respuestas,
            lugar=place if colonia or seed.direccion else None,
            contacto=contact,
            adjuntos=[],
        )
        actor = self.cast.desk if desk else CitizenActor()
        done = services.file_peticion(filing=filing, actor=actor, now=moment)
        self.filed[seed.indice] = done.peticion

    def _play(self, seed: CaseSeed, step: Step, moment: dt.datetime) -> None:
        """
        One act. The stories only guess at the calendar: where the real clock refuses an act, that
        case stays where it is, as it would in life, and the others go on.
        """
        if seed.indice in self.stopped:
            return
        try:
            with transaction.atomic():
                self._act(seed, step, moment)
        except DomainError:
            self.stopped[seed.indice] = step.act

    def _act(self, seed: CaseSeed, step: Step, moment: dt.datetime) -> None:
        peticion = Peticion.objects.select_related("responsable").get(pk=self.filed[seed.indice].pk)
        act, details = self._call(step)
        if step.act == "answer":
            act, signature = self.papers.answering(peticion, moment)
            details |= signature
        into = self.filed.get(step.into) if step.act == "merge" else None
        actor = self.cast.actor(
            peticion, step.rol, lambda user: step_allowed(user, step.act, peticion, into)
        )
        act(peticion_id=peticion.pk, actor=actor, now=moment, **details)

    def _call(self, step: Step) -> tuple[Callable, dict]:
        """The service of an act and what only that act needs."""
        text = step.texto
        calls: dict[str, tuple[Callable, dict]] = {
            "assign": (services.assign_peticion, {"motivo": text}),
            "return": (services.return_peticion, {"motivo": text}),
            "accept": (services.accept_peticion, {}),
            "request_correction": (services.request_correction, {"texto": text}),
            "receive_correction": (
                services.receive_correction,
                {"texto": text, "adjuntos": []},
            ),
            "extend": (services.extend_term, {"cantidad": step.dias, "motivo": text}),
            "answer": (services.answer_peticion, {"texto": text, "resultado": step.resultado}),
            "conclude": (services.conclude_peticion, {}),
            "reopen": (services.reopen_peticion, {"texto": text}),
            "dismiss": (
                services.dismiss_peticion,
                {"texto": text, "fundamento": step.fundamento},
            ),
            "declare_not_competent": (
                services.declare_not_competent,
                {"texto": text, "autoridad_competente": step.autoridad},
            ),
            "merge": (services.merge_peticion, {"motivo": text}),
            "cancel": (services.cancel_peticion, {"motivo": text}),
        }
        act, details = calls[step.act]
        if step.act == "assign":
            details["dependencia_id"] = self.offices[step.dependencia].pk
        if step.act == "merge":
            details["into_folio"] = self.filed[step.into].folio
        return act, details


def step_allowed(user: User, act: str, peticion: Peticion, into: Peticion | None = None) -> bool:
    """Whether the policy lets ``user`` do the act of a step; ``into`` is the case to merge into."""
    verb = {"return": "return_to_desk"}.get(act, act)
    policy = PeticionPolicy(user)
    if into is not None and not policy.can_view(Peticion.objects.get(pk=into.pk)):
        return False
    return policy.can_view(peticion) and getattr(policy, f"can_{verb}")(peticion)


def _e164(number: str) -> str:
    """«55 0000 1234» as +525500001234; the numbers are invented and no network has them."""
    return f"+52{number.replace(' ', '')}" if number else ""
