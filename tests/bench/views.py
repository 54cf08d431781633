"""The bare views: what the same stack does for one SELECT and for one INSERT."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.models import Dependencia
from portal.core.access import public
from portal.core.models import Latido


class PlayedAddress:
    """Takes the caller's address from a header of the bench's client."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = request.headers.get("X-Bench-Address", "127.0.0.1")
        return self.get_response(request)


@public
def select(request: HttpRequest) -> HttpResponse:
    """One row by its key."""
    return HttpResponse(
        Dependencia.objects.values_list("nombre", flat=True).get(es_ventanilla=True)
    )


@csrf_exempt
@public
def insert(request: HttpRequest) -> HttpResponse:
    """One row into a small table."""
    Latido.objects.create(proceso=f"bench-{uuid.uuid4()}", visto_en=timezone.now())
    return HttpResponse("ok", status=201)
