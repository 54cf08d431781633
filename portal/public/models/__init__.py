from .codes import CodigoVerificacion
from .consents import Consentimiento
from .drafts import Borrador, BorradorAdjunto
from .loose_files import ArchivoSuelto

__all__ = ["ArchivoSuelto", "Borrador", "BorradorAdjunto", "CodigoVerificacion", "Consentimiento"]
