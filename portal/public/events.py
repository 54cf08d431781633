"""What happens on the citizen site that other parts act on."""

from dataclasses import dataclass, field
from typing import ClassVar

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CodeIssued(DomainEvent):
    """
    A contact must be verified. Carries the secret in memory only: it is never recorded.

    ``canal`` is "sms" or "correo"; ``codigo_id`` names the row that holds the hash.
    """

    recorded: ClassVar[bool] = False

    codigo_id: int
    canal: str
    idioma: str
    minutos: int
    destino: str = field(repr=False)
    codigo: str = field(repr=False)
