"""Charges of the demo's acuerdos, as far as each department went, and a number of the Gaceta."""

import datetime as dt
import io

from portal.accounts.models import Dependencia, User
from portal.core.actors import SYSTEM
from tablero.coordinacion.services import (
    Report,
    acknowledge_charge,
    extend_charge,
    report_charge,
    validate_charge,
)

from ..models import Acuerdo
from ..services import charge_department, open_gaceta, publish_gaceta, seal_missing

SECRETARY = "secretaria"
DAY = dt.timedelta(days=1)
#: Office, what it must do, how it is known, business days, and how far it went.
STORIES = (
    (
        ("obras", "Bachear las calles del programa.", "1,200 m² bacheados", 30, "en_proceso"),
        (
            "transparencia",
            "Publicar cada semana el avance del programa.",
            "Página con el avance, al día",
            5,
            "cumplido",
        ),
    ),
    (
        (
            "alumbrado",
            "Instalar las luminarias del andador.",
            "14 luminarias encendidas",
            6,
            "vencido",
        ),
    ),
)


def play(now: dt.datetime) -> None:
    """As of ``now``; without the demo's session there is nothing to charge."""
    user = User.objects.filter(username=SECRETARY).first()
    rows = list(Acuerdo.objects.order_by("pk"))
    if user is None or not rows:
        return
    seal_missing(now)
    for row, stories in zip(rows, STORIES, strict=False):
        for story in stories:
            _charge(row, story, user, now)
    number = open_gaceta(actor=user, now=now)
    publish_gaceta(gaceta_id=number.pk, actor=user, now=now)


def _charge(row: Acuerdo, story: tuple, user: User, now: dt.datetime) -> None:
    clave, words, measure, days, how_far = story
    values = {
        "instruccion": words,
        "dependencia_id": Dependencia.objects.get(clave=clave).pk,
        "indicador": measure,
        "dias": days,
    }
    moment = min(row.adoptado_en + 2 * DAY, now)
    made = charge_department(acuerdo_id=row.pk, values=values, actor=user, now=moment)
    given = {"encargo_id": made.pk, "actor": SYSTEM}
    acknowledge_charge(now=moment + DAY / 4, **given)
    if how_far == "en_proceso":
        told = Report(texto="Van las calles Fresno y Nogal; falta la avenida.", avance=45)
        report_charge(report=told, now=moment + 5 * DAY, **given)
    if how_far == "cumplido":
        paper = _paper("Captura de la página")
        told = Report(
            texto="La página se actualiza cada lunes.", avance=100, concluye=True, archivos=(paper,)
        )
        report_charge(report=told, now=moment + 4 * DAY, **given)
        validate_charge(encargo_id=made.pk, actor=user, now=moment + 6 * DAY)
    if how_far == "vencido":
        extend_charge(
            encargo_id=made.pk,
            vence=made.vence + 3 * DAY,
            motivo="El proveedor entregó tarde los postes.",
            actor=user,
            now=min(moment + 3 * DAY, now),
        )


def _paper(title: str):
    """A page, as an upload."""
    from pypdf import PdfWriter

    kept, book = io.BytesIO(), PdfWriter()
    book.add_blank_page(width=612, height=792)
    book.add_metadata({"/Title": title})
    book.write(kept)
    kept.size, kept.name = kept.tell(), "avance.pdf"
    kept.seek(0)
    return kept
