"""
The legal clock: what a term of law comes to, and why, in words and as data.

Pure arithmetic on values already held: no database, no settings, no present moment. Whoever calls
it brings the calendar and the dates (local to the municipality) and keeps the result.
"""

from .calendars import Calendar, NonBusinessDay
from .deadlines import Deadline, deadline
from .explanation import Explanation
from .federal import federal_calendar
from .limits import business_days_between, due_soon_from, prevencion_limit
from .steps import Step, StepKind
from .terms import (
    ClockError,
    CountFrom,
    Effect,
    Extension,
    Origin,
    Pause,
    Term,
    Unit,
    extension_cap,
)

__all__ = [
    "Calendar",
    "ClockError",
    "CountFrom",
    "Deadline",
    "Effect",
    "Explanation",
    "Extension",
    "NonBusinessDay",
    "Origin",
    "Pause",
    "Step",
    "StepKind",
    "Term",
    "Unit",
    "business_days_between",
    "deadline",
    "due_soon_from",
    "extension_cap",
    "federal_calendar",
    "prevencion_limit",
]
