from .asuntos import AnexoAsunto, Asunto, Materia
from .organos import Asiento, Ausencia, Integrante, Ocupacion, Organo
from .sesiones import Convocado, Punto, Sesion
from .votaciones import Excusa, Presencia, Votacion, Voto

__all__ = [
    "AnexoAsunto",
    "Asiento",
    "Asunto",
    "Ausencia",
    "Convocado",
    "Excusa",
    "Integrante",
    "Materia",
    "Ocupacion",
    "Organo",
    "Presencia",
    "Punto",
    "Sesion",
    "Votacion",
    "Voto",
]
