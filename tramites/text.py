"""The words of a row as they are searched: folded, single-spaced, each with a space before it."""

from .routing import words_of

MOST_WORDS = 12


def search_text(peticion) -> str:
    """
    What a case is found by: folio, service, what was asked and where. No name, no contact.

    It begins with a space, so that ``" word"`` finds a word by its beginning anywhere in it.
    """
    parts = [
        peticion.folio,
        peticion.servicio.nombre,
        peticion.descripcion,
        peticion.direccion,
        peticion.referencia,
        peticion.colonia.nombre if peticion.colonia else "",
    ]
    return words_of(" ".join(parts)).rstrip()


def service_text(servicio) -> str:
    """What a service is found by, in both languages."""
    parts = [
        servicio.nombre,
        servicio.nombre_en,
        servicio.palabras,
        servicio.descripcion,
        servicio.descripcion_en,
        servicio.tema.nombre,
        servicio.tema.nombre_en,
    ]
    return words_of(" ".join(parts)).rstrip()


def search_words(text: str) -> list[str]:
    """The words of a query, folded; at most twelve, each once."""
    return list(dict.fromkeys(words_of(text[:400]).split()))[:MOST_WORDS]
