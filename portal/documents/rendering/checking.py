"""A layout is tried before it is kept, in a process of its own that can be stopped."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..press.client import environment
from .errors import told, too_much
from .guard import require_harmless
from .pages import read_marks
from .payload import document_data, moment_of
from .samples import LETTERHEAD, bare, filled

#: Seconds of processor, seconds by the clock, and bytes of memory a layout may take for the trial.
CPU_SECONDS, WALL_SECONDS, MEMORY = 8, 12, 1_500_000_000
_BASE = Path(__file__).parents[3]


def check_layout(layout: str) -> None:
    """
    Compiles ``layout`` with a full, a bare and a long content.

    Raises ``LayoutError`` with the line at fault. Never uses the network nor reads a file beyond
    the prelude; takes at most ``WALL_SECONDS``.
    """
    require_harmless(layout)
    samples = [filled(), bare(), filled(paragraphs=40, words=120)]
    for content, result in zip(samples, _try(layout, samples), strict=False):
        if "marks" not in result:
            raise told(result["message"], result["diagnostic"], result["hints"])
        read_marks(result["marks"], (f.clave for f in content.firmantes))


def _try(layout: str, samples: list) -> list[dict[str, Any]]:
    """One result for each sample until the first that fails."""
    sent = {
        "layout": layout,
        "limits": [CPU_SECONDS, MEMORY],
        "samples": [document_data(content, LETTERHEAD, "es") for content in samples],
        "timestamps": [int(moment_of(content).timestamp()) for content in samples],
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the layout goes in as data
            [sys.executable, "-m", "portal.documents.press.trial"],
            input=json.dumps(sent).encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=_BASE,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_much() from error
    if done.returncode != 0:
        raise too_much()
    return json.loads(done.stdout)
