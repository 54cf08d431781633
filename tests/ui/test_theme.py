import pytest

from portal.ui.themes import COOKIE


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_choice_is_kept_in_a_cookie_and_leads_back(client, theme):
    response = client.post("/ui/tema/", {"tema": theme, "next": "/ui/componentes/?x=1"})
    assert (response.status_code, response.url) == (302, "/ui/componentes/?x=1")
    cookie = response.cookies[COOKIE]
    assert cookie.value == theme
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "target",
    [
        "https://malo.example/",
        "//malo.example/",
        "\\\\malo.example",
        "javascript:alert(1)",
        "/\\malo.example",
        "",
    ],
)
def test_next_cannot_leave_the_host(client, target):
    response = client.post("/ui/tema/", {"tema": "dark", "next": target})
    assert response.url == "/"


def test_an_unknown_theme_is_not_kept(client):
    response = client.post("/ui/tema/", {"tema": "rosa", "next": "/"})
    assert COOKIE not in response.cookies


def test_the_theme_is_only_set_by_post(client):
    assert client.get("/ui/tema/?tema=dark").status_code == 405


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("auto", ""), ('"x', "")],
)
def test_the_server_writes_the_theme_into_the_page(client, settings, cookie, attribute):
    settings.PORTAL_SHOW_COMPONENTS = True
    client.cookies[COOKIE] = cookie
    body = client.get("/ui/componentes/").content.decode()
    assert f'<html lang="es-mx"{attribute}>' in body
