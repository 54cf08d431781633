"""Documents in each state that the public may ask about, made by the services."""

import datetime as dt

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.documents import services
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.services import Credentials, Draft, Issue
from portal.documents.services.files import last_file, read_file
from tests.documents.authority import own_pair
from tests.documents.samples import CASE_DATA, DATA
from tests.factories import NOON, DependenciaFactory, StaffFactory

PASSWORD = Credentials(contrasena="clave segura 9")


def later(minutes: int) -> dt.datetime:
    """Some minutes after noon of the day of the tests."""
    return NOON + dt.timedelta(minutes=minutes)


class Office:
    """The Secretaría with the President and the Secretary, who sign."""

    def __init__(self) -> None:
        self.secretaria = DependenciaFactory(clave="sg", nombre="Secretaría General", siglas="SG")
        self.president = self._person(Rol.TITULAR, "Tomás", "Villegas")
        self.secretary = self._person(Rol.SECRETARIA, "Elena", "Villaseñor")

    def _person(self, rol: str, first: str, last: str):
        user = StaffFactory(rol, self.secretaria, first_name=first, last_name=last)
        user.set_password(PASSWORD.contrasena)
        user.save()
        return user

    def appointment(self, *, replaces: Documento | None = None, **changes) -> Documento:
        """A nombramiento sent to both to be signed."""
        services.ensure_kind("nombramiento", now=NOON)
        draft = Draft(
            **{
                "asunto": "Nombramiento de la directora de Obras Públicas",
                "destinatario": "Rosa Elena Cárdenas Ibarra",
                "datos": DATA["nombramiento"],
                "firmantes": {
                    "presidencia": self.president.pk,
                    "secretaria": self.secretary.pk,
                },
                **changes,
            }
        )
        made = services.draft_documento(
            tipo="nombramiento",
            dependencia_id=self.secretaria.pk,
            draft=draft,
            actor=self.secretary,
            now=NOON,
            **({"sustituye_id": replaces.pk} if replaces else {}),
        )
        return self._sent_to_sign(made)

    def _sent_to_sign(self, made: Documento) -> Documento:
        lawyer = StaffFactory(Rol.JURIDICO, self.secretaria)
        services.submit_documento(
            documento_id=made.pk, revisores=[self.president.pk], actor=self.secretary, now=later(1)
        )
        for reviewer in (self.president, lawyer):
            services.approve_review(documento_id=made.pk, actor=reviewer, now=later(2))
        services.send_to_sign(documento_id=made.pk, actor=self.secretary, now=later(3))
        return fresh(made)

    def sign(self, documento: Documento, who=None, *, minutes: int = 4, number: int = 0):
        """One signature, of the President unless told."""
        person = who or self.president
        services.sign_documento(
            documento_id=documento.pk,
            credentials=own_pair(str(person), number),
            actor=person,
            now=later(minutes),
        )
        return fresh(documento)

    def signed(self, **changes) -> Documento:
        """A nombramiento that both signed."""
        documento = self.appointment(**changes)
        self.sign(documento)
        return self.sign(documento, self.secretary, minutes=5, number=1)

    def sealed(self, **changes) -> Documento:
        """A prevención under the seal of the institution: the quickest document there is."""
        issue = Issue(
            **{
                "tipo": "prevencion",
                "origen": f"prueba:{Documento.objects.count()}",
                "dependencia_id": self.secretaria.pk,
                "asunto": "Prevención de la petición SJV-2026-000123",
                "destinatario": "María Guadalupe Núñez Peña",
                "datos": CASE_DATA["prevencion"],
                **changes,
            }
        )
        return services.issue_sealed(issue=issue, actor=SYSTEM, now=NOON)


def fresh(documento: Documento) -> Documento:
    """The row as it is now."""
    return Documento.objects.get(pk=documento.pk)


def pdf_of(documento: Documento) -> bytes:
    """The signed file in force."""
    return read_file(last_file(documento, ClaseArchivo.FIRMADO))


def first_step(documento: Documento) -> bytes:
    """The file as it was after the first signature."""
    return read_file(documento.archivos.filter(clase=ClaseArchivo.FIRMADO).order_by("pk").first())


def flipped(pdf: bytes) -> bytes:
    """The same file with one bit changed in what was signed, where no reader of PDF looks."""
    data = bytearray(pdf)
    data[pdf.index(b"%", 5) + 1] ^= 1
    return bytes(data)
