"""The addresses of OParl: JSON that anybody may read from anywhere."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.errors import DomainError, InvalidInputError, NotFoundError

from ..models import Organo
from . import objects, reading
from .stamps import Stamps, stamps_of

PER_PAGE = 100
#: Filters of lists, by which of the two moments of a thing and in what direction.
FILTERS = {
    "created_since": (0, 1),
    "created_until": (0, -1),
    "modified_since": (1, 1),
    "modified_until": (1, -1),
}


def _answer(data: dict, status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"
    return response


def oparl(view: Callable[..., dict]) -> Callable[..., JsonResponse]:
    """A public address of which ``view`` gives the object; a refusal is JSON too."""

    @public
    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> JsonResponse:
        try:
            return _answer(view(request, *args, **kwargs))
        except DomainError as error:
            body = {"type": f"{objects.SCHEMA}/Error", "message": str(error.message)}
            return _answer(body | {"debug": error.code}, error.status)

    return inner


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10):
        raise InvalidInputError
    return int(text)


def _wanted(request: HttpRequest, stamps: Stamps) -> list[int]:
    """The ids whose moments are within what was asked for, in order."""
    found = sorted(stamps)
    for name, (which, sign) in FILTERS.items():
        if name not in request.GET:
            continue
        try:
            limit = parse_datetime(request.GET[name].replace(" ", "+"))
        except ValueError as error:
            raise InvalidInputError from error
        if limit is None or limit.tzinfo is None:
            raise InvalidInputError
        found = [pk for pk in found if _within(stamps[pk][which], limit, sign)]
    return found


def _within(moment: dt.datetime, limit: dt.datetime, sign: int) -> bool:
    return moment >= limit if sign > 0 else moment <= limit


def _listed(request: HttpRequest, name: str, noun: str, rows, build: Callable) -> dict:
    """One page of a list, in the order of the ids."""
    stamps = stamps_of(noun, rows.order_by("pk").values_list("pk", flat=True))
    wanted, page = _wanted(request, stamps), _page_number(request)
    pages = max(1, -(-len(wanted) // PER_PAGE))
    if page > pages:
        raise NotFoundError
    here = wanted[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = rows.filter(pk__in=here).order_by("pk")
    return {
        "data": build(list(found), stamps),
        "pagination": {
            "totalElements": len(wanted),
            "elementsPerPage": PER_PAGE,
            "currentPage": page,
            "totalPages": pages,
        },
        "links": _links(request, name, page, pages),
    }


def _links(request: HttpRequest, name: str, page: int, pages: int) -> dict:
    def link(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"{objects.address(name)}?{query.urlencode()}"

    links = {"first": link(1), "self": link(page), "last": link(pages)}
    if page > 1:
        links["prev"] = link(page - 1)
    if page < pages:
        links["next"] = link(page + 1)
    return links


def _one(rows, pk: int):
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFoundError
    return found


@oparl
def system(request: HttpRequest) -> dict:
    """Where a program begins."""
    return objects.system()


@oparl
def bodies(request: HttpRequest) -> dict:
    """The only body: the municipality."""
    page = {"totalElements": 1, "elementsPerPage": PER_PAGE, "currentPage": 1, "totalPages": 1}
    links = {"first": objects.address("bodies"), "self": objects.address("bodies")}
    return {"data": [objects.body(reading.terms())], "pagination": page, "links": links}


@oparl
def body(request: HttpRequest) -> dict:
    """The municipality."""
    return objects.body(reading.terms())


@oparl
def term(request: HttpRequest, pk: int) -> dict:
    """A term of office."""
    found = [row for row in reading.terms() if row.pk == pk]
    if not found:
        raise NotFoundError
    return objects.term(found[0])


@oparl
def organizations(request: HttpRequest) -> dict:
    """The Ayuntamiento and its commissions."""
    rows = Organo.objects.all()
    return _listed(request, "organizations", "organo", rows, reading.as_organizations)


@oparl
def organization(request: HttpRequest, pk: int) -> dict:
    """One of them."""
    row = _one(Organo.objects.all(), pk)
    return reading.as_organizations([row], stamps_of("organo", [pk]))[0]


@oparl
def persons(request: HttpRequest) -> dict:
    """The members."""
    return _listed(request, "persons", "integrante", reading.persons(), reading.as_persons)


@oparl
def person(request: HttpRequest, pk: int) -> dict:
    """One of them."""
    row = _one(reading.persons(), pk)
    return reading.as_persons([row], stamps_of("integrante", [pk]))[0]


@oparl
def membership(request: HttpRequest, pk: int) -> dict:
    """Somebody in a seat."""
    return objects.membership(_one(reading.held_seats(), pk))


@oparl
def meetings(request: HttpRequest) -> dict:
    """The sessions."""
    return _listed(request, "meetings", "sesion", reading.meetings(), reading.as_meetings)


@oparl
def meeting(request: HttpRequest, pk: int) -> dict:
    """One of them."""
    row = _one(reading.meetings(), pk)
    return reading.as_meetings([row], stamps_of("sesion", [pk]))[0]


@oparl
def location(request: HttpRequest, pk: int) -> dict:
    """Where a session is held."""
    return objects.location(_one(reading.meetings(), pk))


@oparl
def file(request: HttpRequest, pk: int) -> dict:
    """The signed notice of a session."""
    row = _one(reading.meetings().filter(caracter="publica", convocatoria__isnull=False), pk)
    return objects.file(row)


@oparl
def agenda_item(request: HttpRequest, pk: int) -> dict:
    """A point of an agenda."""
    rows = reading.meetings().filter(caracter="publica", puntos__pk=pk)
    found = rows.first()
    points = found.vigentes if found else []
    for number, point in enumerate(points, 1):
        if point.pk == pk:
            return objects.agenda_item(point, number)
    raise NotFoundError


@oparl
def papers(request: HttpRequest) -> dict:
    """The items."""
    return _listed(request, "papers", "asunto", reading.papers(), reading.as_papers)


@oparl
def paper(request: HttpRequest, pk: int) -> dict:
    """One of them."""
    row = _one(reading.papers(), pk)
    return reading.as_papers([row], stamps_of("asunto", [pk]))[0]


@oparl
def consultation(request: HttpRequest, pk: int) -> dict:
    """An item in a meeting."""
    return objects.consultation(_one(reading.public_points(), pk))
