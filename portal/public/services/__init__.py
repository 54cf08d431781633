"""Use cases of the citizen site. What changes a case itself is in ``tramites.services``."""

from .codes import check_code, issue_code, purge_codes
from .drafts import (
    attach_file,
    discard_draft,
    open_draft,
    purge_drafts,
    remove_file,
    save_step,
)
from .filing import file_draft, receipt_pin

__all__ = [
    "attach_file",
    "check_code",
    "discard_draft",
    "file_draft",
    "issue_code",
    "open_draft",
    "purge_codes",
    "purge_drafts",
    "receipt_pin",
    "remove_file",
    "save_step",
]
