"""One case with all that belongs to it: for the staff, and for its citizen."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from portal.core.clock import Explanation
from portal.core.errors import NotFoundError
from portal.core.rows import one_or_none

from ..constants import OPEN_STATES, Estado
from ..links import Glance
from ..models import (
    Adjunto,
    Inconformidad,
    Nota,
    Peticion,
    Plazo,
    Prevencion,
    Prorroga,
    Respuesta,
    RespuestaPregunta,
    Solicitante,
    Turno,
    Vinculo,
)
from ..pins import normal_folio
from ..policies import PeticionPolicy
from .documents import CaseDocument, case_documents
from .history import History, load_history
from .timeline import TimelineEntry, language, tell

MOST_MERGED = 50


@dataclass(frozen=True)
class DeadlineWorking:
    """The term in force with its working: words, and months to draw."""

    plazo: Plazo

    @cached_property
    def explanation(self) -> Explanation:
        """The working itself, read when somebody asks for it."""
        return Explanation.from_data(self.plazo.explicacion)

    @property
    def text(self) -> str:
        """The working in sentences, in the reader's language."""
        return self.explanation.as_text(language())

    @property
    def months(self) -> list[dict]:
        """The months the count touches, in weeks of cells."""
        return self.explanation.calendar_grid(language())

    @property
    def weeks(self) -> list[list[dict]]:
        """The same cells as one run of weeks."""
        return self.explanation.calendar_weeks(language())


@dataclass(kw_only=True)
class PublicCase:
    """What the citizen of a case reads."""

    peticion: Peticion
    timeline: list[TimelineEntry]
    working: DeadlineWorking | None
    adjuntos: list[Adjunto]
    prevencion: Prevencion | None
    respuestas: list[Respuesta]
    acumulada_en: Peticion | None
    acts: list[str]
    documentos: list[CaseDocument] = field(default_factory=list)
    #: What it led to elsewhere, each as it stands now.
    vinculos: list[Vinculo] = field(default_factory=list)
    #: Ids of the offices that its story names besides the one that has the case.
    otras_dependencias: tuple[int, ...] = ()

    @property
    def respuesta(self) -> Respuesta | None:
        """The last answer or resolution."""
        return self.respuestas[-1] if self.respuestas else None


@dataclass(kw_only=True)
class CaseFile:
    """What the staff reads. ``solicitante`` is ``None`` for who may not see the person."""

    peticion: Peticion
    solicitante: Solicitante | None
    datos: list[RespuestaPregunta]
    timeline: list[TimelineEntry]
    working: DeadlineWorking | None
    acts: list[str]
    sees_person: bool
    turnos: list[Turno] = field(default_factory=list)
    plazos: list[Plazo] = field(default_factory=list)
    prevenciones: list[Prevencion] = field(default_factory=list)
    prorrogas: list[Prorroga] = field(default_factory=list)
    respuestas: list[Respuesta] = field(default_factory=list)
    inconformidades: list[Inconformidad] = field(default_factory=list)
    notas: list[Nota] = field(default_factory=list)
    adjuntos: list[Adjunto] = field(default_factory=list)
    acumuladas: list[Peticion] = field(default_factory=list)
    documentos: list[CaseDocument] = field(default_factory=list)
    vinculos: list[Vinculo] = field(default_factory=list)

    @property
    def prevencion_pendiente(self) -> Prevencion | None:
        """What the citizen still has to complete."""
        return next((row for row in self.prevenciones if row.cumplida_en is None), None)


ON_THE_PAGE = (
    "servicio__tema",
    "dependencia__padre",
    "responsable",
    "capturada_por",
    "colonia",
    "zona",
    "acumulada_en",
    "solicitante",
)


def case_file(viewer, folio: str, now: dt.datetime | None = None) -> CaseFile:
    """
    The case with everything a person of the staff needs on one page, in a constant number of
    queries. With ``now``, acts whose time has passed or not come are left out.

    :raises NotFoundError: no such case, or none that ``viewer`` may know of.
    """
    policy = PeticionPolicy(viewer)
    found = policy.visible().select_related(*ON_THE_PAGE).defer("busqueda", "zona__poligono")
    peticion = one_or_none(found.filter(folio=normal_folio(folio or "")))
    if peticion is None:
        raise NotFoundError(_("No encontramos esa petición."))
    notes, person = policy.can_see_notes(peticion), policy.can_see_person(peticion)
    history = load_history(peticion, people=True, notes=notes, deadlines=True)
    return CaseFile(
        peticion=peticion,
        solicitante=getattr(peticion, "solicitante", None) if person else None,
        datos=sorted(peticion.datos.select_related("pregunta").order_by(), key=lambda row: row.pk),
        timeline=tell(peticion, history, staff=notes),
        working=_working(history),
        acts=_acts(policy, peticion, history, now),
        sees_person=person,
        turnos=history.of(Turno),
        plazos=history.of(Plazo),
        prevenciones=history.of(Prevencion),
        prorrogas=history.of(Prorroga),
        respuestas=history.of(Respuesta),
        inconformidades=history.of(Inconformidad),
        notas=history.of(Nota),
        adjuntos=history.of(Adjunto),
        acumuladas=_merged_into_this(policy, peticion),
        documentos=case_documents(peticion, _acts_with_documents(history)),
        vinculos=_standing_links(history),
    )


