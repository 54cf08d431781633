"""The people of the tests of this room, and documents taken to each state by the services."""

import re
from dataclasses import dataclass

from portal.accounts.models import Dependencia, User
from portal.core.time import now
from portal.documents import services
from portal.documents.models import Documento
from portal.documents.services import Draft
from tests.documents.authority import own_pair
from tests.documents.samples import DATA

HOME = "/tablero/documentos/"


def url(documento, rest: str = "") -> str:
    """The address of a document, or of something of it."""
    return f"{HOME}{documento.pk}/{rest}"


def hidden(html: str, name: str) -> str:
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', html).group(1)


def fresh(documento) -> Documento:
    """The document as it stands."""
    return Documento.objects.get(pk=documento.pk)


@dataclass
class Room:
    """Who is who; ``memo`` and the rest take a document as far as their name says."""

    secretaria: Dependencia
    office: Dependencia
    secretary: User
    head: User
    clerk: User
    lawyer: User
    president: User
    stranger: User
    reader: User

    def draft(self, kind="memorandum", *, by=None, office=None, signers=None, **changes):
        """A complete draft by the clerk, to be signed by the head of the office."""
        values = {
            "asunto": "Mantenimiento de cajas",
            "datos": DATA[kind],
            "firmantes": signers or {"titular": self.head.pk},
        }
        return services.draft_documento(
            tipo=kind,
            dependencia_id=(office or self.office).pk,
            draft=Draft(**values | changes),
            actor=by or self.clerk,
            now=now(),
        )

    def appointment(self, **changes):
        """A nombramiento, which needs the legal office and two signatures in order."""
        signers = {"presidencia": self.president.pk, "secretaria": self.secretary.pk}
        values = {"by": self.secretary, "office": self.secretaria, "signers": signers}
        return self.draft("nombramiento", **values | changes)

    def submitted(self, documento=None, *reviewers):
        """In review."""
        documento = documento or self.draft()
        services.submit_documento(
            documento_id=documento.pk,
            revisores=[person.pk for person in reviewers or (self.head,)],
            actor=documento.autor,
            now=now(),
        )
        return fresh(documento)

    def ready(self, documento=None):
        """Frozen, without review."""
        documento = documento or self.draft()
        services.submit_documento(
            documento_id=documento.pk, revisores=[], actor=documento.autor, now=now()
        )
        if documento.tipo.requiere_visto_bueno:
            services.approve_review(documento_id=documento.pk, actor=self.lawyer, now=now())
        return fresh(documento)

    def signing(self, documento=None):
        """Sent to be signed."""
        documento = self.ready(documento)
        services.send_to_sign(documento_id=documento.pk, actor=documento.autor, now=now())
        return fresh(documento)

    def signed(self, documento=None, *signers):
        """In force."""
        documento = self.signing(documento)
        for number, person in enumerate(signers or (self.head,)):
            self.sign(documento, person, number)
        return fresh(documento)

    def sign(self, documento, person, number=0):
        """Put somebody's advanced signature."""
        return services.sign_documento(
            documento_id=documento.pk,
            credentials=own_pair(str(person), number),
            actor=person,
            now=now(),
        )
