"""Reading requests for copies, and the register of certifications they make."""

from django.db.models import QuerySet

from portal.core.models import EventRecord
from portal.core.text import fold

from ..constants import EstadoCopia
from ..models import SolicitudCopia
from .policies import CopiaPolicy

#: Rows of the register on paper or as a spreadsheet.
MOST = 5000


def copies_for(viewer, *, estado: str = "", anio: str = "", q: str = "") -> QuerySet:
    """The requests that match every filter, newest first."""
    rows = CopiaPolicy(viewer).visible().select_related("certificacion", "documento__tipo")
    rows = rows.defer("certificacion__contenido", "documento__contenido").order_by("-pk")
    if estado in EstadoCopia.values:
        rows = rows.filter(estado=estado)
    if anio.isascii() and anio.isdigit() and len(anio) == 4:
        rows = rows.filter(ejercicio=int(anio))
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def years(viewer) -> list[int]:
    """Years with requests, the newest first."""
    rows = CopiaPolicy(viewer).visible().order_by("-ejercicio")
    return list(rows.values_list("ejercicio", flat=True).distinct())


def facts_of(row: SolicitudCopia) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"copia:{row.pk}").order_by("-sequence"))
