"""The process in which a layout is tried: reads the trial, limits itself, writes what came out."""

import json
import sys
from typing import Any

import typst

from .client import STANDARDS
from .compiler import Composition, fonts
from .process import limit_memory


def limit(cpu_seconds: int, memory: int) -> None:
    """Hold this process to so many seconds of processor and bytes of memory."""
    limit_memory(memory)
    try:
        import resource
    except ImportError:  # Windows has none: the clock of who started this process must do
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))


def attempt(layout: str, data: dict[str, Any], timestamp: int) -> dict[str, Any]:
    """The marks of one sample, or why it does not compile."""
    inputs = {"datos": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    sheet = Composition(layout, inputs)
    try:
        sheet.pdf(timestamp=timestamp, standards=STANDARDS)
        return {"marks": sheet.marks()}
    except typst.TypstError as error:
        hints = list(error.hints)
        return {"message": error.message, "diagnostic": error.diagnostic, "hints": hints}


def main() -> None:
    """Try each sample until one fails; results go out as JSON."""
    given = json.load(sys.stdin)
    fonts()
    limit(*given["limits"])
    results = []
    for data, timestamp in zip(given["samples"], given["timestamps"], strict=True):
        results.append(attempt(given["layout"], data, timestamp))
        if "marks" not in results[-1]:
            break
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
