"""What both sides of the pipe say: a line of JSON with the sizes of the bytes that follow it."""

import json
from typing import Any, BinaryIO


def write(stream: BinaryIO, told: dict[str, Any], blobs: list[bytes] | None = None) -> None:
    """Send ``told`` and, after it, ``blobs``."""
    sizes = [len(blob) for blob in blobs or ()]
    stream.write(json.dumps([told, sizes]).encode() + b"\n")
    for blob in blobs or ():
        stream.write(blob)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """
    The next that was sent.

    :raises EOFError: the other side ended before it was whole.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told, sizes = json.loads(line)
    blobs = [stream.read(size) for size in sizes]
    if [len(blob) for blob in blobs] != sizes:
        raise EOFError
    return told, blobs
