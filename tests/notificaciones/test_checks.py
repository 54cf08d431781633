"""An install that would write to real people by accident, or to nobody, does not start."""

import pytest

from notificaciones.checks import check_mode, check_quiet_hours
from notificaciones.conf import effective_mode
from notificaciones.constants import Modo

KEYS = {
    "AVISOS_MODO": "real",
    "DEBUG": False,
    "PORTAL_ENV": "production",
    "PUBLIC_URL": "https://sanjacinto.example",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "t",
    "TWILIO_MESSAGING_SERVICE_SID": "MG1",
    "TWILIO_FROM": "",
    "AVISOS_PROVEEDOR_CORREO": "sendgrid",
    "SENDGRID_API_KEY": "SG.x",
    "AVISOS_LISTA_SEGURA": ["+525512345678"],
}


def found(settings, **changes) -> set[str]:
    for name, value in {**KEYS, **changes}.items():
        setattr(settings, name, value)
    return {message.id for message in check_mode()}


def test_a_complete_production_install_starts(settings):
    assert found(settings) == set()


def test_the_demonstration_needs_nothing(settings):
    empty = dict.fromkeys(KEYS, "") | {"AVISOS_MODO": "embebido", "DEBUG": True}
    assert found(settings, **empty) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AVISOS_MODO": "quizas"}, "avisos.E001"),
        ({"DEBUG": True}, "avisos.E002"),
        ({"PORTAL_ENV": "embedded"}, "avisos.E003"),
        ({"TWILIO_AUTH_TOKEN": ""}, "avisos.E004"),
        ({"TWILIO_MESSAGING_SERVICE_SID": ""}, "avisos.E004"),
        ({"SENDGRID_API_KEY": ""}, "avisos.E004"),
        ({"AVISOS_PROVEEDOR_CORREO": "paloma"}, "avisos.E004"),
        ({"PUBLIC_URL": "http://sanjacinto.example"}, "avisos.W002"),
    ],
)
def test_each_fault_has_its_name(settings, changes, code):
    assert found(settings, **changes) == {code}


def test_a_test_install_with_nobody_on_its_list_is_told(settings):
    changes = {"AVISOS_MODO": "lista_segura", "PORTAL_ENV": "embedded", "AVISOS_LISTA_SEGURA": []}
    assert found(settings, **changes) == {"avisos.W001"}


@pytest.mark.parametrize("hours", ["de nueve a nueve", "21:00", "25:00-09:00"])
def test_quiet_hours_that_are_not_hours_are_refused(settings, hours):
    settings.AVISOS_HORARIO_SILENCIO = hours
    assert [message.id for message in check_quiet_hours()] == ["avisos.E005"]


@pytest.mark.parametrize(
    ("row", "now", "used"),
    [
        ("embebido", "real", "embebido"),
        ("real", "embebido", "embebido"),
        ("real", "lista_segura", "lista_segura"),
        ("lista_segura", "real", "lista_segura"),
        ("real", "real", "real"),
        ("real", "quizas", "embebido"),
    ],
)
def test_the_stricter_of_two_modes_is_obeyed(settings, row, now, used):
    settings.AVISOS_MODO = now
    assert effective_mode(row) == Modo(used)
