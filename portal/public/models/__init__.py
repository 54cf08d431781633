from .codes import CodigoVerificacion
from .drafts import Borrador, BorradorAdjunto
from .loose_files import ArchivoSuelto

__all__ = ["ArchivoSuelto", "Borrador", "BorradorAdjunto", "CodigoVerificacion"]
