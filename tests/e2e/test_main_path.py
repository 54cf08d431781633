"""The main job, end to end, in a real browser against the embedded install."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .steps import clean, go_on, read_code, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e")]

COMPLAINT = "El camión no ha pasado en dos semanas y la basura se junta en la esquina."
ANSWER = "La ruta se restableció hoy; el camión pasará martes, jueves y sábado por la mañana."
#: What "by itself" means: a page that nobody touches shows the change within this, in ms.
BY_ITSELF = 3000


def photo() -> dict:
    """A picture as a phone would take it."""
    file = io.BytesIO()
    Image.new("RGB", (1600, 1200), (96, 128, 64)).save(file, "JPEG")
    return {"name": "esquina.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def tell(page: Page) -> None:
    """From the service's page to the page that asks for a contact; each page is clean."""
    page.goto("/")
    assert clean(page) == []
    page.fill("[name=q]", "no pasa el camion de la basura")
    page.press("[name=q]", "Enter")
    assert clean(page) == []
    page.locator("main a", has_text="El camión de la basura no pasa").first.click()
    assert clean(page) == []
    page.locator("main").get_by_text("Empezar").first.click()
    assert clean(page) == []
    page.fill("[name=direccion]", "Hidalgo 20")
    page.select_option("[name=colonia]", index=3)
    go_on(page)
    assert clean(page) == []
    page.fill("[name=descripcion]", COMPLAINT)
    page.fill("main input[type=date]", "2026-01-05")
    page.set_input_files("input[type=file]", photo())
    go_on(page)
    assert clean(page) == []


def give_contact(page: Page, staff: Page) -> None:
    """A mobile and a mail, each proved with the code that the outbox shows."""
    page.check("[name=via][value=ambos]", force=True)
    page.fill("[name=telefono]", "55 0000 4321")
    page.fill("[name=correo]", "vecina@correo.example")
    page.check("[name=aviso]", force=True)
    go_on(page)
    for kind in ("SMS", "Correo"):
        assert clean(page) == []
        page.fill("[name=codigo]", read_code(staff, kind))
        go_on(page)
    assert clean(page) == []


def file(page: Page) -> tuple[str, str]:
    """Send, and return the folio and the PIN of the receipt."""
    go_on(page)
    expect(page.locator("h1")).to_have_text("Recibimos su asunto")
    assert clean(page) == []
    folio = page.locator(".folio--big").inner_text().strip()
    pin = "".join(page.locator(".pin").inner_text().split())
    return folio, pin


def act(page: Page, name: str) -> None:
    """Open one of the acts that the case page offers."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    assert clean(page) == []


def answer(page: Page, folio: str) -> None:
    """Take charge of the case and answer it as solved."""
    page.goto("/tablero/bandeja/")
    assert clean(page) == []
    page.locator("tbody tr", has_text=folio).locator("a.title").click()
    assert clean(page) == []
    act(page, "Atender")
    go_on(page)
    act(page, "Responder")
    page.check("[name=resultado][value=resuelta]", force=True)
    page.fill("[name=texto]", ANSWER)
    go_on(page)
    expect(page.locator("main")).to_contain_text("Respondida")


def test_a_complaint_travels_from_the_neighbour_to_the_answer(visitor):
    officer, secretary, neighbour = visitor(1440), visitor(), visitor(360, 800)
    sign_in(officer, "enlace.limpia")
    sign_in(secretary, "secretaria")
    panel = officer.context.new_page()
    panel.goto("/tablero/panel/")
    assert clean(panel) == []
    expect(panel.locator("[data-live-state]")).to_have_text("En vivo")
    panel.wait_for_timeout(500)  # the socket joins its groups after it opens
    total = panel.locator(".totals dd.big").first
    before = int(total.inner_text())

    tell(neighbour)
    give_contact(neighbour, secretary)
    folio, pin = file(neighbour)
    expect(total).to_have_text(str(before + 1), timeout=BY_ITSELF)

    answer(officer, folio)
    expect(total).to_have_text(str(before), timeout=BY_ITSELF)

    secretary.goto(f"/tablero/avisos/?referencia={folio}")
    rows = secretary.locator("tbody tr", has_text=folio).filter(has_text="Respuesta")
    expect(rows.filter(has_text="SMS")).to_have_count(1)
    expect(rows.filter(has_text="Correo")).to_have_count(1)
    assert clean(secretary) == []

    elsewhere = visitor(360, 800)
    elsewhere.goto("/seguimiento/")
    assert clean(elsewhere) == []
    elsewhere.fill("main [name=folio]", folio)
    elsewhere.fill("main [name=pin]", pin)
    go_on(elsewhere)
    expect(elsewhere.locator("main")).to_contain_text(ANSWER)
    assert clean(elsewhere) == []


def test_the_same_path_without_javascript(visitor):
    neighbour, secretary = visitor(360, 800, java_script_enabled=False), visitor()
    sign_in(secretary, "secretaria")
    neighbour.goto("/servicios/recoleccion-basura/")
    neighbour.locator("main").get_by_text("Empezar").first.click()
    neighbour.fill("[name=direccion]", "Hidalgo 20")
    neighbour.select_option("[name=colonia]", index=3)
    go_on(neighbour)
    neighbour.fill("[name=descripcion]", COMPLAINT)
    neighbour.fill("main input[type=date]", "2026-01-05")
    neighbour.set_input_files("input[type=file]", photo())
    go_on(neighbour)
    neighbour.check("[name=via][value=ninguno]", force=True)
    go_on(neighbour)
    go_on(neighbour)
    expect(neighbour.locator("h1")).to_have_text("Recibimos su asunto")
