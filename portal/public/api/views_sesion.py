"""Entering and leaving."""

from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.access import Access
from portal.core.time import now

from .authentication import ApiTokenAuthentication, sign_in, sign_out
from .base import ApiView
from .examples import SESSION
from .schema import documented, example
from .serializers_personal import SessionSerializer, SignInSerializer


class SessionView(ApiView):
    """POST asks for a token with a password; DELETE revokes the token in use."""

    access = Access.TOKEN

    @property
    def limits(self) -> tuple[str, ...]:
        return ("general", "sesion") if self.request.method == "POST" else ("general",)

    def get_authenticators(self) -> list:
        """A token, perhaps stale, does not matter to who asks for one."""
        method = getattr(self.request, "method", "")
        return [] if method == "POST" else [ApiTokenAuthentication()]

    def get_permissions(self) -> list:
        method = getattr(self.request, "method", "")
        return [] if method == "POST" else super().get_permissions()

    @documented(
        summary="Pedir un token",
        tag="sesión",
        description="Con la cuenta del personal y, si la protege un segundo factor, su código.",
        request=SignInSerializer,
        ok={201: SessionSerializer},
        problems=(401, 403, 409),
        examples=(example("Entrar", SESSION),),
        operation_id="sesion_abrir",
    )
    def post(self, request: Request) -> Response:
        data = self.body(SignInSerializer)
        row, token = sign_in(
            request._request,
            usuario=data["usuario"],
            contrasena=data["contrasena"],
            codigo=data.get("codigo", ""),
            now=now(),
        )
        body = {"token": token, "caduca_en": row.expiry, "usuario": row.user.username}
        return Response(SessionSerializer(body).data, status=201)

    @documented(
        summary="Revocar el token en uso",
        tag="sesión",
        ok={204: OpenApiResponse(description="El token ya no sirve.")},
        problems=(401, 404),
        operation_id="sesion_cerrar",
    )
    def delete(self, request: Request) -> Response:
        sign_out(request.auth, now=now())
        return Response(status=204)
