from .archivo import ArchivoDocumento
from .documento import Documento, VersionDocumento
from .firma import Firma, Firmante
from .notificacion import NotificacionDocumento
from .revision import ComentarioDocumento, RevisionDocumento
from .tipo import PlantillaDocumento, TipoDocumento

__all__ = [
    "ArchivoDocumento",
    "ComentarioDocumento",
    "Documento",
    "Firma",
    "Firmante",
    "NotificacionDocumento",
    "PlantillaDocumento",
    "RevisionDocumento",
    "TipoDocumento",
    "VersionDocumento",
]
