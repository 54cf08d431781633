"""The receipt on paper: PDF/A made by typst from a fixed template and data passed as JSON."""

import json
from pathlib import Path

import typst
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from portal.ui.dates import as_date, clock_time, date_time, long_date, short_date
from portal.ui.site import municipality
from portal.ui.text import file_size

from .catalogue import lang
from .qr import qr_svg
from .selectors.receipts import Receipt

#: The stylesheet's own ``--muni``.
DEFAULT_COLOR = "#2b3a84"
TEMPLATE = Path(__file__).parent / "typst" / "acuse.typ"


def receipt_pdf(receipt: Receipt) -> bytes:
    """
    The receipt as PDF/A-2b, letter size, in the active language.

    Nothing of the case is ever part of the template's source, so its text cannot be code.
    """
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        sys_inputs={"datos": json.dumps(_data(receipt), ensure_ascii=False)},
        pdf_standards="a-2b",
    )


def _data(it: Receipt) -> dict:
    place = municipality()
    return {
        "lang": lang(),
        "municipio": {
            key: str(place[key])
            for key in ("ayuntamiento", "secretaria", "domicilio", "telefono", "correo")
        },
        "color": place["color"] or DEFAULT_COLOR,
        "emblema": _emblem(place["emblema"]),
        "palabras": _words(),
        "folio": it.folio,
        "hechos": _facts(it),
        "huella": it.huella,
        "archivos": [
            {"nombre": f.nombre, "tamano": file_size(f.tamano), "sha256": f.sha256}
            for f in it.archivos
        ],
        "vence": _due(it),
        "cuenta": _working(it),
        "url": it.seguimiento_url,
        "qr": str(qr_svg(it.seguimiento_url)),
    }


def _emblem(name: str) -> str:
    """The municipality's emblem as SVG; empty, and one is drawn, when there is none."""
    path = finders.find(name)
    if not path or not str(path).endswith(".svg"):
        return ""
    return Path(path).read_text(encoding="utf-8")


def _words() -> dict[str, str]:
    return {
        "titulo": _("Acuse de recibo"),
        "lema": _("Ventanilla"),
        "folio": _("Folio"),
        "vence": _("Deben responderle a más tardar el"),
        "porque": _("Por qué esa fecha"),
        "archivos": _("Archivos recibidos"),
        "huella": _("Huella de lo presentado (SHA-256)"),
        "huella_ayuda": _(
            "Identifica el contenido exacto de su escrito. Si cambia una letra, la huella cambia."
        ),
        "seguir": _("Siga su asunto"),
        "seguir_ayuda": _("Con este código llega a su asunto sin escribir el PIN: no lo comparta."),
        "pie": _(
            "Este acuse prueba la fecha y la hora de recepción y el contenido presentado. No"
            " resuelve su asunto."
        ),
        "pagina": _("Página"),
        "de": _("de"),
        "dias": [_("lun"), _("mar"), _("mié"), _("jue"), _("vie"), _("sáb"), _("dom")],
        "clave_cuenta": _("Día que cuenta, con su número"),
        "clave_inhabil": _("Día inhábil"),
        "clave_vence": _("Vence"),
        "recibido": _("recibido"),
    }


def _facts(it: Receipt) -> list[list[str]]:
    rows = [
        (_("Recibido"), date_time(it.recibida_en, seconds=True)),
        (_("Clase"), it.tipo),
        (_("Asunto"), it.asunto),
        (_("Lugar"), it.lugar),
        (_("Lo atiende"), it.dependencia),
        (_("Presentado por"), it.canal),
    ]
    return [[str(label), str(value)] for label, value in rows if value]


def _due(it: Receipt) -> str:
    if it.vence is None:
        return ""
    day = long_date(as_date(it.vence))
    hours = it.cuenta is not None and it.cuenta.grid is None
    return f"{day}, {clock_time(it.vence)}" if hours else day


def _working(it: Receipt) -> dict | None:
    if it.cuenta is None:
        return None
    weeks = it.cuenta.grid["weeks"] if it.cuenta.grid else []
    return {
        "titulo": it.cuenta.titulo,
        "texto": it.cuenta.texto,
        "hechos": [[str(row["label"]), str(row["value"])] for row in it.cuenta.facts],
        # A term of months would fill the sheet with boxes; its words say the same.
        "semanas": [[_cell(cell) for cell in week] for week in weeks] if len(weeks) <= 9 else [],
    }


def _cell(cell: dict) -> dict:
    first = cell["date"].day == 1
    return {
        "dia": short_date(cell["date"], year=False) if first else cell["label"],
        "clase": cell["kind"],
        "numero": cell["number"] or 0,
    }
