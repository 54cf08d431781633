"""How a use case may end badly. Each interface translates these once; nobody else catches them."""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """
    A use case refused to go on, for a reason that can be shown to a person.

    ``message`` is Spanish through gettext; ``code`` is stable and for programs; ``details`` holds
    ids and primitives, and ``details["fields"]`` maps a field to its list of messages.
    """

    code = "error"
    status = 400
    default_message = _("No se pudo completar la operación.")

    def __init__(self, message=None, *, code: str | None = None, **details) -> None:
        self.message = message or self.default_message
        self.code = code or self.code
        self.details = details
        super().__init__(str(self.message))


class NotAllowedError(DomainError):
    """The actor may know the thing but may not do this to it."""

    code = "no_permitido"
    status = 403
    default_message = _("No tiene permiso para hacer esto.")


class NotFoundError(DomainError):
    """The thing does not exist, or the actor may not know that it does."""

    code = "no_encontrado"
    status = 404
    default_message = _("No encontramos lo que busca.")


class ConflictError(DomainError):
    """The thing changed meanwhile or is in a state that does not admit the act."""

    code = "conflicto"
    status = 409
    default_message = _("El asunto cambió mientras tanto. Revise los cambios e intente de nuevo.")


class InvalidInputError(DomainError):
    """What was given cannot be accepted; ``fields`` says where and how to mend it."""

    code = "entrada_invalida"
    status = 422
    default_message = _("Revise los datos marcados.")

    def __init__(self, message=None, *, fields: dict[str, list] | None = None, **details) -> None:
        super().__init__(message, **details)
        self.fields = fields or {}


class TooManyAttemptsError(DomainError):
    """A limited act was tried too often; ``retry_after`` is in seconds."""

    code = "demasiados_intentos"
    status = 429
    default_message = _("Demasiados intentos. Espere unos minutos y vuelva a intentarlo.")

    def __init__(self, message=None, *, retry_after: int = 600, **details) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class UnavailableError(DomainError):
    """Something the act needs is not working now (disk, vendor); nothing was changed."""

    code = "no_disponible"
    status = 503
    default_message = _("El servicio no está disponible por el momento. Intente más tarde.")
