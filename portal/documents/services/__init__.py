"""What may be done to a document, one function an act."""

from .credentials import Credentials, load_pair, require_password
from .drafting import Draft, draft_documento, save_draft
from .ending import cancel_documento, publish_documento
from .issuing import Issue, ensure_kind, issue_signed, issue_to_sign, issued_for
from .notifying import (
    Order,
    acknowledge_notification,
    give_up_notification,
    order_notification,
    record_opened,
    resend_notification,
)
from .review import (
    approve_review,
    comment_documento,
    return_documento,
    settle_comment,
    submit_documento,
)
from .sealed import issue_sealed
from .serving import (
    Proof,
    Service,
    issue_paper,
    leave_citatorio,
    papers_for,
    practise_notification,
)
from .signing import send_to_sign, sign_authorised, sign_documento, sign_with
from .templates import Template, publish_template, save_kind
from .verifying import check_file, page_count, verify_code, verify_file

__all__ = [
    "Credentials",
    "Draft",
    "Issue",
    "Order",
    "Proof",
    "Service",
    "Template",
    "acknowledge_notification",
    "approve_review",
    "cancel_documento",
    "check_file",
    "comment_documento",
    "draft_documento",
    "ensure_kind",
    "give_up_notification",
    "issue_paper",
    "issue_sealed",
    "issue_signed",
    "issue_to_sign",
    "issued_for",
    "leave_citatorio",
    "load_pair",
    "order_notification",
    "papers_for",
    "practise_notification",
    "record_opened",
    "resend_notification",
    "page_count",
    "publish_documento",
    "publish_template",
    "require_password",
    "return_documento",
    "save_draft",
    "save_kind",
    "send_to_sign",
    "settle_comment",
    "sign_authorised",
    "sign_documento",
    "sign_with",
    "submit_documento",
    "verify_code",
    "verify_file",
]
