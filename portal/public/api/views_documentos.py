"""The documents of a case, for who holds its folio and PIN and for the staff who see it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from portal.core.errors import NotFoundError
from portal.core.ratelimit import client_address
from portal.core.time import now
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.services.files import last_file, read_file
from tramites.papers import ACUSE
from tramites.pins import normal_folio
from tramites.policies import PeticionPolicy
from tramites.selectors import document_of_case
from tramites.services import open_by_pin

from ..services import issue_receipt
from .base import ApiView, PublicApiView
from .schema import documented
from .serializers_ciudadania import FollowUpRequestSerializer
from .views_ciudadania import TAG as CITIZEN_TAG
from .views_personal import FOLIO, TAG

PDF = {(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY)}
CODE = OpenApiParameter(
    "codigo",
    str,
    OpenApiParameter.PATH,
    description="El `codigo` del documento; el del acuse puede escribirse `acuse`.",
)


def _file(documento: Documento) -> HttpResponse:
    content = read_file(last_file(documento, ClaseArchivo.FIRMADO))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{documento.folio}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class OwnPaperView(PublicApiView):
    """A document of one's own case. The receipt is sealed the first time it is asked for."""

    limits = ("general", "seguimiento")

    @documented(
        summary="Descargar un documento de la petición",
        tag=CITIZEN_TAG,
        description="El PDF firmado o sellado. El acuse se sella la primera vez que se pide.",
        request=FollowUpRequestSerializer,
        ok=PDF,
        problems=(404, 409, 503),
        parameters=(CODE,),
        operation_id="seguimiento_documento",
    )
    def post(self, request: Request, codigo: str) -> HttpResponse:
        data, moment = self.body(FollowUpRequestSerializer), now()
        peticion = open_by_pin(
            folio=data["folio"], pin=data["pin"], address=client_address(request), now=moment
        )
        if codigo == ACUSE:
            return _file(issue_receipt(peticion=peticion, now=moment))
        return _file(document_of_case(peticion, codigo))


class CasePaperView(ApiView):
    """A document of a case."""

    @documented(
        summary="Descargar un documento de la petición",
        tag=TAG,
        description="El PDF firmado o sellado.",
        ok=PDF,
        problems=(401, 404, 409),
        parameters=(FOLIO, OpenApiParameter("codigo", str, OpenApiParameter.PATH)),
        operation_id="documentos_descargar",
    )
    def get(self, request: Request, folio: str, codigo: str) -> HttpResponse:
        visible = PeticionPolicy(request.user).visible().filter(folio=normal_folio(folio))
        peticion = visible.first()
        if peticion is None:
            raise NotFoundError(_("El documento no existe."))
        return _file(document_of_case(peticion, codigo))
