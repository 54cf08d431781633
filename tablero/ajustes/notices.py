"""What the strip over the pages says to who keeps the calendar."""

from collections.abc import Iterator

from django.urls import reverse

from portal.core.health import calendar_alarm
from portal.core.time import today

from .policies import SettingsPolicy


def calendar_notice(request) -> Iterator[dict]:
    """The alarm of the calendar, to whoever can mend it; nobody else pays for looking."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not SettingsPolicy(user).can_keep_calendar():
        return
    alarm = calendar_alarm(today())
    if alarm:
        yield {"texto": alarm, "url": reverse("ajustes:calendario"), "clase": "late", "para": ""}
