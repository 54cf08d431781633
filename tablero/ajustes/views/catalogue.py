"""The catalogue: services by theme, their questions, and the themes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.time import now
from tramites.models import Pregunta, Servicio, Tema

from ..forms.catalogue import QuestionForm, ServiceForm, ThemeForm
from ..services import remove_question, save_question, save_service, save_theme
from .base import confirm, crumbs, run_form, settings_page


def _found(model: type, pk: int | None, **also):
    if pk is None:
        return None
    row = model.objects.filter(pk=pk, **also).first()
    if row is None:
        raise NotFoundError
    return row


def _address(pk: int) -> str:
    return reverse("ajustes:servicio", args=[pk])


def _trail(service: Servicio | None, *last: tuple) -> list[dict]:
    here = [(service.nombre, _address(service.pk))] if service else []
    return crumbs((_("Catálogo"), "ajustes:catalogo"), *here, *last)


@settings_page("administer")
def service_list(request: HttpRequest) -> HttpResponse:
    """Every service under its theme, closed ones too; two queries."""
    services = Servicio.objects.select_related("dependencia").order_by("orden", "nombre")
    shelves = {tema.pk: {"tema": tema, "servicios": []} for tema in Tema.objects.all()}
    for service in services:
        shelves[service.tema_id]["servicios"].append(service)
    context = {"temas": list(shelves.values()), "migas": crumbs((_("Catálogo"),))}
    return render(request, "tablero/ajustes/catalogo.html", context)


@settings_page("administer")
def service_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One service with its questions."""
    service = _found(Servicio, pk)
    context = {
        "servicio": service,
        "preguntas": service.preguntas.order_by("orden", "pk"),
        "migas": crumbs((_("Catálogo"), "ajustes:catalogo"), (service.nombre,)),
    }
    return render(request, "tablero/ajustes/servicio.html", context)


@settings_page("administer")
def edit_service(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new service, or changes to one."""
    service = _found(Servicio, pk)
    title = service.nombre if service else _("Nuevo servicio")
    return run_form(
        request,
        ServiceForm(request.POST or None, instance=service),
        lambda data: save_service(servicio_id=pk, values=data, actor=request.user, now=now()),
        done=_("Servicio guardado."),
        to=lambda row: _address(row.pk),
        title=title,
        intro=_("Los asuntos ya presentados conservan su plazo."),
        cancel_url=_address(pk) if pk else reverse("ajustes:catalogo"),
        migas=_trail(service, (_("Editar") if service else title,)),
    )


@settings_page("administer")
def edit_question(request: HttpRequest, pk: int, pregunta: int | None = None) -> HttpResponse:
    """A new question of a service, or changes to one."""
    service = _found(Servicio, pk)
    row = _found(Pregunta, pregunta, servicio=service)
    return run_form(
        request,
        QuestionForm(request.POST or None, instance=row),
        lambda data: save_question(
            servicio_id=pk, pregunta_id=pregunta, values=data, actor=request.user, now=now()
        ),
        done=_("Pregunta guardada."),
        to=_address(pk),
        title=row.etiqueta if row else _("Nueva pregunta"),
        cancel_url=_address(pk),
        migas=_trail(service, (_("Pregunta"),)),
    )


@settings_page("administer")
def drop_question(request: HttpRequest, pk: int, pregunta: int) -> HttpResponse:
    """Take a question off."""
    service = _found(Servicio, pk)
    row = _found(Pregunta, pregunta, servicio=service)
    return confirm(
        request,
        lambda: remove_question(
            servicio_id=pk, pregunta_id=pregunta, actor=request.user, now=now()
        ),
        done=_("Pregunta quitada."),
        to=_address(pk),
        title=_("Quitar la pregunta «%(text)s»") % {"text": row.etiqueta},
        text=_("Dejará de hacerse. Lo ya contestado se conserva en cada asunto."),
        submit=_("Quitar"),
        danger=True,
        migas=_trail(service, (_("Quitar pregunta"),)),
    )


@settings_page("administer")
def edit_theme(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new theme, or changes to one."""
    theme = _found(Tema, pk)
    title = theme.nombre if theme else _("Nuevo tema")
    address = reverse("ajustes:catalogo")
    return run_form(
        request,
        ThemeForm(request.POST or None, instance=theme),
        lambda data: save_theme(tema_id=pk, values=data, actor=request.user, now=now()),
        done=_("Tema guardado."),
        to=address,
        title=title,
        cancel_url=address,
        migas=crumbs((_("Catálogo"), "ajustes:catalogo"), (title,)),
    )
