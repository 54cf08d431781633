"""The documents of the demo can be played whole, and leave one in every state people come to."""

from collections import Counter

import pytest
from django.core.management import call_command

from notificaciones.models import Envio
from portal.core.time import now
from portal.core.verification import verify
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from tablero.documentos.demo.play import stories
from tablero.documentos.demo.signers import SIGNERS, demo_pairs
from tramites.demo import reference
from tramites.demo.accounts import demo_password

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def _municipality(settings, tmp_path):
    settings.DOCUMENTS_PKI_DIR = tmp_path / "pki"
    day = now().date()
    since = day.replace(year=day.year - 1, month=1, day=1)
    reference.load_staff(reference.load_offices(), password=demo_password(), since=since)
    years = (day.year - 1, day.year, day.year + 1)
    reference.load_calendar(years=years, now=now())


@pytest.mark.usefixtures("_municipality")
def test_the_demo_has_a_document_in_every_state_and_all_of_them_hold():
    call_command("cargar_demo_documentos", verbosity=0)
    copies = Documento.objects.filter(tipo__clave="certificacion")
    assert Documento.objects.count() == len(stories()) + copies.count()
    assert copies.count() == 1
    states = Counter(Documento.objects.values_list("estado", flat=True))
    assert set(states) == set(EstadoDocumento)
    assert verify().integra
    assert len(demo_pairs()) == len(SIGNERS)
    assert not Envio.objects.filter(estado="pendiente").exists()
    call_command("cargar_demo_documentos", verbosity=0)
    assert Documento.objects.count() == len(stories()) + 1
