from .acuerdos import Acuerdo
from .gacetas import EntradaGaceta, Gaceta

__all__ = ["Acuerdo", "EntradaGaceta", "Gaceta"]
