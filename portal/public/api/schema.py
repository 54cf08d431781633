"""How operations are described: what each answers, problems included."""

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from rest_framework import serializers

from .problems import CONTENT_TYPE, KINDS

ALWAYS = (405, 406, 429)
WITH_BODY = (400, 413, 415, 422)
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    str,
    OpenApiParameter.HEADER,
    description="Idioma de los textos: `es` (si no se dice) o `en`.",
)


class ProblemSerializer(serializers.Serializer):
    """A problem as RFC 9457 describes it."""

    type = serializers.CharField(help_text="Dirección de la página que explica el problema.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Qué pasó y qué hacer, para mostrar a una persona.")
    instance = serializers.CharField()
    code = serializers.CharField(help_text="Clave estable, para programas.")
    errores = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Qué corregir, campo por campo; `general` es lo que toca al conjunto.",
    )


class ChangeSerializer(serializers.Serializer):
    """Something that changed meanwhile."""

    texto = serializers.CharField()
    cuando = serializers.DateTimeField()


class ConflictSerializer(ProblemSerializer):
    """A conflict: the case changed, or its state does not admit the act."""

    version = serializers.IntegerField(required=False, help_text="La versión de ahora.")
    estado = serializers.CharField(required=False, help_text="El estado de ahora.")
    cambios = ChangeSerializer(many=True, required=False)


def problem_responses(*statuses: int) -> dict:
    """The responses of an operation that tell of problems, for ``extend_schema``."""
    found = {}
    for status in sorted(set(statuses)):
        shape = ConflictSerializer if status == 409 else ProblemSerializer
        response = OpenApiResponse(shape, description=str(KINDS[status].title))
        found[(status, CONTENT_TYPE)] = response
    return found


def documented(
    *,
    summary: str,
    tag: str,
    ok: dict,
    problems: tuple[int, ...] = (),
    request=None,
    description: str = "",
    parameters: tuple = (),
    examples: tuple = (),
    operation_id: str | None = None,
):
    """Describe a view method; what every operation may answer is added here."""
    ok = {status: _described(shape, summary) for status, shape in ok.items()}
    statuses = (*ALWAYS, *problems, *(WITH_BODY if request is not None else ()))
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        tags=[tag],
        request=request,
        responses={**ok, **problem_responses(*statuses)},
        parameters=[*parameters, LANGUAGE],
        examples=list(examples),
    )


def _described(shape, summary: str) -> OpenApiResponse:
    """A response that says nothing of itself is what the operation promised."""
    return shape if isinstance(shape, OpenApiResponse) else OpenApiResponse(shape, summary)


def example(name: str, value, *, status: int | None = None) -> OpenApiExample:
    """An example of the request, or of the response with ``status``."""
    return OpenApiExample(
        name,
        value=value,
        request_only=status is None,
        response_only=status is not None,
        status_codes=[str(status)] if status else None,
    )


def close_requests(result, generator, request, public):
    """Hook of the generator: what is sent may have no other fields than those described."""
    for name, shape in result.get("components", {}).get("schemas", {}).items():
        if name.endswith("Request") and shape.get("type") == "object":
            shape.setdefault("additionalProperties", False)
    return result
