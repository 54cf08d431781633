"""Verifying the record: every link, every head, every anchor, in one pass and constant memory."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from .anchors import anchor_hash, heads_agree, heads_of, signature_holds
from .models import ChainAnchor, EventRecord, StreamHead
from .record import GENESIS, link_hash

BATCH = 500
FIELDS = (
    "stream",
    "sequence",
    "event_type",
    "payload",
    "actor_kind",
    "actor_id",
    "occurred_at",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first thing found wrong: where, a stable ``code``, and in words."""

    stream: str
    sequence: int
    code: str
    texto: str


@dataclass(slots=True)
class Verification:
    """What was gone through and the first broken link, if any."""

    hechos: int = 0
    registros: int = 0
    anclas: int = 0
    rota: BrokenLink | None = None

    @property
    def integra(self) -> bool:
        """Whether everything agrees."""
        return self.rota is None

    def as_data(self) -> dict:
        """JSON-ready."""
        return {"integra": self.integra, **asdict(self)}


class Broken(Exception):
    """Ends the pass at the first broken link."""

    def __init__(self, stream: str, sequence: int, code: str, texto: str) -> None:
        super().__init__(texto)
        self.link = BrokenLink(stream, sequence, code, texto)


def verify(stream: str | None = None) -> Verification:
    """
    Recompute every link in order of stream and sequence; with ``stream``, of that one only.

    Cutting the end off a chain contradicts its head; removing chain and head contradicts the
    anchors from the first night on.
    """
    result = Verification()
    try:
        _verify_links(stream, result)
        _verify_empty_heads(stream)
        _verify_anchors(stream, result)
    except Broken as broken:
        result.rota = broken.link
    return result


def _verify_links(stream: str | None, result: Verification) -> None:
    records = EventRecord.objects.order_by("stream", "sequence").values_list(*FIELDS)
    if stream is not None:
        records = records.filter(stream=stream)
    ended: dict[str, tuple[int, str]] = {}
    current, sequence, previous = None, 0, GENESIS
    for row in records.iterator(chunk_size=2000):
        link = dict(zip(FIELDS, row, strict=True))
        if link["stream"] != current:
            if len(ended) >= BATCH:
                _verify_heads(ended)
                ended = {}
            current, sequence, previous = link["stream"], 0, GENESIS
            result.registros += 1
        try:
            _verify_link(link, sequence, previous)
        except Broken:
            ended.pop(current, None)
            _verify_heads(ended)
            raise
        sequence, previous = link["sequence"], link["hash"]
        ended[current] = (sequence, previous)
        result.hechos += 1
    _verify_heads(ended)


def _verify_link(link: dict, last: int, previous: str) -> None:
    """One link against the one before it, whose sequence and hash are given."""
    stream, sequence = link["stream"], link["sequence"]
    if sequence != last + 1:
        raise Broken(stream, last + 1, "falta", _("falta este eslabón"))
    if link["previous_hash"] != previous:
        raise Broken(stream, sequence, "enlace", _("no apunta al eslabón anterior"))
    stored = link.pop("hash")
    same = link_hash(**link) == stored
    link["hash"] = stored
    if not same:
        raise Broken(stream, sequence, "contenido", _("su contenido no corresponde a su huella"))


def _verify_heads(ended: dict[str, tuple[int, str]]) -> None:
    heads = {
        head.stream: (head.sequence, head.hash)
        for head in StreamHead.objects.filter(pk__in=list(ended))
    }
    for stream, (sequence, found) in ended.items():
        head = heads.get(stream)
        if head is None:
            raise Broken(stream, sequence, "sin_cabeza", _("el registro perdió su cabeza"))
        if head[0] > sequence:
            raise Broken(stream, sequence + 1, "truncado", _("falta el final del registro"))
        if head != (sequence, found):
            raise Broken(stream, sequence, "cabeza", _("la cabeza no corresponde al último hecho"))


def _verify_empty_heads(stream: str | None) -> None:
    links = EventRecord.objects.filter(stream=OuterRef("stream"))
    empty = StreamHead.objects.filter(~Exists(links)).order_by("stream")
    if stream is not None:
        empty = empty.filter(pk=stream)
    head = empty.first()
    if head is not None:
        raise Broken(head.stream, 1, "vacio", _("el registro quedó sin hechos"))


def _verify_anchors(stream: str | None, result: Verification) -> None:
    previous = ""
    for anchor in ChainAnchor.objects.order_by("fecha").iterator(chunk_size=5):
        name = f"ancla:{anchor.fecha.isoformat()}"
        if anchor.previous_hash != previous:
            raise Broken(name, 0, "ancla_enlace", _("no apunta al ancla anterior"))
        if not signature_holds(anchor) or not heads_agree(anchor):
            raise Broken(name, 0, "ancla_firma", _("su firma no corresponde"))
        _verify_anchored(anchor, stream)
        previous = anchor_hash(anchor)
        result.anclas += 1


def _verify_anchored(anchor: ChainAnchor, stream: str | None) -> None:
    heads = heads_of(anchor)
    if stream is not None:
        heads = (head for head in heads if head[0] == stream)
    for batch in _batches(heads):
        names = [name for name, _sequence, _hash in batch]
        heads_now = dict(StreamHead.objects.filter(pk__in=names).values_list("stream", "sequence"))
        wanted = {(name, sequence): expected for name, sequence, expected in batch}
        found = EventRecord.objects.filter(hash__in=list(wanted.values()), stream__in=names)
        there = {(link.stream, link.sequence): link.hash for link in found.only(*FIELDS)}
        for (name, sequence), expected in wanted.items():
            if there.get((name, sequence)) == expected:
                continue
            missing = name not in heads_now or heads_now[name] < sequence
            code = "ancla_falta" if missing else "ancla_contenido"
            text = (
                _("falta el registro anclado el %(date)s")
                if missing
                else _("difiere de lo anclado el %(date)s")
            )
            raise Broken(name, sequence, code, text % {"date": anchor.fecha.isoformat()})


def _batches(items: Iterator) -> Iterator[list]:
    while batch := list(islice(items, BATCH)):
        yield batch
