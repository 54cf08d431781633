"""The acts on acuerdos and on the Gaceta."""

from .adopting import follow_decision, revoke_acuerdo
from .charging import charge_department
from .gaceta import open_gaceta, publish_gaceta, remove_entry
from .sealing import seal_acuerdo, seal_missing

__all__ = [
    "charge_department",
    "follow_decision",
    "open_gaceta",
    "publish_gaceta",
    "remove_entry",
    "revoke_acuerdo",
    "seal_acuerdo",
    "seal_missing",
]
