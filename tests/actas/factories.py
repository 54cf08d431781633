"""Sessions that were held and their actas, for the tests."""

import datetime as dt

from portal.documents.services import Credentials
from tablero.actas.models import Acta, SeccionActa
from tablero.cabildo import services as cabildo
from tablero.cabildo.models import Punto, Sesion
from tablero.cabildo.services.voting import Motion, Totals
from tests.cabildo.factories import SesionFactory
from tests.cabildo.noticing import PASSWORD
from tests.cabildo.sitting import Sitting
from tests.factories import NOON, StaffFactory

KEY = Credentials(contrasena=PASSWORD)


def an_acta(**changes) -> Acta:
    """A draft with one section; a row as the service leaves it, without its record."""
    session = SesionFactory(
        estado="concluida", numero=1, ejercicio=2026, convocada_en=NOON, cerrada_en=NOON
    )
    row = Acta.objects.create(sesion=session, creado_en=NOON, actualizado_en=NOON, **changes)
    SeccionActa.objects.create(acta=row, orden=1, titulo="Apertura", texto="Uno.\n\nDos.")
    return row


class Held(Sitting):
    """A session that was held and closed; its operator signs with ``KEY``."""

    def __init__(self, **sitting) -> None:
        super().__init__(seats=5, items=sitting.pop("items", 1), **sitting)
        self.operator.set_password(PASSWORD)
        self.operator.save()
        self.roll(present=4)
        vote = self.open(0)
        self.cast_all(vote, "fffc")
        self.close(vote)
        cabildo.note_exit(
            sesion_id=self.sesion.pk, integrante_id=self.members[3].pk, **self.given()
        )
        cabildo.close_session(sesion_id=self.sesion.pk, **self.given())
        self.fresh()

    def account(self, place: int):
        """The member of that place with an account and a mailbox, and the account."""
        member = self.members[place]
        user = StaffFactory(rol="enlace", email=f"integrante{place}@x.example")
        user.set_password(PASSWORD)
        user.save()
        member.usuario, member.correo, member.consentimiento = user, user.email, "Escrito"
        member.save()
        return member, user

    def following(self, votes: tuple[int, int] = (4, 0)) -> Sesion:
        """The next ordinary session, in which the point of the acta was voted."""
        self.now += dt.timedelta(days=14)
        start = self.now + dt.timedelta(hours=1)
        values = {"organo": self.body, "tipo": "ordinaria", "inicia_en": start, "lugar": "Salón"}
        row = cabildo.save_session(sesion_id=None, values=values, **self.given())
        Sesion.objects.filter(pk=row.pk).update(
            estado="convocada", numero=row.pk, ejercicio=2026, convocada_en=self.now
        )
        self.now = start
        there = [member.pk for member in self.members[:4]]
        cabildo.call_roll(
            sesion_id=row.pk, presentes=there, preside_id=self.chair.pk, **self.given()
        )
        point = Punto.objects.get(sesion=row, clase="acta")
        vote = cabildo.open_vote(
            punto_id=point.pk, motion=Motion(forma="economica"), **self.given()
        )
        totals = Totals(favor=votes[0], contra=votes[1], abstencion=0)
        cabildo.close_vote(votacion_id=vote.pk, totals=totals, **self.given())
        return Sesion.objects.get(pk=row.pk)
