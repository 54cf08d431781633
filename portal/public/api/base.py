"""What every view of the API shares: language, limits, readers, and its refusal to guess."""

from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from portal.core.access import Access
from portal.core.ratelimit import client_address, hit
from portal.core.time import now

from .authentication import ApiTokenAuthentication
from .parsers import StrictJSONParser
from .problems import InvalidQueryError, as_fields


def language_of(request) -> str:
    """The first language of ``Accept-Language`` that the house speaks; Spanish without one."""
    for wanted, _quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if wanted.startswith("en"):
            return "en"
        if wanted.startswith(("es", "*")):
            break
    return settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def _kept(serializer_class, language: str):
    """
    A serializer without data, kept: making one copies each of its fields, which costs more than
    reading a body with them. It holds nothing of a request; its messages keep the language they
    were first said in, hence one for each.
    """
    return serializer_class()


class ApiView(APIView):
    """A view of the staff: token needed. ``limits`` names entries of ``API_LIMITES``."""

    access = Access.TOKEN
    authentication_classes = [ApiTokenAuthentication]
    permission_classes = [IsAuthenticated]
    parser_classes = [StrictJSONParser]
    renderer_classes = [JSONRenderer]
    metadata_class = None
    http_method_names = ["get", "post", "delete", "head"]
    limits: tuple[str, ...] = ("general",)

    def dispatch(self, request, *args, **kwargs):
        language = language_of(request)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def initial(self, request, *args, **kwargs) -> None:
        for name in self.limits:
            limit, window = settings.API_LIMITES[name]
            address = client_address(request)
            hit(f"api.{name}", address, limit=limit, window=window, now=now())
        super().initial(request, *args, **kwargs)

    def body(self, serializer_class, **context) -> dict:
        """
        The body, checked.

        :raises ValidationError: as the serializer says (422).
        """
        data = self.request.data
        if not context:
            # Asked of the kept one only what it takes; what is wrong, a new one tells as ever.
            with suppress(ValidationError):
                return _kept(serializer_class, get_language()).run_validation(data)
        serializer = serializer_class(data=data, context=context)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def shape(self, serializer_class, thing) -> dict:
        """``thing`` as a body, in the active language."""
        return _kept(serializer_class, get_language()).to_representation(thing)

    def query(self, serializer_class) -> dict:
        """
        The parameters of the address, checked; a repeated one counts once, the last.

        :raises InvalidQueryError: unknown or wrong ones (400).
        """
        serializer = serializer_class(data=self.request.query_params.dict())
        if not serializer.is_valid():
            raise InvalidQueryError(as_fields(serializer.errors))
        return serializer.validated_data


class PublicApiView(ApiView):
    """A view for anybody; a token sent along is not even looked at."""

    access = Access.PUBLIC
    authentication_classes: list = []
    permission_classes = [AllowAny]
