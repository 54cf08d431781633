"""The folder of keys and certificates: how it is read, and how what is secret is written."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from asn1crypto.pem import detect, unarmor

log = logging.getLogger(__name__)
Item = TypeVar("Item")

CERTIFICATES = {".cer", ".crt", ".pem", ".der"}

#: Parts of the folder.
ROOTS, TEST_ROOTS, INTERMEDIATES, LISTS = "raices", "raices_prueba", "intermedias", "listas"
SEAL, TIME, TEST_AUTHORITY, SIGNERS = "sello", "tiempo", "autoridad_prueba", "firmantes"


def read_all(folder: Path, suffixes: set[str], parse: Callable[[bytes], Item]) -> list[Item]:
    """
    Every file of a folder with those endings, DER or PEM bundle, parsed from DER.

    One that cannot be read is named in the log and left out: trust shrinks, it never breaks.
    """
    found: list[Item] = []
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in suffixes or not path.is_file():
            continue
        try:
            found += [parse(der) for der in _der_blocks(path.read_bytes())]
        except Exception:  # noqa: BLE001 - parsers raise many kinds
            log.warning("pki_file_unreadable", extra={"file": path.name})
    return found


def _der_blocks(data: bytes) -> list[bytes]:
    if detect(data):
        return [der for _kind, _headers, der in unarmor(data, multiple=True)]
    return [data]


def folder_state(folder: Path, parts: tuple[str, ...]) -> tuple:
    """Names, sizes and times of what stands in the parts: it differs when anything changed."""
    found = []
    for part in parts:
        try:
            entries = sorted(os.scandir(folder / part), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        for entry in entries:
            stat = entry.stat()
            found.append((part, entry.name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def make_folder(folder: Path) -> None:
    """A folder that only its owner enters."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    draft.replace(path)
