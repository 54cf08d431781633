"""A batch is told once, not once a document."""

import pytest

from notificaciones.models import Envio
from tablero.documentos.constants import FormaEmision

from .batches import begun, prepared, worked

pytestmark = pytest.mark.django_db


def letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for envio in Envio.objects.all():
        found.setdefault(envio.objeto, []).append(envio.destino)
    return found


def test_who_signs_a_batch_gets_one_letter_however_many_documents(town):
    lote = begun(town, prepared(town, 3), FormaEmision.POR_FIRMAR, actor="clerk")
    worked(lote)
    assert letters() == {"lote": [town["clerk"].email, town["secretary"].email]}


def test_what_was_authorised_before_asks_nobody_to_sign(town):
    worked(begun(town, prepared(town, 2)))
    assert letters() == {"lote": [town["clerk"].email]}
