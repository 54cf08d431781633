"""The vocabulary of the Cabildo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaseRegla(models.TextChoices):
    """The kinds of rule this room reads (``portal.core.rule_kinds``)."""

    QUORUM = "quorum", _("Quórum")
    MAYORIA = "mayoria", _("Mayoría")
    CONVOCATORIA = "convocatoria", _("Convocatoria")


class TipoOrgano(models.TextChoices):
    """What kind of collegiate body it is."""

    AYUNTAMIENTO = "ayuntamiento", _("Ayuntamiento")
    COMISION = "comision", _("Comisión edilicia")


class Cargo(models.TextChoices):
    """What a seat of a body is for. Of the first three the Ayuntamiento is made (CPEUM 115, I)."""

    PRESIDENCIA = "presidencia", _("Presidencia")
    SINDICATURA = "sindicatura", _("Sindicatura")
    REGIDURIA = "regiduria", _("Regiduría")
    SECRETARIA = "secretaria", _("Secretaría")
    VOCALIA = "vocalia", _("Vocalía")


class Calidad(models.TextChoices):
    """How somebody holds a seat."""

    PROPIETARIO = "propietario", _("Propietaria o propietario")
    SUPLENTE = "suplente", _("Suplente")


class TipoAusencia(models.TextChoices):
    """Why somebody does not hold their seat for a time, or any more."""

    LICENCIA = "licencia", _("Licencia")
    FALTA_TEMPORAL = "falta_temporal", _("Falta temporal")
    FALTA_ABSOLUTA = "falta_absoluta", _("Falta absoluta")


#: Offices that only the Ayuntamiento has, and those that only a commission has.
CARGOS_OF = {
    TipoOrgano.AYUNTAMIENTO: (Cargo.PRESIDENCIA, Cargo.SINDICATURA, Cargo.REGIDURIA),
    TipoOrgano.COMISION: (Cargo.PRESIDENCIA, Cargo.SECRETARIA, Cargo.VOCALIA),
}


class EstadoAsunto(models.TextChoices):
    """States of an item for the agenda."""

    BORRADOR = "borrador", _("Borrador")
    EN_REVISION = "en_revision", _("En revisión")
    DEVUELTO = "devuelto", _("Devuelto")
    VALIDADO = "validado", _("Validado")
    TURNADO = "turnado", _("Turnado a comisión")
    DICTAMINADO = "dictaminado", _("Dictaminado")
    AGENDADO = "agendado", _("Agendado")
    APROBADO = "aprobado", _("Aprobado")
    APROBADO_MODIFICADO = "aprobado_modificado", _("Aprobado con modificaciones")
    RECHAZADO = "rechazado", _("Rechazado")
    POSPUESTO = "pospuesto", _("Pospuesto")
    RETIRADO = "retirado", _("Retirado")


class OrigenAsunto(models.TextChoices):
    """Who brings an item."""

    PRESIDENCIA = "presidencia", _("Presidencia Municipal")
    SINDICATURA = "sindicatura", _("Sindicatura")
    REGIDURIA = "regiduria", _("Regiduría")
    DEPENDENCIA = "dependencia", _("Dependencia")
    PETICION = "peticion", _("Petición ciudadana")


class FormaVotacion(models.TextChoices):
    """How a matter is voted."""

    ECONOMICA = "economica", _("Económica")
    NOMINAL = "nominal", _("Nominal")
    CEDULA = "cedula", _("Por cédula (secreta)")


class SentidoDictamen(models.TextChoices):
    """What a commission proposes."""

    FAVORABLE = "favorable", _("En sentido favorable")
    CON_MODIFICACIONES = "con_modificaciones", _("Favorable con modificaciones")
    DESFAVORABLE = "desfavorable", _("En sentido desfavorable")


#: States in which the item can still be written.
DRAFT_STATES = (EstadoAsunto.BORRADOR, EstadoAsunto.DEVUELTO)
#: States from which nothing follows any more.
FINAL_STATES = (
    EstadoAsunto.APROBADO,
    EstadoAsunto.APROBADO_MODIFICADO,
    EstadoAsunto.RECHAZADO,
    EstadoAsunto.RETIRADO,
)


class TipoSesion(models.TextChoices):
    """What a session is held for."""

    ORDINARIA = "ordinaria", _("Ordinaria")
    EXTRAORDINARIA = "extraordinaria", _("Extraordinaria")
    SOLEMNE = "solemne", _("Solemne")


class Caracter(models.TextChoices):
    """Whether the public may be there."""

    PUBLICA = "publica", _("Pública")
    CERRADA = "cerrada", _("Cerrada")


class EstadoSesion(models.TextChoices):
    """States of a session."""

    PREPARACION = "preparacion", _("En preparación")
    CONVOCADA = "convocada", _("Convocada")
    EN_CURSO = "en_curso", _("En curso")
    RECESO = "receso", _("En receso")
    CONCLUIDA = "concluida", _("Concluida")
    NO_CELEBRADA = "no_celebrada", _("No celebrada")
    CANCELADA = "cancelada", _("Cancelada")


class ClasePunto(models.TextChoices):
    """What a point of the agenda is. All but ``ASUNTO`` are the fixed ones of any session."""

    LISTA = "lista", _("Lista de asistencia")
    QUORUM = "quorum", _("Declaración de quórum y apertura")
    ORDEN = "orden", _("Lectura y aprobación del orden del día")
    ACTA = "acta", _("Lectura y aprobación del acta anterior")
    ASUNTO = "asunto", _("Asunto")
    GENERALES = "generales", _("Asuntos generales")
    CLAUSURA = "clausura", _("Clausura de la sesión")


#: Fixed points of each type of session, before and after the items.
FIXED_POINTS = {
    TipoSesion.ORDINARIA: (
        (ClasePunto.LISTA, ClasePunto.QUORUM, ClasePunto.ORDEN, ClasePunto.ACTA),
        (ClasePunto.GENERALES, ClasePunto.CLAUSURA),
    ),
    TipoSesion.EXTRAORDINARIA: (
        (ClasePunto.LISTA, ClasePunto.QUORUM, ClasePunto.ORDEN),
        (ClasePunto.CLAUSURA,),
    ),
    TipoSesion.SOLEMNE: ((ClasePunto.LISTA, ClasePunto.QUORUM), (ClasePunto.CLAUSURA,)),
}
#: Key of the rule by which each type of session is noticed.
NOTICE_RULE = {tipo: f"convocatoria-{tipo.value}" for tipo in TipoSesion}


class Sentido(models.TextChoices):
    """What a member votes."""

    FAVOR = "favor", _("A favor")
    CONTRA = "contra", _("En contra")
    ABSTENCION = "abstencion", _("Abstención")


class EstadoVotacion(models.TextChoices):
    """States of a vote. ``EMPATADA`` waits for the casting vote of who presides."""

    ABIERTA = "abierta", _("Abierta")
    EMPATADA = "empatada", _("Empatada")
    CERRADA = "cerrada", _("Cerrada")


class Resultado(models.TextChoices):
    """How a vote came out."""

    APROBADO = "aprobado", _("Aprobado")
    RECHAZADO = "rechazado", _("No aprobado")
