"""The staff: accounts, posts and what roles demand."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, RequisitoRol, User
from portal.accounts.selectors import has_second_factor
from portal.accounts.services import (
    PersonData,
    change_person,
    create_person,
    end_post,
    give_post,
    remove_second_factor,
    require_second_factor,
    restore_person,
    retire_person,
    set_temporary_password,
)
from portal.core.errors import DomainError, NotFoundError
from portal.core.time import now, today

from ..forms.people import EndPostForm, NewPersonForm, PersonForm, PostForm, RequirementsForm
from ..people import people_page
from ..selectors import history_of
from .base import attach, confirm, crumbs, form_page, run_form, settings_page

PERSON_FIELDS = ("username", "first_name", "last_name", "email")


def _person(pk: int) -> User:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise NotFoundError
    return user


def _address(pk: int) -> str:
    return reverse("ajustes:persona", args=[pk])


def _trail(user: User, *last: tuple) -> list[dict]:
    return crumbs((_("Personal"), "ajustes:personal"), (str(user), _address(user.pk)), *last)


def _data(cleaned: dict) -> PersonData:
    return PersonData(**{name: cleaned[name] for name in PERSON_FIELDS})


@settings_page("administer")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, by user name, with search and role."""
    query = request.GET
    page = people_page(
        text=query.get("q", "")[:100],
        rol=query.get("rol", ""),
        after=query.get("despues", "")[:150],
        before=query.get("antes", "")[:150],
        on=today(),
    )
    context = {
        "page": page,
        "q": query.get("q", "")[:100],
        "rol": query.get("rol", ""),
        "roles": Rol.choices,
        "migas": crumbs((_("Personal"),)),
    }
    return render(request, "tablero/ajustes/personal.html", context)


