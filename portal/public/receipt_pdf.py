"""What the receipt says on paper, in the active language, for the layout of receipts."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.documents.rendering import DocumentContent, Letterhead, layout_source, render_pdf
from portal.documents.snapshot import letterhead_of
from portal.ui.dates import as_date, clock_time, date_time, long_date, short_date
from portal.ui.text import file_size

from .catalogue import lang
from .selectors.receipts import Receipt

LAYOUT = "acuse"


def receipt_extra(it: Receipt, *, title: str = "", remark: str = "") -> dict:
    """
    The data of the receipt's layout: facts, files, hash, the deadline and its grid of days.

    Its code leads to the case by its folio, which asks for the PIN: paper is left on desks, and a
    sealed paper cannot follow a PIN that changes.
    """
    return {
        "palabras": _words(title, remark),
        "folio": it.folio,
        "hechos": _facts(it),
        "huella": it.huella,
        "archivos": [
            {"nombre": f.nombre, "tamano": file_size(f.tamano), "sha256": f.sha256}
            for f in it.archivos
        ],
        "vence": _due(it),
        "cuenta": _working(it),
        "url": it.folio_url,
    }


def plain_receipt(it: Receipt, office: Dependencia, *, title: str, remark: str) -> bytes:
    """The receipt without seal nor code, in the active language; ``remark`` says what it is."""
    content = DocumentContent(
        tipo=_("Acuse de recibo"),
        titulo=title,
        folio=it.folio,
        lugar=settings.MUNICIPIO["nombre"],
        asunto=it.asunto,
        extra=receipt_extra(it, title=title, remark=remark),
    )
    paper = Letterhead(**letterhead_of(office))
    source = layout_source(LAYOUT)
    return render_pdf(layout=source, content=content, letterhead=paper, lang=lang()).pdf


def unsealed_receipt(it: Receipt, office: Dependencia) -> bytes:
    """What the person gets while the institution cannot seal."""
    remark = _(
        "Todavía no lleva el sello electrónico de la institución: se le pondrá después. Descárguelo"
        " otra vez desde la página de su asunto."
    )
    return plain_receipt(it, office, title=_("Acuse de recibo"), remark=remark)


def translated_receipt(it: Receipt, office: Dependencia) -> bytes:
    """The same facts in the active language, for who does not read the official text."""
    title = _("Acuse de recibo (traducción de cortesía)")
    remark = _("Es una traducción: el documento oficial, con sello y código, está en español.")
    return plain_receipt(it, office, title=title, remark=remark)


def _words(title: str, remark: str) -> dict:
    foot = _(
        "Este acuse prueba la fecha y la hora de recepción y el contenido presentado. No"
        " resuelve su asunto."
    )
    return {
        "titulo": title or _("Acuse de recibo"),
        "folio": _("Folio"),
        "vence": _("Deben responderle a más tardar el"),
        "porque": _("Por qué esa fecha"),
        "archivos": _("Archivos recibidos"),
        "huella": _("Huella de lo presentado (SHA-256)"),
        "huella_ayuda": _(
            "Identifica el contenido exacto de su escrito. Si cambia una letra, la huella cambia."
        ),
        "seguir": _("Siga su asunto"),
        "seguir_ayuda": _("Con este código llega a su asunto; ahí se le pide el PIN."),
        "pie": " ".join(filter(None, (foot, remark))),
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
