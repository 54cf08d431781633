"""Fixtures of the whole suite."""

import os
import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


def _missing(item) -> str | None:
    """What a marked test lacks on this machine, in words, or ``None``."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if item.get_closest_marker("postgres") and not engine.endswith("postgresql"):
        return "needs PostgreSQL: set DATABASE_URL=postgres://…"
    if item.get_closest_marker("redis") and not os.environ.get("TEST_REDIS_URL"):
        return "needs Redis: set TEST_REDIS_URL=redis://…"
    if item.get_closest_marker("e2e") and not chromium_path():
        return "needs Chromium on the PATH (Debian: apt-get install chromium)"
    if item.get_closest_marker("poppler") and not shutil.which("pdfsig"):
        return "needs pdfsig on the PATH (Debian: apt-get install poppler-utils)"
    return None


def chromium_path() -> str | None:
    """The Chromium on the PATH, under any of its names."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def launch_chromium():
    """
    A browser, closed again before the next test of another kind.

    While it is open Playwright's loop counts as running, and in this thread Django then refuses
    its database: tests that use both keep the browser to one test.
    """
    from playwright.sync_api import sync_playwright

    flags = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    quiet = "--disable-background-networking"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=[*flags, quiet])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium():
    """A browser for a module that leaves the database to the server it looks at."""
    with launch_chromium() as browser:
        yield browser


def pytest_collection_modifyitems(items) -> None:
    """Skip what this machine cannot run; with ``TEST_STRICT=1`` (CI) that is an error instead."""
    strict = os.environ.get("TEST_STRICT") == "1"
    only = os.environ.get("TEST_STRICT_ONLY", "postgres redis e2e poppler").split()
    for item in items:
        reason = _missing(item)
        if reason is None:
            continue
        if strict and any(item.get_closest_marker(mark) for mark in only):
            raise pytest.UsageError(f"{item.nodeid} {reason}")
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def _fresh_state():
    """Rate limits, kept pages and the language of a request do not leak to the next test."""
    from portal.public.follow_kept import pages
    from portal.ui.kept import pieces

    cache.clear()
    pages.clear()
    pieces.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
