"""
What documents cost: composing a page, an advanced signature, and a batch of many.

``PORTAL_DATA_DIR=… python -m tests.bench.papers [--lote 300] [--veces 40]``, on an install that
holds the demo. It writes documents into it: use a folder that can be thrown away. Medians of one
run, on a machine that should do nothing else; the press counts as what it is, another process.
"""

import argparse
import datetime as dt
import os
import resource
import statistics
import time
from collections.abc import Callable

import django

USER = "secretaria"


def timed(acts: list[Callable[[], object]]) -> str:
    """Median and 90th percentile in milliseconds of acts that do the same; the first only warms."""
    acts[0]()
    found = []
    for act in acts[1:]:
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    high = sorted(found)[int(len(found) * 0.9)]
    return f"mediana {statistics.median(found):.0f} ms, p90 {high:.0f} ms, n={len(found)}"


def processor() -> float:
    """Seconds of processor of this process and of those it started and ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, both))


def prepared(rows: int, user):
    """A batch of residence certificates for the Secretaría to sign."""
    from portal.accounts.models import Dependencia
    from portal.core.time import now
    from tablero.documentos import batch_services
    from tests.documentos.batches import person, sheet

    new = batch_services.NewBatch(
        tipo="constancia",
        dependencia_id=Dependencia.objects.get(clave="secretaria").pk,
        asunto="Constancias de residencia",
        firmantes={"secretaria": user.pk},
        content=sheet([person(n) for n in range(1, rows + 1)]),
        nombre_archivo="vecinos.xlsx",
    )
    return batch_services.prepare_batch(new=new, actor=user, now=now())


def issue(lote, forma: str, user) -> None:
    """Work on a batch to its end, as the worker does."""
    from portal.core.time import now
    from portal.documents.services import Credentials
    from tablero.documentos import batch_services
    from tablero.documentos.batch_issuing import work_on_batch
    from tramites.demo.accounts import demo_password

    batch_services.begin_batch(
        lote_id=lote.pk,
        forma=forma,
        credentials=Credentials(contrasena=demo_password()),
        actor=user,
        now=now(),
    )
    while work_on_batch(lote.pk, clock=now, lasting=dt.timedelta(hours=1)):
        pass


def measure_one_by_one(times: int, user) -> None:
    """Composing, and signing with the pair of a test certificate up to B-LTA, folio included."""
    from portal.core.time import now
    from portal.documents.constants import EstadoDocumento
    from portal.documents.models import Documento
    from portal.documents.printing import render_frozen
    from portal.documents.services import sign_documento
    from tablero.documentos.demo.signers import pair_of

    lote = prepared(times + 1, user)
    issue(lote, "por_firmar", user)
    waiting = Documento.objects.filter(estado=EstadoDocumento.EN_FIRMA)
    rows = list(waiting.filter(origen__startswith=f"lote:{lote.pk}:"))
    pages = render_frozen(rows[0]).pages
    print(f"componer ({pages} página): {timed([lambda d=d: render_frozen(d) for d in rows])}")
    pair = pair_of(USER)

    def sign(documento: Documento) -> None:
        sign_documento(documento_id=documento.pk, credentials=pair, actor=user, now=now())

    print(f"firma avanzada, entera: {timed([lambda d=d: sign(d) for d in rows])}")


def measure_batch(rows: int, user) -> None:
    """A batch signed with the rubric: by the clock, processor and memory."""
    lote = prepared(rows, user)
    start, used = time.perf_counter(), processor()
    issue(lote, "rubrica", user)
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"lote de {rows}: {seconds:.0f} s, {processor() - used:.0f} s de procesador de este"
        f" proceso, {most} MB como máximo"
    )


def main() -> None:
    """Ask what to measure and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--veces", type=int, default=40)
    parser.add_argument("--lote", type=int, default=300)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from portal.accounts.models import User

    user = User.objects.get(username=USER)
    measure_one_by_one(asked.veces, user)
    measure_batch(asked.lote, user)


if __name__ == "__main__":
    main()
