"""Leaving a page of the path half done."""

from django.http import HttpResponse
from django.shortcuts import redirect

from .path import Path


def leave(path: Path, step: str, extra: dict | None = None) -> HttpResponse:
    """Keep what was typed, finished or not, and say how to come back."""
    path.keep_raw(step, extra)
    return path.answer(redirect("public:presentar_guardado"))
