"""The record of a case told in plain words, to the citizen or to the staff."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date, quantity
from portal.core.models import EventRecord
from portal.core.time import local_date

from ..models import Adjunto, Peticion
from ..policies import PeticionPolicy
from .history import History, load_history

CITIZEN, AUTHORITY, SYSTEM = "ciudadano", "autoridad", "sistema"
#: Facts that only the staff is told.
INTERNAL = {"NoteAdded", "PinReset", "PeticionImported"}
#: Clock entries that another fact of the same act already tells.
TOLD_ELSEWHERE = {"paused", "resumed", "extended", "reopened"}


@dataclass(frozen=True)
class TimelineEntry:
    """
    One thing that happened. ``kind`` is the event's name, ``side`` who did it (ciudadano,
    autoridad, sistema), ``who`` a name for it, ``internal`` that the citizen is not told.
    """

    when: dt.datetime
    who: str
    kind: str
    title: str
    text: str = ""
    attachments: list[Adjunto] = field(default_factory=list)
    side: str = AUTHORITY
    internal: bool = False


def timeline(peticion: Peticion, viewer=None) -> list[TimelineEntry]:
    """
    What happened, oldest first; for the citizen when ``viewer`` is not staff who may see the case.

    The citizen never reads notes, internal reasons, internal files or names of the staff.
    """
    staff = viewer is not None and PeticionPolicy(viewer).can_see_notes(peticion)
    history = load_history(peticion, people=staff, notes=staff, deadlines=True)
    return tell(peticion, history, staff=staff)


def tell(peticion: Peticion, history: History, *, staff: bool) -> list[TimelineEntry]:
    """The entries of a history already read."""
    teller = _Teller(peticion, history, staff)
    return [entry for record in history.records if (entry := teller.entry(record))]


def language() -> str:
    """The language of the legal clock's words for the person now reading."""
    return "en" if (get_language() or "").startswith("en") else "es"


def say_date(moment: dt.datetime | None) -> str:
    """A moment as a local date in full, in the reader's language; empty for none."""
    return full_date(local_date(moment), language()) if moment else ""


