"""The reader's choice of light or dark, kept in a cookie so that the server can set it."""

COOKIE = "tema"
AUTO = "auto"
THEMES = (AUTO, "light", "dark")
COOKIE_AGE = 365 * 24 * 3600


def theme_of(request) -> str:
    """Return auto, light or dark; whatever else the cookie holds counts as auto."""
    value = request.COOKIES.get(COOKIE, AUTO) if request is not None else AUTO
    return value if value in THEMES else AUTO
