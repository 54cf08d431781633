"""What the staff reads with a token: the inbox, a case, its files."""

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.errors import NotFoundError
from portal.core.time import now
from tramites.models import Adjunto
from tramites.pins import normal_folio
from tramites.policies import PeticionPolicy
from tramites.selectors import case_file, inbox
from tramites.services import reveal_person
from tramites.uploads import open_stored

from .base import ApiView
from .filters import InboxQuerySerializer, filters_from
from .schema import documented
from .serializers_personal import CaseSerializer, InboxSerializer, PersonSerializer

TAG = "personal"
PAGE_SIZE = 50
FOLIO = OpenApiParameter("folio", str, OpenApiParameter.PATH, description="Folio de la petición.")


def case_response(viewer, folio: str) -> Response:
    """
    The case as its page shows it.

    :raises NotFoundError: none that ``viewer`` may know of.
    """
    case = case_file(viewer, folio)
    return Response(CaseSerializer(case, context={"now": now()}).data)


class InboxView(ApiView):
    """The cases one may see, page by page."""

    @documented(
        summary="Bandeja",
        tag=TAG,
        description="De 50 en 50. `siguiente` y `anterior` son direcciones completas.",
        ok={200: InboxSerializer},
        problems=(400, 401, 422),
        parameters=(InboxQuerySerializer,),
        operation_id="bandeja_listar",
    )
    def get(self, request: Request) -> Response:
        data, moment = self.query(InboxQuerySerializer), now()
        page = inbox(
            viewer=request.user,
            filters=filters_from(data),
            now=moment,
            cursor=data.get("cursor") or None,
            page_size=PAGE_SIZE,
        )
        body = {
            "peticiones": page.rows,
            "siguiente": self._address(page.next),
            "anterior": self._address(page.previous),
        }
        return Response(InboxSerializer(body, context={"now": moment}).data)

    def _address(self, cursor: str | None) -> str | None:
        """This same list at another cursor."""
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


class CaseView(ApiView):
    """One case."""

    @documented(
        summary="Una petición",
        tag=TAG,
        description="Los datos de quien la presentó van ocultos; se piden aparte.",
        ok={200: CaseSerializer},
        problems=(401, 404),
        parameters=(FOLIO,),
        operation_id="peticiones_ver",
    )
    def get(self, request: Request, folio: str) -> Response:
        return case_response(request.user, folio)


class PersonView(ApiView):
    """Who filed, in clear. It is a POST because reading it is an act that stays on the record."""

    @documented(
        summary="Ver los datos de quien presentó la petición",
        tag=TAG,
        description="Sin ocultar. Queda en el registro de la petición quién los vio y cuándo.",
        ok={200: PersonSerializer},
        problems=(401, 403, 404),
        parameters=(FOLIO,),
        operation_id="solicitante_ver",
    )
    def post(self, request: Request, folio: str) -> Response:
        case = case_file(request.user, folio)
        reveal_person(peticion=case.peticion, actor=request.user, now=now())
        return Response(PersonSerializer(case.solicitante).data)


class CaseFileView(ApiView):
    """A file of a case."""

    @documented(
        summary="Descargar un archivo de la petición",
        tag=TAG,
        ok={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
        problems=(401, 404),
        parameters=(FOLIO, OpenApiParameter("clave", str, OpenApiParameter.PATH)),
        operation_id="adjuntos_descargar",
    )
    def get(self, request: Request, folio: str, clave: str) -> FileResponse:
        visible = PeticionPolicy(request.user).visible().filter(folio=normal_folio(folio))
        row = Adjunto.objects.filter(clave=clave, peticion__in=visible).first()
        if row is None:
            raise NotFoundError(_("El archivo no existe."))
        return FileResponse(
            open_stored(row.ruta),
            as_attachment=True,
            filename=row.nombre,
            content_type="application/octet-stream",
        )
