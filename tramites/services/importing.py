"""Historical cases, a batch at a time: each batch is whole or absent."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.events import publish
from portal.core.record import Link, open_streams
from tramites.constants import Canal, Estado, Reloj, Resultado
from tramites.events import CasesImported, PeticionImported
from tramites.importing.rows import CaseRow
from tramites.models import Peticion, Respuesta, Servicio, Solicitante
from tramites.text import search_text

#: What no PIN hashes to: an imported case is followed by staff, not by folio and PIN.
NO_PIN = "!"


@dataclass(frozen=True)
class BatchResult:
    """How many cases of a batch came in, and how many were here already."""

    imported: int
    duplicates: int


def _new_rows(rows: Sequence[CaseRow]) -> list[CaseRow]:
    """The rows that are not here yet, each key once."""
    unique = {row.idempotency_key: row for row in reversed(rows)}
    known = set(
        Peticion.objects.filter(clave_idempotencia__in=unique).values_list(
            "clave_idempotencia", flat=True
        )
    )
    return [row for key, row in reversed(unique.items()) if key not in known]


def _case(row: CaseRow, service: Servicio, now: dt.datetime) -> Peticion:
    """
    The case as a row. Its term ran under other rules, elsewhere: the clock is stopped, and an
    open one waits at its office like any other.
    """
    closed = row.concluida_en is not None
    peticion = Peticion(
        folio=row.folio,
        tipo=service.tipo,
        servicio=service,
        canal=Canal.IMPORTADO,
        descripcion=row.descripcion,
        sensible=service.sensible,
        direccion=row.direccion,
        estado=Estado.CONCLUIDA if closed else Estado.TURNADA,
        dependencia_id=service.dependencia_id,
        motivo_turno=_("Asunto histórico importado"),
        recibida_en=row.recibida_en,
        actualizada_en=row.concluida_en or row.recibida_en,
        reloj=Reloj.DETENIDO,
        regla_clave=service.regla,
        respondida_en=row.concluida_en,
        concluida_en=row.concluida_en,
        resultado=Resultado.CONTESTADA if closed else "",
        pin_hash=NO_PIN,
        huella=row.idempotency_key,
        clave_idempotencia=row.idempotency_key,
    )
    peticion.busqueda = search_text(peticion)
    return peticion


def _answers(cases: list[Peticion], text: str) -> list[Respuesta]:
    return [
        Respuesta(peticion=case, resultado=case.resultado, texto=text, creado_en=case.concluida_en)
        for case in cases
        if case.concluida_en
    ]


@transaction.atomic
def import_batch(
    *,
    rows: Sequence[CaseRow],
    services: dict[str, Servicio],
    origen: str,
    texto_respuesta: str,
    actor,
    now: dt.datetime,
) -> BatchResult:
    """
    Bring in the rows that are not here yet; the others are counted as duplicates.

    ``services`` maps each service key that occurs to its row. Every case gets its own record, whose
    first link says where it came from. No notice is sent and no routing rule is asked.
    """
    fresh = _new_rows(rows)
    cases = [_case(row, services[row.servicio], now) for row in fresh]
    if cases:
        Peticion.objects.bulk_create(cases)
        Solicitante.objects.bulk_create([Solicitante(peticion=case) for case in cases])
        Respuesta.objects.bulk_create(_answers(cases, texto_respuesta))
        events = [
            PeticionImported(peticion_id=case.pk, folio=case.folio, origen=origen) for case in cases
        ]
        open_streams(
            {e.stream(): Link(e.event_type(), e.payload(), actor) for e in events}, now=now
        )
        publish(
            CasesImported(
                origen=origen, first_id=cases[0].pk, last_id=cases[-1].pk, count=len(cases)
            ),
            actor=actor,
            now=now,
        )
    return BatchResult(imported=len(cases), duplicates=len(rows) - len(cases))
