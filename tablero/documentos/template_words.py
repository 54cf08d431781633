"""What the parts of a template are called on the screen."""

from django.utils.translation import gettext_lazy as _

from portal.documents.constants import TipoCampo

#: Classes of paragraph.
CLASS_NAMES = {
    "parrafo": _("Párrafo"),
    "titulo": _("Título"),
    "clausula": _("Cláusula"),
    "cita": _("Cita"),
    "considerando": _("Considerando"),
    "resolutivo": _("Resolutivo"),
}
#: Layouts that come with the house.
LAYOUT_NAMES = {
    "oficio": _("Oficio"),
    "acuse": _("Acuse de recibo"),
    "circular": _("Circular"),
    "nombramiento": _("Nombramiento"),
    "decreto": _("Decreto"),
    "resolucion": _("Resolución"),
    "constancia": _("Constancia"),
    "certificacion": _("Certificación"),
    "cedula": _("Cédula"),
    "secciones": _("Por secciones"),
    "minutario": _("Minutario"),
}
FIELD_NAMES = dict(TipoCampo.choices)


def with_words(rows: list[dict], key: str, names: dict) -> list[dict]:
    """The rows with the words of what stands under ``key`` as ``palabra``."""
    return [row | {"palabra": names.get(row.get(key), row.get(key, ""))} for row in rows]
