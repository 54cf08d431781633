"""From a row of the file to a case, or to the reason why it cannot be one. No database here."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from portal.core.text import clean_text
from tramites.constants import MAX_TEXT

from .mapping import ImportMap

#: Hour given to facts of which the file knows only the day.
NOON = dt.time(12)


class RowRefusedError(Exception):
    """The row cannot be a case; the message is the reason that the report shows."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the file tells it. ``concluida_en`` is ``None`` while it was open."""

    idempotency_key: str
    folio: str
    servicio: str
    descripcion: str
    direccion: str
    recibida_en: dt.datetime
    concluida_en: dt.datetime | None


class RowReader:
    """Reads rows under one map; ``now`` bounds the dates that can be true."""

    def __init__(self, map_: ImportMap, *, services: set[str], now: dt.datetime, zone: ZoneInfo):
        self.map, self.services, self.now, self.zone = map_, services, now, zone

    def read(self, row: Mapping[str | None, str | list | None]) -> CaseRow:
        """
        The case in ``row``.

        :raises RowRefusedError: with the reason.
        """
        if None in row:
            raise RowRefusedError(_("la fila tiene más columnas que el encabezado"))
        if None in row.values():
            raise RowRefusedError(_("la fila tiene menos columnas que el encabezado"))
        key = self._text(row, "clave", " ")
        if not key:
            raise RowRefusedError(_("no tiene clave"))
        opened, closed = self._dates(row)
        return CaseRow(
            idempotency_key=idempotency_key(self.map.origen, key),
            folio=self._folio(key),
            servicio=self._service(row),
            descripcion=self._description(row),
            direccion=self._text(row, "direccion", ", ")[:300],
            recibida_en=opened,
            concluida_en=closed,
        )

    def _text(self, row: Mapping, field: str, joiner: str) -> str:
        values = (clean_text(row.get(name) or "") for name in self.map.columnas.get(field, ()))
        return joiner.join(v for v in values if v and not v.startswith(self.map.basura or "\0"))

    def _folio(self, key: str) -> str:
        folio = f"{self.map.prefijo_folio}-{key}"
        if len(folio) > 24:
            raise RowRefusedError(_("la clave es demasiado larga para un folio"))
        return folio

    def _date(self, text: str) -> dt.datetime:
        try:
            moment = dt.datetime.strptime(text, self.map.formato_fecha)
        except ValueError:
            raise RowRefusedError(_("fecha que no se entiende: «%s»") % text[:40]) from None
        if moment.time() == dt.time():
            moment = dt.datetime.combine(moment.date(), NOON)
        moment = moment.replace(tzinfo=self.zone)
        if not dt.datetime(1950, 1, 1, tzinfo=self.zone) <= moment <= self.now:
            raise RowRefusedError(_("fecha imposible: «%s»") % text[:40])
        return moment

    def _dates(self, row: Mapping) -> tuple[dt.datetime, dt.datetime | None]:
        opened = self._text(row, "recibida", " ")
        if not opened:
            raise RowRefusedError(_("no tiene fecha de recepción"))
        closed = self._text(row, "concluida", " ")
        begin, end = self._date(opened), self._date(closed) if closed else None
        if end and end < begin:
            raise RowRefusedError(_("concluye antes de recibirse"))
        return begin, end

    def _service(self, row: Mapping) -> str:
        category = self._text(row, "categoria", " ")
        if category:
            service = self.map.servicios.get(category.casefold(), self.map.servicio_por_omision)
        else:
            service = self.map.sin_categoria
        if not service:
            reason = _("categoría sin servicio en el mapa: «%s»") % category[:60]
            raise RowRefusedError(reason if category else _("no tiene categoría"))
        if service not in self.services:
            raise RowRefusedError(_("el servicio «%s» no existe en el catálogo") % service)
        return service

    def _description(self, row: Mapping) -> str:
        text = self._text(row, "descripcion", ": ")
        if not text:
            raise RowRefusedError(_("no dice de qué se trata"))
        if len(text) > MAX_TEXT:
            raise RowRefusedError(_("el texto pasa de %d caracteres") % MAX_TEXT)
        return text


def idempotency_key(origin: str, key: str) -> str:
    """The key under which a case of ``origin`` is imported once and only once."""
    return hashlib.sha256(f"importacion:{origin}:{key}".encode()).hexdigest()
