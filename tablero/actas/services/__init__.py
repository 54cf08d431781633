"""The acts on actas and their books."""

from .binding import bind_acta, close_book, open_book, publish_version
from .correcting import issue_erratum
from .signing import approve_acta, record_signature, remind_signers, sign_acta
from .writing import circulate_acta, draft_acta, observe_acta, save_section, settle_observation

__all__ = [
    "approve_acta",
    "bind_acta",
    "circulate_acta",
    "close_book",
    "draft_acta",
    "issue_erratum",
    "observe_acta",
    "open_book",
    "publish_version",
    "record_signature",
    "remind_signers",
    "save_section",
    "settle_observation",
    "sign_acta",
]
