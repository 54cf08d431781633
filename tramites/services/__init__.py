"""What can be done to a case. Interfaces call these and nothing else of this package."""

from .access import open_by_pin, reset_pin
from .assignment import assign_peticion, return_peticion
from .attachments import attach_evidence
from .attention import accept_peticion, add_note, answer_peticion
from .calendar import recompute_open_cases
from .closing import (
    cancel_peticion,
    conclude_lapsed,
    conclude_peticion,
    declare_not_competent,
    dismiss_peticion,
    merge_peticion,
)
from .correction import correction_deadline, receive_correction, request_correction
from .filing import Filed, file_peticion
from .inputs import Contact, Filing, Place
from .person import reveal_person
from .related import link_peticion
from .reopening import reopen_peticion
from .term import extend_term

__all__ = [
    "Contact",
    "Filed",
    "Filing",
    "Place",
    "accept_peticion",
    "add_note",
    "answer_peticion",
    "assign_peticion",
    "attach_evidence",
    "cancel_peticion",
    "conclude_lapsed",
    "conclude_peticion",
    "correction_deadline",
    "declare_not_competent",
    "dismiss_peticion",
    "extend_term",
    "file_peticion",
    "link_peticion",
    "merge_peticion",
    "open_by_pin",
    "receive_correction",
    "recompute_open_cases",
    "reopen_peticion",
    "request_correction",
    "reset_pin",
    "return_peticion",
    "reveal_person",
]
