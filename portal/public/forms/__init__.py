"""Forms of the citizen site: what came from the browser, cleaned and checked in words."""

from .calc import TermForm
from .contact import CodeForm, ContactForm
from .follow import DisagreeForm, FollowForm, ReplyForm, WithdrawForm
from .place import PlaceForm
from .story import StoryForm

__all__ = [
    "CodeForm",
    "ContactForm",
    "DisagreeForm",
    "FollowForm",
    "PlaceForm",
    "ReplyForm",
    "StoryForm",
    "TermForm",
    "WithdrawForm",
]
