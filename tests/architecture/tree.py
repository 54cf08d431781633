"""What the tests about the system look at: our own files, as they stand in the repository."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("portal", "tramites", "notificaciones", "tablero")
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".css", ".js", ".sh", ".yaml", ".yml", ".json", ""}


def kept_files() -> list[Path]:
    """Files under version control; without git (a tarball), all but the generated folders."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        skip = {".venv", "var", ".git", "__pycache__"}
        return [p for p in ROOT.rglob("*") if p.is_file() and not skip & set(p.parts)]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def sources() -> list[Path]:
    """Our Python modules, without migrations."""
    return sorted(
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    """Our HTML templates, without those of mail, where style must stand inline."""
    found = [*(ROOT / "templates").rglob("*.html")]
    for package in PACKAGES:
        found += (ROOT / package).rglob("templates/**/*.html")
    return sorted(path for path in found if "notificaciones" not in path.parts)


def short(path: Path) -> str:
    """The path as it reads in a test's name."""
    return str(path.relative_to(ROOT))
