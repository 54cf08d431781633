"""Databases to measure on: the demo municipality plus historical cases, made once and kept."""

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "ny_council_cases_2015_2018.csv.gz"
MAP = ROOT / "docs" / "mapas" / "consejo_nueva_york.toml"
KINDS = ("Housing and Buildings", "Transportation", "Sanitation", "Parks", "Utilities", "Health")


def source(folder: Path, rows: int) -> Path:
    """The real file where it is at hand, else one of the same shape made up here."""
    if REAL.exists():
        return REAL
    path = folder / f"casos-{rows}.csv"
    if not path.exists():
        write_cases(path, rows)
    return path


def write_cases(path: Path, rows: int) -> None:
    """``rows`` made-up cases with the columns of the real file."""
    rng = random.Random(20260101)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        columns = "unique_key,opendate,closedate,complaint_type,descriptor,zip,borough,city"
        out.writerow(columns.split(","))
        for n in range(rows):
            year, month = 2015 + n % 4, 1 + rng.randrange(12)
            opened = f"{year}-{month:02}-{1 + rng.randrange(28):02}"
            closed = f"{year + 1}-{month:02}-28" if rng.random() > 0.006 else ""
            words = " ".join(f"palabra{rng.randrange(900)}" for _ in range(4))
            out.writerow([f"B{n}", opened, closed, rng.choice(KINDS), words, "", "", "Norte"])


def environment(folder: Path, engine: str, rows: int) -> dict[str, str]:
    """The environment of an install on the database of ``engine`` with ``rows`` cases."""
    data = folder / f"{engine}-{rows}"
    data.mkdir(parents=True, exist_ok=True)
    env = {
        **os.environ,
        "PORTAL_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
    }
    env.pop("DATABASE_URL", None)
    if engine == "postgres":
        base = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
        env["DATABASE_URL"] = f"{base}/ventanilla_bench_{rows}"
        env["REDIS_URL"] = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/7")
    return env


def manage(env: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout


def create_postgres(url: str) -> None:
    """Create the database of ``url`` on its server if it is not there."""
    import psycopg

    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'create database "{name}"')


def prepare(folder: Path, engine: str, rows: int) -> tuple[dict[str, str], str]:
    """The environment of a database with the demo and ``rows`` cases, and what the import said."""
    env = environment(folder, engine, rows)
    ready = Path(env["PORTAL_DATA_DIR"]) / "listo.txt"
    if ready.exists():
        return env, ready.read_text()
    if engine == "postgres":
        create_postgres(env["DATABASE_URL"])
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "compilar_idiomas")
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    manage(env, "cargar_demo", "--verbosity", "0")
    file = source(folder, rows)
    said = manage(env, "importar_casos", str(file), "--mapa", str(MAP), "--limite", str(rows))
    ready.write_text(said)
    return env, said
