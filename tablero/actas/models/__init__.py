from .actas import Acta, FirmaActa, ObservacionActa, SeccionActa
from .libros import LibroActas

__all__ = ["Acta", "FirmaActa", "LibroActas", "ObservacionActa", "SeccionActa"]
