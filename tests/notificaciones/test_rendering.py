import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from notificaciones.constants import EVENTOS, IDIOMAS, MAX_SEGMENTS
from notificaciones.rendering import MAX_SUBJECT, render

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "notificaciones"
PARTS = ("sms.{}.txt", "correo_asunto.{}.txt", "correo_txt.{}.txt", "correo_html.{}.html")
FULL = {
    "folio": "SJV-2026-000007",
    "servicio": "Bache en la vía pública",
    "dependencia": "Dirección de Obras Públicas",
    "vence": dt.date(2026, 12, 15),
    "enlace": "https://sanjacinto.example/seguimiento/eyJwIjo3fQ:1uYtRe:abcdefghijk_lmnop-qrs",
    "resultado": "Resuelta",
    "codigo": "482913",
    "documento_nombre": "Respuesta a una petición RESP-2026-000045",
    "texto": "Falta la foto de la fachada.",
}


@pytest.mark.parametrize("evento", EVENTOS)
def test_every_event_has_its_templates_in_every_channel_and_language(evento):
    wanted = [f"{evento}.{part.format(lang)}" for part in PARTS for lang in IDIOMAS]
    assert [name for name in wanted if not (TEMPLATES / name).exists()] == []


def test_no_template_belongs_to_an_event_that_does_not_exist():
    assert {p.name.split(".")[0] for p in TEMPLATES.iterdir()} == {*EVENTOS, "base_correo"}


@pytest.mark.parametrize("idioma", ["es-mx", "en"])
@pytest.mark.parametrize("evento", EVENTOS)
def test_every_notice_reads_well_with_all_its_variables_and_with_the_fewest(evento, idioma):
    for variables in (FULL, {name: FULL[name] for name in EVENTOS[evento]}):
        message = render(evento=evento, canal="sms", idioma=idioma, variables=variables)
        mail = render(evento=evento, canal="correo", idioma=idioma, variables=variables)
        assert message.encoding == "gsm7"
        assert message.segments <= 2
        for text in (message.text, mail.subject, mail.text, mail.html):
            assert "{{" not in text
            assert "{%" not in text
            assert "None" not in text
            assert " ." not in text
        assert mail.subject == mail.subject.strip()
        assert "  " not in message.text


def test_an_unknown_language_is_told_in_spanish():
    assert (
        "Recibimos"
        in render(evento="peticion_recibida", canal="correo", idioma="nah", variables=FULL).subject
    )


@pytest.mark.parametrize(
    ("idioma", "words"),
    [("es-mx", "martes 15 de diciembre de 2026"), ("en", "Tuesday, December 15, 2026")],
)
def test_dates_are_told_in_full_in_the_language_of_the_notice(idioma, words):
    text = render(evento="plazo_ampliado", canal="sms", idioma=idioma, variables=FULL).text
    assert words in text


def test_the_end_of_a_day_is_told_as_that_day_in_the_municipality():
    end = dt.datetime(2026, 12, 16, 5, 59, 59, tzinfo=dt.UTC)
    text = render(
        evento="plazo_ampliado", canal="sms", idioma="es", variables={**FULL, "vence": end}
    ).text
    assert "martes 15 de diciembre de 2026." in text


def test_what_a_citizen_wrote_cannot_become_markup_and_is_not_escaped_in_text():
    hostile = '<script>alert(1)</script> & "Peña"'
    for evento in ("aviso_personal", "correccion_solicitada"):
        mail = render(
            evento=evento, canal="correo", idioma="es", variables={**FULL, "texto": hostile}
        )
        assert "<script" not in mail.html
        assert "&lt;script&gt;" in mail.html
        assert hostile in mail.text


def test_template_syntax_in_a_value_stays_text():
    mail = render(
        evento="aviso_personal",
        canal="correo",
        idioma="es",
        variables={"texto": "{{ marca }}{% load i18n %}"},
    )
    assert "{{ marca }}{% load i18n %}" in mail.text


@pytest.mark.parametrize("breaker", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_subject_is_one_line_whatever_the_value_says(breaker):
    subject = render(
        evento="peticion_recibida",
        canal="correo",
        idioma="es",
        variables={"folio": f"SJV{breaker}Bcc: todos@correo.example"},
    ).subject
    assert len(subject.splitlines()) == 1
    assert len(subject) <= MAX_SUBJECT


def test_a_long_name_does_not_cost_thirty_segments_and_the_link_stays_whole():
    message = render(
        evento="aviso_personal", canal="sms", idioma="es", variables={**FULL, "texto": "ñ👍" * 3000}
    )
    assert message.segments <= MAX_SEGMENTS
    assert message.text.endswith(FULL["enlace"])


def test_html_mail_loads_nothing_from_anywhere():
    html = render(evento="peticion_respondida", canal="correo", idioma="es", variables=FULL).html
    for loader in ("<img", "<script", "<link", "<style", "url(", "src="):
        assert loader not in html
    assert 'lang="es-MX"' in html


def test_a_colour_that_is_not_one_never_reaches_the_mail(settings):
    settings.MUNICIPIO = {**settings.MUNICIPIO, "color": "red;background:url(http://x)"}
    html = render(evento="peticion_respondida", canal="correo", idioma="es", variables=FULL).html
    assert "http://x" not in html
