"""
The nightly anchor: the head of every record that moved, signed.

Whoever can write to the database can recompute a whole chain; without the key they cannot make
the anchors agree with it. Anchors are chained, so none can be taken out either.
"""

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Sum

from .models import ChainAnchor, EventRecord, StreamHead
from .time import local_date

#: Links looked at again by the next anchor: their transaction may have committed after it.
OVERLAP = 1000


def private_key() -> Ed25519PrivateKey:
    """The signing key, from the secret ``ANCHOR_KEY``."""
    seed = hashlib.sha256(b"ventanilla anchor" + settings.ANCHOR_KEY.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key_hex() -> str:
    """The public key, to publish or to keep when the secret changes."""
    return private_key().public_key().public_bytes_raw().hex()


def signed_body(anchor: ChainAnchor) -> bytes:
    """What the signature covers."""
    body = [
        anchor.fecha.isoformat(),
        anchor.streams,
        anchor.records,
        anchor.last_record,
        anchor.heads_hash,
        anchor.previous_hash,
        anchor.created_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    ]
    return json.dumps(body, separators=(",", ":")).encode()


def anchor_hash(anchor: ChainAnchor) -> str:
    """What the next anchor points to."""
    return hashlib.sha256(signed_body(anchor) + anchor.signature.encode()).hexdigest()


def signature_holds(anchor: ChainAnchor) -> bool:
    """Whether the key of today, or one of ``ANCHOR_OLD_PUBLIC_KEYS``, signed the anchor."""
    for key in [public_key_hex(), *settings.ANCHOR_OLD_PUBLIC_KEYS]:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(anchor.signature), signed_body(anchor))
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def heads_of(anchor: ChainAnchor) -> Iterator[tuple[str, int, str]]:
    """The anchored heads (stream, sequence, hash), unpacked as they are read."""
    inflater, rest = zlib.decompressobj(), b""
    data = bytes(anchor.heads)
    for start in range(0, len(data), 16_384):
        *lines, rest = (rest + inflater.decompress(data[start : start + 16_384])).split(b"\n")
        yield from (tuple(json.loads(line)) for line in lines)
    yield from (tuple(json.loads(line)) for line in (rest + inflater.flush()).splitlines())


@transaction.atomic
def anchor_heads(*, fecha: dt.date, now: dt.datetime) -> ChainAnchor | None:
    """
    Sign the heads that moved since the last anchor under ``fecha``, the day that ended.

    ``None`` when that day or a later one is already anchored.
    """
    last = ChainAnchor.objects.select_for_update().order_by("-fecha").first()
    if last is not None and last.fecha >= fecha:
        return None
    totals = StreamHead.objects.aggregate(streams=Count("pk"), records=Sum("sequence"))
    newest = EventRecord.objects.aggregate(pk=Max("pk"))["pk"] or 0
    since = max(last.last_record - OVERLAP, 0) if last else 0
    packed, digest = _pack(_moved_heads(since))
    anchor = ChainAnchor(
        fecha=fecha,
        streams=totals["streams"],
        records=totals["records"] or 0,
        last_record=newest,
        heads=packed,
        heads_hash=digest,
        previous_hash=anchor_hash(last) if last else "",
        created_at=now,
    )
    anchor.signature = private_key().sign(signed_body(anchor)).hex()
    anchor.save(force_insert=True)
    return anchor


def anchor_yesterday(now: dt.datetime) -> ChainAnchor | None:
    """Anchor the day before ``now`` in the municipality's zone, unless it is done."""
    fecha = local_date(now) - dt.timedelta(days=1)
    if ChainAnchor.objects.filter(fecha__gte=fecha).exists():
        return None
    return anchor_heads(fecha=fecha, now=now)


def _moved_heads(since: int) -> Iterable[tuple[str, int, str]]:
    heads = StreamHead.objects.order_by("stream").values_list("stream", "sequence", "hash")
    if since:
        moved = EventRecord.objects.filter(pk__gt=since).values("stream")
        heads = heads.filter(stream__in=moved)
    return heads.iterator(chunk_size=2000)


def _pack(heads: Iterable[tuple[str, int, str]]) -> tuple[bytes, str]:
    """The heads, compressed one JSON line each, and the SHA-256 of the lines."""
    deflater, digest, parts = zlib.compressobj(), hashlib.sha256(), []
    for head in heads:
        line = json.dumps(list(head), separators=(",", ":")).encode() + b"\n"
        digest.update(line)
        parts.append(deflater.compress(line))
    parts.append(deflater.flush())
    return b"".join(parts), digest.hexdigest()


def heads_agree(anchor: ChainAnchor) -> bool:
    """Whether the heads the anchor holds are those it signed."""
    try:
        return _pack(heads_of(anchor))[1] == anchor.heads_hash
    except (zlib.error, ValueError):
        return False