def _standing_links(history: History) -> list[Vinculo]:
    """The last step of each thing the case led to, in the order in which they began."""
    return list({(row.clase, row.clave): row for row in history.of(Vinculo)}.values())


def _acts_with_documents(history: History) -> list[Prevencion | Prorroga | Respuesta]:
    """The acts that may have left a document, oldest first."""
    rows = [*history.of(Prevencion), *history.of(Prorroga), *history.of(Respuesta)]
    return sorted(rows, key=lambda row: row.creado_en)


def _acts(policy: PeticionPolicy, peticion: Peticion, history: History, now) -> list[str]:
    """The allowed acts, less those that may be done once and were, or not at this moment."""
    done = set()
    if history.of(Prevencion):
        done.add("request_correction")
    if history.of(Prorroga) or peticion.vence_en is None:
        done.add("extend")
    if now is not None:
        done |= _untimely(peticion, history, now)
    return [act for act in policy.allowed_acts(peticion) if act not in done]


def _untimely(peticion: Peticion, history: History, now: dt.datetime) -> set[str]:
    acts = set()
    if peticion.concluye_en is not None and now <= peticion.concluye_en:
        acts.add("conclude")
    if peticion.vence_en is not None and now > peticion.vence_en:
        acts.add("extend")
    pending = [row for row in history.of(Prevencion) if row.cumplida_en is None]
    if peticion.estado == Estado.PREVENIDA and any(now <= row.vence for row in pending):
        acts.add("dismiss")
    return acts


def _merged_into_this(policy: PeticionPolicy, peticion: Peticion) -> list[Peticion]:
    rows = policy.visible().filter(acumulada_en=peticion).order_by("pk")
    return list(rows.only("folio", "estado", "recibida_en", "reloj", "vence_en")[:MOST_MERGED])


def _working(history: History) -> DeadlineWorking | None:
    plazo = next((row for row in history.of(Plazo) if row.vigente), None)
    return DeadlineWorking(plazo) if plazo else None


def public_case(peticion: Peticion, now: dt.datetime | None = None) -> PublicCase:
    """
    What the citizen reads of their case: no notes, no internal files, no names of the staff.

    ``peticion`` comes from ``peticion_from_token`` or ``open_by_pin``. A case merged into another
    shows the answer of that one, but not its document, which names somebody else.
    """
    history = load_history(peticion, people=False, notes=False, deadlines=True)
    documentos = case_documents(peticion, _acts_with_documents(history))
    respuestas = history.of(Respuesta)
    into = peticion.acumulada_en if peticion.estado == Estado.ACUMULADA else None
    if into is not None:
        respuestas = respuestas + list(into.respuestas.filter(clase=Respuesta.Clase.RESPUESTA))
    pending = [row for row in history.of(Prevencion) if row.cumplida_en is None]
    return PublicCase(
        peticion=peticion,
        timeline=tell(peticion, history, staff=False),
        working=_working(history),
        adjuntos=[row for row in history.of(Adjunto) if row.visible_ciudadano],
        prevencion=pending[0] if pending and peticion.estado == Estado.PREVENIDA else None,
        respuestas=respuestas,
        acumulada_en=into,
        acts=citizen_acts(peticion, now),
        documentos=documentos,
        vinculos=_standing_links(history),
        otras_dependencias=tuple(sorted(set(history.offices) - {peticion.dependencia_id})),
    )


def citizen_acts(peticion: Peticion | Glance, now: dt.datetime | None = None) -> list[str]:
    """What the citizen may do; with ``now``, disagreeing only while there is time."""
    acts = {
        Estado.PREVENIDA: ["receive_correction", "cancel"],
        Estado.RESPONDIDA: ["conclude", "reopen"],
    }.get(peticion.estado, ["cancel"] if peticion.estado in OPEN_STATES else [])
    late = now is not None and peticion.concluye_en is not None and now > peticion.concluye_en
    return [act for act in acts if not (act == "reopen" and late)]
