"""The provider of a demonstration: keeps messages where they are and calls them delivered."""

from ..constants import Motivo, Resultado
from .base import Message, Provider, ProviderError, Receipt

#: Ends of numbers and names of mailboxes that fail on purpose, to see what failing looks like.
_FAILURES = {
    "0001": (Resultado.DIRECCION, Motivo.NUMERO_INVALIDO, "21211"),
    "0009": (Resultado.DIRECCION, Motivo.NUMERO_FIJO, "21614"),
    "rebota": (Resultado.DIRECCION, Motivo.BUZON, "550"),
}


class EmbeddedProvider(Provider):
    """Nothing leaves the machine; the outbox page shows what would have."""

    name = "embebido"

    def _send(self, message: Message) -> Receipt:
        key = message.to.partition("@")[0] if "@" in message.to else message.to[-4:]
        if key in _FAILURES:
            outcome, motivo, code = _FAILURES[key]
            raise ProviderError(outcome, motivo, code=code)
        return Receipt(
            vendor_id=f"embebido-{message.envio_id}-{message.attempt}", delivered=True, final=True
        )
