"""Staff tokens: checked on the way in, handed out against password and second factor."""

import datetime as dt
import re

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from portal.accounts.events import ApiTokenIssued
from portal.accounts.models import User
from portal.accounts.selectors import second_factor_missing
from portal.accounts.services.tokens import MOST_TOKENS, revoke_token
from portal.core.errors import ConflictError, NotAllowedError
from portal.core.events import publish
from portal.core.ratelimit import hit
from portal.core.text import fold

_TOKEN = re.compile(rb"^[0-9a-f]{64}$")
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
    :raises NotAllowedError: the password is temporary; the post demands a second factor that is
        not set up, or the only one set up is a passkey, which needs a browser.
    :raises ConflictError: there are too many live tokens already.
    :raises TooManyAttemptsError: too many attempts with that user name.
    """
    limit, window = settings.API_LIMITES["sesion_usuario"]
    hit("api.sesion_usuario", fold(usuario), limit=limit, window=window, now=now)
    user = authenticate(request, username=usuario, password=contrasena)
    if user is None:
        raise CredentialsError(_("El usuario o la contraseña no son correctos."))
    _require_second_factor(user, codigo)
    return _new_token(user, now)


def sign_out(token: AuthToken, *, now: dt.datetime) -> None:
    """Revoke the token in use."""
    revoke_token(ficha=token.token_key, actor=token.user, now=now)


def _require_second_factor(user: User, codigo: str) -> None:
    if user.clave_temporal:
        raise NotAllowedError(
            _("Su contraseña es temporal. Cámbiela en el sitio y vuelva a entrar."),
            code="clave_temporal",
        )
    if second_factor_missing(user):
        raise NotAllowedError(
            _("Su cargo exige un segundo factor. Actívelo en el sitio y vuelva a entrar."),
            code="segundo_factor_requerido",
        )
    if not is_mfa_enabled(user):
        return
    usable = list(Authenticator.objects.filter(user=user, type__in=_CODES))
    if not usable:
        raise NotAllowedError(
            _("Su cuenta usa llave de acceso, que la API no admite. Active también un código."),
            code="segundo_factor_sin_codigo",
        )
    if not codigo:
        raise CredentialsError(_("Falta el código de su segundo factor."), code="codigo_requerido")
    for factor in usable:
        if factor.wrap().validate_code(codigo):
            factor.record_usage()
            return
    raise CredentialsError(_("El código no es correcto."), code="codigo_incorrecto")


@transaction.atomic
def _new_token(user: User, now: dt.datetime) -> tuple[AuthToken, str]:
    User.objects.select_for_update().get(pk=user.pk)
    AuthToken.objects.filter(user=user, expiry__lte=now).delete()
    if AuthToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise ConflictError(
            _("Ya tiene diez fichas vivas. Cierre una sesión o revoque una que no use."),
            code="demasiadas_fichas",
        )
    row, token = AuthToken.objects.create(user=user)
    caduca = row.expiry.date().isoformat()
    event = ApiTokenIssued(usuario_id=user.pk, ficha=row.token_key, caduca=caduca)
    publish(event, actor=user, now=now)
    return row, token
