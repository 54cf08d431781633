"""The frame of the filing path: the draft of this browser and where it stands."""

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.text import clean_text
from portal.core.time import now as read_clock
from tramites.models import Servicio

from .. import steps
from ..constants import DOOR_LABELS, DRAFT_COOKIE, DRAFT_DAYS, door_of
from ..models import Borrador
from ..selectors.drafts import draft_of
from ..services import open_draft, save_step
from .common import crumbs, private

LONGEST_RAW = 8000
#: Names of fields; anything else in a form is not ours to keep.
FIELD_NAME = re.compile(r"^[\w-]{1,80}\Z", re.ASCII)


@dataclass
class Path:
    """One request on the path."""

    request: HttpRequest
    now: dt.datetime
    draft: Borrador | None
    servicio: Servicio | None
    new_token: str = ""

    @property
    def datos(self) -> dict:
        """What the draft knows."""
        return self.draft.datos if self.draft else {}

    def guard(self, step: str) -> HttpResponseRedirect | None:
        """Where to go instead when an earlier page is not answered yet."""
        if self.draft is not None and self.draft.peticion_id:
            return redirect("public:presentar")
        missing = steps.missing_before(step, self.datos, self.servicio)
        return redirect(step_url(missing)) if missing else None

    def open(self) -> Borrador:
        """The draft, made now if this browser had none."""
        token = self.request.COOKIES.get(DRAFT_COOKIE)
        self.draft, token = open_draft(token=token, now=self.now)
        self.new_token = token
        return self.draft

    def save(self, step: str, datos: dict, olvidar: tuple = ()) -> None:
        """Keep valid answers and forget the raw ones of this page."""
        raw = {k: v for k, v in self.datos.get("crudo", {}).items() if k != step}
        self.draft = save_step(
            borrador_id=self.draft.pk,
            datos={**datos, "crudo": raw},
            paso=step,
            olvidar=olvidar,
            now=self.now,
        )

    def keep_raw(self, step: str, extra: dict | None = None) -> None:
        """Keep what was typed even if it cannot be accepted yet."""
        typed = {
            key: clean_text(value[:LONGEST_RAW])
            for key, value in self.request.POST.items()
            if key != "csrfmiddlewaretoken" and FIELD_NAME.match(key)
        }
        raw = {**self.datos.get("crudo", {}), step: {**typed, **(extra or {})}}
        self.draft = save_step(borrador_id=self.draft.pk, datos={"crudo": raw}, now=self.now)

    def raw(self, step: str) -> dict:
        """What was typed on a page and not accepted yet."""
        return self.datos.get("crudo", {}).get(step, {})

    def answer(self, response: HttpResponse) -> HttpResponse:
        """The response with the draft's cookie."""
        if self.new_token:
            response.set_cookie(
                DRAFT_COOKIE,
                self.new_token,
                max_age=DRAFT_DAYS * 86400,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return private(response)

    def go(self, step: str) -> HttpResponse:
        """To the page after ``step``, or back to the check when that is where one came from."""
        following = steps.next_step(step, self.servicio)
        if steps.missing_before(steps.REVISION, self.datos, self.servicio) is None:
            following = steps.REVISION
        return self.answer(redirect(step_url(following)))

    def page(self, step: str, template: str, context: dict, status: int = 200) -> HttpResponse:
        """A page of the path in its frame."""
        return self.answer(
            render(
                self.request,
                f"public/presentar/{template}.html",
                {**frame(self, step), **context},
                status=status,
            )
        )


def load(request: HttpRequest) -> Path:
    """The draft and its service, if any; two or three queries."""
    moment = read_clock()
    draft = draft_of(request.COOKIES.get(DRAFT_COOKIE), now=moment)
    servicio = None
    if draft is not None and draft.datos.get("servicio"):
        servicio = (
            Servicio.objects.select_related("dependencia", "tema")
            .filter(clave=draft.datos["servicio"], activo=True)
            .first()
        )
    return Path(request, moment, draft, servicio)


STEP_URLS = {
    steps.TIPO: "public:presentar",
    steps.ASUNTO: "public:presentar_asunto",
    steps.LUGAR: "public:presentar_lugar",
    steps.RELATO: "public:presentar_relato",
    steps.CONTACTO: "public:presentar_contacto",
    steps.REVISION: "public:presentar_revision",
}


def step_url(step: str) -> str:
    """The address of a page of the path."""
    return reverse(STEP_URLS[step])


def frame(path: Path, step: str) -> dict:
    """Crumbs, steps, the way back and what the draft holds so far."""
    door = door_of(path.servicio.tipo) if path.servicio else path.datos.get("puerta", "")
    title = DOOR_LABELS.get(door, _("Presentar un asunto"))
    previous = steps.previous_step(step, path.servicio)
    back = step_url(previous) if previous else reverse("public:inicio")
    if previous == steps.TIPO and not path.draft:
        back = reverse("public:inicio")
    return {
        "migas": crumbs((str(title), "")),
        "progreso": steps.progress(step, path.servicio),
        "atras_url": back,
        "lleva": summary(path, door),
        "borrador": path.draft,
        "servicio": path.servicio,
        "puerta": door,
    }


def summary(path: Path, door: str) -> list[dict]:
    """The short list beside each page."""
    datos, rows = path.datos, []
    if door:
        rows.append((_("Tipo"), DOOR_LABELS[door]))
    if path.servicio:
        rows.append((_("Asunto"), path.servicio))
    lugar = place_words(datos)
    if lugar:
        rows.append((_("Lugar"), lugar))
    files = len(path.draft.adjuntos.all()) if path.draft else 0
    if files:
        rows.append((_("Archivos"), files))
    return [{"label": label, "value": str(value)} for label, value in rows]


def place_words(datos: dict) -> str:
    """The place of the draft in one line."""
    given = datos.get("lugar") or {}
    parts = [given.get("direccion"), given.get("colonia_nombre")]
    if not any(parts) and given.get("latitud") is not None:
        return _("Punto marcado en el mapa")
    return ", ".join(part for part in parts if part)
