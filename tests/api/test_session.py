import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from knox.models import AuthToken

from portal.accounts.models import RequisitoRol, User
from portal.core.time import now

from .conftest import PASSWORD, Api, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]
SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(api: Api, **changes):
    return api.post("sesion/", {"usuario": "secretaria", "contrasena": PASSWORD, **changes})


def user() -> User:
    return User.objects.get(username="secretaria")


def present_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(now().timestamp()) // 30))


def test_password_gives_a_token_that_opens_the_inbox_until_it_expires(api):
    response = sign_in(api)
    body = response.json()
    assert response.status_code == 201
    assert dt.datetime.fromisoformat(body["caduca_en"]) > now()
    assert Api(body["token"]).get("bandeja/").status_code == 200
    AuthToken.objects.update(expiry=now() - dt.timedelta(seconds=1))
    expired = Api(body["token"]).get("bandeja/")
    assert (expired.status_code, expired.json()["code"]) == (401, "token_invalido")
    assert expired["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize(
    "change", [{"contrasena": "otra"}, {"usuario": "nadie"}], ids=["password", "user"]
)
def test_wrong_user_and_wrong_password_have_one_answer(api, change):
    response = sign_in(api, **change)
    assert (response.status_code, response.json()["code"]) == (401, "credenciales")
    assert not AuthToken.objects.exists()


def test_inactive_person_gets_no_token_and_keeps_none(api):
    token = sign_in(api).json()["token"]
    User.objects.filter(username="secretaria").update(is_active=False)
    assert sign_in(api).status_code == 401
    assert Api(token).get("bandeja/").status_code == 401


def test_second_factor_is_demanded_and_its_code_serves_once(api):
    TOTP.activate(user(), SECRET)
    missing = sign_in(api)
    assert (missing.status_code, missing.json()["code"]) == (401, "codigo_requerido")
    wrong = sign_in(api, codigo="000000")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "codigo_incorrecto")
    code = present_code()
    assert sign_in(api, codigo=code).status_code == 201
    assert sign_in(api, codigo=code).status_code == 401


def test_recovery_code_serves_once(api):
    TOTP.activate(user(), SECRET)
    code = RecoveryCodes.activate(user()).get_unused_codes()[0]
    assert sign_in(api, codigo=code).status_code == 201
    assert sign_in(api, codigo=code).status_code == 401


def test_role_that_demands_a_second_factor_gets_no_token_without_one(api):
    RequisitoRol.objects.create(rol="secretaria", exige_segundo_factor=True)
    response = sign_in(api)
    assert (response.status_code, response.json()["code"]) == (403, "segundo_factor_requerido")


def test_passkey_alone_gets_no_token(api):
    Authenticator.objects.create(user=user(), type=Authenticator.Type.WEBAUTHN, data={})
    response = sign_in(api)
    assert (response.status_code, response.json()["code"]) == (403, "segundo_factor_sin_codigo")


def test_temporary_password_gets_no_token(api):
    User.objects.filter(username="secretaria").update(clave_temporal=True)
    assert sign_in(api).json()["code"] == "clave_temporal"


def test_attempts_under_one_name_are_limited(api, settings):
    settings.API_LIMITES = {**settings.API_LIMITES, "sesion_usuario": (2, 600)}
    for _ in range(2):
        assert sign_in(api, contrasena="otra").status_code == 401
    response = sign_in(api)
    assert response.status_code == 429
    assert "Retry-After" in response


def test_eleventh_live_token_is_refused_and_expired_ones_do_not_count(api):
    for _ in range(10):
        AuthToken.objects.create(user=user())
    assert sign_in(api).status_code == 409
    AuthToken.objects.update(expiry=now() - dt.timedelta(days=1))
    assert sign_in(api).status_code == 201


def test_leaving_revokes_the_token_in_use_only():
    mine, other = signed_in("secretaria"), signed_in("secretaria")
    assert mine.delete("sesion/").status_code == 204
    assert mine.get("bandeja/").status_code == 401
    assert other.get("bandeja/").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token a b",
        "Token ñandú",
        "Token " + "z" * 64,
        "Token " + "a" * 64,
        "Bearer x",
        "\0",
    ],
)
def test_anything_that_is_no_token_is_401(api, header):
    response = api.get("bandeja/", headers={"Authorization": header})
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


def test_public_operations_do_not_look_at_a_stale_token(api):
    assert api.get("servicios/", headers={"Authorization": "Token " + "a" * 64}).status_code == 200
