"""Documents as rows, in whatever state a test needs them, without playing their story."""

import itertools

from portal.documents import services
from portal.documents.constants import (
    EstadoDocumento,
    EstadoRevision,
    EtapaRevision,
    MedioNotificacion,
)
from portal.documents.models import (
    Documento,
    Firmante,
    NotificacionDocumento,
    RevisionDocumento,
    VersionDocumento,
)
from tests.factories import NOON, DependenciaFactory

_numbers = itertools.count(1)
CODE = "ABCDEFGHJKMNPQRS"


def document(office=None, *, kind="oficio", signed=False, reviewer=None, stage=None, **values):
    """
    A document of an office. ``signed``: in force under a folio. ``reviewer``: somebody was asked;
    ``stage`` «visto_bueno» without one: the legal office was.
    """
    tipo = services.ensure_kind(kind, now=NOON)
    n = next(_numbers)
    if signed:
        values |= {
            "estado": EstadoDocumento.FIRMADO,
            "folio": f"SG-OF-2026-{n:06}",
            "codigo": f"{CODE}{n:04}",
            "contenido": {},
            "huella_contenido": "0" * 64,
            "firmado_en": NOON,
        }
    signer = values.pop("signer", None)
    documento = Documento.objects.create(
        tipo=tipo,
        plantilla=tipo.plantillas.get(vigente=True),
        dependencia=office or DependenciaFactory(),
        **{"asunto": f"Asunto {n}", "creado_en": NOON, "actualizado_en": NOON} | values,
    )
    version = VersionDocumento.objects.create(documento=documento, numero=1, creado_en=NOON)
    if reviewer or stage:
        RevisionDocumento.objects.create(
            documento=documento,
            version=version,
            etapa=stage or EtapaRevision.REVISION,
            revisor=reviewer,
            estado=EstadoRevision.PENDIENTE,
            vence=NOON.date(),
            creada_en=NOON,
        )
    if signer:
        Firmante.objects.create(
            documento=documento, clave="titular", orden=1, usuario=signer, cargo="Titular"
        )
    return documento


def notification(documento, **values):
    """Somebody is to be notified of a document, in person unless said otherwise."""
    return NotificacionDocumento.objects.create(
        documento=documento,
        **{
            "destinatario": "María Núñez",
            "medio": MedioNotificacion.PERSONAL,
            "domicilio": "Calle Juárez 112",
            "vence": NOON.date(),
            "ordenada_en": NOON,
        }
        | values,
    )
