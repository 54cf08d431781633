from .codes import CodigoVerificacion
from .drafts import Borrador, BorradorAdjunto

__all__ = ["Borrador", "BorradorAdjunto", "CodigoVerificacion"]
