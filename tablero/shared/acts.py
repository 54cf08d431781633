"""An act as the page of a thing offers it: its address, its words, its form and its service."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """
    ``action`` is its name in the policy of the thing (``can_<action>(row)``), ``states`` those of
    the thing that admit it. ``button`` says less than ``label`` where the page has no room.
    """

    slug: str
    action: str
    states: tuple[str, ...]
    label: Words
    icon: str
    form: type[forms.Form]
    service: Callable
    done: Words
    button: Words = ""
    help: Words = ""
    primary: bool = False
    danger: bool = False


def offered_of(acts: Iterable[Act], row, policy) -> list[Act]:
    """The acts that a person may do to ``row`` as it stands, in the order of the page."""
    return [
        act
        for act in acts
        if row.estado in act.states and getattr(policy, f"can_{act.action}")(row)
    ]
