"""The typst compiler with its fonts: data in, pages out, the same on every machine."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import manimgx_fonts
import typst

from . import ROOT

#: No package is ever here and none can be put here.
NO_PACKAGES = os.devnull
FONT_DIRS = [str(Path(manimgx_fonts.__file__).parent)]
MARKS = "<ventanilla>"


@cache
def fonts() -> typst.Fonts:
    """Every font of the house, read once per process; none of the system's."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=FONT_DIRS
    )


class Composition:
    """
    One source with its data. Used once, by one thread.

    The compiler forgets a source given as bytes after its first use, so each act makes its own;
    what was laid out already is remembered below it and costs nothing the second time.
    """

    def __init__(self, source: str, inputs: dict[str, str]) -> None:
        self._source = source.encode()
        self._inputs = inputs

    def pdf(self, *, timestamp: int, standards: list[str]) -> bytes:
        """The document as PDF; raises ``typst.TypstError``."""
        return self._compiler().compile(
            format="pdf",
            pdf_standards=standards,
            pdf_tags="ua-1" in standards,
            timestamp=timestamp,
        )

    def images(self, *, fmt: str, ppi: int) -> list[bytes]:
        """Each page as an ``svg`` or a ``png``; raises ``typst.TypstError``."""
        made = self._compiler().compile(format=fmt, ppi=ppi)
        return made if isinstance(made, list) else [made]

    def marks(self) -> list[dict[str, Any]]:
        """What the layout wrote down about itself: its pages and the places for signatures."""
        return json.loads(self._compiler().query(MARKS, field="value"))

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(
            self._source,
            root=str(ROOT),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=self._inputs,
            package_path=NO_PACKAGES,
            package_cache_path=NO_PACKAGES,
        )
