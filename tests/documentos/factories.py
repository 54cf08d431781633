"""Rows of the room of documents, for tests that need one to be there."""

import datetime as dt
import hashlib

from portal.accounts.constants import Rol
from portal.core import files
from portal.documents.models import Documento
from portal.documents.services import ensure_kind
from tablero.documentos.batch_services import row_hash
from tablero.documentos.models import FilaLote, LoteDocumento, Nombramiento, SolicitudCopia
from tests.factories import NOON, StaffFactory

from .batches import CAMPOS, person


def a_batch(office) -> LoteDocumento:
    """A batch of ``office`` with one good row, prepared by somebody of the Secretaría."""
    kind = ensure_kind("constancia", now=NOON)
    author = StaffFactory(Rol.SECRETARIA)
    lote = LoteDocumento.objects.create(
        tipo=kind,
        plantilla=kind.plantillas.get(vigente=True),
        dependencia=office,
        autor=author,
        asunto="Constancias",
        firmantes={"secretaria": author.pk},
        firmante=author,
        nombre_archivo="vecinos.xlsx",
        sha256="a" * 64,
        creado_en=NOON,
    )
    datos = {campo["clave"]: str(value) for campo, value in zip(CAMPOS, person(1), strict=False)}
    FilaLote.objects.create(lote=lote, numero=2, datos=datos, huella=row_hash(datos, ""))
    return lote


def an_appointment(office) -> Nombramiento:
    """Somebody in a post since 2026, by a document that is only there."""
    kind = ensure_kind("nombramiento", now=NOON)
    documento = Documento.objects.create(
        tipo=kind,
        plantilla=kind.plantillas.get(vigente=True),
        dependencia=office,
        asunto="Nombramiento",
        creado_en=NOON,
        actualizado_en=NOON,
    )
    return Nombramiento.objects.create(
        documento=documento,
        persona="Rosa Elena Cárdenas",
        cargo="Directora",
        adscripcion="Obras Públicas",
        desde=dt.date(2026, 1, 1),
    )


def a_copy(documento: Documento) -> SolicitudCopia:
    """Somebody asked for a copy of a document, and has not paid."""
    content = b"%PDF-1.7 una copia"
    _key, ruta = files.keep(content, ".pdf", folder="copias")
    digest = hashlib.sha256(content).hexdigest()
    return SolicitudCopia.objects.create(
        folio=f"SCC-2026-{documento.pk:06}",
        ejercicio=2026,
        solicitante="María Núñez",
        interes="Es parte",
        documento=documento,
        descripcion="Un memorándum",
        cotejo="electronico",
        ruta=ruta,
        sha256=digest,
        original_sha256=digest,
        tamano=len(content),
        paginas=[1],
        paginas_total=1,
        creada_en=NOON,
    )
