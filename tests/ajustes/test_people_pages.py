"""The staff, their posts and the offices, on the screen."""

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, RequisitoRol, Suplencia, User
from portal.core.time import today
from tests.accounts.factories import (
    AdscripcionFactory,
    DependenciaFactory,
    SuplenciaFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
LIST = "/tablero/ajustes/personal/"


@pytest.fixture(autouse=True)
def admin(client):
    user = staff(Rol.ADMINISTRADOR, username="zz.admin")
    client.force_login(user)
    return user


def test_an_account_is_opened_with_its_post_and_its_password_shown_once(client):
    office = DependenciaFactory()
    form = {
        "username": "ana.luna",
        "first_name": "Ana",
        "last_name": "Luna",
        "email": "ana@sanjacinto.example",
        "rol": "titular",
        "dependencia": office.pk,
        "puesto": "Directora",
    }
    response = client.post(f"{LIST}nueva/", form)
    password = response.context["password"]
    assert password in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    user = User.objects.get(username="ana.luna")
    assert user.check_password(password)
    assert user.adscripciones.get().rol == "titular"
    assert password not in client.get(reverse("ajustes:persona", args=[user.pk])).content.decode()


def test_an_account_that_is_refused_leaves_neither_user_nor_post(client):
    UserFactory(username="ana.luna")
    form = {"username": "ana.luna", "first_name": "Ana", "rol": "enlace"}
    response = client.post(f"{LIST}nueva/", form | {"dependencia": DependenciaFactory().pk})
    assert response.status_code == 422
    assert "username" in response.context["form"].errors
    assert Adscripcion.objects.count() == 1


def test_people_are_found_without_accents_and_paged_by_key(client, django_assert_max_num_queries):
    UserFactory(first_name="José", last_name="Núñez")
    found = client.get(LIST, {"q": "jose nunez"}).content.decode()
    assert "José Núñez" in found
    for n in range(60):
        AdscripcionFactory(usuario=UserFactory(username=f"persona-{n:03}"))
    with django_assert_max_num_queries(10):
        page = client.get(LIST)
    names = [user.username for user in page.context["page"].rows]
    assert len(names) == 50
    following = client.get(LIST, {"despues": page.context["page"].following})
    rest = [user.username for user in following.context["page"].rows]
    assert sorted(names + rest) == sorted(User.objects.values_list("username", flat=True))
    back = client.get(LIST, {"antes": following.context["page"].previous})
    assert [user.username for user in back.context["page"].rows] == names


@pytest.mark.parametrize(
    "query", [{"q": "%_'\""}, {"rol": "rey"}, {"antes": "0"}, {"q": "x" * 999}]
)
def test_strange_filters_find_nobody_and_break_nothing(client, query):
    assert client.get(LIST, query).status_code == 200


def test_a_post_is_given_and_ended_on_the_page_of_the_person(client):
    person, office = UserFactory(), DependenciaFactory()
    page = reverse("ajustes:persona", args=[person.pk])
    form = {"rol": "enlace", "dependencia": office.pk, "vigente_desde": today().isoformat()}
    assert client.post(page, form).status_code == 200
    post = person.adscripciones.get()
    assert client.post(page, form).status_code == 409
    end = reverse("ajustes:persona_cargo", args=[person.pk, post.pk])
    assert client.post(end, {"hasta": today().isoformat()}).status_code == 302
    post.refresh_from_db()
    assert post.vigente_hasta == today()
    other = reverse("ajustes:persona_cargo", args=[UserFactory().pk, post.pk])
    assert client.get(other).status_code == 404


def test_closing_and_opening_an_account_asks_first(client, admin):
    person = UserFactory()
    retire = reverse("ajustes:persona_baja", args=[person.pk])
    client.get(retire)
    assert User.objects.get(pk=person.pk).is_active
    client.post(retire)
    assert not User.objects.get(pk=person.pk).is_active
    assert client.post(retire).status_code == 409
    client.post(reverse("ajustes:persona_alta", args=[person.pk]))
    assert User.objects.get(pk=person.pk).is_active
    assert client.post(reverse("ajustes:persona_baja", args=[admin.pk])).status_code == 409


def test_a_temporary_password_is_given_after_asking(client):
    person = UserFactory()
    address = reverse("ajustes:persona_clave", args=[person.pk])
    assert client.get(address).status_code == 200
    response = client.post(address)
    person.refresh_from_db()
    assert person.check_password(response.context["password"])
    assert person.clave_temporal


def test_what_roles_demand_is_kept(client):
    address = reverse("ajustes:requisitos")
    client.post(address, {"roles": ["titular", "secretaria"]})
    client.post(address, {"roles": ["titular"]})
    wanted = RequisitoRol.objects.filter(exige_segundo_factor=True)
    assert list(wanted.values_list("rol", flat=True)) == ["titular"]


def test_a_substitution_is_registered_and_ended(client):
    absent, substitute = staff(Rol.TITULAR), UserFactory()
    form = {
        "ausente": absent.pk,
        "suplente": substitute.pk,
        "vigente_desde": today().isoformat(),
        "vigente_hasta": today().isoformat(),
        "fundamento": "Oficio 12/2026",
    }
    new = reverse("ajustes:suplencia_nueva")
    assert client.post(new, form | {"suplente": absent.pk}).status_code == 422
    assert client.post(new, form).status_code == 302
    assert client.post(new, form).status_code == 409
    row = Suplencia.objects.get()
    assert str(absent) in client.get(reverse("ajustes:suplencias")).content.decode()
    client.post(reverse("ajustes:suplencia_terminar", args=[row.pk]))
    assert not Suplencia.objects.exists()


def test_the_tree_is_shown_in_order_and_an_office_changed(client, django_assert_max_num_queries):
    top = DependenciaFactory(nombre="Obras")
    below = DependenciaFactory(nombre="Alumbrado", padre=top)
    DependenciaFactory(nombre="Zoológico")
    with django_assert_max_num_queries(10):
        response = client.get(reverse("ajustes:dependencias"))
    names = [line["office"].nombre for line in response.context["lineas"]]
    assert names.index("Alumbrado") == names.index("Obras") + 1
    address = reverse("ajustes:dependencia", args=[below.pk])
    form = {"clave": below.clave, "nombre": "Alumbrado Público", "padre": top.pk, "activa": "on"}
    assert client.post(address, form).status_code == 302
    assert client.post(address, form | {"padre": below.pk}).status_code == 422
    assert Dependencia.objects.get(pk=below.pk).nombre == "Alumbrado Público"


PAGES = ["personal", "persona_nueva", "requisitos", "suplencias", "suplencia_nueva"]
PAGES += ["dependencias", "dependencia_nueva", "reglas", "regla_nueva"]


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRADOR])
def test_nobody_else_manages_people(client, rol):
    client.force_login(staff(rol))
    for name in PAGES:
        assert client.get(reverse(f"ajustes:{name}")).status_code == 403
    person = SuplenciaFactory().ausente
    for name in ("persona", "persona_editar", "persona_clave", "persona_baja", "persona_factor"):
        assert client.post(reverse(f"ajustes:{name}", args=[person.pk])).status_code == 403
    assert User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("name", ["persona", "persona_editar", "persona_baja", "dependencia"])
def test_what_does_not_exist_is_not_found(client, name):
    assert client.get(reverse(f"ajustes:{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_administration(client, name):
    assert client.get(reverse(f"ajustes:{name}")).status_code == 200
