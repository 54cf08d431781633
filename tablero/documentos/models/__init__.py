from .copia import SolicitudCopia
from .lote import FilaLote, LoteDocumento
from .nombramiento import Nombramiento

__all__ = ["FilaLote", "LoteDocumento", "Nombramiento", "SolicitudCopia"]
