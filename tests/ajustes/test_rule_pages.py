"""Legal rules on the screen: list, versions and the next one."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.models import ReglaJuridica
from portal.core.time import today
from tests.accounts.factories import staff

pytestmark = pytest.mark.django_db
NEW = "/tablero/ajustes/reglas/nueva/"


@pytest.fixture(autouse=True)
def admin(client):
    user = staff(Rol.ADMINISTRADOR)
    client.force_login(user)
    return user


def data(**changes) -> dict:
    return {
        "clave": "queja-10",
        "nombre": "Queja",
        "fundamento": "Reglamento, artículo 22",
        "vigente_desde": today().isoformat(),
        "cantidad": "10",
        "unidad": "habiles",
        "cuenta_desde": "next_business",
        "silencio": "ninguna",
        "alerta_dias": "3",
        "conclusion_dias": "10",
        "admite_prevencion": "on",
        "prevencion_efecto": "suspende",
        "prevencion_dias": "5",
        "prevencion_fraccion": "1/3",
        "prevencion_fundamento": "LFPA, artículo 17-A",
        "admite_prorroga": "on",
        "prorroga_tope": "1/2",
        "prorroga_fundamento": "LFPA, artículo 31",
    } | changes


def test_a_rule_is_published_listed_and_followed_by_its_next_version(client):
    assert client.post(NEW, data()).status_code == 302
    assert "10 días hábiles" in client.get("/tablero/ajustes/reglas/").content.decode()
    following = reverse("ajustes:regla_version", args=["queja-10"])
    assert 'value="1/3"' in client.get(following).content.decode()
    tomorrow = (today() + dt.timedelta(days=1)).isoformat()
    assert client.post(following, data(vigente_desde=tomorrow, cantidad="8")).status_code == 302
    first, second = ReglaJuridica.objects.order_by("version")
    assert first.vigente_hasta == today()
    assert second.valor["plazo"]["cantidad"] == 8
    page = client.get(reverse("ajustes:regla", args=["queja-10"])).content.decode()
    assert "Por entrar en vigor" in page
    assert len(page.split("Historial")[1].split("Versión publicada")) == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cantidad": "0"}, "cantidad"),
        ({"prevencion_fraccion": "un tercio"}, "prevencion_fraccion"),
        ({"prevencion_dias": ""}, "prevencion_fraccion"),
        ({"prorroga_tope": "2"}, "prorroga_tope"),
        ({"silencio": "x"}, "silencio"),
        ({"clave": "con espacios"}, "clave"),
        ({"fundamento": " "}, "fundamento"),
    ],
)
def test_a_bad_rule_is_refused_by_field(client, wrong, field):
    response = client.post(NEW, data(**wrong))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ReglaJuridica.objects.exists()


def test_a_key_is_used_once_and_a_version_begins_after_the_last(client):
    client.post(NEW, data())
    assert client.post(NEW, data()).status_code == 422
    again = client.post(reverse("ajustes:regla_version", args=["queja-10"]), data())
    assert again.status_code == 409
    assert ReglaJuridica.objects.count() == 1


def test_an_unknown_rule_is_not_found(client):
    assert client.get("/tablero/ajustes/reglas/no-existe/").status_code == 404
    assert client.get("/tablero/ajustes/reglas/no-existe/version/").status_code == 404


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRADOR])
def test_only_administration_sees_the_rules(client, rol):
    client.force_login(staff(rol))
    assert client.get("/tablero/ajustes/reglas/").status_code == 403
    assert client.post(NEW, data()).status_code == 403
