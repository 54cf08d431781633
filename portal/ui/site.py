"""What every page may say about the municipality, with a fallback for each line."""

from django.conf import settings

FALLBACKS = {
    "nombre": "San Jacinto del Valle",
    "ayuntamiento": "",
    "prefijo_folio": "",
    "secretaria": "Secretaría General del Ayuntamiento",
    "domicilio": "",
    "horario": "",
    "telefono": "",
    "correo": "",
    "color": "",
    "cenefa": "",
    "emblema": "ui/emblema.svg",
}


def municipality() -> dict[str, str]:
    """Return ``settings.MUNICIPIO`` completed with fallbacks; never raises on a missing key."""
    given = getattr(settings, "MUNICIPIO", None) or {}
    data = {**FALLBACKS, **{key: value for key, value in dict(given).items() if value}}
    data["ayuntamiento"] = data["ayuntamiento"] or f"Ayuntamiento de {data['nombre']}"
    data["telefono_uri"] = phone_uri(data["telefono"])
    return data


def phone_uri(phone: str) -> str:
    """Return a ``tel:`` address for a Mexican phone, or an empty string when there is no number."""
    digits = "".join(char for char in str(phone) if char.isdigit())
    if not digits:
        return ""
    return f"tel:+{digits}" if str(phone).strip().startswith("+") else f"tel:+52{digits[-10:]}"
