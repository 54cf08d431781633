import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db
PASSWORD = "cuatro-palabras-faciles-7"
ENTRANCE = ["/cuenta/login/", "/cuenta/password/reset/", "/cuenta/password/reset/done/"]
MANAGE = ["/cuenta/password/change/", "/cuenta/logout/", "/cuenta/2fa/", "/cuenta/2fa/webauthn/"]
DELICATE = ["/cuenta/2fa/totp/activate/", "/cuenta/2fa/webauthn/add/"]


@pytest.fixture
def person(client):
    user = get_user_model().objects.create_user(
        username="ana", email="ana@example.mx", password=PASSWORD
    )
    client.post("/cuenta/login/", {"login": "ana", "password": PASSWORD})
    return user


def in_our_house(response) -> bool:
    body = response.content.decode()
    inline = [a for a in re.findall(r"<script([^>]*)>", body) if "src=" not in a]
    return (
        response.status_code == 200
        and 'class="skip"' in body
        and body.count("<h1>") == 1
        and all('type="application/json"' in attributes for attributes in inline)
        and "style=" not in body
    )


@pytest.mark.parametrize("path", ENTRANCE)
def test_the_entrance_looks_like_the_house_and_obeys_the_content_policy(client, path):
    assert in_our_house(client.get(path))


def test_a_wrong_password_is_told_in_the_summary(client):
    response = client.post("/cuenta/login/", {"login": "nadie", "password": "equivocada"})
    body = response.content.decode()
    assert response.status_code == 200
    assert 'class="errsum" role="alert"' in body
    assert "<title>Error: " in body


@pytest.mark.parametrize("path", MANAGE)
def test_a_person_manages_the_own_account_in_the_house(client, person, path):
    assert in_our_house(client.get(path))


@pytest.mark.parametrize("path", DELICATE)
def test_a_delicate_change_asks_who_it_is_and_then_goes_on(client, person, path):
    asked = client.get(path, follow=True)
    assert asked.redirect_chain[0][0].startswith("/cuenta/reauthenticate/")
    assert in_our_house(asked)
    confirm(client)
    assert in_our_house(client.get(path))


def confirm(client):
    client.post("/cuenta/reauthenticate/", {"password": PASSWORD})


def set_up_second_step(client):
    """Activate the app of codes the way a person does, and return its secret."""
    confirm(client)
    body = client.get("/cuenta/2fa/totp/activate/").content.decode()
    secret = re.search(r'<dd class="folio hash">(\w+)</dd>', body)[1]
    answer = client.post("/cuenta/2fa/totp/activate/", {"code": code_for(secret)})
    if answer.status_code != 302:  # the code changed between reading the clock and posting it
        client.post("/cuenta/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


def code_for(secret: str) -> str:
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def test_the_second_step_is_set_up_shown_and_asked_for(client, person):
    set_up_second_step(client)
    index = client.get("/cuenta/2fa/").content.decode()
    assert "badge--ok" in index
    assert 'href="/cuenta/2fa/totp/deactivate/"' in index
    codes = client.get("/cuenta/2fa/recovery-codes/")
    assert in_our_house(codes)
    assert len(re.findall(r"<li>[0-9a-z]{6,}</li>", codes.content.decode())) == 10

    client.logout()
    asked = client.post("/cuenta/login/", {"login": "ana", "password": PASSWORD}, follow=True)
    body = asked.content.decode()
    assert asked.redirect_chain[-1][0] == "/cuenta/2fa/authenticate/"
    assert in_our_house(asked)
    assert 'autocomplete="one-time-code"' in body
    assert 'name="code"' in body


@pytest.mark.parametrize("path", ["totp/deactivate/", "recovery-codes/generate/"])
def test_what_weakens_or_renews_the_second_step_asks_first(client, person, path):
    set_up_second_step(client)
    assert in_our_house(client.get(f"/cuenta/2fa/{path}"))
