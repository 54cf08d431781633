"""The acts on what a department was charged with."""

from .giving import Charge, give_charge
from .reminding import remind_charges
from .reporting import Report, acknowledge_charge, report_charge
from .settling import end_charge, extend_charge, send_charge_back, validate_charge

__all__ = [
    "Charge",
    "Report",
    "acknowledge_charge",
    "end_charge",
    "extend_charge",
    "give_charge",
    "remind_charges",
    "report_charge",
    "send_charge_back",
    "validate_charge",
]
