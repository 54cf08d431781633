"""Which rows anybody may read, and the objects of many at once."""

from collections.abc import Iterable

from django.db.models import Prefetch

from ..constants import Caracter, TipoOrgano
from ..models import Asunto, Integrante, Ocupacion, Organo, Punto, Sesion, Votacion
from . import objects
from .stamps import Stamps


def terms() -> list[Organo]:
    """The Ayuntamientos, each a term of office."""
    return list(Organo.objects.filter(tipo=TipoOrgano.AYUNTAMIENTO).order_by("vigente_desde"))


def meetings():
    """Sessions whose members were noticed."""
    votes = Votacion.objects.order_by("pk")
    points = Punto.objects.filter(retirado_en=None).order_by("orden", "pk")
    points = points.prefetch_related(Prefetch("votaciones", votes))
    rows = Sesion.objects.filter(convocada_en__isnull=False)
    rows = rows.select_related("organo", "convocatoria")
    return rows.prefetch_related(Prefetch("puntos", points, to_attr="vigentes"))


def public_points():
    """Points with an item on the agenda of a public session that was noticed."""
    return Punto.objects.filter(
        retirado_en=None,
        asunto__isnull=False,
        sesion__convocada_en__isnull=False,
        sesion__caracter=Caracter.PUBLICA,
    ).select_related("sesion")


def papers():
    """Items that a public session had or has on its agenda."""
    points = public_points()
    rows = Asunto.objects.filter(pk__in=points.values("asunto_id")).defer("exposicion", "dictamen")
    return rows.prefetch_related(Prefetch("puntos", points.order_by("pk"), to_attr="publicos"))


def held_seats():
    """Who was in which seat."""
    return Ocupacion.objects.select_related("asiento").order_by("pk")


def persons():
    """Members who hold or held a seat."""
    rows = Integrante.objects.filter(ocupaciones__isnull=False).distinct()
    return rows.prefetch_related(Prefetch("ocupaciones", held_seats(), to_attr="asientos"))


def as_organizations(rows: Iterable[Organo], stamps: Stamps) -> list[dict]:
    """Bodies with their memberships; one query more."""
    members: dict[int, list[int]] = {row.pk: [] for row in rows}
    for seat in held_seats().filter(asiento__organo_id__in=list(members)):
        members[seat.asiento.organo_id].append(seat.pk)
    return [objects.organization(row, stamps, members[row.pk]) for row in rows]


def as_persons(rows: Iterable[Integrante], stamps: Stamps) -> list[dict]:
    """Members with their seats."""
    return [objects.person(row, stamps, row.asientos) for row in rows]


def as_meetings(rows: Iterable[Sesion], stamps: Stamps) -> list[dict]:
    """Sessions with their agenda."""
    return [objects.meeting(row, stamps, row.vigentes) for row in rows]


def as_papers(rows: Iterable[Asunto], stamps: Stamps) -> list[dict]:
    """Items with where they were discussed."""
    return [objects.paper(row, stamps, row.publicos) for row in rows]
