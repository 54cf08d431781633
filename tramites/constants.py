"""The vocabulary of a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Estado(models.TextChoices):
    """States of a petition. Who moves it and when is in ``models/peticion.py``."""

    RECIBIDA = "recibida", _("Recibida")
    TURNADA = "turnada", _("Turnada")
    EN_ATENCION = "en_atencion", _("En atención")
    PREVENIDA = "prevenida", _("Prevenida")
    RESPONDIDA = "respondida", _("Respondida")
    CONCLUIDA = "concluida", _("Concluida")
    DESECHADA = "desechada", _("Desechada")
    NO_COMPETENTE = "no_competente", _("No competente")
    ACUMULADA = "acumulada", _("Acumulada")
    CANCELADA = "cancelada", _("Cancelada")
    REABIERTA = "reabierta", _("Reabierta")


#: States in which the authority (or, in ``prevenida``, the citizen) still owes an act.
OPEN_STATES = (
    Estado.RECIBIDA,
    Estado.TURNADA,
    Estado.EN_ATENCION,
    Estado.PREVENIDA,
    Estado.REABIERTA,
)
#: States that nothing leaves.
FINAL_STATES = (
    Estado.DESECHADA,
    Estado.NO_COMPETENTE,
    Estado.ACUMULADA,
    Estado.CANCELADA,
)


class Tipo(models.TextChoices):
    SOLICITUD = "solicitud", _("Solicitud")
    QUEJA = "queja", _("Queja")
    SUGERENCIA = "sugerencia", _("Sugerencia")
    PETICION = "peticion", _("Petición formal (artículo 8)")


class Canal(models.TextChoices):
    WEB = "web", _("Portal")
    VENTANILLA = "ventanilla", _("Ventanilla")
    TELEFONO = "telefono", _("Teléfono")
    ESCRITO = "escrito", _("Escrito")
    API = "api", _("API")
    IMPORTADO = "importado", _("Importado")


class Reloj(models.TextChoices):
    """What the legal clock of a case is doing."""

    CORRIENDO = "corriendo", _("corriendo")
    PAUSADO = "pausado", _("en pausa")
    DETENIDO = "detenido", _("detenido")


class Semaforo(models.TextChoices):
    """The clock as one looks at it; derived, never stored."""

    EN_TIEMPO = "en_tiempo", _("En tiempo")
    POR_VENCER = "por_vencer", _("Por vencer")
    VENCIDA = "vencida", _("Vencida")
    PAUSADA = "pausada", _("En pausa")
    TERMINADA = "terminada", _("Terminada")


class Resultado(models.TextChoices):
    """How an answer settles what was asked."""

    RESUELTA = "resuelta", _("Resuelta")
    CONTESTADA = "contestada", _("Contestada sin resolver")
    IMPROCEDENTE = "improcedente", _("Improcedente")


class Lugar(models.TextChoices):
    NO = "no", _("No pide lugar")
    OPCIONAL = "opcional", _("Lugar opcional")
    REQUERIDO = "requerido", _("Lugar requerido")


class TipoPregunta(models.TextChoices):
    TEXTO = "texto", _("Texto corto")
    TEXTO_LARGO = "texto_largo", _("Texto largo")
    NUMERO = "numero", _("Número")
    FECHA = "fecha", _("Fecha")
    OPCION = "opcion", _("Una opción")
    OPCIONES = "opciones", _("Varias opciones")
    SI_NO = "si_no", _("Sí o no")


#: Longest text a citizen or an officer may write in one box, in characters.
MAX_TEXT = 4000
