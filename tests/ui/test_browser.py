"""What the scripts add, in a real browser, under the real content policy."""

import pytest

from tests.conftest import launch_chromium

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server, settings):
    settings.PORTAL_SHOW_COMPONENTS = True
    with launch_chromium() as browser:
        page = browser.new_page(locale="es-MX")
        page.failures = []
        page.on("console", lambda m: page.failures.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.goto(f"{live_server.url}/ui/componentes/")
        yield page


def test_the_page_of_components_works_by_hand_and_breaks_no_policy(page):
    assert page.evaluate("document.activeElement.className") == "errsum"

    page.fill("#limpio_relato", "a" * 4005)
    assert page.inner_text("[data-counter=limpio_relato]") == "Sobran 5 letras"
    page.fill("#limpio_relato", "a" * 4001)
    assert page.inner_text("[data-counter=limpio_relato]") == "Sobra 1 letra"

    page.click("[data-open=d1]")
    assert page.is_visible("#d1")
    page.keyboard.press("Escape")

    photo = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 1_234_567}
    page.set_input_files("#limpio_fotos", [photo])
    assert "1.2 MB" in page.inner_text("[data-files=limpio_fotos]")
    assert page.failures == []


def test_the_combobox_finds_without_accents_and_sends_only_what_exists(page):
    page.focus("#limpio_servicio_texto")
    page.keyboard.type("ARBOL")
    assert page.inner_text("#limpio_servicio_opciones").strip() == "Poda de árbol"
    page.keyboard.press("Enter")
    assert page.eval_on_selector("#limpio_servicio", "e => e.value") == "2"

    page.fill("#limpio_servicio_texto", "nada de eso")
    page.keyboard.press("Tab")
    assert page.input_value("#limpio_servicio_texto") == ""
    assert page.eval_on_selector("#limpio_servicio", "e => e.value") == ""


def test_the_theme_changes_at_once_and_outlives_the_page(page):
    with page.expect_response("**/ui/tema/"):
        page.click(".foot [data-set-theme=dark]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_rows_are_walked_and_marked_by_keyboard(page):
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.eval_on_selector("tr.is-cursor", "r => r.rowIndex") == 2
    assert page.inner_text("[data-bulk-count]") == "1"
    assert page.is_visible("[data-bulk]")


def test_a_very_long_word_in_a_chip_does_not_widen_the_page(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.eval_on_selector(".chip", "chip => chip.append('W'.repeat(200))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
