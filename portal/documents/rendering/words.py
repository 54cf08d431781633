"""
The fixed words of a document, in Spanish and English.

Own tables instead of the catalogue: they are part of what a signed file proves, so the same content
must print the same words whatever the version of a translation.
"""

import datetime as dt

WORDS: dict[str, dict[str, str]] = {
    "es": {
        "folio": "Folio",
        "folio_pendiente": "Se asigna al firmar",
        "expediente": "Expediente",
        "asunto": "Asunto",
        "fecha": "Fecha",
        "parte": "Persona interesada",
        "notificado": "Se notifica a",
        "dirigida": "Dirigida a",
        "otorgado": "se otorga a",
        "como": "como",
        "presente": "Presente",
        "atentamente": "Atentamente",
        "doy_fe": "Doy fe",
        "fundamento": "Fundamento",
        "recurso": "Medio de impugnación",
        "diligencia": "De la diligencia",
        "anexos": "Anexos",
        "notas": "Con copia para",
        "pagina": "Página",
        "de": "de",
        "verifique": "Verifique este documento en",
        "codigo": "Código de verificación",
        "huella": "Huella del contenido (SHA-256):",
        "comprobar": "Para comprobar que este documento es auténtico, entre a",
        "con_codigo": "con el código",
        "qr": "Código QR para verificar este documento en",
        "emblema": "Emblema de",
        "confidencial": "Confidencial",
        "borrador": "BORRADOR",
        "vista_previa": "Vista previa, sin validez",
    },
    "en": {
        "folio": "Folio",
        "folio_pendiente": "Assigned when signed",
        "expediente": "File",
        "asunto": "Subject",
        "fecha": "Date",
        "parte": "Interested party",
        "notificado": "Notice to",
        "dirigida": "Addressed to",
        "otorgado": "is granted to",
        "como": "as",
        "presente": "",
        "atentamente": "Sincerely",
        "doy_fe": "I so certify",
        "fundamento": "Legal basis",
        "recurso": "How to challenge this decision",
        "diligencia": "Record of service",
        "anexos": "Attachments",
        "notas": "Copies to",
        "pagina": "Page",
        "de": "of",
        "verifique": "Verify this document at",
        "codigo": "Verification code",
        "huella": "Fingerprint of the content (SHA-256):",
        "comprobar": "To check that this document is authentic, go to",
        "con_codigo": "with the code",
        "qr": "QR code to verify this document at",
        "emblema": "Emblem of",
        "confidencial": "Confidential",
        "borrador": "DRAFT",
        "vista_previa": "Preview, not valid",
    },
}

MONTHS = {
    "es": [
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre", "octubre", "noviembre", "diciembre"),
    ],
    "en": [
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ],
}

KINDS = {
    "avanzada": "Firmado electrónicamente",
    "rubrica": "Rúbrica",
    "sello": "Sello institucional",
}


def language(lang: str) -> str:
    """``en`` for any English, else ``es``."""
    return "en" if lang.lower().startswith("en") else "es"


def day_in_words(day: dt.date, lang: str) -> str:
    """«24 de noviembre de 2026» · «November 24, 2026»."""
    month = MONTHS[lang][day.month - 1]
    return (
        f"{month} {day.day}, {day.year}" if lang == "en" else f"{day.day} de {month} de {day.year}"
    )


def place_and_day(place: str, day: dt.date | None, lang: str) -> str:
    """«San Jacinto del Valle, a 24 de noviembre de 2026»; what is not known is left out."""
    if day is None:
        return place
    words = day_in_words(day, lang)
    if not place:
        return words
    return f"{place}, {words}" if lang == "en" else f"{place}, a {words}"
