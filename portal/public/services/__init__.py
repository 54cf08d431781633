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
from .loose_files import (
    act_with_loose_files,
    file_with_loose_files,
    keep_loose_file,
    purge_loose_files,
)
from .receipts import (
    issue_receipt,
    receipt_document,
    receipt_if_possible,
    seal_recent_receipts,
)

__all__ = [
    "act_with_loose_files",
    "attach_file",
    "check_code",
    "discard_draft",
    "file_draft",
    "file_with_loose_files",
    "issue_code",
    "issue_receipt",
    "keep_loose_file",
    "open_draft",
    "purge_codes",
    "purge_drafts",
    "purge_loose_files",
    "receipt_document",
    "receipt_if_possible",
    "receipt_pin",
    "remove_file",
    "save_step",
    "seal_recent_receipts",
]
