"""A case in plain words for its citizen: how it goes, what comes next, what happened."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.ui.dates import as_date, long_date
from tramites.constants import FINAL_STATES, Estado
from tramites.selectors import PublicCase, TimelineEntry

from .working import Working, working_of

SENTENCES: dict[str, str | Promise] = {
    Estado.RECIBIDA: gettext_lazy("La recibimos. Una persona la lee y decide a quién le toca."),
    Estado.TURNADA: gettext_lazy("Ya está en %(office)s. Falta que alguien la tome a su cargo."),
    Estado.EN_ATENCION: gettext_lazy("%(office)s la está atendiendo."),
    Estado.PREVENIDA: gettext_lazy(
        "Le pedimos un dato. Mientras usted no responda, el plazo está en pausa."
    ),
    Estado.RESPONDIDA: gettext_lazy("Ya le respondieron. Lea la respuesta y díganos si resuelve."),
    Estado.CONCLUIDA: gettext_lazy("Su asunto está concluido."),
    Estado.DESECHADA: gettext_lazy("Se desechó. Abajo dice por qué y con qué fundamento."),
    Estado.NO_COMPETENTE: gettext_lazy("Corresponde a otra autoridad. Abajo le decimos a cuál."),
    Estado.ACUMULADA: gettext_lazy(
        "Se unió a otra petición por lo mismo. Aquella respuesta también es para usted."
    ),
    Estado.CANCELADA: gettext_lazy("Se canceló. Puede presentarla otra vez cuando quiera."),
    Estado.REABIERTA: gettext_lazy("No estuvo de acuerdo y la revisa %(office)s."),
}
ORDER = ("recibida", "turnada", "atencion", "respuesta", "concluida")
PLACE = {
    Estado.RECIBIDA: 0,
    Estado.TURNADA: 1,
    Estado.EN_ATENCION: 2,
    Estado.PREVENIDA: 2,
    Estado.REABIERTA: 2,
    Estado.RESPONDIDA: 3,
    Estado.CONCLUIDA: 4,
}
ICONS = {
    "PeticionAssigned": "turnar",
    "PeticionReturned": "devolver",
    "PeticionAccepted": "persona",
    "DeadlineSet": "calendario",
    "CorrectionRequested": "pausa",
    "TermExtended": "reloj",
    "PeticionAnswered": "mensaje",
    "PeticionReopened": "repetir",
    "PeticionMerged": "acumular",
    "PeticionLinked": "votos",
}


@dataclass(frozen=True)
class Story:
    """Everything the follow-up page says of a case."""

    frase: str
    etapas: list[dict]
    eventos: list[dict]
    siguientes: list[dict]
    cuenta: Working | None
    titulo_fecha: str
    fecha: dt.datetime | None


def story_of(case: PublicCase, *, llave: str, now: dt.datetime, today: dt.date) -> Story:
    """The case told at ``now``; ``llave`` is how its address names it."""
    working = working_of(case.working.explanation, today=today) if case.working else None
    title, date = _date(case, now)
    return Story(
        frase=sentence(case),
        etapas=stages(case),
        eventos=[_event(entry, llave) for entry in reversed(case.timeline)],
        siguientes=following(case),
        cuenta=working,
        titulo_fecha=title,
        fecha=date,
    )


def sentence(case: PublicCase) -> str:
    """The state in a sentence or two."""
    return str(SENTENCES[case.peticion.estado]) % {"office": case.peticion.dependencia}


def stages(case: PublicCase) -> list[dict]:
    """The way of a case in five words; a case that ended otherwise shows that as its end."""
    estado = case.peticion.estado
    labels = [_("Recibida"), _("Turnada"), _("En atención"), _("Respuesta"), _("Concluida")]
    icons = ["listo", "turnar", "oficina", "editar", "listo"]
    if estado == Estado.PREVENIDA:
        labels[2], icons[2] = _("Falta un dato suyo"), "pausa"
    if estado == Estado.REABIERTA:
        labels[2], icons[2] = _("Reabierta"), "repetir"
    last = len(ORDER) - 1
    place = PLACE.get(estado, last)
    skipped = ()
    if estado in FINAL_STATES:
        labels[-1], icons[-1] = case.peticion.get_estado_display(), "cerrar"
        skipped = (last - 1,)
    return [
        {
            "label": label,
            "icon": "listo" if at < place and at not in skipped else icon,
            "status": _stage(at, place, skipped, ended=estado == Estado.CONCLUIDA),
        }
        for at, (label, icon) in enumerate(zip(labels, icons, strict=True))
    ]


def _stage(at: int, place: int, skipped: tuple[int, ...], *, ended: bool) -> str:
    if at in skipped or at > place:
        return ""
    return "done" if at < place or ended else "now"


def _event(entry: TimelineEntry, llave: str) -> dict:
    kind = "ciudadano" if entry.side == "ciudadano" else "autoridad"
    if entry.kind in ("PeticionFiled", "PeticionConcluded"):
        kind = "hecho"
    return {
        "when": entry.when,
        "who": "" if entry.side == "sistema" else entry.who,
        "kind": kind,
        "icon": ICONS.get(entry.kind, "") if kind == "autoridad" else "",
        "title": entry.title,
        "text": entry.text,
        "attachments": file_links(entry.attachments, llave),
    }


def file_links(files, llave: str) -> list[dict]:
    """Files as the components show them, each behind a view that checks who asks."""
    return [
        {
            "name": file.nombre,
            "size": file.tamano,
            "url": reverse("public:adjunto", args=[llave, file.clave]),
        }
        for file in files
    ]


def _date(case: PublicCase, now: dt.datetime) -> tuple[str, dt.datetime | None]:
    """The date that matters now, and what it is."""
    peticion = case.peticion
    if peticion.estado == Estado.RESPONDIDA:
        return _("Puede inconformarse hasta el"), peticion.concluye_en
    if not peticion.abierta or peticion.vence_en is None:
        return "", None
    if peticion.vence_en < now:
        return _("Debieron responderle a más tardar el"), peticion.vence_en
    return _("Deben responderle a más tardar el"), peticion.vence_en


def following(case: PublicCase) -> list[dict]:
    """What comes next, with its date when there is one."""
    peticion = case.peticion
    by = _("a más tardar el %(day)s")
    due = by % {"day": long_date(as_date(peticion.vence_en))} if peticion.vence_en else ""
    if peticion.estado == Estado.PREVENIDA and case.prevencion:
        limit = by % {"day": long_date(as_date(case.prevencion.vence))}
        return [
            {"title": _("Usted contesta lo que le pedimos"), "when": limit},
            {"title": _("El plazo corre otra vez y le responden"), "when": ""},
        ]
    if peticion.estado == Estado.RESPONDIDA:
        limit = (
            by % {"day": long_date(as_date(peticion.concluye_en))} if peticion.concluye_en else ""
        )
        return [{"title": _("Si no dice nada, su asunto se concluye solo"), "when": limit}]
    if peticion.estado in (Estado.RECIBIDA, Estado.TURNADA):
        return [
            {"title": _("Una persona lo toma a su cargo"), "when": ""},
            {"title": _("Si falta un dato se lo pedimos, una sola vez"), "when": ""},
            {"title": _("Recibe la respuesta"), "when": due},
        ]
    if peticion.abierta:
        return [{"title": _("Recibe la respuesta"), "when": due}]
    return []


def after_filing(office: str, received: dt.datetime, due: dt.date | dt.datetime | None) -> list:
    """What follows a filing, for the receipt."""
    limit = _("a más tardar el %(day)s") % {"day": long_date(as_date(due))} if due else ""
    return [
        {"kind": "hecho", "title": _("Su asunto llegó a %(o)s") % {"o": office}, "when": received},
        {"title": _("Una persona lo toma a su cargo"), "when": ""},
        {"title": _("Si falta un dato se lo pedimos, una sola vez"), "when": ""},
        {"title": _("Recibe la respuesta"), "when": limit},
    ]
