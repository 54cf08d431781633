"""What happens to the legal rules."""

from dataclasses import dataclass

from .events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RulePublished(DomainEvent):
    """A version of a rule was published; ``vigente_desde`` is an ISO date."""

    regla_id: int
    clave: str
    version: int
    vigente_desde: str

    def stream(self) -> str:
        return f"regla:{self.clave}"
