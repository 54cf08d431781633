"""The vocabulary of official documents: their life, who takes part, and how they are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstadoDocumento(models.TextChoices):
    BORRADOR = "borrador", _("Borrador")
    EN_REVISION = "en_revision", _("En revisión")
    VISTO_BUENO = "visto_bueno", _("En visto bueno jurídico")
    LISTO = "listo", _("Listo para firma")
    EN_FIRMA = "en_firma", _("En firma")
    FIRMADO = "firmado", _("Firmado")
    NOTIFICADO = "notificado", _("Notificado")
    PUBLICADO = "publicado", _("Publicado")
    SUSTITUIDO = "sustituido", _("Sustituido")
    CANCELADO = "cancelado", _("Cancelado")


#: The text may still change.
OPEN_STATES = (EstadoDocumento.BORRADOR,)
#: Somebody looks at a version that may not change meanwhile.
REVIEW_STATES = (EstadoDocumento.EN_REVISION, EstadoDocumento.VISTO_BUENO)
#: Signed by everybody who had to, and in force.
IN_FORCE_STATES = (
    EstadoDocumento.FIRMADO,
    EstadoDocumento.NOTIFICADO,
    EstadoDocumento.PUBLICADO,
)
#: States a citizen may learn of by the verification code.
KNOWN_STATES = (*IN_FORCE_STATES, EstadoDocumento.SUSTITUIDO, EstadoDocumento.CANCELADO)


class NivelFirma(models.TextChoices):
    """From the weakest to the strongest; a type says the least it admits."""

    SELLO = "sello", _("Sello institucional")
    RUBRICA = "rubrica", _("Rúbrica electrónica")
    AVANZADA = "avanzada", _("Firma electrónica avanzada")


#: How much each level proves.
STRENGTH = {NivelFirma.SELLO: 0, NivelFirma.RUBRICA: 1, NivelFirma.AVANZADA: 2}


class OrdenFirma(models.TextChoices):
    EN_ORDEN = "en_orden", _("Uno después de otro")
    EN_PARALELO = "en_paralelo", _("En cualquier orden")


class TipoCampo(models.TextChoices):
    TEXTO = "texto", _("Texto de una línea")
    TEXTO_LARGO = "texto_largo", _("Texto largo")
    NUMERO = "numero", _("Número")
    FECHA = "fecha", _("Fecha")
    OPCION = "opcion", _("Una opción")
    SI_NO = "si_no", _("Sí o no")


class EtapaRevision(models.TextChoices):
    REVISION = "revision", _("Revisión")
    VISTO_BUENO = "visto_bueno", _("Visto bueno jurídico")


class EstadoRevision(models.TextChoices):
    PENDIENTE = "pendiente", _("Pendiente")
    APROBADA = "aprobada", _("Aprobada")
    DEVUELTA = "devuelta", _("Devuelta")
    SIN_EFECTO = "sin_efecto", _("Sin efecto")


class EstadoFirmante(models.TextChoices):
    PENDIENTE = "pendiente", _("Pendiente")
    FIRMO = "firmo", _("Firmó")


class ClaseArchivo(models.TextChoices):
    LISTO = "listo", _("Texto listo para firma")
    FIRMADO = "firmado", _("Documento firmado")
    EVIDENCIA = "evidencia", _("Constancia de notificación")
    COPIA = "copia", _("Páginas que se certifican")


class MedioNotificacion(models.TextChoices):
    """LFPA, articles 35 and 36, are the federal model."""

    ELECTRONICA = "electronica", _("Medios electrónicos aceptados por la persona")
    PERSONAL = "personal", _("Personal, en el domicilio")
    CORREO_CERTIFICADO = "correo_certificado", _("Correo certificado con acuse")
    OFICIO = "oficio", _("Oficio entre autoridades")
    EDICTO = "edicto", _("Edicto")


class EstadoNotificacion(models.TextChoices):
    PENDIENTE = "pendiente", _("Pendiente")
    ENVIADA = "enviada", _("Enviada, falta el acuse")
    CITATORIO = "citatorio", _("Se dejó citatorio")
    PRACTICADA = "practicada", _("Practicada")
    FALLIDA = "fallida", _("No se pudo practicar")


#: Somebody still has to do something.
UNSETTLED_NOTICES = (
    EstadoNotificacion.PENDIENTE,
    EstadoNotificacion.ENVIADA,
    EstadoNotificacion.CITATORIO,
)


class FormaNotificacion(models.TextChoices):
    """How it was practised."""

    ACUSE = "acuse", _("Acuse electrónico de la persona")
    PERSONA = "persona", _("Con la persona")
    TERCERO = "tercero", _("Con quien estaba en el domicilio")
    INSTRUCTIVO = "instructivo", _("Por instructivo fijado en el domicilio")
    ENTREGA = "entrega", _("Entrega con acuse")
    PUBLICACION = "publicacion", _("Publicación del edicto")


#: Business days in which what was issued must be notified (LFPA 39).
NOTIFY_WITHIN = 10
#: Natural days for which the link of an electronic notification opens.
LINK_DAYS = 30


MAX_NAME = 200
MAX_TITLE = 300
MAX_REASON = 1000
MAX_COMMENT = 2000
MAX_FIELD = 20_000
