"""The acts on bodies, members, rules and items."""

from .absences import call_substitute, end_absence, grant_absence
from .annexes import add_annex, remove_annex
from .bodies import save_body, save_seat
from .convening import convene_session, legal_start
from .floor import ask_floor, end_floor, give_floor, withdraw_floor
from .items import (
    draft_item,
    edit_item,
    refer_item,
    report_item,
    send_item_back,
    submit_item,
    validate_item,
    withdraw_item,
)
from .matters import save_matter
from .members import leave_seat, save_member, seat_member, take_oath
from .rules import publish_body_rule
from .sessions import add_point, cancel_session, move_point, remove_point, save_session
from .sitting import (
    begin_recess,
    call_roll,
    close_session,
    declare_not_held,
    end_recess,
    note_entry,
    note_exit,
    postpone_point,
    take_chair,
)
from .voting import break_tie, cast_vote, close_vote, excuse_member, open_vote

__all__ = [
    "ask_floor",
    "end_floor",
    "give_floor",
    "withdraw_floor",
    "add_annex",
    "add_point",
    "begin_recess",
    "break_tie",
    "call_roll",
    "call_substitute",
    "cancel_session",
    "cast_vote",
    "close_session",
    "close_vote",
    "convene_session",
    "declare_not_held",
    "draft_item",
    "edit_item",
    "end_absence",
    "end_recess",
    "excuse_member",
    "grant_absence",
    "leave_seat",
    "legal_start",
    "move_point",
    "note_entry",
    "note_exit",
    "open_vote",
    "postpone_point",
    "publish_body_rule",
    "refer_item",
    "remove_annex",
    "remove_point",
    "report_item",
    "save_body",
    "save_matter",
    "save_member",
    "save_seat",
    "save_session",
    "seat_member",
    "send_item_back",
    "submit_item",
    "take_chair",
    "take_oath",
    "validate_item",
    "withdraw_item",
]
