"""Variables of every staff page."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from portal.accounts.policies import StaffPolicy
from portal.core.registry import navigation_for


def staff(request) -> dict:
    """
    ``navegacion`` and ``adscripcion`` of the signed-in person; nothing for anybody else.

    Both are lazy: a page that shows neither asks the database for neither.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navegacion": SimpleLazyObject(lambda: navigation_lines(user, request.path)),
        "adscripcion": SimpleLazyObject(lambda: own_office(user)),
    }


def navigation_lines(user, path: str) -> list[dict]:
    """The lines of ``components/side.html``; of those that hold ``path`` the longest is current."""
    lines = []
    for entry in navigation_for(user):
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:  # a room whose addresses are not wired in this install
            continue
        lines.append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "grupo": str(entry.group),
                "count": entry.count(user),
                "current": False,
            }
        )
    holding = [line for line in lines if path.startswith(line["url"])]
    if holding:
        max(holding, key=lambda line: len(line["url"]))["current"] = True
    return lines


def own_office(user) -> str:
    """The office of the person's first post, ''  without any."""
    posts = StaffPolicy(user).posts
    return posts[0].dependencia.nombre if posts else ""
