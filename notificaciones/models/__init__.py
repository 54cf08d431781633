from .envio import Envio
from .intento import Intento
from .interruptor import Interruptor
from .supresion import Supresion
from .vendor_event import EventoProveedor

__all__ = ["Envio", "EventoProveedor", "Intento", "Interruptor", "Supresion"]
