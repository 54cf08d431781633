"""The house's only reading of the clock. Interfaces call it and pass the result down."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The present date in the municipality's zone (``TIME_ZONE``)."""
    return timezone.localdate()


def local_moment(moment: dt.datetime) -> dt.datetime:
    """``moment`` (aware) with the hour of the municipality's zone."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def local_date(moment: dt.datetime) -> dt.date:
    """The date that ``moment`` (aware) has in the municipality's zone."""
    return local_moment(moment).date()
