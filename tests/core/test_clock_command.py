"""``manage.py plazo``: what it prints, and what it says to bad options."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def plazo(*options):
    out = StringIO()
    call_command("plazo", *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_the_last_day_and_its_working():
    data = plazo("--desde", "2026-12-23", "--cantidad", "10", "--unidad", "habiles")
    assert data["vence"] == "2027-01-08"
    assert data["inicia"] == "2026-12-24"
    assert data["limite_prevencion"] == "2026-12-30"
    assert data["explicacion"].endswith("Vence el viernes 8 de enero de 2027.")
    assert data["calendario"]["ejercicios"][:2] == [2026, 2027]
    assert data["pasos"][-1] == {"fecha": "2027-01-08", "clase": "vence", "numero": 10}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--desde 2026-11-20 --cantidad 3 --unidad naturales", "2026-11-25"),
        ("--desde 2026-01-31 --cantidad 1 --unidad meses", "2026-03-02"),
        ("--desde 2026-11-21 --cantidad 1", "2026-11-23"),
        ("--desde 2026-11-21 --cantidad 1 --recibido-habil", "2026-11-24"),
        ("--desde 2026-12-23T10:00 --cantidad 24 --unidad horas", "2026-12-24T10:00:00-06:00"),
        (
            "--desde 2026-03-07T12:00 --cantidad 24 --unidad horas --zona America/Tijuana",
            "2026-03-08T13:00:00-07:00",
        ),
        (
            "--desde 2026-12-23T10:00 --cantidad 24 --unidad horas"
            " --prevencion 2026-12-23T12:00:2026-12-23T15:30",
            "2026-12-24T13:30:00-06:00",
        ),
        ("--desde 2026-11-23 --cantidad 10 --prevencion 2026-11-25:2026-12-02", "2026-12-14"),
        (
            "--desde 2026-11-23 --cantidad 10 --prevencion 2026-11-25:2026-12-02"
            " --efecto interrumpe",
            "2026-12-16",
        ),
        ("--desde 2026-11-23 --cantidad 10 --prevencion 2026-11-25", None),
        ("--desde 2026-11-23 --cantidad 10 --prorroga 5", "2026-12-14"),
        ("--desde 2026-11-23 --cantidad 10 --suspension 2026-11-24:2026-11-25:Feria", "2026-12-09"),
        (
            "--desde 2026-11-23 --cantidad 10 --inhabil 2026-11-24 --inhabil 2026-11-25",
            "2026-12-09",
        ),
        ("--desde 2026-11-23 --cantidad 10 --habilitado 2026-11-29", "2026-12-04"),
    ],
)
def test_every_option_does_what_it_says(options, expected):
    assert plazo(*options.split())["vence"] == expected


def test_a_paused_term_says_what_is_left():
    data = plazo(*["--desde", "2026-11-23", "--cantidad", "10", "--prevencion", "2026-11-25"])
    assert (data["pausado"], data["usados"], data["restantes"]) == (True, 2, 8)


def test_without_json_the_answer_is_plain_text():
    out = StringIO()
    call_command("plazo", "--desde", "2026-12-23", "--cantidad", "10", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Vence: viernes 8 de enero de 2027"
    assert lines[1] == "Límite para prevenir: miércoles 30 de diciembre de 2026"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--cantidad 10", "--desde"),
        ("--desde 2026-12-23", "--cantidad"),
        ("--desde 2026-02-30 --cantidad 10", "2026-02-30"),
        ("--desde mañana --cantidad 10", "--desde"),
        ("--desde 2026-12-23T10:00 --cantidad 10", "--desde"),
        ("--desde 2026-12-23 --cantidad diez", "--cantidad"),
        ("--desde 2026-12-23 --cantidad 0", "mayor que cero"),
        ("--desde 2026-12-23 --cantidad -4", "mayor que cero"),
        ("--desde 2026-12-23 --cantidad 99999", "3650 días hábiles"),
        ("--desde 2026-12-23 --cantidad 10 --unidad lustros", "habiles"),
        ("--desde 2026-12-23 --cantidad 10 --efecto cancela", "suspende"),
        ("--desde 2026-12-23 --cantidad 10 --prorroga 6", "5 días hábiles"),
        ("--desde 2026-12-23 --cantidad 10 --prevencion ayer", "--prevencion"),
        ("--desde 2026-12-23 --cantidad 10 --prevencion 2026-12-01", "antes"),
        ("--desde 2026-12-23 --cantidad 10 --prevencion 2026-12-28:2026-12-24", "antes"),
        ("--desde 2026-12-23 --cantidad 10 --suspension 2026-12-28", "--suspension"),
        ("--desde 2026-12-23 --cantidad 10 --suspension 2026-12-28:2026-12-24", "--suspension"),
        ("--desde 2026-12-23 --cantidad 10 --inhabil martes", "--inhabil"),
        ("--desde 2026-12-23 --cantidad 10 --habilitado 2026-13-01", "2026-13-01"),
        ("--desde 2026-12-23T10:00 --cantidad 1 --unidad horas --zona Marte", "--zona"),
        ("--desde 2026-12-23 --cantidad 10 --rapido", "--rapido"),
    ],
)
def test_a_bad_option_gets_one_line_in_spanish_and_code_2(options, said):
    with pytest.raises(CommandError) as refused:
        plazo(*options.split())
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("options", ["--rapido", "--desde 2026-12-23 --cantidad 0"])
def test_from_a_shell_a_bad_option_exits_with_2_and_no_traceback(options):
    ran = subprocess.run(
        [sys.executable, "manage.py", "plazo", *options.split()], capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert len(ran.stderr.strip().splitlines()) == 1
