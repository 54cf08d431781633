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
from .documents import CaseDocument, document_of_case
from .inbox import InboxFilters, filtered_cases, inbox, inbox_lines, semaphore_condition
from .lines import Line
from .pages import Page
from .reference import Reference, current_reference
from .search import search
from .timeline import TimelineEntry, timeline

__all__ = [
    "CaseDocument",
    "CaseFile",
    "InboxFilters",
    "Line",
    "Page",
    "PublicCase",
    "PublicFigures",
    "Reference",
    "Shelf",
    "TimelineEntry",
    "active_services",
    "answer_words",
    "case_file",
    "citizen_acts",
    "document_of_case",
    "current_reference",
    "filtered_cases",
    "inbox",
    "inbox_lines",
    "public_case",
    "public_figures",
    "search",
    "search_services",
    "semaphore_condition",
    "services_catalogue",
    "timeline",
    "uncured_corrections",
]
