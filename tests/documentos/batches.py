"""Sheets as people fill them, and batches in each situation."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from portal.documents.builtin import builtin_kind
from portal.documents.services import Credentials
from tablero.documentos import batch_services as services
from tablero.documentos.batch_issuing import work_on_batch
from tablero.documentos.batch_sheet import columns_of
from tablero.documentos.constants import FormaEmision
from tablero.documentos.models import LoteDocumento
from tests.factories import NOON

PASSWORD = "clave segura 9"
CAMPOS = builtin_kind("constancia").template["campos"]
HEADS = [column.etiqueta for column in columns_of(CAMPOS)]


def person(number: int) -> list:
    """A good row of the residence certificate."""
    return [
        f"María Ñúñez {number}",
        f"Calle Juárez {number}",
        "Centro",
        number,
        "trámite escolar",
        f"María Ñúñez {number}",
    ]


def sheet(rows, heads=None, *, title: str = "Datos") -> bytes:
    """A workbook with those rows under the heads."""
    book = Workbook()
    book.active.title = title
    book.active.append(HEADS if heads is None else heads)
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(content: bytes, name: str = "vecinos.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def prepared(town, rows=3, *, actor: str = "clerk", **changes) -> LoteDocumento:
    """A batch of residence certificates, looked at; ``rows`` is how many, or the rows."""
    rows = [person(n) for n in range(1, rows + 1)] if isinstance(rows, int) else rows
    values = {
        "tipo": "constancia",
        "dependencia_id": town["office"].pk,
        "asunto": "Constancias de residencia de noviembre",
        "firmantes": {"secretaria": town["secretary"].pk},
        "content": sheet(rows),
        "nombre_archivo": "vecinos.xlsx",
    }
    new = services.NewBatch(**values | changes)
    return services.prepare_batch(new=new, actor=town[actor], now=NOON)


def begun(town, lote, forma=FormaEmision.RUBRICA, *, actor="secretary", now=NOON):
    return services.begin_batch(
        lote_id=lote.pk,
        forma=forma,
        credentials=Credentials(contrasena=PASSWORD),
        actor=town[actor],
        now=now,
    )


def worked(lote, *, now=NOON, lasting=dt.timedelta(minutes=10)) -> bool:
    """The worker's turn; time stands still."""
    return work_on_batch(lote.pk, clock=lambda: now, lasting=lasting)


def fresh(lote) -> LoteDocumento:
    return LoteDocumento.objects.get(pk=lote.pk)
