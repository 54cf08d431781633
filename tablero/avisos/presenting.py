"""How a notice looks to the staff: words, tones and what must not be shown."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from notificaciones.constants import Categoria, Estado, Modo, Resultado, event_name
from notificaciones.phones import mask
from portal.accounts.models import User
from portal.core.models import EventRecord
from portal.ui.text import phone
from tramites.models import Peticion

from .policies import AvisoPolicy

TONES = {
    Estado.PENDIENTE: "brand",
    Estado.ENVIANDO: "brand",
    Estado.INCIERTO: "soon",
    Estado.ACEPTADO: "brand",
    Estado.ACEPTADO_SIN_ACUSE: "ok",
    Estado.ENTREGADO: "ok",
    Estado.FALLIDO_TEMPORAL: "late",
    Estado.FALLIDO_DEFINITIVO: "late",
    Estado.MUERTO: "late",
    Estado.CADUCADO: "late",
    Estado.RETENIDO: "soon",
}
ICONS = {"sms": "mensaje", "whatsapp": "mensaje", "correo": "correo"}
CHANNELS = {"sms": "SMS", "whatsapp": "WhatsApp", "correo": _lazy("Correo")}
PROVIDERS = {
    "embebido": _lazy("la demostración"),
    "twilio": "Twilio",
    "sendgrid": "SendGrid",
    "smtp": _lazy("el servidor de correo"),
}
ENCODINGS = {"gsm7": "GSM-7", "ucs2": "UCS-2"}
#: The one notice whose code is shown in the demonstration.
PROOF_OF_CONTACT = "codigo_verificacion"
LONGEST_SNIPPET = 110
#: A part of an address long enough to be a key.
_LINK_KEY = re.compile(r"(https?://[^\s\"'<>]*?/)(?=[^\s\"'<>/]*[0-9])[^\s\"'<>/]{16,}")


@dataclass(frozen=True)
class Row:
    """A line of the outbox."""

    envio: object
    title: str
    folio: str
    address: str
    snippet: str
    channel: str
    tone: str
    icon: str


def is_hidden(envio, open_cases: set[int]) -> bool:
    """
    What must not be read by whoever may know that it was sent.

    The code that proves a contact is shown in the demonstration, which could not be followed
    without it. What opens an account is never shown, and what tells of a sensitive case, only to
    who may open that case (``AvisoPolicy.open_cases``).
    """
    if envio.evento == PROOF_OF_CONTACT:
        return envio.modo != Modo.EMBEBIDO
    if envio.categoria == Categoria.CODIGO:
        return True
    return envio.sensible and not (envio.objeto == "peticion" and envio.objeto_id in open_cases)


def without_personal_links(envio, text: str) -> str:
    """
    ``text`` with the keys inside its links hidden, except in the demonstration.

    A follow-up link opens the case as its citizen: who reads the outbox must not be able to.
    """
    if envio.modo == Modo.EMBEBIDO:
        return text
    return _LINK_KEY.sub(r"\1••••", text)


def rows_of(envios: list, policy: AvisoPolicy) -> list[Row]:
    """The lines of a page; one query for all their folios, one for the sensitive among them."""
    folios, open_cases = folios_of(envios), policy.open_cases(envios)
    return [
        Row(
            envio=envio,
            title=event_name(envio.evento),
            folio=folios.get(envio.objeto_id, "") if envio.objeto == "peticion" else "",
            address=mask(envio.destino),
            snippet=_snippet(envio, open_cases),
            channel=CHANNELS[envio.canal],
            tone=TONES.get(envio.estado, ""),
            icon=ICONS[envio.canal],
        )
        for envio in envios
    ]


def folios_of(envios: list) -> dict[int, str]:
    """Folio of each case that ``envios`` are about."""
    ids = {envio.objeto_id for envio in envios if envio.objeto == "peticion"}
    return dict(Peticion.objects.filter(pk__in=ids).values_list("pk", "folio")) if ids else {}


def _snippet(envio, open_cases: set[int]) -> str:
    if is_hidden(envio, open_cases):
        return _("Texto reservado")
    text = envio.asunto or without_personal_links(envio, envio.cuerpo)
    return text if len(text) <= LONGEST_SNIPPET else text[: LONGEST_SNIPPET - 1] + "…"


def standing(envio) -> str:
    """Where the notice stands and why, in one or two sentences."""
    words = [str(envio.get_motivo_display()) if envio.motivo else ""]
    if envio.ultimo_codigo:
        words.append(_("Código del proveedor: %(code)s.") % {"code": envio.ultimo_codigo})
    return " ".join(word for word in words if word)


def facts_of(envio, *, hidden: bool) -> list[dict]:
    """Label and value of what is worth knowing of a notice."""
    facts = [
        {"label": _("Destino"), "value": phone(envio.destino)},
        {"label": _("Canal"), "value": envio.get_canal_display()},
        {"label": _("Modo"), "value": envio.get_modo_display()},
    ]
    if envio.segmentos and not hidden:
        parts = ngettext("%(n)s segmento", "%(n)s segmentos", envio.segmentos)
        size = _("%(n)s letras, %(parts)s en %(encoding)s") % {
            "n": envio.caracteres,
            "parts": parts % {"n": envio.segmentos},
            "encoding": ENCODINGS.get(envio.codificacion, ""),
        }
        facts.append({"label": _("Tamaño"), "value": size})
    if envio.nota:
        facts.append({"label": _("Nota"), "value": envio.nota})
    return facts


def history_of(envio) -> list[dict]:
    """Attempts, what vendors reported and what people did, oldest first; for the timeline."""
    happened = [
        {"when": envio.creado_en, "kind": "autoridad", "icon": "correo", "title": _("Se preparó")}
    ]
    happened += [_attempt(row) for row in envio.historial.all()]
    happened += [
        {
            "when": event.recibido_en,
            "kind": "autoridad",
            "icon": "campana",
            "title": _("El proveedor informó: %(what)s") % {"what": event.tipo},
        }
        for event in envio.eventos.order_by("recibido_en")
    ]
    happened += _acts(envio)
    return sorted(happened, key=lambda item: item["when"])


def _attempt(row) -> dict:
    provider = str(PROVIDERS.get(row.proveedor, row.proveedor)) or _("el proveedor")
    text = row.get_resultado_display() if row.resultado else _("En curso")
    details = [
        _("código %(code)s") % {"code": row.codigo} if row.codigo else "",
        f"HTTP {row.http}" if row.http else "",
        _("%(ms)s ms") % {"ms": row.milisegundos} if row.milisegundos is not None else "",
    ]
    return {
        "when": row.inicio,
        "kind": "hecho" if row.resultado == Resultado.ACEPTADO else "autoridad",
        "icon": "" if row.resultado == Resultado.ACEPTADO else "repetir",
        "title": _("Intento %(n)s por %(who)s") % {"n": row.numero, "who": provider},
        "text": text,
        "sub": " · ".join(detail for detail in details if detail),
    }


def _acts(envio) -> list[dict]:
    """What people did, from the record: resent, discarded."""
    words = {"NoticeResent": _("Reenviado"), "NoticeDiscarded": _("Descartado")}
    records = list(EventRecord.objects.filter(stream=f"aviso:{envio.pk}").order_by("sequence"))
    people = User.objects.in_bulk([record.actor_id for record in records if record.actor_id])
    return [
        {
            "when": record.occurred_at,
            "kind": "autoridad",
            "icon": "persona",
            "title": words.get(record.event_type, record.event_type),
            "who": str(people.get(record.actor_id, "")),
        }
        for record in records
    ]
