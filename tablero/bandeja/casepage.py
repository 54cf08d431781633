"""The case page as its template takes it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notificaciones.constants import event_name
from notificaciones.selectors import envios_de
from portal.core.calendar import current_calendar
from portal.ui.maps import Area, MapPicture, Pin, map_picture
from portal.ui.text import mask, phone
from tablero.cabildo.policies import CabildoPolicy
from tramites.models import Peticion
from tramites.selectors import CaseFile, TimelineEntry, answer_words

from .acts import offered
from .clockview import ClockView
from .paper_views import paper_rows
from .promise import perhaps_the_same
from .rows import CaseRow

MOST_NOTICES = 50
NOTICE_COLUMNS = ("evento", "canal", "estado", "creado_en")

#: What the law makes of the authority's silence, by the rule's word for it.
SILENCE = {
    "negativa": gettext_lazy("Se entiende negada (negativa ficta)"),
    "afirmativa": gettext_lazy("Se entiende concedida (afirmativa ficta)"),
    "ninguna": gettext_lazy("Sin efecto ficto"),
}

#: The icon of each kind of fact.
ICONS = {
    "PeticionAssigned": "turnar",
    "PeticionReturned": "devolver",
    "PeticionAccepted": "persona",
    "DeadlineSet": "reloj",
    "CorrectionRequested": "pausa",
    "TermExtended": "reloj",
    "PeticionAnswered": "sello",
    "PeticionMerged": "acumular",
    "PeticionDismissed": "cerrar",
    "PeticionCancelled": "basura",
    "DeclaredNotCompetent": "enlace",
    "PeticionReopened": "repetir",
    "NoteAdded": "nota",
    "PinReset": "llave",
    "PeticionLinked": "votos",
}


def case_context(file: CaseFile, *, viewer, now: dt.datetime, show_person: bool = False) -> dict:
    """Variables of ``_expediente.html``. ``show_person``: the contact was asked for."""
    case = file.peticion
    acts = offered(file.acts)
    return {
        "p": case,
        "fila": CaseRow(case, now, current_calendar()),
        "actos": acts,
        "mas_actos": [act for act in acts if not act.main],
        "reloj": ClockView.of(file.working.plazo if file.working else None, now),
        "silencio": _silence(file),
        "datos": [
            {"etiqueta": row.etiqueta, "valor": answer_words(row.pregunta, row.valor)}
            for row in file.datos
        ],
        "adjuntos": file.adjuntos,
        "documentos": paper_rows(case, file.documentos),
        "vinculos": file.vinculos,
        "al_cabildo": case.abierta and CabildoPolicy(viewer).can_manage(),
        "historia": [_told(entry, case) for entry in reversed(file.timeline)],
        "avisos": _notices(case),
        "persona": _person(file, show_person),
        "mapa": _picture(case),
        "acumuladas": file.acumuladas,
        "parecidos": _others_like(case, viewer, now),
    }


def _silence(file: CaseFile) -> str:
    if file.working is None or not file.peticion.abierta:
        return ""
    return str(SILENCE.get(file.working.plazo.regla.valor.get("silencio", ""), ""))


def _told(entry: TimelineEntry, case: Peticion) -> dict:
    """An entry of the timeline, as the component takes it."""
    kinds = {"ciudadano": "ciudadano", "PeticionConcluded": "hecho", "PeticionFiled": "hecho"}
    return {
        "when": entry.when,
        "who": entry.who,
        "kind": kinds.get(entry.side) or kinds.get(entry.kind, "autoridad"),
        "icon": "" if entry.side == "ciudadano" else ICONS.get(entry.kind, ""),
        "title": entry.title,
        "text": entry.text,
        "nota": entry.internal,
        "attachments": [
            {
                "name": row.nombre,
                "size": row.tamano,
                "url": reverse("bandeja:adjunto", args=[case.folio, row.clave]),
            }
            for row in entry.attachments
        ],
    }


def _notices(case: Peticion) -> list[dict]:
    """The notices of the case: what, by which means and how it went, without addresses."""
    return [
        {
            "when": row.creado_en,
            "title": event_name(row.evento),
            "channel": row.get_canal_display(),
            "status": row.get_estado_display(),
        }
        for row in envios_de(f"peticion:{case.pk}").only(*NOTICE_COLUMNS)[:MOST_NOTICES]
    ]


def _person(file: CaseFile, show: bool) -> dict | None:
    """The card of who filed; ``None`` for who may not see the person at all."""
    person = file.solicitante
    if person is None:
        return None
    given = [
        (_("Nombre"), person.nombre, not show),
        (_("Celular"), phone(person.telefono) if show else mask(person.telefono), not show),
        (_("Correo"), person.correo if show else mask(person.correo), not show),
        (_("Domicilio"), person.domicilio, not show),
    ]
    rows = [
        {"label": label, "value": _hidden(value) if hide else value, "masked": hide}
        for label, value, hide in given
        if value
    ]
    if not rows:
        rows = [{"label": _("Contacto"), "value": _("No dejó datos")}]
        show = True
    agreed = _("Por vía electrónica, con su acuerdo")
    not_agreed = _("Sin acuerdo para la vía electrónica")
    rows.append(
        {"label": _("Notificar"), "value": agreed if person.acepta_electronico else not_agreed}
    )
    return {
        "title": _("Persona solicitante"),
        "rows": rows,
        "oculto": not show,
        "ver_url": "" if show else reverse("bandeja:datos", args=[file.peticion.folio]),
    }


def _hidden(value: str) -> str:
    """A contact already masked stays; of a name or an address the first word is enough."""
    if "•" in value:
        return value
    return f"{value.split()[0]} •••••"


def _picture(case: Peticion) -> MapPicture | None:
    """The neighbourhood with the point in it; ``None`` without either."""
    areas = []
    if case.colonia is not None:
        areas = [Area(nombre=case.colonia.nombre, geometry=case.colonia.poligono)]
    pins = []
    if case.latitud is not None and case.longitud is not None:
        pins = [Pin(lon=case.longitud, lat=case.latitud, label=_("Lugar del asunto"))]
    if not areas and not pins:
        return None
    title = _("Mapa de la colonia con el lugar marcado") if pins else _("Mapa de la colonia")
    return map_picture(title=title, areas=areas, pins=pins, width=420, height=260, names=not pins)


def _others_like(case: Peticion, viewer, now: dt.datetime) -> list[Peticion]:
    same = perhaps_the_same(
        viewer=viewer, servicio=case.servicio, colonia_id=case.colonia_id, now=now, limit=6
    )
    return [other for other in same if other.pk != case.pk][:5]
