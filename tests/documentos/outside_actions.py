"""What is done from another process to an install of its own: one line of JSON each."""

import json
import sys
from importlib import import_module

import django


def prepare(rows: str) -> int:
    """A town, its authority, and a batch that the Secretary authorised."""
    from django.conf import settings

    from portal.accounts.constants import Rol
    from portal.core.time import now
    from portal.documents.services import Credentials
    from portal.documents.signing.test_authority import create_test_authority
    from tests.factories import DependenciaFactory, StaffFactory

    create_test_authority(settings.DOCUMENTS_PKI_DIR, now())
    office = DependenciaFactory(nombre="Secretaría General")
    user = StaffFactory(Rol.SECRETARIA, office)
    batches = import_module("tests.documentos.batches")
    user.set_password(batches.PASSWORD)
    user.save()
    services = import_module("tablero.documentos.batch_services")
    new = services.NewBatch(
        tipo="constancia",
        dependencia_id=office.pk,
        asunto="Constancias",
        firmantes={"secretaria": user.pk},
        content=batches.sheet([batches.person(n) for n in range(1, int(rows) + 1)]),
    )
    lote = services.prepare_batch(new=new, actor=user, now=now())
    secret = Credentials(contrasena=batches.PASSWORD)
    services.begin_batch(
        lote_id=lote.pk, forma="rubrica", credentials=secret, actor=user, now=now()
    )
    import_module("tablero.documentos.batch_tasks").begin_soon(lote.pk)
    return lote.pk


def later(minutes: str) -> list[str]:
    """What the sweep does once the lease of a dead worker has run out."""
    import datetime as dt

    from portal.core.time import now
    from tablero.documentos.batch_tasks import sweep_batches
    from tablero.documentos.models import LoteDocumento

    ago = dt.timedelta(minutes=int(minutes))
    for lote in LoteDocumento.objects.exclude(arriendo_hasta=None):
        rows = LoteDocumento.objects.filter(pk=lote.pk)
        rows.update(arriendo_hasta=lote.arriendo_hasta - ago, encolado_en=lote.encolado_en - ago)
    sweep_batches(now())
    return []


def look(_argument: str) -> dict:
    """How far it is."""
    from portal.core.verification import verify
    from portal.documents.models import Documento, Firma
    from tablero.documentos.models import FilaLote, LoteDocumento

    return {
        "estado": LoteDocumento.objects.get().estado,
        "emitidas": FilaLote.objects.filter(estado="emitida").count(),
        "folios": sorted(Documento.objects.exclude(folio=None).values_list("numero", flat=True)),
        "documentos": Documento.objects.count(),
        "firmas": Firma.objects.count(),
        "rota": verify().rota is not None,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](sys.argv[2])))
