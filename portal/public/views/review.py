"""Check your answers, and file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.access import public
from portal.core.actors import CitizenActor
from portal.core.calendar import current_calendar
from portal.core.clock import ClockError, Unit, deadline
from portal.core.errors import InvalidInputError, NotFoundError
from portal.core.rules import RuleValue, rule_in_force
from portal.ui.text import file_size, phone
from tramites.links import follow_up_token
from tramites.selectors import answer_words as shown_answer

from .. import steps
from ..catalogue import answer_words, term_words
from ..constants import DOOR_LABELS, DRAFT_COOKIE, door_of
from ..selectors.drafts import draft_of
from ..services import file_draft
from ..ways import SMS, targets
from ..working import local_today, working_of
from .path import Path, load, step_url

#: Where each name that the domain may refuse was answered.
PAGES = {
    "servicio": steps.ASUNTO,
    "lugar": steps.LUGAR,
    "direccion": steps.LUGAR,
    "colonia": steps.LUGAR,
    "telefono": steps.CONTACTO,
    "correo": steps.CONTACTO,
    "contacto": steps.CONTACTO,
    "nombre": steps.CONTACTO,
    "domicilio": steps.CONTACTO,
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """The same form sent twice, in two tabs or after going back, leads to one receipt."""
    path = load(request)
    if path.draft is not None and path.draft.peticion_id:
        return _receipt(path.draft.peticion)
    if elsewhere := path.guard(steps.REVISION):
        return elsewhere
    if request.method != "POST":
        return _page(path)
    try:
        filed = file_draft(
            borrador_id=path.draft.pk,
            idioma=get_language() or "es-mx",
            actor=CitizenActor(),
            now=path.now,
        )
    except InvalidInputError as error:
        return _page(path, _faults(error), status=422)
    except NotFoundError:
        return _filed_meanwhile(request, path)
    return _receipt(filed.peticion)


def _filed_meanwhile(request: HttpRequest, path: Path) -> HttpResponse:
    draft = draft_of(request.COOKIES.get(DRAFT_COOKIE), now=path.now)
    if draft is not None and draft.peticion_id:
        return _receipt(draft.peticion)
    return redirect("public:presentar")


def _receipt(peticion) -> HttpResponse:
    return redirect("public:acuse", llave=follow_up_token(peticion))


def _faults(error: InvalidInputError) -> list[dict]:
    found = [
        {"url": step_url(PAGES.get(name, steps.RELATO)), "message": str(message)}
        for name, messages in error.fields.items()
        for message in messages
    ]
    return found or [{"url": "", "message": str(error.message)}]


def _page(path: Path, faults: list | None = None, status: int = 200) -> HttpResponse:
    context = {
        "asunto": _subject_rows(path),
        "persona": _person_rows(path),
        "plazo": _deadline(path),
        "fallas": faults or [],
        "error_title": bool(faults),
    }
    return path.page(steps.REVISION, "revision", context, status)


def _row(label: str, value, step: str, detail: str = "") -> dict:
    return {"label": label, "value": str(value), "detail": detail, "url": step_url(step)}


def _subject_rows(path: Path) -> list[dict]:
    servicio, datos = path.servicio, path.datos
    rule = _rule(path)
    rows = [
        _row(_("Tipo"), DOOR_LABELS[door_of(servicio.tipo)], steps.TIPO),
        _row(_("Asunto"), servicio, steps.ASUNTO, answer_words(servicio, rule)),
    ]
    if steps.LUGAR in steps.steps_for(servicio):
        rows.append(_place_row(datos))
    rows.append(_row(_("Qué pasa"), datos.get("descripcion", ""), steps.RELATO))
    answers = datos.get("respuestas", {})
    rows += [
        _row(str(question), shown_answer(question, answers[question.clave]), steps.RELATO)
        for question in servicio.preguntas.all()
        if question.clave in answers
    ]
    rows.append(_files_row(path))
    return rows


def _place_row(datos: dict) -> dict:
    given = datos.get("lugar") or {}
    parts = [given.get("direccion"), given.get("colonia_nombre")]
    words = ", ".join(part for part in parts if part)
    if given.get("latitud") is not None:
        marked = _("Punto marcado en el mapa")
        words = f"{words}\n{marked}" if words else marked
    if not words:
        words = _("No sé la dirección") if given.get("sin_direccion") else _("Sin lugar")
    return _row(_("Lugar"), words, steps.LUGAR, given.get("referencia") or "")


def _files_row(path: Path) -> dict:
    files = list(path.draft.adjuntos.all())
    lines = [f"{file.nombre} ({file_size(file.tamano)})" for file in files]
    photos = any(file.tipo.startswith("image/") for file in files)
    detail = _("A las fotos les quitamos los datos de ubicación de la cámara.") if photos else ""
    return _row(_("Archivos"), "\n".join(lines) or _("Ninguno"), steps.RELATO, detail)


def _person_rows(path: Path) -> list[dict]:
    given = path.datos.get("contacto") or {}
    rows = [_row(_("Nombre"), given.get("nombre") or _("Sin nombre"), steps.CONTACTO)]
    rows += _notice_rows(given)
    if given.get("domicilio"):
        rows.append(_row(_("Domicilio"), given["domicilio"], steps.CONTACTO))
    if given.get("acepta_electronico"):
        consent = _("Acepta notificaciones por medios electrónicos")
        rows.append(_row(_("Notificación"), consent, steps.CONTACTO))
    return rows


def _notice_rows(given: dict) -> list[dict]:
    ways = targets(given)
    if not ways:
        words = _("Ninguno: consultará con su folio y su PIN")
        return [_row(_("Avisos"), words, steps.CONTACTO)]
    return [_notice_row(canal, to, given) for canal, to in ways.items()]


def _notice_row(canal: str, to: str, given: dict) -> dict:
    if canal == SMS:
        words = _("SMS al %(to)s") % {"to": phone(to)}
    else:
        words = _("Correo a %(to)s") % {"to": to}
    proof = (
        _("Verificado")
        if canal in (given.get("verificados") or {})
        else _("Sin verificar: no le llegarán avisos. Puede seguir su asunto con folio y PIN.")
    )
    return _row(_("Avisos"), words, steps.CONTACTO, proof)


def _rule(path: Path):
    try:
        return rule_in_force(path.servicio.regla, local_today(path.now))
    except NotFoundError:
        return None


def _deadline(path: Path) -> dict | None:
    """What the deadline would be if the form were sent now."""
    rule = _rule(path)
    if rule is None:
        return None
    value = RuleValue.from_rule(rule)
    today = local_today(path.now)
    start = timezone.localtime(path.now) if value.plazo.unidad is Unit.HORAS else today
    try:
        found = deadline(
            term=value.plazo,
            start=start,
            calendar=current_calendar(),
            count_from=value.cuenta_desde,
            fundamento=rule.fundamento,
        )
    except ClockError:
        return None
    return {
        "termino": term_words(rule),
        "cuenta": working_of(found.explicacion, today=today),
        "horas": value.plazo.unidad is Unit.HORAS,
    }
