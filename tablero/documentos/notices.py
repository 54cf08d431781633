"""What the staff is told of a document, in words. Whoever hears of it is decided elsewhere."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.documents.models import Documento
from portal.ui.dates import long_date

#: Subject and sentence of each notice; ``%(what)s`` names the document.
ASK_REVIEW = (
    gettext_lazy("Le piden revisar un documento"),
    gettext_lazy("%(who)s le pide revisar %(what)s. Tiene hasta el %(day)s."),
)
ASK_APPROVAL = (
    gettext_lazy("Un documento espera el visto bueno jurídico"),
    gettext_lazy("%(what)s espera el visto bueno jurídico, hasta el %(day)s."),
)
RETURNED = (
    gettext_lazy("Le devolvieron un documento"),
    gettext_lazy("%(who)s devolvió %(what)s. El motivo está en su página."),
)
READY = (
    gettext_lazy("Su documento está listo para firma"),
    gettext_lazy("Terminó la revisión de %(what)s. Falta que usted lo envíe a firma."),
)
YOUR_TURN = (
    gettext_lazy("Le toca firmar un documento"),
    gettext_lazy("%(what)s espera su firma. Tiene hasta el %(day)s."),
)
SIGNED = (
    gettext_lazy("Su documento ya está firmado"),
    gettext_lazy("Ya firmaron todas las personas: %(what)s está en vigor."),
)
CANCELLED = (
    gettext_lazy("Se canceló un documento"),
    gettext_lazy("%(who)s canceló %(what)s. Ya no tiene que hacer nada con él."),
)
REMIND_REVIEW = (
    gettext_lazy("Recordatorio: tiene un documento por revisar"),
    gettext_lazy("%(what)s espera su revisión. El plazo es el %(day)s."),
)
REMIND_SIGNATURE = (
    gettext_lazy("Recordatorio: tiene un documento por firmar"),
    gettext_lazy("%(what)s espera su firma. El plazo es el %(day)s."),
)
REMIND_READY = (
    gettext_lazy("Recordatorio: un documento suyo espera que lo envíe a firma"),
    gettext_lazy("%(what)s está listo desde hace días. El plazo es el %(day)s."),
)


REMIND_NOTICE = (
    gettext_lazy("Recordatorio: falta notificar un documento"),
    gettext_lazy("Falta notificar %(what)s. El plazo es el %(day)s."),
)


def variables_for(documento: Documento, notice: tuple, *, who: object = "") -> dict[str, str]:
    """
    What the letter says. A confidential document is not named: letters are read by others.
    """
    subject, sentence = notice
    day = long_date(documento.vence_etapa) if documento.vence_etapa else ""
    text = sentence % {"who": who or _("El sistema"), "what": name_of(documento), "day": day}
    path = reverse("documentos:documento", args=[documento.pk])
    return {
        "asunto": str(subject),
        "texto": text[0].upper() + text[1:],
        "enlace": f"{settings.PUBLIC_URL.rstrip('/')}{path}",
    }


def name_of(documento: Documento) -> str:
    """The kind and the subject, or only that it is confidential."""
    if documento.confidencial:
        return _("un documento confidencial")
    return _("%(kind)s «%(subject)s»") % {"kind": documento.tipo, "subject": documento.asunto}


def addresses(people: Iterable) -> dict[int, str]:
    """The mailboxes of active people who have one, by person, each person once."""
    return {person.pk: person.email for person in people if person.is_active and person.email}
