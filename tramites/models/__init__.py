from .acts import Inconformidad, Nota, Plazo, Prevencion, Prorroga, Respuesta, Turno
from .attachment import Adjunto
from .catalogue import Pregunta, ReglaTurno, Servicio, Tema
from .link import Vinculo
from .paper import DocumentoPorEmitir
from .person import RespuestaPregunta, Solicitante
from .peticion import Peticion
from .place import Colonia, Zona

__all__ = [
    "Adjunto",
    "Colonia",
    "DocumentoPorEmitir",
    "Inconformidad",
    "Nota",
    "Peticion",
    "Plazo",
    "Pregunta",
    "Prevencion",
    "Prorroga",
    "ReglaTurno",
    "Respuesta",
    "RespuestaPregunta",
    "Servicio",
    "Solicitante",
    "Tema",
    "Turno",
    "Vinculo",
    "Zona",
]
