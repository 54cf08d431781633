"""The municipality that runs this install. The defaults are the fictional one of the demo."""

from .env import PRODUCTION, env

MUNICIPIO = {
    "nombre": env.str("MUNICIPIO_NOMBRE", default="San Jacinto del Valle"),
    "ayuntamiento": env.str(
        "MUNICIPIO_AYUNTAMIENTO", default="Ayuntamiento de San Jacinto del Valle"
    ),
    "secretaria": env.str("MUNICIPIO_SECRETARIA", default="Secretaría General del Ayuntamiento"),
    "prefijo_folio": env.str("MUNICIPIO_PREFIJO_FOLIO", default="SJV"),
    "domicilio": env.str(
        "MUNICIPIO_DOMICILIO", default="Portal Hidalgo 1, Centro, San Jacinto del Valle"
    ),
    "horario": env.str("MUNICIPIO_HORARIO", default="de lunes a viernes, de 8:30 a 15:00 horas"),
    "telefono": env.str("MUNICIPIO_TELEFONO", default="55 0000 1234"),
    "correo": env.str("MUNICIPIO_CORREO", default="ventanilla@sanjacinto.example"),
    "color": env.str("MUNICIPIO_COLOR", default=""),
    "cenefa": env.str("MUNICIPIO_CENEFA", default=""),
}

#: Address under which citizens reach the site: links in notices, QR codes and webhooks use it.
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")

#: Whether the fictional municipality, its staff and its cases are loaded at the first start.
PORTAL_DEMO = env.bool("PORTAL_DEMO", default=not PRODUCTION)
