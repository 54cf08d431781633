"""Facts of the outbox. Ids and primitives only."""

from dataclasses import dataclass
from typing import ClassVar

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class NoticeDue(DomainEvent):
    """A notice will be ready at ``run_after`` (ISO moment; empty is now). Not a fact to keep."""

    recorded: ClassVar[bool] = False
    envio_id: str
    priority: int = 0
    run_after: str = ""

    def stream(self) -> str:
        return f"aviso:{self.envio_id}"


@dataclass(frozen=True, kw_only=True)
class NoticeResent(DomainEvent):
    """A person sent a notice again; ``nuevo_id`` is the new one."""

    envio_id: str
    nuevo_id: str

    def stream(self) -> str:
        return f"aviso:{self.envio_id}"


@dataclass(frozen=True, kw_only=True)
class NoticeDiscarded(DomainEvent):
    """A person decided that a notice will not be sent."""

    envio_id: str
    estado_anterior: str

    def stream(self) -> str:
        return f"aviso:{self.envio_id}"
