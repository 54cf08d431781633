from .calendar import CalendarioVersion, DiaInhabil, EjercicioCalendario
from .edition import EdicionReferencia
from .folios import FolioSerie
from .heartbeat import Latido, TareaPeriodica
from .records import ChainAnchor, EventRecord, StreamHead
from .rules import ReglaJuridica

__all__ = [
    "CalendarioVersion",
    "ChainAnchor",
    "DiaInhabil",
    "EdicionReferencia",
    "EjercicioCalendario",
    "EventRecord",
    "FolioSerie",
    "Latido",
    "ReglaJuridica",
    "StreamHead",
    "TareaPeriodica",
]
