"""The objects as dictionaries ready for JSON. Nothing here that a public page does not say."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from portal.core.time import local_date

from ..constants import Caracter, ClasePunto, EstadoSesion, Resultado
from ..models import Asunto, Integrante, Ocupacion, Organo, Punto, Sesion
from .stamps import Stamps

SCHEMA = "https://schema.oparl.org/1.1"
#: Words of OParl for the states of a meeting: noticed, held.
MEETING_STATES = {
    EstadoSesion.CONVOCADA: "eingeladen",
    EstadoSesion.EN_CURSO: "eingeladen",
    EstadoSesion.RECESO: "eingeladen",
    EstadoSesion.CONCLUIDA: "durchgeführt",
    EstadoSesion.NO_CELEBRADA: "eingeladen",
    EstadoSesion.CANCELADA: "eingeladen",
}


def address(name: str, *args: int) -> str:
    """The whole address of an object or a list; it is the object's id."""
    path = reverse(f"oparl:{name}", args=args)
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def _object(at: str, kind: str, pk: int, stamps: Stamps | None, **values) -> dict:
    head: dict = {"id": address(at, pk), "type": f"{SCHEMA}/{kind}"}
    if stamps is not None:
        head["created"], head["modified"] = (moment.isoformat() for moment in stamps[pk])
    kept = {key: value for key, value in values.items() if value not in (None, "", [])}
    return head | kept


def system() -> dict:
    """Where a program begins."""
    return {
        "id": address("system"),
        "type": f"{SCHEMA}/System",
        "oparlVersion": "https://schema.oparl.org/1.1/",
        "name": settings.MUNICIPIO["ayuntamiento"],
        "body": address("bodies"),
        "website": settings.PUBLIC_URL,
        "product": "Ventanilla",
    }


def body(terms: list[Organo]) -> dict:
    """The municipality; ``terms`` are the Ayuntamientos, whose validity is a term of office."""
    return {
        "id": address("body"),
        "type": f"{SCHEMA}/Body",
        "system": address("system"),
        "name": settings.MUNICIPIO["nombre"],
        "organization": address("organizations"),
        "person": address("persons"),
        "meeting": address("meetings"),
        "paper": address("papers"),
        "legislativeTerm": [term(row) for row in terms],
    }


def term(row: Organo) -> dict:
    """A term of office."""
    return _object(
        "term",
        "LegislativeTerm",
        row.pk,
        None,
        body=address("body"),
        name=row.nombre,
        startDate=row.vigente_desde.isoformat(),
        endDate=_day(row.vigente_hasta),
    )


def organization(row: Organo, stamps: Stamps, members: list[int]) -> dict:
    """The Ayuntamiento or a commission; ``members`` are ids of memberships."""
    return _object(
        "organization",
        "Organization",
        row.pk,
        stamps,
        body=address("body"),
        name=row.nombre,
        organizationType="Gremium",
        classification=row.get_tipo_display(),
        membership=[address("membership", pk) for pk in members],
        startDate=row.vigente_desde.isoformat(),
        endDate=_day(row.vigente_hasta),
    )


def person(row: Integrante, stamps: Stamps, held: list[Ocupacion]) -> dict:
    """A member with the seats they held; neither mailbox nor home."""
    return _object(
        "person",
        "Person",
        row.pk,
        stamps,
        body=address("body"),
        name=row.nombre,
        membership=[membership(seat) for seat in held],
    )


def membership(row: Ocupacion) -> dict:
    """Somebody in a seat, with a vote when they hold it as proprietor."""
    return _object(
        "membership",
        "Membership",
        row.pk,
        None,
        person=address("person", row.integrante_id),
        organization=address("organization", row.asiento.organo_id),
        role=row.asiento.nombre,
        votingRight=row.calidad == "propietario",
        startDate=row.vigente_desde.isoformat(),
        endDate=_day(row.vigente_hasta),
    )


def meeting(row: Sesion, stamps: Stamps, points: list[Punto]) -> dict:
    """A session that was noticed; of one closed to the public, no agenda."""
    is_open = row.caracter == Caracter.PUBLICA
    numbered = list(enumerate(points, 1)) if is_open else []
    return _object(
        "meeting",
        "Meeting",
        row.pk,
        stamps,
        name=f"{row.nombre}, {row.organo}",
        meetingState=MEETING_STATES[row.estado],
        cancelled=row.estado in (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA),
        start=(row.abierta_en or row.inicia_en).isoformat(),
        end=_moment(row.cerrada_en),
        location=location(row),
        organization=[address("organization", row.organo_id)],
        invitation=file(row) if is_open and row.convocatoria_id else None,
        agendaItem=[agenda_item(point, number) for number, point in numbered],
        web=_page("cabildo_publico:sesion", row.pk),
    )


def location(row: Sesion) -> dict:
    """Where a session is held."""
    return _object("location", "Location", row.pk, None, description=row.lugar)


def file(row: Sesion) -> dict:
    """The signed notice of a session."""
    paper = row.convocatoria
    return _object(
        "file",
        "File",
        row.pk,
        None,
        name=paper.asunto,
        mimeType="application/pdf",
        date=local_date(row.convocada_en).isoformat(),
        accessUrl=_page("verificar:pdf", paper.codigo),
    )


def agenda_item(point: Punto, number: int) -> dict:
    """A point in its place, with what was decided of it."""
    votes = [vote for vote in point.votaciones.all() if vote.resultado]
    last = votes[-1] if votes else None
    approved = last is not None and last.resultado == Resultado.APROBADO
    return _object(
        "agenda_item",
        "AgendaItem",
        point.pk,
        None,
        meeting=address("meeting", point.sesion_id),
        number=str(number),
        order=number - 1,
        name=point.titulo,
        public=True,
        consultation=address("consultation", point.pk) if point.asunto_id else None,
        result=last.get_resultado_display() if last else None,
        resolutionText=last.texto if approved else None,
    )


def paper(row: Asunto, stamps: Stamps, points: list[Punto]) -> dict:
    """An item that a public session had or has on its agenda."""
    member = row.proponente_id
    return _object(
        "paper",
        "Paper",
        row.pk,
        stamps,
        body=address("body"),
        name=row.titulo,
        reference=row.folio,
        date=local_date(row.creado_en).isoformat(),
        paperType=row.get_origen_display(),
        originatorPerson=[address("person", member)] if member else None,
        underDirectionOf=[address("organization", row.organo_id)],
        consultation=[consultation(point) for point in points],
    )


def consultation(point: Punto) -> dict:
    """An item in a meeting."""
    return _object(
        "consultation",
        "Consultation",
        point.pk,
        None,
        paper=address("paper", point.asunto_id),
        agendaItem=address("agenda_item", point.pk),
        meeting=address("meeting", point.sesion_id),
        organization=[address("organization", point.sesion.organo_id)],
        authoritative=point.clase == ClasePunto.ASUNTO,
    )


def _page(name: str, *args) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name, args=args)}"


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
