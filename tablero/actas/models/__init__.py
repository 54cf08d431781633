from .actas import Acta, FirmaActa, ObservacionActa, SeccionActa
from .erratas import FeErratas
from .libros import LibroActas

__all__ = ["Acta", "FeErratas", "FirmaActa", "LibroActas", "ObservacionActa", "SeccionActa"]
