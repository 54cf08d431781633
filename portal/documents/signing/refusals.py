"""How this package says no: one line in Spanish, where it belongs, with a code for programs."""

from portal.core.errors import InvalidInputError


def refuse(field: str, line, *, code: str, **details) -> InvalidInputError:
    """An error about ``field`` (certificado, llave, contrasena or documento), to be raised."""
    return InvalidInputError(line, code=code, fields={field: [line]}, **details)
