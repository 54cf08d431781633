"""Forms that carry somebody's private key: only in memory, in no report, in no log."""

from collections.abc import Callable
from functools import wraps

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

#: Longest body of such a form, in bytes: two files of 100 kB at most and what goes with them.
MAX_BODY = 300_000


class InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory, whatever the settings say of others."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:  # noqa: N803
        """The length of the whole was looked at before."""
        self.activated = True


def carries_keys(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Receive the files of a form in memory alone, and keep everything posted out of error reports.

    A body over ``MAX_BODY`` is not read: the view is called with nothing posted and
    ``request.too_large`` set, to refuse it in words. The check against forged forms reads the body,
    so it comes after.
    """
    guarded = sensitive_variables()(sensitive_post_parameters()(view))

    @csrf_protect
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return guarded(request, *args, **kwargs)

    @csrf_exempt
    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.too_large = _length(request) > MAX_BODY
        if request.too_large:
            request._post, request._files = QueryDict(), MultiValueDict()
            return guarded(request, *args, **kwargs)
        request.upload_handlers = [InMemory(request)]
        return checked(request, *args, **kwargs)

    return inner


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdigit() else MAX_BODY + 1
