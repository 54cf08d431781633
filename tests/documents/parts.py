"""Parts of templates."""

from portal.documents.constants import TipoCampo


def field(clave: str = "nombre", tipo: str = TipoCampo.TEXTO, **more) -> dict:
    """A field of a template."""
    return {"clave": clave, "etiqueta": clave.capitalize(), "tipo": tipo, **more}


def clause(texto: str, clave: str = "uno", **more) -> dict:
    """A clause of a template."""
    return {"clave": clave, "texto": texto, **more}
