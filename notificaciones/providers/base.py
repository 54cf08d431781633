"""The port every vendor stands behind: one message in, a receipt or a classified failure out."""

import datetime as dt
import logging
import time
from dataclasses import dataclass

from ..constants import Motivo, Resultado

logger = logging.getLogger("ventanilla.avisos")


@dataclass(frozen=True)
class Message:
    """What a vendor gets. ``validity`` is how many seconds it is still worth delivering."""

    envio_id: str
    attempt: int
    channel: str
    to: str
    subject: str
    text: str
    html: str
    callback_url: str
    validity: int


@dataclass(frozen=True)
class Receipt:
    """
    A vendor took the message. ``delivered``: it is already there; ``final``: nothing more will be
    heard of it.
    """

    vendor_id: str
    http: int | None = None
    delivered: bool = False
    final: bool = False


class ProviderError(Exception):
    """A call that did not end in acceptance, classified; ``retry_after`` is in seconds."""

    def __init__(
        self,
        outcome: Resultado,
        motivo: Motivo,
        *,
        code: str = "",
        http: int | None = None,
        retry_after: float = 0.0,
    ) -> None:
        self.outcome, self.motivo = outcome, motivo
        self.code, self.http, self.retry_after = code[:20], http, retry_after
        super().__init__(f"{outcome} {code}")


class Provider:
    """A vendor. Subclasses implement ``_send``; this class owns timing and the log line."""

    name = ""
    #: Whether the vendor can be asked what became of a message it may have taken.
    can_find = False

    def send(self, message: Message) -> Receipt:
        """
        Hand ``message`` over; connecting and answering take ``AVISOS_TIEMPO_LIMITE`` s at most.

        :raises ProviderError: not accepted, or nobody knows; ``outcome`` says which.
        """
        started = time.monotonic()
        outcome, code = Resultado.ACEPTADO, ""
        try:
            return self._send(message)
        except ProviderError as error:
            outcome, code = error.outcome, error.code
            raise
        finally:
            logger.info(
                "notice_call provider=%s envio=%s attempt=%s outcome=%s code=%s ms=%d",
                self.name,
                message.envio_id,
                message.attempt,
                outcome,
                code,
                (time.monotonic() - started) * 1000,
            )

    def find(self, message: Message, *, since: dt.datetime) -> Receipt | None:
        """
        The receipt of ``message`` if the vendor took it at or after ``since`` (aware).

        :raises ProviderError: the vendor could not be asked.
        """
        raise NotImplementedError

    def _send(self, message: Message) -> Receipt:
        raise NotImplementedError


def by_http_status(status: int, *, code: str = "", retry_after: float = 0.0) -> ProviderError:
    """The class of a refusal known only by its HTTP status."""
    if status == 429:
        outcome, motivo = Resultado.REINTENTAR, Motivo.SATURADO
    elif status == 503:
        # The vendor says that it did not take the request.
        outcome, motivo = Resultado.REINTENTAR, Motivo.RED
    elif status >= 500:
        outcome, motivo = Resultado.INCIERTO, Motivo.SIN_RESPUESTA
    elif status in (401, 403):
        outcome, motivo = Resultado.CONFIGURACION, Motivo.CONFIGURACION
    elif status == 413:
        outcome, motivo = Resultado.DEFECTO, Motivo.DEFECTO
    else:
        outcome, motivo = Resultado.DEFECTO, Motivo.DESCONOCIDO
    return ProviderError(outcome, motivo, code=code, http=status, retry_after=retry_after)


def seconds_of(header: str | None) -> float:
    """Seconds of a ``Retry-After`` in figures; 0 when absent, a date or nonsense."""
    try:
        return max(0.0, float(header or 0))
    except ValueError:
        return 0.0


def unreached() -> ProviderError:
    """Nothing was sent: no address, or the connection was refused."""
    return ProviderError(Resultado.REINTENTAR, Motivo.RED, code="conexion")


def unanswered() -> ProviderError:
    """The request went out and no answer came back."""
    return ProviderError(Resultado.INCIERTO, Motivo.SIN_RESPUESTA, code="sin_respuesta")


def unconfigured() -> ProviderError:
    """Keys or sender are missing in this install."""
    return ProviderError(Resultado.CONFIGURACION, Motivo.CONFIGURACION, code="sin_claves")
