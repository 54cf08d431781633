"""Declared access: every view says who may enter; one that says nothing lets nobody in."""

from enum import StrEnum
from functools import wraps

from django.contrib.auth.decorators import login_required


class Access(StrEnum):
    """Who a view is for. What they may see inside is the policies' business."""

    PUBLIC = "public"
    STAFF = "staff"
    TOKEN = "token"  # noqa: S105 - a name, not a secret
    WEBHOOK = "webhook"


def _declare(view, access: Access):
    target = view
    target.access = access
    return target


def public(view):
    """Anybody may call this view."""
    return _declare(view, Access.PUBLIC)


def webhook(view):
    """Called by vendors; the view checks their signature itself."""
    return _declare(view, Access.WEBHOOK)


def token(view):
    """API view; its own authentication answers 401."""
    return _declare(view, Access.TOKEN)


def staff_only(view):
    """Only signed-in staff; others are sent to the login page."""

    @wraps(view)
    @login_required
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return _declare(inner, Access.STAFF)


#: Packages whose views bring their own rules of access.
THIRD_PARTY = {
    "allauth.": Access.PUBLIC,
    "django.contrib.admin.": Access.STAFF,
    "django.contrib.contenttypes.": Access.STAFF,
    "django.views.generic.base.RedirectView": Access.STAFF,
    "drf_spectacular.": Access.PUBLIC,
    "django.views.i18n": Access.PUBLIC,
    "django.contrib.staticfiles": Access.PUBLIC,
    "django.views.static": Access.PUBLIC,
    "knox.": Access.TOKEN,
}


def access_of(view) -> Access | None:
    """The access a view function declares, looking through class-based and DRF views."""
    for candidate in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        declared = getattr(candidate, "access", None)
        if declared is not None:
            return declared
    owner = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    name = f"{getattr(owner, '__module__', '')}.{getattr(owner, '__qualname__', '')}"
    for prefix, access in THIRD_PARTY.items():
        if name.startswith(prefix):
            return access
    return None
