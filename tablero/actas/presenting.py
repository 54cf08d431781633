"""Actas as the pages show them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import EventRecord
from tablero.shared.timelines import REFUSED, timeline_of

from .constants import EstadoActa, EstadoFirmaActa, EstadoObservacion
from .models import Acta

_E = EstadoActa
TONES = {_E.BORRADOR: "", _E.CIRCULADA: "brand", _E.APROBADA: "soon", _E.FIRMADA: "ok"}
SIGNATURE_TONES = {
    EstadoFirmaActa.PENDIENTE: "soon",
    EstadoFirmaActa.ELECTRONICA: "ok",
    EstadoFirmaActa.AUTOGRAFA: "ok",
    EstadoFirmaActa.REHUSADA: "late",
}
OBSERVATION_TONES = {
    EstadoObservacion.PENDIENTE: "soon",
    EstadoObservacion.ACEPTADA: "ok",
    EstadoObservacion.RECHAZADA: "",
}
TOLD = {
    "ActaDrafted": (gettext_lazy("Se levantó de lo asentado en la sesión"), "editar"),
    "ActaSectionSaved": (gettext_lazy("Se cambió una sección"), "editar"),
    "ActaActRefused": REFUSED,
    "ActaCirculated": (gettext_lazy("Se circuló entre los integrantes"), "turnar"),
    "ActaObserved": (gettext_lazy("Un integrante la observó"), "nota"),
    "ActaObservationSettled": (gettext_lazy("Se resolvió una observación"), "listo"),
    "ActaApproved": (gettext_lazy("La aprobó una sesión posterior"), "votos"),
    "ActaSignature": (gettext_lazy("Consta la firma de un integrante"), "sello"),
    "ActaSignatureDue": (gettext_lazy("Se le recordó firmar a un integrante"), "campana"),
    "ActaBound": (gettext_lazy("Se asentó en el libro"), "libro"),
    "ActaCorrected": (gettext_lazy("Se expidió una fe de erratas"), "editar"),
    "ActaPublicVersion": (gettext_lazy("Se expidió su versión pública"), "ver"),
}


def acta_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of an acta."""
    return timeline_of(records, TOLD, done=("ActaBound",))


def sections_of(acta: Acta) -> list[dict]:
    """Its sections, each with its paragraphs and what was observed of them."""
    notes: dict[tuple[int, int], list] = {}
    for row in acta.observaciones.select_related("integrante"):
        line = {"o": row, "tono": OBSERVATION_TONES[row.estado]}
        notes.setdefault((row.seccion_id, row.parrafo), []).append(line)
    return [
        {
            "s": part,
            "parrafos": [
                {"n": place, "texto": text, "notas": notes.get((part.pk, place), [])}
                for place, text in enumerate(part.parrafos, 1)
            ],
        }
        for part in acta.secciones.all()
    ]


def signatures_of(acta: Acta) -> list[dict]:
    """Who is to sign, with how each stands."""
    rows = acta.firmas.select_related("integrante")
    return [{"f": row, "tono": SIGNATURE_TONES[row.estado]} for row in rows]


def fault_words(fault: dict) -> str:
    """What is wrong, in a sentence."""
    return {
        "falta_acta": _("No tiene acta."),
        "faltan_firmas": _("Faltan %(n)s firmas.") % {"n": fault.get("n", 0)},
        "huella_rota": _("Su texto no es el que se circuló o aprobó."),
        "archivo_roto": _("Su archivo firmado falta o no es el que se guardó."),
        "fojas": _("Sus fojas no van seguidas."),
    }[fault["clase"]]
