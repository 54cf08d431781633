from .asuntos import AnexoAsunto, Asunto, Materia
from .organos import Asiento, Ausencia, Integrante, Ocupacion, Organo
from .palabra import Intervencion
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
    "Intervencion",
    "Materia",
    "Ocupacion",
    "Organo",
    "Presencia",
    "Punto",
    "Sesion",
    "Votacion",
    "Voto",
]
