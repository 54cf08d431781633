"""
The rules of a collegiate body as arithmetic: quorum, majority and notice.

Pure: no database, no settings, no present moment. Whoever calls them brings the numbers and the
rule in force, and keeps the result with the version of the rule that gave it.
"""

from .majority import Abstenciones, Base, MajorityRule, Tally, Verdict, decide
from .notice import EarliestSession, NoticeRule, NoticeUnit, earliest_session
from .quorum import Formula, QuorumRule, SecondCall, quorum_needed, second_call_needed
from .reading import read_majority, read_notice, read_quorum

__all__ = [
    "Abstenciones",
    "Base",
    "EarliestSession",
    "Formula",
    "MajorityRule",
    "NoticeRule",
    "NoticeUnit",
    "QuorumRule",
    "SecondCall",
    "Tally",
    "Verdict",
    "decide",
    "earliest_session",
    "quorum_needed",
    "read_majority",
    "read_notice",
    "read_quorum",
    "second_call_needed",
]
