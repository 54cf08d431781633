"""The thread from a petition to what the Cabildo makes of it, told to the petition."""

import datetime as dt

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.time import local_date
from tramites.services import link_peticion
from tramites.services.related import Step

from .constants import EstadoAsunto, TipoSesion
from .models import Asunto, Sesion

CLASS = "asunto"
_E = EstadoAsunto
#: States the citizen is told of by a notice.
TOLD = (_E.AGENDADO, _E.APROBADO, _E.APROBADO_MODIFICADO, _E.RECHAZADO, _E.POSPUESTO, _E.RETIRADO)


def tell_petition(asunto: Asunto, *, actor, now: dt.datetime, detalle: dict | None = None) -> None:
    """
    Tell the petition an item comes from how the item stands; nothing for other items.

    ``detalle`` fills the words of a session: ``sesion`` and ``dia``, by language.
    """
    if asunto.peticion_id is None:
        return
    said = {lang: _said(asunto, lang, (detalle or {}).get(lang, {})) for lang in ("es", "en")}
    step = Step(
        clase=CLASS,
        clave=asunto.folio,
        titulo=_in("es", lambda: _("Asunto de Cabildo %(folio)s") % {"folio": asunto.folio}),
        texto=said["es"],
        texto_en=said["en"],
        url=reverse("cabildo:asunto", args=[asunto.pk]),
        url_publica=(detalle or {}).get("url", ""),
        avisar=asunto.estado in TOLD,
    )
    link_peticion(peticion_id=asunto.peticion_id, step=step, actor=actor, now=now)


def session_words(sesion: Sesion) -> dict:
    """How a session and its day are told, by language, and its public address (``url``)."""
    day = local_date(sesion.inicia_en)
    found: dict = {
        lang: {"sesion": _in(lang, lambda: _session(sesion)), "dia": full_date(day, lang)}
        for lang in ("es", "en")
    }
    url = _in("es", lambda: reverse("cabildo_publico:sesion", args=[sesion.pk]))
    return found | {"url": url}


def _session(sesion: Sesion) -> str:
    kinds = {
        TipoSesion.ORDINARIA: _("sesión ordinaria %(n)s"),
        TipoSesion.EXTRAORDINARIA: _("sesión extraordinaria %(n)s"),
        TipoSesion.SOLEMNE: _("sesión solemne %(n)s"),
    }
    return kinds[sesion.tipo] % {"n": f"{sesion.numero}/{sesion.ejercicio}"}


def _in(lang: str, say) -> str:
    with translation.override("es-mx" if lang == "es" else lang):
        return say()


def _said(asunto: Asunto, lang: str, given: dict) -> str:
    return _in(lang, lambda: _words(asunto) % {"sesion": "", "dia": "", **given})


def _words(asunto: Asunto) -> str:
    """In the language of the moment; nothing of it names the matter."""
    preparing = _("Se prepara para llevarlo al Cabildo.")
    return {
        _E.BORRADOR: preparing,
        _E.EN_REVISION: preparing,
        _E.DEVUELTO: preparing,
        _E.VALIDADO: _("Está listo para discutirse en el Cabildo."),
        _E.TURNADO: _("Lo estudia una comisión del Cabildo."),
        _E.DICTAMINADO: _("La comisión ya dio su opinión; falta que se discuta en una sesión."),
        _E.AGENDADO: _("Se verá en la %(sesion)s, el %(dia)s."),
        _E.APROBADO: _("El Cabildo lo aprobó en la %(sesion)s, el %(dia)s."),
        _E.APROBADO_MODIFICADO: _(
            "El Cabildo lo aprobó con modificaciones en la %(sesion)s, el %(dia)s."
        ),
        _E.RECHAZADO: _("El Cabildo no lo aprobó en la %(sesion)s, el %(dia)s."),
        _E.POSPUESTO: _("El Cabildo lo dejó para otra sesión."),
        _E.RETIRADO: _("Se retiró antes de que el Cabildo lo decidiera."),
    }[asunto.estado]
