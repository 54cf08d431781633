"""The municipality's own letterhead, for what no office issues."""

from django.conf import settings

from portal.documents.rendering import Letterhead
from portal.documents.snapshot import emblem_svg


def house_letterhead(office: str = "") -> Letterhead:
    """Of the whole Ayuntamiento, or of an office called ``office``."""
    place = settings.MUNICIPIO
    names = ("ayuntamiento", "secretaria", "domicilio", "telefono", "correo", "color", "cenefa")
    given = {name: place[name] for name in names}
    return Letterhead(**given, dependencia=office, emblema_svg=emblem_svg())
