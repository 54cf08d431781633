"""Reading cases and the catalogue. Whatever holds personal data takes a viewer."""

from .answers import answer_words
from .casefile import CaseFile, PublicCase, case_file, citizen_acts, public_case
from .catalogue import (
    PublicFigures,
    Shelf,
    active_services,
    public_figures,
    search_services,
    services_catalogue,
    uncured_corrections,
)
from .inbox import InboxFilters, filtered_cases, inbox, semaphore_condition
from .pages import Page
from .search import search
from .timeline import TimelineEntry, timeline

__all__ = [
    "CaseFile",
    "InboxFilters",
    "Page",
    "PublicCase",
    "PublicFigures",
    "Shelf",
    "TimelineEntry",
    "active_services",
    "answer_words",
    "case_file",
    "citizen_acts",
    "filtered_cases",
    "inbox",
    "public_case",
    "public_figures",
    "search",
    "search_services",
    "semaphore_condition",
    "services_catalogue",
    "timeline",
    "uncured_corrections",
]
