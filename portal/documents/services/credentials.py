"""What proves that it is the person who signs; it lives for one request."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core.errors import InvalidInputError
from portal.core.ratelimit import give_back, hit
from portal.core.text import fold

from ..constants import STRENGTH, NivelFirma
from ..models import Documento
from ..signing.configuration import current_trust
from ..signing.keys import Signatory, load_signatory

#: Wrong passwords in so many seconds; right ones do not count, or nobody could sign a day's work.
PASSWORD_TRIES, PASSWORD_WINDOW = 6, 600


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """
    What proves that it is the person who signs: their password (rúbrica), or their pair of files
    with its passphrase (firma avanzada). Lives for one request; never kept, logged or shown.
    """

    contrasena: str = field(default="", repr=False)
    certificado: bytes = field(default=b"", repr=False)
    llave: bytes = field(default=b"", repr=False)
    clave_llave: str = field(default="", repr=False)

    @property
    def nivel(self) -> str:
        """The level they reach."""
        pair = self.certificado or self.llave
        return NivelFirma.AVANZADA if pair else NivelFirma.RUBRICA


@sensitive_variables("credentials")
def load_pair(credentials: Credentials, *, now: dt.datetime | None = None) -> Signatory:
    """
    The signer's pair, open; use it as a context manager so that the key is dropped.

    With ``now`` the certificate must be good at that moment, so that somebody who signs many
    documents learns of it before the first.

    :raises InvalidInputError: about ``certificado``, ``llave`` or ``clave_llave``.
    """
    try:
        signatory = load_signatory(
            credentials.certificado, credentials.llave, credentials.clave_llave
        )
    except InvalidInputError as error:
        if "contrasena" in error.fields:
            error.fields["clave_llave"] = error.fields.pop("contrasena")
        raise
    if now is not None:
        current_trust().check_certificate(signatory.certificate, now)
    return signatory


def require_own(signatory: Signatory, actor) -> None:
    """
    Make sure that the certificate is of who signs: it must name every word of their name.

    :raises InvalidInputError: it is somebody else's.
    """
    holder = signatory.identity.nombre
    if set(fold(str(actor)).split()) <= set(fold(holder).split()):
        return
    line = _(
        "El certificado es de %(holder)s y usted entró como %(name)s. Firme con el suyo; si su"
        " nombre está mal escrito en su cuenta, pida que lo corrijan."
    )
    raise InvalidInputError(
        fields={"certificado": [line % {"holder": holder, "name": actor}]}, code="otra_persona"
    )


def require_level(documento: Documento, credentials: Credentials) -> None:
    """
    :raises InvalidInputError: the kind demands a signature that proves more.
    """
    if STRENGTH[credentials.nivel] < STRENGTH[documento.tipo.nivel_firma]:
        line = _("Este documento exige firma electrónica avanzada: agregue su .cer y su .key.")
        raise InvalidInputError(fields={"certificado": [line]})


@sensitive_variables("credentials")
def require_password(credentials: Credentials, actor, now: dt.datetime) -> None:
    """
    :raises InvalidInputError: no password, or not the actor's.
    :raises TooManyAttemptsError: too many wrong ones.
    """
    if not credentials.contrasena:
        raise InvalidInputError(fields={"contrasena": [_("Escriba su contraseña.")]})
    tries = {"window": PASSWORD_WINDOW, "now": now}
    hit("firma", str(actor.pk), limit=PASSWORD_TRIES, **tries)
    if not actor.check_password(credentials.contrasena):
        raise InvalidInputError(fields={"contrasena": [_("La contraseña no es la suya.")]})
    give_back("firma", str(actor.pk), **tries)
