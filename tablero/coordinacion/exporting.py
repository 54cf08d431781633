"""Charges as a table."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from portal.core.time import local_date

from .models import Encargo
from .selectors import light_of, soon_until


def charge_heads() -> list[str]:
    """The heads of the columns."""
    return [
        _("Folio"),
        _("De dónde viene"),
        _("Qué debe hacerse"),
        _("Dependencia"),
        _("Responsable"),
        _("Indicador"),
        _("Partida"),
        _("Encargado el"),
        _("Vence"),
        _("Estado"),
        _("Semáforo"),
        _("Avance"),
        _("Terminó el"),
    ]


def charge_rows(rows: Iterable[Encargo], today: dt.date) -> Iterator[list]:
    """A row for each charge, in the order of ``charge_heads``."""
    soon = soon_until(today)
    for row in rows:
        yield [
            row.folio,
            row.origen_titulo,
            row.instruccion,
            row.dependencia.nombre,
            str(row.responsable or ""),
            row.indicador,
            row.partida,
            local_date(row.creado_en).isoformat(),
            row.vence.isoformat(),
            row.get_estado_display(),
            light_of(row, today, soon),
            row.avance,
            local_date(row.concluido_en).isoformat() if row.concluido_en else "",
        ]
