"""Staff tokens: checked on the way in, handed out against password and second factor."""

import datetime as dt
import re

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from portal.accounts.models import User
from portal.accounts.policies import StaffPolicy
from portal.accounts.selectors import roles_with_second_factor
from portal.core.errors import NotAllowedError
from portal.core.ratelimit import hit
from portal.core.text import fold

_TOKEN = re.compile(rb"^[0-9a-f]{64}$")
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Token …``; anything that could not be a token never reaches a query."""

    def authenticate(self, request):
        header = request.META.get("HTTP_AUTHORIZATION", "").encode("utf-8", "replace").split()
        if not header or header[0].lower() != b"token":
            return None
        if len(header) != 2 or not _TOKEN.match(header[1]):
            raise AuthenticationFailed(_("El token no es válido o ya caducó."))
        return self.authenticate_credentials(header[1])

    def authenticate_credentials(self, token):
        try:
            return super().authenticate_credentials(token)
        except AuthenticationFailed:
            raise AuthenticationFailed(_("El token no es válido o ya caducó.")) from None


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema tells of the token."""

    target_class = "portal.public.api.authentication.ApiTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ` y el token que dio `POST /api/v1/sesion/`.",
        }


class CredentialsError(NotAllowedError):
    """User, password or code do not go together (401)."""

    code = "credenciales"
    status = 401


def sign_in(
    request, *, usuario: str, contrasena: str, codigo: str, now: dt.datetime
) -> tuple[AuthToken, str]:
    """
    A new token for who proves to be ``usuario``; returns its row and, once, its text.

    :raises CredentialsError: wrong user or password (one answer), or the code is missing or wrong.
    :raises NotAllowedError: the post demands a second factor that is not set up, or the only one
        set up is a passkey, which needs a browser.
    :raises TooManyAttemptsError: too many attempts with that user name.
    """
    limit, window = settings.API_LIMITES["sesion_usuario"]
    hit("api.sesion_usuario", fold(usuario), limit=limit, window=window, now=now)
    user = authenticate(request, username=usuario, password=contrasena)
    if user is None:
        raise CredentialsError(_("El usuario o la contraseña no son correctos."))
    _require_second_factor(user, codigo)
    return _new_token(user)


def sign_out(token: AuthToken) -> None:
    """Revoke the token in use."""
    token.delete()


def _require_second_factor(user: User, codigo: str) -> None:
    factors = list(Authenticator.objects.filter(user=user))
    if not any(factor.type in _SECOND_FACTORS for factor in factors):
        if roles_with_second_factor() & StaffPolicy(user).roles:
            raise NotAllowedError(
                _("Su cargo exige un segundo factor. Actívelo en el sitio y vuelva a entrar."),
                code="segundo_factor_requerido",
            )
        return
    usable = [factor for factor in factors if factor.type in _CODES]
    if not usable:
        raise NotAllowedError(
            _("Su cuenta usa llave de acceso, que la API no admite. Active también un código."),
            code="segundo_factor_sin_codigo",
        )
    if not codigo:
        raise CredentialsError(
            _("Falta el código de su segundo factor."), code="codigo_requerido"
        )
    for factor in usable:
        if factor.wrap().validate_code(codigo):
            factor.record_usage()
            return
    raise CredentialsError(_("El código no es correcto."), code="codigo_incorrecto")


@transaction.atomic
def _new_token(user: User) -> tuple[AuthToken, str]:
    User.objects.select_for_update().filter(pk=user.pk).first()
    kept = AuthToken.objects.filter(user=user).order_by("-created")
    surplus = kept.values_list("pk", flat=True)[settings.API_TOKENS_POR_USUARIO - 1 :]
    AuthToken.objects.filter(pk__in=list(surplus)).delete()
    return AuthToken.objects.create(user=user)
