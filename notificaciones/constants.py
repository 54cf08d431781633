"""The vocabulary of a notice: where it goes, what kind it is, where it stands, what went wrong."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Canal(models.TextChoices):
    SMS = "sms", _("SMS")
    CORREO = "correo", _("Correo electrónico")
    WHATSAPP = "whatsapp", _("WhatsApp")


class Categoria(models.TextChoices):
    """What a notice is for; it decides how long it is worth sending and who may refuse it."""

    CODIGO = "codigo", _("Código de verificación")
    ESTADO = "estado", _("Cambio de estado")
    REQUERIMIENTO = "requerimiento", _("Requerimiento")
    RECORDATORIO = "recordatorio", _("Recordatorio")
    DIFUSION = "difusion", _("Difusión")


class Modo(models.TextChoices):
    """How notices leave. The embedded mode keeps them in the database and reaches nobody."""

    EMBEBIDO = "embebido", _("Embebido (no sale nada)")
    LISTA_SEGURA = "lista_segura", _("Lista segura (sólo a direcciones de prueba)")
    REAL = "real", _("Real")


#: From the mode that reaches most people to the one that reaches nobody.
STRICTNESS = {Modo.REAL: 0, Modo.LISTA_SEGURA: 1, Modo.EMBEBIDO: 2}


class Estado(models.TextChoices):
    PENDIENTE = "pendiente", _("Por enviar")
    ENVIANDO = "enviando", _("Enviando")
    INCIERTO = "incierto", _("Sin respuesta del proveedor")
    ACEPTADO = "aceptado", _("Enviado, falta el acuse")
    ACEPTADO_SIN_ACUSE = "aceptado_sin_acuse", _("Enviado (sin acuse posible)")
    ENTREGADO = "entregado", _("Entregado")
    FALLIDO_TEMPORAL = "fallido_temporal", _("No se pudo entregar por ahora")
    FALLIDO_DEFINITIVO = "fallido_definitivo", _("No se puede entregar")
    MUERTO = "muerto", _("Intentos agotados")
    CADUCADO = "caducado", _("Caducó sin enviarse")
    SUPRIMIDO = "suprimido", _("La persona no quiere avisos")
    CANCELADO = "cancelado", _("Descartado")
    RETENIDO = "retenido", _("Retenido")


#: A receipt moves a notice only to a higher rank; ``entregado`` also mends some failures.
RANK = {
    Estado.PENDIENTE: 0,
    Estado.ENVIANDO: 1,
    Estado.INCIERTO: 1,
    Estado.ACEPTADO: 2,
    Estado.ACEPTADO_SIN_ACUSE: 3,
}
FINAL_RANK = 9
#: Final states that a late proof of delivery corrects.
MENDABLE = (Estado.FALLIDO_TEMPORAL, Estado.MUERTO, Estado.CADUCADO)
#: States in which somebody still has to do something for the notice to arrive.
WAITING = (Estado.PENDIENTE, Estado.ENVIANDO, Estado.INCIERTO)
#: States a person may send again from.
RESENDABLE = (
    Estado.ENTREGADO,
    Estado.ACEPTADO_SIN_ACUSE,
    Estado.FALLIDO_TEMPORAL,
    Estado.FALLIDO_DEFINITIVO,
    Estado.MUERTO,
    Estado.CADUCADO,
    Estado.RETENIDO,
)
#: States a person may discard from; what is with the vendor cannot be called back.
DISCARDABLE = (
    Estado.PENDIENTE,
    Estado.INCIERTO,
    Estado.FALLIDO_TEMPORAL,
    Estado.FALLIDO_DEFINITIVO,
    Estado.MUERTO,
    Estado.RETENIDO,
)


def rank(estado: str) -> int:
    """How far along ``estado`` is; every final state ranks the same."""
    return RANK.get(estado, FINAL_RANK)


class Resultado(models.TextChoices):
    """How a call to a vendor ended; what to do next depends on this and on nothing finer."""

    ACEPTADO = "aceptado", _("Aceptado por el proveedor")
    REINTENTAR = "reintentar", _("No se procesó; se intentará de nuevo")
    INCIERTO = "incierto", _("No se sabe si salió")
    DIRECCION = "direccion", _("La dirección no sirve")
    CONFIGURACION = "configuracion", _("El proveedor rechaza nuestra cuenta o configuración")
    BAJA = "baja", _("La persona pidió no recibir avisos")
    POLITICA = "politica", _("La red o el proveedor lo bloqueó")
    DEFECTO = "defecto", _("El mensaje está mal formado")


class Motivo(models.TextChoices):
    """Why a notice stands where it stands, in words for the staff."""

    NUMERO_INVALIDO = "numero_invalido", _("El número no existe o no es válido.")
    NUMERO_FIJO = "numero_fijo", _("El número es de línea fija y no recibe mensajes de texto.")
    REGION = "region", _("La cuenta no tiene permiso de enviar a ese país.")
    BUZON = "buzon", _("El buzón de correo no existe o rechaza mensajes.")
    BAJA = "baja", _("La persona respondió que no desea recibir avisos por este medio.")
    SPAM = "spam", _("La persona marcó un aviso anterior como correo no deseado.")
    INALCANZABLE = "inalcanzable", _("El teléfono está apagado o sin señal.")
    BLOQUEADO = "bloqueado", _("La compañía telefónica o el proveedor bloqueó el mensaje.")
    SIN_ACUSE = "sin_acuse", _("El proveedor lo aceptó, pero no confirmó la entrega en 72 horas.")
    SATURADO = "saturado", _("El proveedor pidió esperar antes de enviar más.")
    RED = "red", _("No hubo conexión con el proveedor.")
    SIN_RESPUESTA = "sin_respuesta", _("El proveedor no respondió a tiempo; puede haber salido.")
    CONFIGURACION = "configuracion", _("El proveedor rechaza la cuenta: revise claves y remitente.")
    DEFECTO = "defecto", _("El proveedor rechazó el formato del mensaje.")
    AGOTADO = "agotado", _("Se agotaron los intentos.")
    CADUCADO = "caducado", _("Pasó el tiempo en que el aviso era útil.")
    LISTA_SEGURA = (
        "lista_segura",
        _("Instalación de prueba: el destino no está en su lista."),
    )
    SIN_VERIFICAR = "sin_verificar", _("La persona no ha confirmado que esta dirección es suya.")
    SILENCIO = "silencio", _("Espera a que termine el horario de silencio.")
    INTERRUPTOR = "interruptor", _("El canal está en pausa porque el proveedor viene fallando.")
    DESCARTADO = "descartado", _("Una persona lo descartó.")
    VENTANA = (
        "ventana",
        _("WhatsApp sólo admite mensajes libres 24 h después de una respuesta."),
    )
    DESCONOCIDO = "desconocido", _("El proveedor dio un error que no conocemos.")


@dataclass(frozen=True)
class Plan:
    """How hard to try: ``attempts`` calls at most, nothing after ``expiry`` from creation."""

    attempts: int
    expiry: dt.timedelta
    #: How long to wait for a receipt before an unanswered call is settled.
    grace: dt.timedelta
    #: Position in the queue, -100 to 100, higher first.
    priority: int = 0
    resend_after_doubt: bool = True


PLANS = {
    Categoria.CODIGO: Plan(3, dt.timedelta(minutes=10), dt.timedelta(seconds=60), 50),
    Categoria.ESTADO: Plan(8, dt.timedelta(hours=24), dt.timedelta(minutes=5)),
    Categoria.REQUERIMIENTO: Plan(8, dt.timedelta(hours=24), dt.timedelta(minutes=5), 10),
    Categoria.RECORDATORIO: Plan(5, dt.timedelta(hours=12), dt.timedelta(minutes=5)),
    Categoria.DIFUSION: Plan(
        5, dt.timedelta(hours=24), dt.timedelta(minutes=5), -20, resend_after_doubt=False
    ),
}

#: Unanswered calls after which a notice is not sent again. A second e-mail annoys less than a
#: second SMS costs, and the SMS vendor can be asked what became of the first.
MAX_DOUBTS = {Canal.SMS: 1, Canal.WHATSAPP: 1, Canal.CORREO: 3}

#: How long one call may hold a notice. Above the vendors' time limit of 10 s with a wide margin.
LEASE = dt.timedelta(seconds=60)
#: A due notice whose task is this old has lost it.
LOST_TASK = dt.timedelta(minutes=5)
#: No receipt comes after this.
RECEIPT_LIMIT = dt.timedelta(hours=72)
#: Due retries would otherwise run before fresh notices of the same priority.
RETRY_PRIORITY = -10
#: Longest an SMS may be, in segments.
MAX_SEGMENTS = 4

#: Every event a notice can tell, with the variables it cannot do without. A test checks that each
#: has its templates in every channel and language.
EVENTOS = {
    "peticion_recibida": ("folio",),
    "peticion_turnada": ("folio",),
    "correccion_solicitada": ("folio",),
    "plazo_ampliado": ("folio",),
    "peticion_respondida": ("folio",),
    "peticion_concluida": ("folio",),
    "peticion_desechada": ("folio",),
    "no_competente": ("folio",),
    "peticion_acumulada": ("folio",),
    "peticion_cancelada": ("folio",),
    "peticion_reabierta": ("folio",),
    "plazo_recalculado": ("folio",),
    "peticion_en_cabildo": ("folio", "texto"),
    "codigo_verificacion": ("codigo",),
    "aviso_personal": ("texto",),
    "documento_notificado": ("documento_nombre", "enlace"),
}
#: What each notice tells, for people.
EVENT_NAMES = {
    "peticion_recibida": _("Acuse de recepción"),
    "peticion_turnada": _("Turno a un área"),
    "correccion_solicitada": _("Prevención"),
    "plazo_ampliado": _("Ampliación del plazo"),
    "peticion_respondida": _("Respuesta"),
    "peticion_concluida": _("Conclusión"),
    "peticion_desechada": _("Desechamiento"),
    "no_competente": _("No competencia"),
    "peticion_acumulada": _("Acumulación"),
    "peticion_cancelada": _("Cancelación"),
    "peticion_reabierta": _("Reapertura"),
    "plazo_recalculado": _("Cambio de calendario"),
    "peticion_en_cabildo": _("Su asunto en el Cabildo"),
    "codigo_verificacion": _("Código de verificación"),
    "aviso_personal": _("Aviso del personal"),
    "documento_notificado": _("Notificación de un documento"),
}
IDIOMAS = ("es", "en")


def event_name(evento: str) -> str:
    """What the notice tells, for people; its key when there is no name."""
    return str(EVENT_NAMES.get(evento, evento))
