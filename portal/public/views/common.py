"""What the views of the site share: crumbs, bodies that are too large, pages nobody may keep."""

from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.core.errors import TooManyAttemptsError

from ..constants import MAX_BODY
from ..follow_access import PinNeeded


def crumbs(*rest: tuple[str, str]) -> list[dict]:
    """The breadcrumb from the home page down; each pair is words and address."""
    first = {"label": _("Inicio"), "url": reverse("public:inicio")}
    return [first, *({"label": label, "url": url} for label, url in rest)]


def too_large(request: HttpRequest) -> HttpResponse:
    """413, with what to do about it; what the draft already holds is safe."""
    message = _("Cada archivo puede pesar hasta 10 MB y se aceptan 5.")
    return render(request, "413.html", {"mensaje": message}, status=413)


def limited_body(view):
    """
    Refuse a body over the limit before a byte of it is read.

    The CSRF check reads the body, so it is put off until the length is known.
    """

    @csrf_protect
    @wraps(view)
    def checked(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    @csrf_exempt
    @wraps(view)
    def inner(request, *args, **kwargs):
        if request.method == "POST":
            try:
                if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
                    return too_large(request)
                request.POST  # noqa: B018 - reading it is what may refuse the body
            except (RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent, ValueError):
                return too_large(request)
        return checked(request, *args, **kwargs)

    return inner


def private(response: HttpResponse) -> HttpResponse:
    """Mark an answer that belongs to one person: not to be kept, not to be indexed."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A document of one person as a download: never shown in place, never sniffed, not kept."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return private(response)


def minutes_words(error: TooManyAttemptsError) -> str:
    """«Espere 12 minutos», from how long a limit still lasts."""
    minutes = max(1, -(-error.retry_after // 60))
    if minutes == 1:
        return _("Espere un minuto y vuelva a intentarlo.")
    return _("Espere %(n)s minutos y vuelva a intentarlo.") % {"n": minutes}


def asks_pin(view):
    """Send whoever names a folio without having opened it to the page that asks for its PIN."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PinNeeded as error:
            query = urlencode({"folio": error.folio})
            return private(redirect(f"{reverse('public:seguimiento')}?{query}"))

    return inner
