"""A session as a package of custody: BagIt 1.0 (RFC 8493) in a ZIP."""

import datetime as dt
import hashlib
import io
import json
import zipfile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from portal.core.models import EventRecord
from portal.core.time import local_date, local_moment
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.services.files import read_file
from tablero.cabildo.models import AnexoAsunto, Sesion
from tablero.cabildo.oparl.reading import as_meetings, meetings
from tablero.cabildo.oparl.stamps import stamps_of
from tablero.cabildo.sitting_export import heads, vote_rows
from tablero.shared.export import csv_lines

from .models import Acta

RECORDED = ("event_type", "payload", "actor_kind", "actor_id", "occurred_at", "hash")


def bag_of(sesion: Sesion, now: dt.datetime) -> bytes:
    """
    The package: notice, acta and its public version, votes, the session for programs, and the
    record of the session and its acta with the hashes of their chain.

    ``sesion`` is one of ``tablero.cabildo.oparl.reading.meetings``.

    :raises NotFoundError, ConflictError: a signed file is gone or is not the one that was kept.
    """
    payload = _payload(sesion)
    name = f"sesion-{sesion.pk}"
    manifest = _manifest({f"data/{path}": content for path, content in payload.items()})
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info(sesion, payload, now).encode(),
        "manifest-sha256.txt": manifest,
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in tags.items():
            archive.writestr(_entry(f"{name}/{path}", now), content)
        for path, content in payload.items():
            archive.writestr(_entry(f"{name}/data/{path}", now), content)
    return kept.getvalue()


def _entry(name: str, now: dt.datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, local_moment(now).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _manifest(files: dict[str, bytes]) -> bytes:
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in files.items()]
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line[66:])).encode()


def _info(sesion: Sesion, payload: dict[str, bytes], now: dt.datetime) -> str:
    size = sum(len(content) for content in payload.values())
    lines = {
        "Source-Organization": settings.MUNICIPIO["ayuntamiento"],
        "External-Description": str(sesion),
        "External-Identifier": f"sesion-{sesion.pk}",
        "Bagging-Date": local_date(now).isoformat(),
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


def _payload(sesion: Sesion) -> dict[str, bytes]:
    found = {
        "sesion.json": _json(as_meetings([sesion], stamps_of("sesion", [sesion.pk]))[0]),
        "asistencia-y-votos.csv": "".join(csv_lines(heads(), vote_rows(sesion))).encode(),
        "registro-sesion.jsonl": _record(f"sesion:{sesion.pk}"),
    }
    _add_paper(found, "convocatoria.pdf", sesion.convocatoria)
    acta = Acta.objects.filter(sesion=sesion).first()
    if acta is not None:
        parts = acta.secciones.all()
        text = "\n\n".join(f"{part.titulo}\n\n{part.texto}" for part in parts)
        found["acta.txt"] = text.encode()
        found["registro-acta.jsonl"] = _record(f"acta:{acta.pk}")
        _add_paper(found, "acta.pdf", acta.documento)
        _add_paper(found, "acta-version-publica.pdf", acta.publica)
    found["anexos.csv"] = _annexes(sesion)
    return found


def _annexes(sesion: Sesion) -> bytes:
    """Which annexes the items had, by their fingerprints; the files stay in their items."""
    points = sesion.puntos.filter(retirado_en=None, asunto__isnull=False).values("asunto_id")
    rows = AnexoAsunto.objects.filter(asunto_id__in=points, retirado_en=None)
    lines = [
        [row.asunto.folio, row.nombre, row.tamano, row.sha256, int(row.confidencial)]
        for row in rows.select_related("asunto").order_by("asunto_id", "pk")
    ]
    head = ["Asunto", "Anexo", "Bytes", "SHA-256", "Reservado"]
    return "".join(csv_lines(head, lines)).encode()


def _add_paper(found: dict[str, bytes], name: str, documento: Documento | None) -> None:
    if documento is None:
        return
    row = documento.archivos.filter(clase=ClaseArchivo.FIRMADO).order_by("-pk").first()
    if row is not None:
        found[name] = read_file(row)


def _json(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _record(stream: str) -> bytes:
    """The facts of a stream, one a line, each with the hash of its link."""
    rows = EventRecord.objects.filter(stream=stream).order_by("sequence").values(*RECORDED)
    lines = [json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder) for row in rows]
    return "".join(f"{line}\n" for line in lines).encode()


def session_to_bag(pk: int) -> Sesion | None:
    """The session with what its package says of it; ``None`` when its members were not noticed."""
    return meetings().filter(pk=pk).first()
