"""What this room announces by itself."""

from dataclasses import dataclass
from typing import ClassVar

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ReminderDue(DomainEvent):
    """
    People must be reminded of a step: revision, visto_bueno, firma, listo or notificacion.

    ``fila`` is the review, the place to sign or the notification; the document itself when it waits
    to be sent.
    """

    recorded: ClassVar[bool] = False

    documento_id: int
    paso: str
    fila: int
    personas: tuple[int, ...]
