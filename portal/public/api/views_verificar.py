"""Verification of official documents, for programs of banks, courts and other offices."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.ratelimit import client_address
from portal.core.time import now
from portal.documents.services import verify_code, verify_file

from .base import PublicApiView
from .schema import documented
from .serializers_verificar import HashQuerySerializer, VerifiedSerializer

TAG = "verificación"


class VerifyFileView(PublicApiView):
    """A document by its file."""

    @documented(
        summary="Verificar un documento por su archivo",
        tag=TAG,
        description="El archivo no se envía: sólo su SHA-256. Si es igual a `huella`, es el "
        "documento firmado; si está en `anteriores`, le faltan firmas.",
        ok={200: VerifiedSerializer},
        problems=(400, 404),
        parameters=(HashQuerySerializer,),
        operation_id="verificar_archivo",
    )
    def get(self, request: Request) -> Response:
        sha256 = self.query(HashQuerySerializer)["sha256"]
        found = verify_file(sha256=sha256, address=client_address(request), now=now())
        return Response(VerifiedSerializer(found).data)


class VerifyCodeView(PublicApiView):
    """A document by its code."""

    @documented(
        summary="Verificar un documento por su código",
        tag=TAG,
        description="El código se admite con guiones y en minúsculas. Un código equivocado y el "
        "de un documento que no se puede conocer tienen una sola respuesta (404). Después de "
        "varios que no se encuentran hay que esperar (429), también para los correctos.",
        ok={200: VerifiedSerializer},
        problems=(404,),
        parameters=(
            OpenApiParameter(
                "codigo",
                str,
                OpenApiParameter.PATH,
                description="El código que acompaña al QR, de 20 letras y números.",
            ),
        ),
        operation_id="verificar_codigo",
    )
    def get(self, request: Request, codigo: str) -> Response:
        found = verify_code(codigo=codigo, address=client_address(request), now=now())
        return Response(VerifiedSerializer(found).data)
