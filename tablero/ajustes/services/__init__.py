"""Acts of the settings."""

from .catalogue import remove_question, save_question, save_service, save_theme
from .legal import change_calendar, load_calendar_year, publish_rule_version
from .routing import move_line, save_line

__all__ = [
    "change_calendar",
    "load_calendar_year",
    "move_line",
    "publish_rule_version",
    "remove_question",
    "save_line",
    "save_question",
    "save_service",
    "save_theme",
]
