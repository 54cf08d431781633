"""The legal acts on a case, one address each; every one is a service of ``tramites``."""

from collections.abc import Callable, Sequence

from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.errors import InvalidInputError, NotFoundError
from portal.core.time import now
from tramites import services
from tramites.pins import normal_folio
from tramites.policies import PeticionPolicy

from ..services import act_with_loose_files
from . import serializers_actos as shapes
from .base import ApiView
from .examples import ANSWER, ASSIGN
from .schema import documented, example
from .serializers_personal import CaseSerializer
from .views_personal import FOLIO, TAG, case_response

#: What a service calls a field that the API calls otherwise.
RENAMED = {"into_folio": "folio", "archivo": "adjuntos"}


class ActView(ApiView):
    """
    Reads the body, calls the service, answers with the case as it now is.

    ``204`` when the act took the case out of the actor's reach: it was done all the same.
    """

    shape: type[shapes.StrictSerializer]
    service: Callable

    def post(self, request: Request, folio: str) -> Response:
        visible = PeticionPolicy(request.user).visible()
        rows = visible.filter(folio=normal_folio(folio)).values_list("pk", flat=True)
        peticion_id = rows.first()
        if peticion_id is None:
            raise NotFoundError
        data = self.shape().arguments(dict(self.body(self.shape)))
        tokens = data.pop("adjuntos", ())
        try:
            self._act(peticion_id, tokens, actor=request.user, now=now(), **data)
        except InvalidInputError as error:
            error.fields = {RENAMED.get(name, name): v for name, v in error.fields.items()}
            raise
        try:
            return case_response(request.user, folio)
        except NotFoundError:
            return Response(status=204)

    def _act(self, peticion_id: int, tokens: Sequence[str], **arguments) -> None:
        act = type(self).service
        if tokens:
            act_with_loose_files(act=act, peticion_id=peticion_id, tokens=tokens, **arguments)
        else:
            act(peticion_id=peticion_id, **arguments)


def act_view(act: str, summary: str, shape: type, service: Callable, examples=()) -> Callable:
    """The view of one act."""
    describe = documented(
        summary=summary,
        tag=TAG,
        request=shape,
        ok={
            200: OpenApiResponse(CaseSerializer, description="La petición, ya con el acto."),
            204: OpenApiResponse(description="Hecho; la petición ya no está a su alcance."),
        },
        problems=(401, 403, 404, 409, 503),
        parameters=(FOLIO,),
        examples=examples,
        operation_id=f"actos_{act.replace('-', '_')}",
    )
    members = {
        "__doc__": summary,
        "__module__": __name__,
        "shape": shape,
        "service": staticmethod(service),
        "post": describe(_own_post()),
    }
    return type(f"Act{act.title().replace('-', '')}View", (ActView,), members).as_view()


def _own_post() -> Callable:
    """A function of its own for each act, so that each can carry its own description."""

    def post(self, request: Request, folio: str) -> Response:
        return ActView.post(self, request, folio)

    return post


ACT_VIEWS = {
    "turnar": act_view(
        "turnar", "Turnar", shapes.AssignSerializer, services.assign_peticion,
        (example("Turnar", ASSIGN),),
    ),
    "devolver": act_view(
        "devolver", "Devolver a la mesa de turno", shapes.ReasonSerializer,
        services.return_peticion,
    ),
    "atender": act_view(
        "atender", "Atender", shapes.AcceptSerializer, services.accept_peticion
    ),
    "prevenir": act_view(
        "prevenir", "Prevenir: pedir lo que falta", shapes.CorrectionSerializer,
        services.request_correction,
    ),
    "desahogar": act_view(
        "desahogar", "Recibir lo que faltaba", shapes.ReplySerializer, services.receive_correction
    ),
    "prorrogar": act_view(
        "prorrogar", "Ampliar el plazo", shapes.ExtendSerializer, services.extend_term
    ),
    "responder": act_view(
        "responder", "Responder", shapes.AnswerActSerializer, services.answer_peticion,
        (example("Responder", ANSWER),),
    ),
    "concluir": act_view(
        "concluir", "Concluir", shapes.VersionedSerializer, services.conclude_peticion
    ),
    "desechar": act_view(
        "desechar", "Desechar", shapes.DismissSerializer, services.dismiss_peticion
    ),
    "no-competente": act_view(
        "no-competente", "Declarar la no competencia", shapes.NotCompetentSerializer,
        services.declare_not_competent,
    ),
    "acumular": act_view(
        "acumular", "Acumular", shapes.MergeSerializer, services.merge_peticion
    ),
    "cancelar": act_view(
        "cancelar", "Cancelar", shapes.ReasonSerializer, services.cancel_peticion
    ),
    "reabrir": act_view(
        "reabrir", "Reabrir", shapes.TextSerializer, services.reopen_peticion
    ),
    "nota": act_view("nota", "Dejar una nota interna", shapes.TextSerializer, services.add_note),
}  # fmt: skip
