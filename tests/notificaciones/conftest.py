import pytest

from .factories import MAILBOX, PHONE, Clock
from .fake_vendor import FakeVendors

SID, TOKEN = "AC" + "0" * 32, "secreto-de-twilio-0123456789"


@pytest.fixture
def vendors(settings, monkeypatch):
    """Both vendors on loopback, and an install that speaks to them for the safe addresses."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    fake = FakeVendors()
    settings.AVISOS_MODO = "lista_segura"
    settings.AVISOS_LISTA_SEGURA = [PHONE, MAILBOX]
    settings.AVISOS_HORARIO_SILENCIO = ""
    settings.AVISOS_TIEMPO_LIMITE = 2
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = SID, TOKEN
    settings.TWILIO_MESSAGING_SERVICE_SID = "MG" + "1" * 32
    settings.TWILIO_BASE_URL = settings.SENDGRID_BASE_URL = fake.url
    settings.SENDGRID_API_KEY = "SG.clave-secreta"
    settings.PUBLIC_URL = "https://sanjacinto.example"
    yield fake
    fake.close()
    assert fake.problems == []


@pytest.fixture
def clock():
    return Clock()
