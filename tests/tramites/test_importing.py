"""Historical cases: what comes in, what is refused and why, and what survives an interruption."""

import csv
import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.constants import Rol
from portal.core.models import EventRecord, StreamHead
from portal.core.time import now
from portal.core.verification import verify
from tests.factories import ServicioFactory, StaffFactory
from tramites.constants import Canal, Estado, Reloj
from tramites.importing import rows as reading
from tramites.models import Peticion, Respuesta
from tramites.selectors import InboxFilters, filtered_cases

pytestmark = pytest.mark.django_db

MAP = """
origen = "archivo-viejo"
prefijo_folio = "V"
basura = ["@basura"]
texto_respuesta = "Concluyó en esta fecha."
[columnas]
clave = "id"
recibida = "abierto"
concluida = "cerrado"
categoria = "tema"
descripcion = ["tema", "detalle"]
[servicios]
"Baches" = "bache"
"Fantasma" = "no-existe"
"""
HEADER = ["id", "abierto", "cerrado", "tema", "detalle"]
GOOD = ["7", "2015-03-02", "2015-03-20", "Baches", "Avenida Juárez"]


@pytest.fixture
def run(tmp_path):
    """``run(*rows)`` imports them and returns what was printed and the report's rows."""
    ServicioFactory(clave="bache")
    (tmp_path / "mapa.toml").write_text(MAP)

    def imported(*rows, header=HEADER, name="casos.csv", **options):
        file = tmp_path / name
        text = StringIO()
        csv.writer(text).writerows([header, *rows])
        data = text.getvalue().encode()
        file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        report, out = tmp_path / "rechazos.csv", StringIO()
        call_command(
            "importar_casos",
            str(file),
            mapa=tmp_path / "mapa.toml",
            reporte=report,
            stdout=out,
            stderr=StringIO(),
            **options,
        )
        return out.getvalue(), list(csv.reader(report.open()))[1:]

    return imported


def test_a_closed_case_comes_in_whole(run):
    said, refused = run(GOOD)
    case = Peticion.objects.get()
    assert (case.folio, case.estado, case.canal) == ("V-7", Estado.CONCLUIDA, Canal.IMPORTADO)
    assert case.recibida_en.date().isoformat() == "2015-03-02"
    assert case.respondida_en.date().isoformat() == "2015-03-20"
    assert case.descripcion == "Baches: Avenida Juárez"
    assert Respuesta.objects.get().texto == "Concluyó en esta fecha."
    assert (
        EventRecord.objects.get(stream=f"peticion:{case.pk}").payload["origen"] == "archivo-viejo"
    )
    assert verify().rota is None
    assert "Importadas:   1" in said
    assert refused == []


def test_a_case_that_was_open_waits_at_its_office_without_a_clock(run):
    run(["8", "2015-03-02", "", "Baches", "x"])
    case = Peticion.objects.get()
    assert (case.estado, case.reloj, case.vence_en) == (Estado.TURNADA, Reloj.DETENIDO, None)


def test_what_came_in_is_found_by_its_words(run):
    run(GOOD)
    viewer = StaffFactory(Rol.SECRETARIA)
    found = filtered_cases(viewer=viewer, filters=InboxFilters(texto="juarez"), now=now())
    assert [case.folio for case in found] == ["V-7"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param({"id": ""}, "no tiene clave", id="no key"),
        pytest.param({"id": "9" * 40}, "la clave es demasiado larga", id="long key"),
        pytest.param({"abierto": ""}, "no tiene fecha de recepción", id="no date"),
        pytest.param({"abierto": "ayer"}, "fecha que no se entiende", id="bad date"),
        pytest.param({"abierto": "2999-01-01"}, "fecha imposible", id="future date"),
        pytest.param({"cerrado": "2015-02-01"}, "concluye antes de recibirse", id="dates crossed"),
        pytest.param({"tema": ""}, "no tiene categoría", id="no category"),
        pytest.param({"tema": "@basura.x"}, "no tiene categoría", id="junk category"),
        pytest.param({"tema": "Ovnis"}, "categoría sin servicio", id="unknown category"),
        pytest.param({"tema": "Fantasma"}, "no existe en el catálogo", id="service gone"),
        pytest.param({"detalle": "x" * 5000}, "el texto pasa de", id="long text"),
    ],
)
def test_a_row_that_cannot_be_a_case_is_reported_with_its_reason(run, changed, reason):
    said, refused = run(
        [changed.get(name, value) for name, value in zip(HEADER, GOOD, strict=True)]
    )
    assert not Peticion.objects.exists()
    assert len(refused) == 1
    assert refused[0][0] == "2"
    assert reason in refused[0][1]
    assert "Rechazadas:   1" in said


def test_a_row_with_other_columns_is_refused(run):
    _said, refused = run([*GOOD, "de más"], GOOD[:3])
    assert [row[1] for row in refused] == [
        "la fila tiene más columnas que el encabezado",
        "la fila tiene menos columnas que el encabezado",
    ]


def test_the_same_file_again_brings_nothing_twice(run):
    run(GOOD, GOOD, name="casos.csv.gz")
    said, _refused = run(GOOD, ["9", *GOOD[1:]], name="casos.csv.gz")
    assert sorted(Peticion.objects.values_list("folio", flat=True)) == ["V-7", "V-9"]
    assert "Ya estaban:   1" in said


def test_an_interruption_loses_no_whole_batch_and_keeps_no_half_one(run, monkeypatch):
    rows = [[str(n), *GOOD[1:]] for n in range(10)]
    read, seen = reading.RowReader.read, []

    def broken(self, row):
        seen.append(row)
        if len(seen) == 8:
            raise OSError("el disco se fue")
        return read(self, row)

    monkeypatch.setattr(reading.RowReader, "read", broken)
    with pytest.raises(CommandError, match="el disco se fue"):
        run(*rows, lote=3)
    assert Peticion.objects.count() == 6
    assert StreamHead.objects.filter(stream__startswith="peticion:").count() == 6
    monkeypatch.undo()
    run(*rows, lote=3)
    assert Peticion.objects.count() == 10
    assert verify().rota is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("origen = ", "no es TOML válido", id="not TOML"),
        pytest.param('origen = "x"', "le falta «prefijo_folio»", id="key missing"),
        pytest.param(
            MAP.replace('recibida = "abierto"', ""), "faltan: recibida", id="column missing"
        ),
        pytest.param(
            MAP.replace('recibida = "abierto"', 'recibida = "abierto"\nraro = "x"'),
            "campos que no existen: raro",
            id="unknown column",
        ),
        pytest.param(
            MAP.replace('"abierto"', '"otra"'), "no tiene las columnas: otra", id="not in the file"
        ),
    ],
)
def test_a_wrong_map_stops_before_the_first_row(run, tmp_path, text, words):
    (tmp_path / "mapa.toml").write_text(text)
    with pytest.raises(CommandError, match=words):
        run(GOOD)
    assert not Peticion.objects.exists()


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    (tmp_path / "mapa.toml").write_text(MAP)
    with pytest.raises(CommandError, match="No such file"):
        call_command("importar_casos", str(tmp_path / "nada.csv"), mapa=tmp_path / "mapa.toml")
