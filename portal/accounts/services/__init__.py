"""Acts on people, their posts, substitutions, tokens and offices."""

from .offices import OfficeData, change_office, create_office
from .people import (
    PersonData,
    change_person,
    create_person,
    remove_second_factor,
    require_second_factor,
    restore_person,
    retire_person,
    set_temporary_password,
)
from .posts import begin_substitution, end_post, end_substitution, give_post
from .tokens import issue_token, revoke_token

__all__ = [
    "OfficeData",
    "PersonData",
    "begin_substitution",
    "change_office",
    "change_person",
    "create_office",
    "create_person",
    "end_post",
    "end_substitution",
    "give_post",
    "issue_token",
    "remove_second_factor",
    "require_second_factor",
    "restore_person",
    "retire_person",
    "revoke_token",
    "set_temporary_password",
]
