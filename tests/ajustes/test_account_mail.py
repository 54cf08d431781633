"""Mail of the login system leaves through the outbox."""

import pytest
from django.urls import reverse

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from tests.accounts.factories import staff

pytestmark = pytest.mark.django_db


def test_a_password_reset_is_a_sensitive_notice_to_that_address_only(client):
    person = staff(Rol.ENLACE)
    client.post(reverse("account_reset_password"), {"email": person.email})
    envio = Envio.objects.get()
    assert (envio.canal, envio.destino) == ("correo", person.email)
    assert envio.sensible
    assert not EventRecord.objects.exists()


def test_an_unknown_address_is_answered_alike(client):
    known = client.post(reverse("account_reset_password"), {"email": staff(Rol.ENLACE).email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nadie@x.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
