"""What happens: the text, the service's questions, and files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from portal.core.access import public
from portal.core.errors import DomainError, InvalidInputError, UnavailableError
from portal.core.text import clean_text

from .. import steps
from ..forms import StoryForm
from ..forms.story import PREFIX
from ..services import attach_file, remove_file
from .common import limited_body
from .later import leave
from .path import Path, load

#: What a picture comes back as; said beside it, because people fear for where they live.
IMAGE = "image/"


@public
@limited_body
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest) -> HttpResponse:
    """Files are kept as they come, even when the text beside them must be mended."""
    path = load(request)
    if elsewhere := path.guard(steps.RELATO):
        return elsewhere
    questions = list(path.servicio.preguntas.all())
    if request.method != "POST":
        return _page(path, _form(path, questions))
    form = _form(path, questions, bound=True)
    if "quitar" in request.POST:
        return _remove(path, form)
    fault = _receive(path, form)
    if "luego" in request.POST:
        return leave(path, steps.RELATO, {"respuestas": form.raw_answers()})
    if "subir" in request.POST:
        return _sent_files_only(path, form, fault)
    if fault or not form.is_valid():
        path.keep_raw(steps.RELATO, {"respuestas": form.raw_answers()})
        return _page(path, form, status=fault or 422)
    path.save(
        steps.RELATO,
        {"descripcion": form.cleaned_data["descripcion"], "respuestas": form.answers()},
    )
    return path.go(steps.RELATO)


def _form(path: Path, questions: list, bound: bool = False) -> StoryForm:
    raw = path.raw(steps.RELATO)
    answers = {**path.datos.get("respuestas", {}), **raw.get("respuestas", {})}
    initial = {PREFIX + key: value for key, value in answers.items()}
    initial["descripcion"] = raw.get("descripcion", path.datos.get("descripcion", ""))
    # The files are read apart, one by one: the form would hold them all to one verdict.
    data = path.request.POST if bound else None
    return StoryForm(data, servicio=path.servicio, preguntas=questions, initial=initial)


def _receive(path: Path, form: StoryForm) -> int:
    """Keep the files that can be kept; the status of the worst that could not, or 0."""
    worst = 0
    for upload in path.request.FILES.getlist("archivos"):
        try:
            attach_file(borrador_id=path.draft.pk, archivo=upload, now=path.now)
        except (InvalidInputError, UnavailableError) as error:
            worst = max(worst, error.status)
            for message in _messages(error):
                form.add_error("archivos", message)
    if path.request.FILES:
        # The prefetched list is from before.
        path.draft._prefetched_objects_cache.clear()
    return worst


def _sent_files_only(path: Path, form: StoryForm, fault: int) -> HttpResponse:
    """The rest of the page is still being filled in: nothing of it is a fault yet."""
    path.keep_raw(steps.RELATO, {"respuestas": form.raw_answers()})
    if not fault:
        return path.answer(redirect(f"{path.request.path}#archivos"))
    for name in set(form.errors) - {"archivos"}:
        del form.errors[name]
    return _page(path, form, status=fault)


def _messages(error: DomainError) -> list[str]:
    fields = getattr(error, "fields", {})
    return [str(m) for found in fields.values() for m in found] or [str(error.message)]


def _remove(path: Path, form: StoryForm) -> HttpResponse:
    remove_file(borrador_id=path.draft.pk, clave=clean_text(path.request.POST["quitar"])[:32])
    path.keep_raw(steps.RELATO, {"respuestas": form.raw_answers()})
    return path.answer(redirect(f"{path.request.path}#archivos"))


def file_rows(path: Path) -> list[dict]:
    """The received files, for the component."""
    return [
        {
            "name": file.nombre,
            "size": file.tamano,
            "icon": "foto" if file.tipo.startswith(IMAGE) else "documento",
            "remove_name": "quitar",
            "remove_value": file.clave,
        }
        for file in path.draft.adjuntos.all()
    ]


def _page(path: Path, form: StoryForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "archivos": file_rows(path)}
    return path.page(steps.RELATO, "relato", context, status)
