"""The thread from a petition to the acuerdo it led to and to its fulfilment."""

import datetime as dt

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.time import local_date
from tablero.coordinacion.constants import OPEN_STATES, EstadoEncargo
from tablero.coordinacion.selectors import charges_of
from tramites.services import link_peticion
from tramites.services.related import Step

from .constants import CLASS, Cumplimiento, EstadoAcuerdo
from .fulfilment import fulfilment
from .models import Acuerdo


def tell_petition(row: Acuerdo, *, actor, now: dt.datetime) -> None:
    """
    Tell the petition that an acuerdo comes from how it stands; nothing for others, nor of what a
    closed session decided. Its citizen gets a notice when it is fulfilled, and when it will not be.
    """
    peticion_id = row.asunto.peticion_id
    if peticion_id is None or not row.publico:
        return
    charges = list(charges_of(CLASS, [row.folio]))
    stands = fulfilment([(c.estado, c.vence) for c in charges], local_date(now))
    said = {lang: _in(lang, lambda: _words(row, charges, stands)) for lang in ("es", "en")}
    step = Step(
        clase=CLASS,
        clave=row.folio,
        titulo=_in("es", lambda: _("Acuerdo de Cabildo %(folio)s") % {"folio": row.folio}),
        texto=said["es"],
        texto_en=said["en"],
        url=reverse("acuerdos:acuerdo", args=[row.pk]),
        url_publica=_in("es", lambda: reverse("acuerdos_publicos:acuerdo", args=[row.folio])),
        avisar=stands in (Cumplimiento.CUMPLIDO, Cumplimiento.INCUMPLIDO),
    )
    link_peticion(peticion_id=peticion_id, step=step, actor=actor, now=now)


def _in(lang: str, say) -> str:
    with translation.override("es-mx" if lang == "es" else lang):
        return say()


def _words(row: Acuerdo, charges: list, stands: Cumplimiento) -> str:
    """In the language of the moment; nothing of it names the matter."""
    if row.estado == EstadoAcuerdo.REVOCADO:
        return _("El Cabildo lo revocó.")
    if stands == Cumplimiento.SIN_ENCARGOS:
        return _("Ya es un acuerdo; falta decir quién lo cumple.")
    if stands == Cumplimiento.CUMPLIDO:
        return _("Se cumplió lo que el Cabildo acordó.")
    if stands == Cumplimiento.INCUMPLIDO:
        return _("No se cumplió lo que el Cabildo acordó. En su página se dice por qué.")
    if stands == Cumplimiento.SIN_MATERIA:
        return _("Ya no hay qué cumplir.")
    open_ones = [c for c in charges if c.estado in OPEN_STATES]
    done = sum(c.estado == EstadoEncargo.CUMPLIDO for c in charges)
    last = max(c.vence for c in open_ones)
    lang = "en" if translation.get_language().startswith("en") else "es"
    said = _("Se está cumpliendo: van %(done)s de %(all)s encargos; el último vence el %(day)s.")
    return said % {"done": done, "all": len(charges), "day": full_date(last, lang)}
