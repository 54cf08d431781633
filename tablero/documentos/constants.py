"""The vocabulary of the room: how a batch goes, and each of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstadoLote(models.TextChoices):
    PREPARADO = "preparado", _("Revisado, sin emitir")
    EMITIENDO = "emitiendo", _("Emitiendo")
    PAUSADO = "pausado", _("Detenido")
    TERMINADO = "terminado", _("Terminado")
    CANCELADO = "cancelado", _("Cancelado")


class EstadoFila(models.TextChoices):
    CON_ERRORES = "con_errores", _("Con errores")
    PENDIENTE = "pendiente", _("Pendiente")
    EMITIDA = "emitida", _("Emitida")
    FALLIDA = "fallida", _("No se pudo emitir")
    CANCELADA = "cancelada", _("Cancelada")


class FormaEmision(models.TextChoices):
    SELLO = "sello", _("Con el sello institucional")
    RUBRICA = "rubrica", _("Con la rúbrica de quien firma, autorizada una vez para todo el lote")
    POR_FIRMAR = "por_firmar", _("Listos para firma, en la bandeja de quien firma")


MAX_ROWS = 10_000
MAX_FILE = 5_000_000


class EstadoCopia(models.TextChoices):
    """How far a request for a certified copy is."""

    SOLICITADA = "solicitada", _("Falta el pago")
    LISTA = "lista", _("Lista para certificar")
    EN_FIRMA = "en_firma", _("En firma")
    CERTIFICADA = "certificada", _("Certificada")
    ENTREGADA = "entregada", _("Entregada")
    RECHAZADA = "rechazada", _("Rechazada")


class Cotejo(models.TextChoices):
    """What the copy was compared with."""

    ORIGINAL = "original", _("El original")
    COPIA = "copia", _("Una copia certificada")
    ELECTRONICO = "electronico", _("El documento electrónico firmado")


#: Words of the template's field for each.
COTEJO_WORDS = {
    Cotejo.ORIGINAL: "el original",
    Cotejo.COPIA: "una copia certificada",
    Cotejo.ELECTRONICO: "el documento electrónico firmado",
}
