"""The schema laid out for a person: operations by theme, their fields, answers and examples."""

import json
from dataclasses import dataclass, field
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from drf_spectacular.generators import SchemaGenerator

TYPES = {
    "string": "texto",
    "integer": "número entero",
    "number": "número",
    "boolean": "true o false",
    "array": "lista",
    "object": "objeto",
}
FORMATS = {"date": "fecha", "date-time": "fecha y hora", "binary": "archivo"}


@dataclass(frozen=True)
class Parameter:
    """A field of the body or a parameter, as one line of a table."""

    name: str
    kind: str
    required: bool
    text: str
    place: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation with its tables."""

    method: str
    path: str
    anchor: str
    summary: str
    text: str
    needs_token: bool
    parameters: list[Parameter]
    body: list[Parameter]
    body_type: str
    answer: list[Parameter]
    answers: list[tuple[str, str]]
    examples: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Theme:
    """A tag with its operations."""

    name: str
    text: str
    operations: list[Operation]


@cache
def api_schema() -> dict:
    """The OpenAPI description; built once per process."""
    return SchemaGenerator().get_schema(request=None, public=True)


def marked(text: str) -> SafeString:
    """A description with what stands between backticks as code; the rest is escaped."""
    parts = [escape(part) for part in text.split("`")]
    code = [f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts)]
    return mark_safe("".join(code))  # noqa: S308 - every part is escaped above


@cache
def themes() -> tuple[Theme, ...]:
    """The operations by tag, in the order of the tags."""
    schema = api_schema()
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in schema["tags"]}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            laid = _operation(method.upper(), path, operation)
            found[operation["tags"][0]].append(laid)
    texts = {tag["name"]: tag["description"] for tag in schema["tags"]}
    return tuple(Theme(name, texts[name], operations) for name, operations in found.items())


def _operation(method: str, path: str, operation: dict) -> Operation:
    content = operation.get("requestBody", {}).get("content", {})
    body_type, media = next(iter(content.items()), ("", {}))
    return Operation(
        method=method,
        path=path,
        anchor=operation["operationId"],
        summary=operation["summary"],
        text=marked(operation.get("description", "")),
        needs_token={} not in operation.get("security", [{}]),
        parameters=[_parameter(item) for item in operation.get("parameters", [])],
        body=_fields(media.get("schema", {})),
        body_type=body_type,
        answer=_answer_fields(operation),
        answers=[(code, one["description"]) for code, one in operation["responses"].items()],
        examples=_examples(media),
    )


def _parameter(item: dict) -> Parameter:
    return Parameter(
        item["name"],
        _kind(item.get("schema", {})),
        item.get("required", False),
        marked(item.get("description", "")),
        {"path": "en la dirección", "query": "parámetro", "header": "encabezado"}[item["in"]],
    )


def _answer_fields(operation: dict) -> list[Parameter]:
    for code in ("200", "201"):
        content = operation["responses"].get(code, {}).get("content", {})
        if "application/json" in content:
            return _fields(content["application/json"].get("schema", {}))
    return []


def _examples(media: dict) -> list[tuple[str, str]]:
    return [
        (one.get("summary") or name, json.dumps(one["value"], ensure_ascii=False, indent=2))
        for name, one in media.get("examples", {}).items()
    ]


def _resolved(shape: dict) -> dict:
    """The shape a reference stands for, with what is said beside it."""
    for name in ("allOf", "oneOf"):
        if len(shape.get(name, [])) == 1:
            return {**_resolved(shape[name][0]), **{k: v for k, v in shape.items() if k != name}}
    if "$ref" not in shape:
        return shape
    name = shape["$ref"].rsplit("/", 1)[1]
    rest = {key: value for key, value in shape.items() if key != "$ref"}
    return {**api_schema()["components"]["schemas"][name], **rest}


def _fields(shape: dict, prefix: str = "") -> list[Parameter]:
    shape, lines = _resolved(shape), []
    required = shape.get("required", [])
    for name, inner in shape.get("properties", {}).items():
        part = _resolved(inner)
        path = f"{prefix}{name}"
        text = inner.get("description", "" if "properties" in part else part.get("description", ""))
        lines.append(Parameter(path, _kind(part), name in required, marked(text)))
        lines += _fields(part, f"{path}.")
        if part.get("type") == "array":
            lines += _fields(part.get("items", {}), f"{path}[].")
    return lines


def _kind(shape: dict) -> str:
    shape = _resolved(shape)
    if len(shape.get("oneOf", [])) > 1:
        return " | ".join(filter(None, (_kind(part) for part in shape["oneOf"])))
    if shape.get("enum"):
        return " | ".join(str(value) for value in shape["enum"] if value not in (None, ""))
    kind = FORMATS.get(shape.get("format", ""), TYPES.get(shape.get("type", ""), ""))
    if shape.get("maxLength"):
        return f"{kind}, hasta {shape['maxLength']}"
    return kind
