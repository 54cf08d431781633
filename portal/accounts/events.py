"""What happens to people, offices and what roles demand. Ids and primitives only."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonEvent(DomainEvent):
    """Anything that happens to one person of the staff."""

    usuario_id: int

    def stream(self) -> str:
        return f"usuario:{self.usuario_id}"


@dataclass(frozen=True, kw_only=True)
class PersonCreated(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonChanged(PersonEvent):
    """``campos``: names of the fields that changed, never their values."""

    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class PersonRetired(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonRestored(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TemporaryPasswordSet(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(PersonEvent):
    """By an administrator, for somebody who lost theirs."""


@dataclass(frozen=True, kw_only=True)
class PostGiven(PersonEvent):
    adscripcion_id: int
    dependencia_id: int
    rol: str


@dataclass(frozen=True, kw_only=True)
class PostEnded(PersonEvent):
    adscripcion_id: int
    dependencia_id: int
    rol: str
    vigente_hasta: str


@dataclass(frozen=True, kw_only=True)
class SubstitutionBegun(PersonEvent):
    """``usuario_id`` is the absent person."""

    suplencia_id: int
    suplente_id: int
    vigente_desde: str
    vigente_hasta: str


@dataclass(frozen=True, kw_only=True)
class SubstitutionEnded(PersonEvent):
    suplencia_id: int
    suplente_id: int
    vigente_hasta: str


@dataclass(frozen=True, kw_only=True)
class ApiTokenIssued(PersonEvent):
    """``ficha`` is the visible beginning of the token, which opens nothing by itself."""

    ficha: str
    caduca: str


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(PersonEvent):
    ficha: str


@dataclass(frozen=True, kw_only=True)
class OfficeEvent(DomainEvent):
    """Anything that happens to a dependencia."""

    dependencia_id: int

    def stream(self) -> str:
        return f"dependencia:{self.dependencia_id}"


@dataclass(frozen=True, kw_only=True)
class OfficeCreated(OfficeEvent):
    padre_id: int | None


@dataclass(frozen=True, kw_only=True)
class OfficeChanged(OfficeEvent):
    """``campos``: names of the fields that changed."""

    campos: list[str]
    padre_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleRequirementChanged(DomainEvent):
    rol: str
    exige_segundo_factor: bool

    def stream(self) -> str:
        return f"rol:{self.rol}"


@dataclass(frozen=True, kw_only=True)
class AccountMailRequested(DomainEvent):
    """
    The login system wants a message delivered to a person of the staff. Not recorded: it holds the
    address and a link that opens the account.
    """

    recorded = False

    clave: str
    correo: str
    asunto: str
    texto: str
