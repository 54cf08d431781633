"""Where a document stands: what it waits for, for whom, until when, and what comes next."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.clock import Calendar, business_days_between
from portal.documents.constants import (
    REVIEW_STATES,
    EstadoDocumento,
    EstadoFirmante,
    EstadoRevision,
    OrdenFirma,
)
from portal.documents.models import Documento, Firmante, RevisionDocumento
from portal.ui.dates import long_date, short_date, weekday_date

_E = EstadoDocumento
TONES = {
    _E.EN_REVISION: "brand",
    _E.VISTO_BUENO: "brand",
    _E.LISTO: "soon",
    _E.EN_FIRMA: "soon",
    _E.FIRMADO: "ok",
    _E.NOTIFICADO: "ok",
    _E.PUBLICADO: "ok",
    _E.CANCELADO: "late",
}
#: States in which somebody has a date to keep.
WAITING = (*REVIEW_STATES, _E.LISTO, _E.EN_FIRMA)
#: Beyond so many natural days, business days tell nothing more and cost a walk over the calendar.
NEAR = 45
STAGES = (
    (gettext_lazy("Borrador"), (_E.BORRADOR,)),
    (gettext_lazy("Revisión"), REVIEW_STATES),
    (gettext_lazy("Listo"), (_E.LISTO,)),
    (gettext_lazy("Firma"), (_E.EN_FIRMA,)),
    (gettext_lazy("Vigente"), (_E.FIRMADO, _E.NOTIFICADO, _E.PUBLICADO)),
)
ENDED = (_E.SUSTITUIDO, _E.CANCELADO)


def with_waiting(rows: QuerySet[Documento]) -> QuerySet[Documento]:
    """``rows`` with who has not answered and who has not signed; two more queries a page."""
    reviews = RevisionDocumento.objects.filter(estado=EstadoRevision.PENDIENTE)
    signers = Firmante.objects.filter(estado=EstadoFirmante.PENDIENTE)
    return rows.prefetch_related(
        Prefetch("revisiones", reviews.select_related("revisor"), to_attr="por_revisar"),
        Prefetch("firmantes", signers.select_related("usuario"), to_attr="por_firmar"),
    )


@dataclass
class Standing:
    """A document of ``with_waiting`` on a day, with the calendar of the municipality."""

    documento: Documento
    today: dt.date
    calendar: Calendar

    @property
    def tone(self) -> str:
        """The tone of the badge of the state."""
        return TONES.get(self.documento.estado, "")

    @cached_property
    def due(self) -> dt.date | None:
        """The last day of the step."""
        return self.documento.vence_etapa if self.documento.estado in WAITING else None

    @cached_property
    def left(self) -> int | None:
        """Business days left, negative when late; ``None`` without a date or far from it."""
        if self.due is None or abs((self.due - self.today).days) > NEAR:
            return None
        return business_days_between(self.today, self.due, self.calendar)

    @property
    def status(self) -> str:
        """The semaphore of the step; empty when nobody has a date to keep."""
        if self.due is None:
            return ""
        if self.due < self.today:
            return "vencida"
        soon = self.due <= self.calendar.next_business(self.today)
        return "por_vencer" if soon else "en_tiempo"

    @property
    def status_words(self) -> str:
        """The semaphore in words."""
        if self.due == self.today:
            return _("Vence hoy")
        if self.status == "vencida":
            return _("Vencido")
        return _("Vence pronto") if self.status == "por_vencer" else _("A tiempo")

    @property
    def due_words(self) -> str:
        """The date of the step, short."""
        if self.due is None:
            return "—"
        same_year = self.due.year == self.today.year
        return weekday_date(self.due) if same_year else short_date(self.due)

    @property
    def due_note(self) -> str:
        """How many business days are left, or how late it is."""
        if self.left is None or self.due == self.today:
            return ""
        if self.due < self.today:
            late = max(-self.left, 1)
            return ngettext("hace %(n)d día hábil", "hace %(n)d días hábiles", late) % {"n": late}
        return ngettext("%(n)d día hábil", "%(n)d días hábiles", self.left) % {"n": self.left}

    @cached_property
    def waits_for(self) -> list[str]:
        """The people whose turn it is."""
        documento = self.documento
        if documento.estado in REVIEW_STATES:
            return [
                str(row.revisor) if row.revisor_id else _("el área jurídica")
                for row in documento.por_revisar
            ]
        if documento.estado == _E.EN_FIRMA:
            pending = documento.por_firmar
            if documento.tipo.orden_firma == OrdenFirma.EN_ORDEN:
                pending = pending[:1]
            return [str(row.usuario) for row in pending]
        if documento.estado in (_E.BORRADOR, _E.LISTO) and documento.autor_id:
            return [str(documento.autor)]
        return []

    @property
    def waits_words(self) -> str:
        """The first of them, and how many more."""
        names = [f"{name[0].upper()}{name[1:]}" for name in self.waits_for]
        if len(names) < 2:
            return "".join(names)
        return _("%(name)s y %(n)d más") % {"name": names[0], "n": len(names) - 1}

    @property
    def sentence(self) -> str:
        """The state in a sentence, with who it waits for and until when."""
        names = _join(self.waits_for)
        words = {"names": names, "day": long_date(self.due) if self.due else ""}
        return (_SENTENCES[self.documento.estado] % words).replace("  ", " ").strip()

    @property
    def next_step(self) -> str:
        """What comes after that."""
        documento = self.documento
        if documento.estado == _E.EN_REVISION and documento.tipo.requiere_visto_bueno:
            return _("Cuando todas aprueben, pasa al visto bueno jurídico.")
        if documento.estado == _E.EN_FIRMA and documento.folio:
            return _("Con la última firma entra en vigor.")
        return str(_NEXT.get(documento.estado, ""))

    def way(self) -> list[dict]:
        """The five stages, as ``components/way.html`` takes them; empty for what ended."""
        if self.documento.estado in ENDED:
            return []
        here = next(
            n for n, (_label, states) in enumerate(STAGES) if self.documento.estado in states
        )
        last = len(STAGES) - 1
        return [
            {
                "label": label,
                "status": "done" if n < here or n == here == last else "now" if n == here else "",
            }
            for n, (label, _states) in enumerate(STAGES)
        ]


def _join(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s y %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


_SENTENCES = {
    _E.BORRADOR: gettext_lazy("Es un borrador: su texto todavía cambia."),
    _E.EN_REVISION: gettext_lazy("Espera la revisión de %(names)s, hasta el %(day)s."),
    _E.VISTO_BUENO: gettext_lazy("Espera el visto bueno de %(names)s, hasta el %(day)s."),
    _E.LISTO: gettext_lazy("El texto está listo y ya no cambia; falta enviarlo a firma."),
    _E.EN_FIRMA: gettext_lazy("Espera la firma de %(names)s, hasta el %(day)s."),
    _E.FIRMADO: gettext_lazy("Está firmado por todas las personas y en vigor."),
    _E.NOTIFICADO: gettext_lazy("Está en vigor y ya se notificó a quien se dirige."),
    _E.PUBLICADO: gettext_lazy("Está en vigor y cualquiera puede leerlo con su código."),
    _E.SUSTITUIDO: gettext_lazy("Otro documento tomó su lugar: ya no está en vigor."),
    _E.CANCELADO: gettext_lazy("Quedó sin efecto."),
}
_NEXT = {
    _E.BORRADOR: gettext_lazy("Al terminarlo, envíelo a revisión o directamente a firma."),
    _E.EN_REVISION: gettext_lazy("Cuando todas aprueben, el texto queda listo para firma."),
    _E.VISTO_BUENO: gettext_lazy("Con el visto bueno, el texto queda listo para firma."),
    _E.LISTO: gettext_lazy("Quien lo redacta lo envía a firma; el folio se asigna al firmar."),
    _E.EN_FIRMA: gettext_lazy("Con la primera firma toma su folio; con la última entra en vigor."),
}
