"""Charges of the demo's acuerdos, as far as each department went, and a number of the Gaceta."""

import datetime as dt
import io

from portal.accounts.models import Dependencia, User
from portal.core.actors import SYSTEM
from portal.documents.services import Credentials
from tablero.actas.services import circulate_acta, draft_acta, observe_acta, open_book
from tablero.cabildo.models import Integrante
from tablero.coordinacion.services import (
    Report,
    acknowledge_charge,
    extend_charge,
    report_charge,
    validate_charge,
)
from tramites.demo.accounts import demo_password

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
    _acta(rows[0].sesion, user, now)
    number = open_gaceta(actor=user, now=now)
    publish_gaceta(gaceta_id=number.pk, actor=user, now=now)


def _acta(sesion, user: User, now: dt.datetime) -> None:
    """The acta of the session, sent round yesterday and observed by a member with an account."""
    open_book(
        organo_id=sesion.organo_id,
        credentials=Credentials(contrasena=demo_password()),
        actor=user,
        now=now - 2 * DAY,
    )
    row = draft_acta(sesion_id=sesion.pk, actor=user, now=now - 2 * DAY)
    circulate_acta(acta_id=row.pk, actor=user, now=now - DAY)
    member = Integrante.objects.filter(usuario__isnull=False).order_by("pk").first()
    if member is not None:
        part = row.secciones.order_by("orden")[1]
        observe_acta(
            seccion_id=part.pk,
            parrafo=1,
            texto="Conviene decir a qué hora llegó cada quien.",
            actor=member.usuario,
            now=now - DAY / 2,
        )


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
