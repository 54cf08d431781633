"""The environment of an install that belongs to one test."""

import os
from pathlib import Path

from .factories import PHONE


def environment(folder: Path, vendors_url: str) -> dict[str, str]:
    """SQLite in ``folder``, and notices that leave for ``vendors_url`` at any hour."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA_DIR": str(folder),
        "SECRET_KEY": "una-clave-de-prueba-que-no-sirve-para-nada-mas",
        "AVISOS_MODO": "lista_segura",
        "AVISOS_LISTA_SEGURA": PHONE,
        "AVISOS_HORARIO_SILENCIO": "",
        "AVISOS_TIEMPO_LIMITE": "5",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "secreto",
        "TWILIO_MESSAGING_SERVICE_SID": "MG" + "1" * 32,
        "TWILIO_BASE_URL": vendors_url,
        "SENDGRID_API_KEY": "SG.x",
        "SENDGRID_BASE_URL": vendors_url,
        "PUBLIC_URL": "https://sanjacinto.example",
        "NO_PROXY": "127.0.0.1,localhost",
    }
