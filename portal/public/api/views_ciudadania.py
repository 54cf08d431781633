"""What anybody may do: send files, file a petition, follow it with its folio and PIN."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.actors import CitizenActor
from portal.core.errors import InvalidInputError
from portal.core.ratelimit import client_address
from portal.core.time import now
from tramites.selectors import current_reference, public_case
from tramites.services import open_by_pin

from ..services import file_with_loose_files, keep_loose_file
from .base import PublicApiView
from .examples import FILED, FILING, FOLLOW_UP
from .idempotency import stored_key
from .parsers import BoundedFormParser
from .problems import InvalidQueryError
from .schema import documented, example
from .serializers_ciudadania import (
    FiledSerializer,
    FileSerializer,
    FilingSerializer,
    FollowUpRequestSerializer,
    FollowUpSerializer,
    UploadSerializer,
    filing_from,
)

TAG = "ciudadanía"
KEY = re.compile(r"[A-Za-z0-9._~:-]{8,64}")
KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[A-Za-z0-9._~:-]{8,64}$", "minLength": 8, "maxLength": 64},
    OpenApiParameter.HEADER,
    required=True,
    description="Nombre de este envío, por ejemplo un UUID. Repetirlo no hace otro folio.",
)
LOCATION = OpenApiParameter(
    "Location",
    str,
    OpenApiParameter.HEADER,
    response=[201],
    description="Dónde se da seguimiento, con el folio y el PIN.",
)


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Give the fields of a refused filing the names under which the API takes them."""
    try:
        yield
    except InvalidInputError as error:
        error.fields = {_sent_name(name): lines for name, lines in error.fields.items()}
        raise


def _sent_name(name: str) -> str:
    if name.startswith("pregunta."):
        return f"respuestas.{name.removeprefix('pregunta.')}"
    if name in ("nombre", "telefono", "correo", "domicilio"):
        return f"contacto.{name}"
    return {"archivo": "adjuntos"}.get(name, name)


class FileView(PublicApiView):
    """Files travel ahead of their petition."""

    limits = ("general", "adjuntos")
    parser_classes = [BoundedFormParser]

    @documented(
        summary="Enviar un archivo para una petición",
        tag=TAG,
        description="El archivo se revisa por su contenido; las imágenes se vuelven a dibujar, "
        "sin datos de ubicación. Espera 24 horas a que una petición lo tome.",
        request={"multipart/form-data": UploadSerializer},
        ok={201: FileSerializer},
        problems=(503,),
        operation_id="adjuntos_enviar",
    )
    def post(self, request: Request) -> Response:
        archivo = self.body(UploadSerializer)["archivo"]
        row, token = keep_loose_file(archivo=archivo, now=now())
        shape = FileSerializer(
            {
                "id": token,
                "nombre": row.nombre,
                "tipo": row.tipo,
                "tamano": row.tamano,
                "sha256": row.sha256,
                "vence_en": row.vence_en,
            }
        )
        return Response(shape.data, status=201)


class FilingView(PublicApiView):
    """A petition enters, once."""

    limits = ("general", "peticiones")

    @documented(
        summary="Presentar una petición",
        tag=TAG,
        description="Sin cuenta. La misma `Idempotency-Key` con el mismo cuerpo da el mismo folio "
        "y PIN (200); con otro cuerpo, un conflicto (409). El contacto se conserva sin verificar: "
        "no recibe avisos, así que el folio y el PIN son la única llave del seguimiento.",
        request=FilingSerializer,
        ok={
            200: OpenApiResponse(FiledSerializer, description="Ya se había presentado."),
            201: OpenApiResponse(FiledSerializer, description="Se presentó."),
        },
        problems=(409, 503),
        parameters=(KEY_HEADER, LOCATION),
        examples=(example("Luminaria", FILING), example("Acuse", FILED, status=201)),
        operation_id="peticiones_presentar",
    )
    def post(self, request: Request) -> Response:
        key = self._key(request)
        data = self.body(FilingSerializer)
        reference = current_reference()
        with named_as_sent():
            filed = file_with_loose_files(
                filing=filing_from(data, key=stored_key(key), reference=reference),
                tokens=data.get("adjuntos", ()),
                actor=CitizenActor(),
                now=now(),
                reference=reference,
            )
        body = self.shape(FiledSerializer, filed)
        if not filed.created:
            return Response(body)
        return Response(body, status=201, headers={"Location": reverse("api:seguimiento")})

    def _key(self, request: Request) -> str:
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.fullmatch(key):
            line = _("Nombre el envío con 8 a 64 letras, números o los signos . _ ~ : -")
            raise InvalidQueryError({"Idempotency-Key": [line]})
        return key


class FollowUpView(PublicApiView):
    """A case, for who holds its folio and PIN. They travel in the body, never in an address."""

    limits = ("general", "seguimiento")

    @documented(
        summary="Dar seguimiento a una petición",
        tag=TAG,
        description="Un folio o un PIN equivocados tienen una sola respuesta (404).",
        request=FollowUpRequestSerializer,
        ok={200: FollowUpSerializer},
        problems=(404,),
        examples=(example("Seguimiento", FOLLOW_UP),),
        operation_id="seguimiento_consultar",
    )
    def post(self, request: Request) -> Response:
        data = self.body(FollowUpRequestSerializer)
        peticion = open_by_pin(
            folio=data["folio"], pin=data["pin"], address=client_address(request), now=now()
        )
        return Response(FollowUpSerializer(public_case(peticion)).data)
