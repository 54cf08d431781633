"""The record of a document told in plain words."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.models import EventRecord
from portal.documents.constants import EtapaRevision
from portal.documents.models import Documento

#: The icon of each kind of fact.
ICONS = {
    "DocumentoDrafted": "documento",
    "DocumentoSubmitted": "turnar",
    "ReviewApproved": "listo",
    "LegalApprovalRequested": "balanza",
    "DocumentoReturned": "devolver",
    "CommentAdded": "nota",
    "CommentSettled": "listo",
    "DocumentoFrozen": "candado",
    "SigningBegun": "turnar",
    "DocumentoSigned": "editar",
    "DocumentoCompleted": "sello",
    "DocumentoPublished": "megafono",
    "DocumentoSuperseded": "repetir",
    "DocumentoCancelled": "basura",
    "NotificationOrdered": "campana",
    "NotificationSent": "correo",
    "NotificationOpened": "ver",
    "NotificationAcknowledged": "listo",
    "CitatorioLeft": "calendario",
    "NotificationPractised": "listo",
    "NotificationFailed": "alerta",
    "DocumentoNotified": "campana",
}
DONE = {"DocumentoCompleted", "DocumentoPublished", "DocumentoNotified"}


def timeline_of(documento: Documento) -> list[dict]:
    """What happened to the document, newest first, as ``{% timeline %}`` takes it."""
    records = list(
        EventRecord.objects.filter(stream=f"documento:{documento.pk}").order_by("-sequence")
    )
    teller = _Teller(documento, records)
    return [teller.told(record) for record in records]


class _Teller:
    """Tells the records of one document; what they name is read at once."""

    def __init__(self, documento: Documento, records: Iterable[EventRecord]) -> None:
        self.documento = documento
        self.reviews = {row.pk: row for row in documento.revisiones.all()}
        self.comments = {row.pk: row for row in documento.comentarios.all()}
        self.signatures = {row.pk: row for row in documento.firmas.all()}
        self.notices = {row.pk: row for row in documento.notificaciones.all()}
        self.reasons = dict(documento.versiones.values_list("numero", "motivo"))
        self.people = User.objects.in_bulk(self._ids(records))

    def _ids(self, records: Iterable[EventRecord]) -> set[int]:
        ids: set[int] = set()
        for record in records:
            if record.actor_kind == "usuario" and record.actor_id:
                ids.add(record.actor_id)
            ids.update(record.payload.get("revisores") or record.payload.get("firmantes") or ())
        return ids

    def told(self, record: EventRecord) -> dict:
        """One record."""
        write: Callable | None = getattr(self, f"_{record.event_type}", None)
        title, text = write(record.payload) if write else (_("Cambió el documento"), "")
        return {
            "when": record.occurred_at,
            "who": self._who(record),
            "kind": "hecho" if record.event_type in DONE else "autoridad",
            "icon": ICONS.get(record.event_type, "documento"),
            "title": title,
            "text": text,
        }

    def _who(self, record: EventRecord) -> str:
        if record.actor_kind == "ciudadano":
            return _("Persona solicitante")
        person = self.people.get(record.actor_id)
        return str(person) if person and record.actor_kind == "usuario" else _("Sistema")

    def _names(self, ids: Iterable[int]) -> str:
        return ", ".join(str(self.people[pk]) for pk in ids if pk in self.people)

    # one method per kind of fact, named after it; each gives title and text

    def _DocumentoDrafted(self, payload):  # noqa: N802
        return _("Empezó el borrador"), ""

    def _DocumentoSubmitted(self, payload):  # noqa: N802
        if not payload["revisores"]:
            return _("Dio por terminado el borrador, sin revisión"), ""
        title = _("Envió a revisión la versión %(n)s") % {"n": payload["version"]}
        return title, self._names(payload["revisores"])

    def _ReviewApproved(self, payload):  # noqa: N802
        row = self.reviews.get(payload["revision_id"])
        legal = payload["etapa"] == EtapaRevision.VISTO_BUENO
        title = _("Dio el visto bueno jurídico") if legal else _("Aprobó")
        return title, row.comentario if row else ""

    def _LegalApprovalRequested(self, payload):  # noqa: N802
        return _("Pasó al visto bueno jurídico"), ""

    def _DocumentoReturned(self, payload):  # noqa: N802
        title = _("Lo devolvió; empieza la versión %(n)s") % {"n": payload["version"]}
        return title, self.reasons.get(payload["version"], "")

    def _CommentAdded(self, payload):  # noqa: N802
        row = self.comments.get(payload["comentario_id"])
        return _("Comentó"), row.texto if row else ""

    def _CommentSettled(self, payload):  # noqa: N802
        row = self.comments.get(payload["comentario_id"])
        return _("Dio por atendido un comentario"), row.texto if row else ""

    def _DocumentoFrozen(self, payload):  # noqa: N802
        title = _("El texto de la versión %(n)s quedó listo para firma")
        return title % {"n": payload["version"]}, ""

    def _SigningBegun(self, payload):  # noqa: N802
        return _("Lo envió a firma"), self._names(payload["firmantes"])

    def _DocumentoSigned(self, payload):  # noqa: N802
        row = self.signatures.get(payload["firma_id"])
        if row is None:
            return _("Firmó"), ""
        return _("Firmó %(name)s") % {"name": row.nombre}, f"{row.cargo}. {row.get_nivel_display()}"

    def _DocumentoCompleted(self, payload):  # noqa: N802
        return _("Entró en vigor con el folio %(folio)s") % {"folio": payload["folio"]}, ""

    def _DocumentoPublished(self, payload):  # noqa: N802
        return _("Lo publicó"), ""

    def _DocumentoSuperseded(self, payload):  # noqa: N802
        return _("Otro documento tomó su lugar"), self.documento.motivo_fin

    def _DocumentoCancelled(self, payload):  # noqa: N802
        return _("Lo canceló"), self.documento.motivo_fin

    def _NotificationOrdered(self, payload):  # noqa: N802
        row = self.notices[payload["notificacion_id"]]
        return _("Ordenó notificarlo a %(who)s") % {"who": row.destinatario}, (
            row.get_medio_display()
        )

    def _NotificationSent(self, payload):  # noqa: N802
        return _("Se envió la notificación electrónica"), self._addressee(payload)

    def _NotificationOpened(self, payload):  # noqa: N802
        return _("Abrió la notificación"), self._addressee(payload)

    def _NotificationAcknowledged(self, payload):  # noqa: N802
        return _("Acusó recibo"), self._addressee(payload)

    def _CitatorioLeft(self, payload):  # noqa: N802
        return _("Dejó un citatorio"), self._addressee(payload)

    def _NotificationPractised(self, payload):  # noqa: N802
        row = self.notices[payload["notificacion_id"]]
        return _("Practicó la notificación"), f"{row.destinatario}. {row.get_forma_display()}"

    def _NotificationFailed(self, payload):  # noqa: N802
        row = self.notices[payload["notificacion_id"]]
        return _("No se pudo notificar a %(who)s") % {"who": row.destinatario}, row.nota

    def _DocumentoNotified(self, payload):  # noqa: N802
        return _("Quedó notificado"), ""

    def _addressee(self, payload) -> str:
        return self.notices[payload["notificacion_id"]].destinatario