@settings_page("administer")
def new_person(request: HttpRequest) -> HttpResponse:
    """An account with its first post; its temporary password is shown on the answer."""
    form = NewPersonForm(request.POST or None)
    page = {
        "title": _("Abrir una cuenta"),
        "intro": _("Al guardar verá una contraseña temporal; la persona la cambia al entrar."),
        "submit": _("Abrir la cuenta"),
        "cancel_url": reverse("ajustes:personal"),
        "migas": crumbs((_("Personal"), "ajustes:personal"), (_("Abrir una cuenta"),)),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    data, moment = form.cleaned_data, now()
    try:
        with transaction.atomic():
            user, password = create_person(data=_data(data), actor=request.user, now=moment)
            give_post(
                usuario_id=user.pk,
                dependencia_id=data["dependencia"].pk,
                rol=data["rol"],
                puesto=data["puesto"],
                vigente_desde=today(),
                actor=request.user,
                now=moment,
            )
    except DomainError as error:
        return form_page(request, form, status=attach(form, error), **page)
    return _show_password(request, user, password)


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    context = {"persona": user, "password": password, "migas": _trail(user, (_("Contraseña"),))}
    response = render(request, "tablero/ajustes/contrasena.html", context)
    response["Cache-Control"] = "no-store"
    return response


@settings_page("administer")
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account, posts, substitutions and history."""
    user = _person(pk)
    form = PostForm(request.POST or None, initial={"vigente_desde": today()})
    status = 200
    if request.method == "POST":
        status = _give(request, user, form)
        if status == 200:
            form = PostForm(initial={"vigente_desde": today()})
    posts = Adscripcion.objects.filter(usuario=user).select_related("dependencia")
    context = {
        "persona": user,
        "segundo_factor": has_second_factor(user),
        "cargos": posts.order_by("-vigente_desde", "-pk"),
        "suplencias": user.ausencias.select_related("suplente").order_by("-vigente_desde")[:20],
        "form": form,
        "hoy": today(),
        "historial": history_of(f"usuario:{pk}"),
        "migas": crumbs((_("Personal"), "ajustes:personal"), (str(user),)),
    }
    return render(request, "tablero/ajustes/persona.html", context, status=status)


def _give(request: HttpRequest, user: User, form: PostForm) -> int:
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        give_post(
            usuario_id=user.pk,
            dependencia_id=data["dependencia"].pk,
            rol=data["rol"],
            puesto=data["puesto"],
            vigente_desde=data["vigente_desde"],
            vigente_hasta=data["vigente_hasta"],
            actor=request.user,
            now=now(),
        )
    except DomainError as error:
        return attach(form, error)
    messages.success(request, _("Cargo asignado."))
    return 200


@settings_page("administer")
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what an account says."""
    user = _person(pk)
    form = PersonForm(
        request.POST or None, initial={name: getattr(user, name) for name in PERSON_FIELDS}
    )
    return run_form(
        request,
        form,
        lambda data: change_person(usuario_id=pk, data=_data(data), actor=request.user, now=now()),
        done=_("Datos guardados."),
        to=_address(pk),
        title=_("Corregir los datos"),
        cancel_url=_address(pk),
        migas=_trail(user, (_("Corregir"),)),
    )


@settings_page("administer")
def end_post_page(request: HttpRequest, pk: int, cargo: int) -> HttpResponse:
    """The last day of a post."""
    user = _person(pk)
    if not Adscripcion.objects.filter(pk=cargo, usuario=user).exists():
        raise NotFoundError
    return run_form(
        request,
        EndPostForm(request.POST or None, initial={"hasta": today()}),
        lambda data: end_post(
            adscripcion_id=cargo, hasta=data["hasta"], actor=request.user, now=now()
        ),
        done=_("Cargo terminado."),
        to=_address(pk),
        title=_("Terminar un cargo"),
        intro=_("Lo hecho en ese cargo sigue siendo suyo en el registro."),
        submit=_("Terminar el cargo"),
        danger=True,
        cancel_url=_address(pk),
        migas=_trail(user, (_("Terminar un cargo"),)),
    )


@settings_page("administer")
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new temporary password, shown once."""
    user = _person(pk)
    if request.method == "POST":
        password = set_temporary_password(usuario_id=pk, actor=request.user, now=now())
        return _show_password(request, user, password)
    return confirm(
        request,
        lambda: None,
        done="",
        to=_address(pk),
        title=_("Dar una contraseña temporal"),
        text=_("La contraseña actual deja de servir y se cierran sus sesiones."),
        submit=_("Dar contraseña temporal"),
        migas=_trail(user, (_("Contraseña"),)),
    )


@settings_page("administer")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account."""
    user = _person(pk)
    return confirm(
        request,
        lambda: retire_person(usuario_id=pk, actor=request.user, now=now()),
        done=_("Cuenta dada de baja."),
        to=_address(pk),
        title=_("Dar de baja la cuenta de %(name)s") % {"name": user},
        text=_("No podrá entrar y sus fichas de la API se borran. Se puede activar de nuevo."),
        submit=_("Dar de baja"),
        danger=True,
        migas=_trail(user, (_("Baja"),)),
    )


@settings_page("administer")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    user = _person(pk)
    return confirm(
        request,
        lambda: restore_person(usuario_id=pk, actor=request.user, now=now()),
        done=_("Cuenta activa."),
        to=_address(pk),
        title=_("Activar la cuenta de %(name)s") % {"name": user},
        text=_("Podrá entrar otra vez con su contraseña y los cargos que siga teniendo."),
        submit=_("Activar"),
        migas=_trail(user, (_("Activar"),)),
    )


@settings_page("administer")
def drop_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost it."""
    user = _person(pk)
    return confirm(
        request,
        lambda: remove_second_factor(usuario_id=pk, actor=request.user, now=now()),
        done=_("Segundo factor retirado."),
        to=_address(pk),
        title=_("Retirar el segundo factor de %(name)s") % {"name": user},
        text=_("Hágalo sólo si la persona lo perdió y usted comprobó quién es."),
        submit=_("Retirar"),
        danger=True,
        migas=_trail(user, (_("Segundo factor"),)),
    )


@settings_page("administer")
def requirements(request: HttpRequest) -> HttpResponse:
    """Which roles demand a second factor."""
    demanding = RequisitoRol.objects.filter(exige_segundo_factor=True)
    form = RequirementsForm(
        request.POST or None, initial={"roles": list(demanding.values_list("rol", flat=True))}
    )

    def act(data: dict) -> None:
        with transaction.atomic():
            for rol in Rol.values:
                wanted = rol in data["roles"]
                require_second_factor(rol=rol, exige=wanted, actor=request.user, now=now())

    return run_form(
        request,
        form,
        act,
        done=_("Requisitos guardados."),
        to=reverse("ajustes:personal"),
        title=_("Segundo factor por rol"),
        cancel_url=reverse("ajustes:personal"),
        migas=crumbs((_("Personal"), "ajustes:personal"), (_("Segundo factor por rol"),)),
    )
