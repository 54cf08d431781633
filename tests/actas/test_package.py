"""The package of a session, read by a reader of BagIt that shares nothing with who wrote it."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.test import Client

from tablero.actas import services
from tests.documents.authority import ready_authority
from tests.factories import StaffFactory

from .factories import Held

pytestmark = pytest.mark.django_db


def read_bag(content: bytes) -> dict[str, bytes]:
    """The payload of a valid bag (RFC 8493, 3): complete, and every checksum as told."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    roots = {name.split("/")[0] for name in archive.namelist()}
    assert len(roots) == 1
    files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert re.fullmatch(
        rb"BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n", files["bagit.txt"]
    )
    listed = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in files[manifest].decode().splitlines():
            digest, path = line.split(maxsplit=1)
            assert hashlib.sha256(files[path]).hexdigest() == digest, path
            listed[path] = manifest
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    assert {path for path, where in listed.items() if where.startswith("manifest")} == set(payload)
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    octets, count = info["Payload-Oxum"].split(".")
    assert (int(octets), int(count)) == (sum(map(len, payload.values())), len(payload))
    return payload


@pytest.fixture
def held(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    ready_authority()
    return Held()


def get(user, held):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/tablero/actas/paquete/{held.sesion.pk}/")


def test_a_session_is_taken_along_whole(held):
    services.draft_acta(sesion_id=held.sesion.pk, **held.given())
    answer = get(held.operator, held)
    assert answer["Content-Type"] == "application/zip"
    payload = read_bag(answer.content)
    assert json.loads(payload["data/sesion.json"])["meetingState"] == "durchgeführt"
    facts = [json.loads(line) for line in payload["data/registro-sesion.jsonl"].splitlines()]
    assert facts[-1]["event_type"] == "SessionClosed"
    assert all(re.fullmatch("[0-9a-f]{64}", fact["hash"]) for fact in facts)
    assert "Se tomó el acuerdo" in payload["data/acta.txt"].decode()
    assert str(held.members[0]) in payload["data/asistencia-y-votos.csv"].decode()


def test_it_is_the_secretarias(held):
    assert get(StaffFactory(rol="consulta"), held).status_code == 403
    _member, user = held.account(1)
    assert get(user, held).status_code == 403
    held.sesion.pk = 10**6
    assert get(held.operator, held).status_code == 404
