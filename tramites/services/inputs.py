"""What a citizen hands in, before anything is checked."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where: an address, a point in WGS 84, a neighbourhood chosen from the list, or several."""

    direccion: str = ""
    referencia: str = ""
    latitud: float | None = None
    longitud: float | None = None
    colonia_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who: every field may be empty. ``*_verificado_en`` is when a code sent there came back."""

    nombre: str = ""
    telefono: str = ""
    telefono_verificado_en: dt.datetime | None = None
    correo: str = ""
    correo_verificado_en: dt.datetime | None = None
    domicilio: str = ""
    idioma: str = "es-mx"
    acepta_electronico: bool = False

    @property
    def reachable(self) -> bool:
        """Whether there is any way to answer the person."""
        return bool(self.telefono or self.correo or self.domicilio)


@dataclass(frozen=True, kw_only=True)
class Filing:
    """
    A petition as handed in.

    ``clave_idempotencia`` names the submission: the same one never becomes two cases.
    ``respuestas`` are the answers to the service's questions by their key.
    ``recibida_en`` is for what reached the authority earlier than it is captured (a letter).
    """

    servicio_id: int
    descripcion: str
    canal: str
    clave_idempotencia: str
    respuestas: dict = field(default_factory=dict)
    lugar: Place | None = None
    contacto: Contact = field(default_factory=Contact)
    adjuntos: list = field(default_factory=list)
    recibida_en: dt.datetime | None = None
