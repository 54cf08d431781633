"""What the staff home says to who keeps the calendar."""

from portal.core.health import calendar_alarm
from portal.core.time import today

from .policies import SettingsPolicy


def calendar_block(request) -> dict | None:
    """The alarm of the calendar, to whoever can mend it; nobody else pays for looking."""
    if not SettingsPolicy(request.user).can_keep_calendar():
        return None
    alarm = calendar_alarm(today())
    return {"alarma": alarm} if alarm else None
