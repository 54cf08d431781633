"""What each member attended and voted over a stretch of time (LGTAIP 66)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from .constants import EstadoSesion, FormaVotacion, Sentido
from .models import Convocado, Excusa, Integrante, Presencia, Sesion, Votacion, Voto

#: Sessions that were opened.
HELD = (EstadoSesion.EN_CURSO, EstadoSesion.RECESO, EstadoSesion.CONCLUIDA)


@dataclass(frozen=True)
class MemberStats:
    """
    Of the sessions held that a member was noticed of: how many they attended; of the nominal votes
    in those: how they voted. ``sin_voto`` are those they neither voted nor were excused from.
    """

    integrante: Integrante
    convocado: int
    asistio: int
    favor: int
    contra: int
    abstencion: int
    excusas: int
    sin_voto: int

    @property
    def faltas(self) -> int:
        """Sessions they did not come to."""
        return self.convocado - self.asistio

    def row(self) -> list:
        """The figures in the order of the table."""
        return [
            self.integrante.nombre,
            self.integrante.partido,
            self.convocado,
            self.asistio,
            self.faltas,
            self.favor,
            self.contra,
            self.abstencion,
            self.excusas,
            self.sin_voto,
        ]


def member_stats(since: dt.date, until: dt.date) -> list[MemberStats]:
    """
    Every member noticed of a session held between two local dates, both included, by name; six
    queries. A vote that was corrected by another does not count.
    """
    held = Sesion.objects.filter(
        estado__in=HELD, abierta_en__date__gte=since, abierta_en__date__lte=until
    )
    ids = list(held.values_list("pk", flat=True))
    votes = dict(
        Votacion.objects.filter(
            sesion__in=ids,
            forma=FormaVotacion.NOMINAL,
            sustituida_por=None,
            cerrada_en__isnull=False,
        ).values_list("pk", "sesion_id")
    )
    noticed = list(
        Convocado.objects.filter(sesion__in=ids).values_list("integrante_id", "sesion_id")
    )
    came = set(Presencia.objects.filter(sesion__in=ids).values_list("integrante_id", "sesion_id"))
    cast = Counter(Voto.objects.filter(votacion__in=votes).values_list("integrante_id", "sentido"))
    excused = Counter(
        Excusa.objects.filter(votacion__in=votes).values_list("integrante_id", flat=True)
    )
    people = Integrante.objects.in_bulk({member for member, _sesion in [*noticed, *came]})
    expected = set(noticed) | came
    per_session = Counter(votes.values())
    return [
        _of(person, expected, came, cast, excused, per_session)
        for person in sorted(people.values(), key=lambda person: (person.nombre, person.pk))
    ]


def _of(person, expected, came, cast, excused, per_session) -> MemberStats:
    mine = {sesion for member, sesion in expected if member == person.pk}
    sides = {side.value: cast[person.pk, side.value] for side in Sentido}
    asked = sum(per_session[sesion] for sesion in mine)
    said = sum(sides.values()) + excused[person.pk]
    return MemberStats(
        integrante=person,
        convocado=len(mine),
        asistio=sum((person.pk, sesion) in came for sesion in mine),
        excusas=excused[person.pk],
        sin_voto=max(asked - said, 0),
        **sides,
    )
