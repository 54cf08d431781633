"""Signing in, what must be settled first, and «Mi cuenta»."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from knox.models import AuthToken

from portal.accounts.constants import Rol
from portal.accounts.events import AccountMailRequested
from portal.accounts.models import RequisitoRol, User
from portal.core import events
from portal.core.models import EventRecord

from .factories import UserFactory, staff

pytestmark = pytest.mark.django_db
PASSWORD = "cuatro palabras al azar"
OWN = "/cuenta/yo/"


@pytest.fixture
def demanded():
    RequisitoRol.objects.create(rol=Rol.TITULAR, exige_segundo_factor=True)


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, login: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


@pytest.mark.parametrize("by", ["username", "email"])
def test_staff_sign_in_by_user_name_or_address(client, by):
    person = with_password(staff(Rol.ENLACE))
    response = sign_in(client, getattr(person, by))
    assert (response.status_code, response["Location"]) == (302, "/tablero/")
    assert client.get(OWN).status_code == 200


def test_guessing_a_password_is_limited(client):
    person = with_password(staff(Rol.ENLACE))
    for _time in range(6):
        sign_in(client, person.username, "otra")
    response = sign_in(client, person.username)
    assert response.status_code == 200
    assert "Demasiados intentos" in response.content.decode()


def test_a_retired_person_does_not_get_in(client):
    person = with_password(staff(Rol.ENLACE, is_active=False))
    sign_in(client, person.username)
    assert client.get(OWN).status_code == 302


def test_nobody_signs_up(client):
    response = client.post(
        reverse("account_signup"),
        {"username": "x", "email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert response.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["email/", "password/set/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/"],
)
def test_what_administrators_keep_is_closed_to_the_person(client, path):
    client.force_login(staff(Rol.ENLACE))
    assert client.get(f"/cuenta/{path}").status_code == 404


@pytest.mark.usefixtures("demanded")
def test_a_role_that_demands_a_second_factor_opens_nothing_without_it(client):
    person = staff(Rol.TITULAR)
    client.force_login(person)
    response = client.get(OWN)
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    partial = client.get(OWN, headers={"HX-Request": "true"})
    assert partial["HX-Redirect"] == reverse("mfa_index")
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get(OWN).status_code == 302
    TOTP.activate(person, generate_totp_secret())
    assert client.get(OWN).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_other_roles_and_the_login_pages_are_not_asked(client):
    client.force_login(staff(Rol.ENLACE))
    assert client.get(OWN).status_code == 200
    client.force_login(staff(Rol.TITULAR))
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/salud").status_code in (200, 503)


def test_a_temporary_password_must_be_changed_first(client):
    person = with_password(staff(Rol.ENLACE, clave_temporal=True))
    sign_in(client, person.username)
    assert client.get(OWN)["Location"] == reverse("account_change_password")
    new = "otras cuatro palabras"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get(OWN).status_code == 200
    person.refresh_from_db()
    assert not person.clave_temporal


def test_the_secret_of_a_second_factor_is_encrypted_at_rest():
    secret = generate_totp_secret()
    person = UserFactory()
    TOTP.activate(person, secret)
    assert secret not in str(Authenticator.objects.get(user=person).data)


def test_a_forgotten_password_is_answered_through_the_outbox_and_never_recorded(client):
    person = with_password(staff(Rol.ENLACE))
    sent = []

    def deliver(event, context) -> None:
        sent.append(event)

    events.subscribe(AccountMailRequested, deliver)
    try:
        for email in (person.email, "nadie@x.example"):
            response = client.post(reverse("account_reset_password"), {"email": email})
            assert response.status_code == 302
    finally:
        events._handlers[AccountMailRequested].remove(deliver)
    assert [event.correo for event in sent] == [person.email]
    assert "/cuenta/password/reset/key/" in sent[0].texto
    assert not EventRecord.objects.exists()


def test_own_account_shows_posts_and_costs_few_queries(client, django_assert_max_num_queries):
    client.force_login(staff(Rol.JURIDICO))
    with django_assert_max_num_queries(10):
        response = client.get(OWN)
    assert "Jurídico" in response.content.decode()


def test_a_token_is_shown_once_works_and_is_revoked(client):
    person = staff(Rol.ENLACE)
    client.force_login(person)
    response = client.post(reverse("cuenta_ficha_nueva"), {"days": "30"})
    token = response.context["token"]
    assert token in response.content.decode()
    assert token not in client.get(OWN).content.decode()
    ficha = AuthToken.objects.get().token_key
    revoke = reverse("cuenta_ficha_revocar", args=[ficha])
    assert client.get(revoke).status_code == 200
    assert AuthToken.objects.exists()
    client.post(revoke)
    assert not AuthToken.objects.exists()
    assert client.get(revoke).status_code == 404


def test_a_bad_lifetime_is_refused_in_words(client):
    client.force_login(staff(Rol.ENLACE))
    response = client.post(reverse("cuenta_ficha_nueva"), {"days": "9999"})
    assert response.status_code == 422
    assert not AuthToken.objects.exists()


def test_anonymous_visitors_are_sent_to_sign_in(client):
    response = client.get(OWN)
    assert response["Location"].startswith(reverse("account_login"))