class _Teller:
    def __init__(self, peticion: Peticion, history: History, staff: bool) -> None:
        self.peticion, self.history, self.staff = peticion, history, staff
        self.office = ""

    def entry(self, record: EventRecord) -> TimelineEntry | None:
        """One entry, or ``None`` for what this reader is not told."""
        internal = record.event_type in INTERNAL
        write: Callable | None = getattr(self, f"_{record.event_type}", None)
        if write is None or (internal and not self.staff):
            return None
        told = write(record, self.history.row(record))
        if told is None:
            return None
        title, text, files = (*told, "", [])[:3] if len(told) < 3 else told
        return TimelineEntry(
            when=record.occurred_at,
            who=self._who(record),
            kind=record.event_type,
            title=title,
            text=text,
            attachments=[row for row in files if self.staff or row.visible_ciudadano],
            side={"ciudadano": CITIZEN, "sistema": SYSTEM}.get(record.actor_kind, AUTHORITY),
            internal=internal,
        )

    def _who(self, record: EventRecord) -> str:
        if record.actor_kind == "ciudadano":
            return _("Persona solicitante") if self.staff else _("Usted")
        if record.actor_kind == "sistema":
            return _("Sistema")
        person = self.history.people.get(record.actor_id)
        if self.staff and person is not None:
            return str(person)
        return self.office or str(self.peticion.dependencia)

    def _office_of(self, office_id: int | None) -> str:
        office = self.history.offices.get(office_id)
        return str(office) if office else ""

    # one method per kind of fact, named after it

    def _PeticionFiled(self, record, row):  # noqa: N802
        files = self.history.files_of("presentacion")
        title = _("Se recibió la petición con el folio %(folio)s")
        return title % {"folio": record.payload["folio"]}, "", files

    def _AttachmentAdded(self, record, row):  # noqa: N802
        """Files handed in with an act are told within it; evidence stands by itself."""
        if row is None or row.acto != "evidencia" or not (self.staff or row.visible_ciudadano):
            return None
        return _("Se agregó un archivo al expediente"), "", [row]

    def _PeticionImported(self, record, row):  # noqa: N802
        return _("Se importó del archivo histórico"), record.payload.get("origen", ""), []

    def _PeticionAssigned(self, record, row):  # noqa: N802
        self.office = self._office_of(record.payload["dependencia_id"])
        title = _("Se turnó a %(office)s") % {"office": self.office}
        told = self.staff or record.payload["automatic"]
        return title, row.motivo if row and told else "", []

    def _PeticionReturned(self, record, row):  # noqa: N802
        before, self.office = self.office, self._office_of(record.payload["dependencia_id"])
        if not self.staff:
            return _("Se revisa a qué dependencia corresponde"), "", []
        title = _("%(office)s la devolvió a la mesa de turno")
        before = before or self._office_of(record.payload["desde_id"])
        return title % {"office": before}, row.motivo if row else "", []

    def _PeticionAccepted(self, record, row):  # noqa: N802
        person = self.history.people.get(record.payload["responsable_id"])
        if self.staff and person is not None:
            return _("%(person)s la tomó a su cargo") % {"person": person}, "", []
        return _("Una persona de la dependencia ya la está atendiendo"), "", []

    def _DeadlineSet(self, record, row):  # noqa: N802
        cause = record.payload["cause"]
        if cause in TOLD_ELSEWHERE or row is None:
            return None
        day = say_date(row.vence)
        if cause == "calendar":
            text = _("Cambió el calendario de días inhábiles del municipio.")
            return _("La fecha límite para responder es ahora el %(day)s") % {"day": day}, text, []
        return _("La fecha límite para responder es el %(day)s") % {"day": day}, "", []

    def _CorrectionRequested(self, record, row):  # noqa: N802
        title = _("Le pedimos completar su petición a más tardar el %(day)s")
        if self.staff:
            title = _("Se previno; tiene para cumplir hasta el %(day)s")
        return title % {"day": say_date(row.vence)}, row.texto, []

    def _CorrectionReceived(self, record, row):  # noqa: N802
        files = self.history.files_of(f"prevencion:{row.pk}")
        return _("Se recibió lo que faltaba"), row.texto_cumplimiento, files

    def _TermExtended(self, record, row):  # noqa: N802
        vence = dt.datetime.fromisoformat(record.payload["vence"])
        title = _("El plazo se amplió %(amount)s: ahora vence el %(day)s") % {
            "amount": quantity(row.cantidad, row.unidad, language()),
            "day": say_date(vence),
        }
        return title, row.motivo, []

    def _PeticionAnswered(self, record, row):  # noqa: N802
        files = self.history.files_of(f"respuesta:{row.pk}")
        title = _("Se respondió: %(outcome)s") % {"outcome": row.get_resultado_display()}
        return title, row.texto, files

    def _PeticionConcluded(self, record, row):  # noqa: N802
        why = {
            "citizen": _("La persona quedó conforme."),
            "lapse": _("Pasó el plazo para inconformarse."),
        }
        return _("La petición se concluyó"), why.get(record.payload["by"], ""), []

    def _PeticionDismissed(self, record, row):  # noqa: N802
        return _("La petición se desechó"), row.texto, []

    def _DeclaredNotCompetent(self, record, row):  # noqa: N802
        title = _("Corresponde a otra autoridad: %(authority)s")
        return title % {"authority": row.autoridad_competente}, row.texto, []

    def _PeticionMerged(self, record, row):  # noqa: N802
        into = self.history.merged_into.get(record.payload["into_id"])
        text = _("Otra petición trata de lo mismo; la respuesta de aquella vale también para ésta.")
        if self.staff and into is not None:
            return _("Se acumuló a %(folio)s") % {"folio": into.folio}, text, []
        return _("Se unió a otra petición por el mismo asunto"), text, []

    def _PeticionCancelled(self, record, row):  # noqa: N802
        return _("La petición se canceló"), row.texto, []

    def _PeticionReopened(self, record, row):  # noqa: N802
        self.office = self._office_of(record.payload["dependencia_id"])
        title = _("Hubo inconformidad y la petición se reabrió en %(office)s")
        return title % {"office": self.office}, row.texto, []

    def _CaseDocumentIssued(self, record, row):  # noqa: N802
        """The act it belongs to tells it."""

    def _CaseDocumentEnded(self, record, row):  # noqa: N802
        told = {
            "sustituido": _("Otro documento sustituyó al %(folio)s"),
            "cancelado": _("El documento %(folio)s quedó sin efecto"),
        }
        title = told.get(record.payload["estado"])
        return (title % {"folio": record.payload["folio"]}, "", []) if title else None

    def _PeticionLinked(self, record, row):  # noqa: N802
        return row.said(language()), row.titulo, []

    def _NoteAdded(self, record, row):  # noqa: N802
        return _("Nota interna"), row.texto if row else "", []

    def _PinReset(self, record, row):  # noqa: N802
        return _("Se dio un PIN nuevo"), "", []
