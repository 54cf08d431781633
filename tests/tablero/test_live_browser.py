"""What somebody with a page open sees happen, in a real browser at a real server."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.tablero.house import PASSWORD, Browser

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SOON = 3000


@pytest.fixture(scope="module")
def port(house):
    with house.server() as port:
        yield port


@pytest.fixture
def open_as(chromium, port):
    """``open_as(user, path)``: a page of a signed-in person; errors of the console fail."""
    contexts, failures = [], []

    def opened(user: str, path: str):
        context = chromium.new_context(locale="es-MX", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda m: failures.append(m.text) if "Content Security" in m.text else 0)
        page.goto(f"http://127.0.0.1:{port}/cuenta/login/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", PASSWORD)
        page.locator("form:has([name=password]) [type=submit]").first.click()
        page.goto(f"http://127.0.0.1:{port}{path}")
        expect(page.locator("[data-live-state]")).to_have_text("En vivo")
        time.sleep(0.5)  # the socket joins its groups after it opens
        return page

    yield opened
    for context in contexts:
        context.close()
    assert failures == []


@pytest.fixture(scope="module")
def counter(port):
    """Captures a case at the counter, by HTTP, and returns its folio."""
    browser = Browser(port, "ventanilla")

    def capture(text: str) -> str:
        page = browser.get("/tablero/bandeja/captura/")
        service = re.search(r'<option value="(\d+)"[^>]*>Bache en la calle', page).group(1)
        key = re.search(r'name="clave" value="([^"]+)"', page).group(1)
        fields = {"clave": key, "servicio": service, "canal": "ventanilla", "descripcion": text}
        browser.post("/tablero/bandeja/captura/", **fields)
        newest = browser.get("/tablero/bandeja/?vista=todas")
        return re.search(r'data-folio="([^"]+)"', newest).group(1)

    return capture


def test_a_new_case_appears_marked_without_touching_the_page(open_as, counter):
    page = open_as("titular", "/tablero/bandeja/")
    folio = counter("Un bache nuevo.")
    row = page.locator(f'tr[data-folio="{folio}"]')
    expect(row).to_be_visible(timeout=SOON)
    expect(row).to_have_class(re.compile("is-new"))


def test_while_rows_are_marked_the_list_waits_and_says_how_many(open_as, counter):
    page = open_as("titular", "/tablero/bandeja/")
    first = page.locator("tbody input[name=sel]").first
    first.check()
    chosen = first.get_attribute("value")
    folio = counter("Otro bache.")
    bar = page.locator("[data-nuevos] a")
    expect(bar).to_have_text("1 cambio — mostrar", timeout=SOON)
    expect(page.locator(f'tr[data-folio="{folio}"]')).to_have_count(0)
    bar.click()
    expect(page.locator(f'tr[data-folio="{folio}"]')).to_be_visible(timeout=SOON)
    expect(page.locator(f'input[value="{chosen}"]')).to_be_checked()
    expect(page.locator("[data-bulk-count]")).to_have_text("1")


def test_the_figures_of_the_panel_and_of_the_wall_move_by_themselves(open_as, counter):
    panel = open_as("secretaria", "/tablero/panel/")
    wall = open_as("secretaria", "/tablero/panel/muro/")
    before = int(panel.locator(".totals .big").first.inner_text())
    counter("Un bache más.")
    expect(panel.locator(".totals .big").first).to_have_text(str(before + 1), timeout=SOON)
    expect(wall.locator(".w-tot dd").first).to_have_text(str(before + 1), timeout=SOON)


def test_two_people_on_a_case_see_each_other_and_who_answers(open_as, house):
    folio, _version = house.cases[0]
    one = open_as("titular", f"/tablero/bandeja/{folio}/")
    other = open_as("secretaria", f"/tablero/bandeja/{folio}/acto/nota/")
    expect(one.locator("[data-presencia]")).to_contain_text("está respondiendo.", timeout=SOON)
    expect(other.locator("[data-presencia]")).to_contain_text("está aquí.", timeout=SOON)
    other.close()
    expect(one.locator("[data-presencia]")).to_be_empty(timeout=SOON)


def test_who_is_writing_hears_that_the_case_changed_and_keeps_the_text(open_as, house):
    folio, _version = house.cases[1]
    page = open_as("titular", f"/tablero/bandeja/{folio}/acto/atender/")
    other = open_as("secretaria", f"/tablero/bandeja/{folio}/acto/nota/")
    other.fill("#id_texto", "Ojo con esta calle.")
    other.click("main .btn--1")
    expect(page.locator("[data-cambio]")).to_be_visible(timeout=SOON)


def test_the_list_is_walked_by_keyboard(open_as):
    page = open_as("titular", "/tablero/bandeja/")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("tr.is-cursor input[name=sel]")).to_be_checked()
    folio = page.locator("tr.is-cursor").get_attribute("data-folio")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/bandeja/{folio}/")
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("bache")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bache**")


def test_a_case_is_captured_with_the_keyboard_alone(chromium, port):
    context = chromium.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/cuenta/login/?next=/tablero/bandeja/captura/")
    page.fill("[name=login]", "ventanilla")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[role=combobox]")).to_be_visible()
    page.keyboard.press("Alt+1")
    page.keyboard.type("Rosa Elena")
    page.keyboard.press("Alt+2")
    page.keyboard.type("Mina 48")
    page.keyboard.press("Alt+3")
    page.keyboard.type("bach")
    page.keyboard.press("Enter")
    expect(page.locator("#dicho")).to_contain_text("a más tardar el", timeout=SOON)
    page.keyboard.press("Alt+4")
    page.keyboard.type("Hay un bache muy hondo.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ticket .pin")).to_be_visible(timeout=2 * SOON)
    context.close()
