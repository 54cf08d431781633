"""A town with one neighbourhood, a clock that stands still, and a citizen with a browser."""

import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from notificaciones.models import Envio
from portal.public.models import Borrador
from tests.factories import NOON, ColoniaFactory, ServicioFactory, desk, load_calendar
from tramites.places import forget_places


class Clock:
    """The time that every view reads."""

    def __init__(self) -> None:
        self.now = NOON.astimezone(dt.UTC)

    def forward(self, **span) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**span)


@pytest.fixture
def clock(monkeypatch):
    """``clock.now`` is the present for the whole request."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


@pytest.fixture
def town(db, clock, settings, tmp_path):
    """Calendar, desk, one neighbourhood in the lower left quarter of its zone, and a disk."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    load_calendar()
    desk()
    forget_places()
    return ColoniaFactory(clave="centro", nombre="Centro")


def picture(name: str = "bache.jpg", size=(60, 40), kind: str = "JPEG"):
    """An uploaded picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 80)).save(out, kind)
    out.seek(0)
    out.name = name
    return out


class Citizen:
    """A browser on the path, without JavaScript."""

    def __init__(self) -> None:
        self.browser = Client(enforce_csrf_checks=False)

    def get(self, name: str, *args, **query):
        """A page by its URL name."""
        return self.browser.get(reverse(f"public:{name}", args=args), query)

    def post(self, name: str, *args, **data):
        """A form by its URL name."""
        return self.browser.post(reverse(f"public:{name}", args=args), data)

    @property
    def draft(self) -> Borrador:
        """The draft of this browser (the only one there is in these tests)."""
        return Borrador.objects.order_by("-pk").first()

    def choose(self, servicio):
        """Start with a service."""
        return self.post("presentar_asunto", asunto=servicio.clave)

    def tell(self, **changed):
        """The text page, filled."""
        return self.post("presentar_relato", **{"descripcion": "Hay un bache hondo.", **changed})

    def reach_by(self, via: str = "ninguno", **changed):
        """The contact page, filled."""
        return self.post("presentar_contacto", **{"via": via, "aviso": "on", **changed})

    def come_to_review(self, servicio=None, **story):
        """Everything up to the last page, without contact."""
        servicio = servicio or ServicioFactory(lugar="no")
        self.choose(servicio)
        self.tell(**story)
        self.reach_by()
        return self.get("presentar_revision")

    def file(self):
        """Send the form; gives the receipt page."""
        return self.browser.post(reverse("public:presentar_revision"), follow=True)


@pytest.fixture
def citizen(town):
    return Citizen()


def code_sent_to(contact: str) -> str:
    """The six figures in the last message to a contact."""
    message = Envio.objects.filter(destino=contact).order_by("-creado_en").first()
    return re.search(r"\b(\d{6})\b", message.cuerpo).group(1)


def text_of(response) -> str:
    """The page as text."""
    return response.content.decode()
