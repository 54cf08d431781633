"""A file compared in a real browser, which keeps it to itself, and without JavaScript."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import launch_chromium
from tests.e2e.steps import clean

from .papers import Office, first_step, flipped, pdf_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("calendar", "clock"),
]
NO_HASHING = "Object.defineProperty(crypto, 'subtle', {value: undefined})"
DROP = """async ([files, size]) => {
  const carried = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    carried.items.add(new File([bytes, new Uint8Array(size)], name, {type: "application/pdf"}));
  }
  const options = {dataTransfer: carried, bubbles: true, cancelable: true};
  const zone = document.querySelector("[data-drop]");
  zone.dispatchEvent(new DragEvent("dragover", options));
  zone.dispatchEvent(new DragEvent("drop", options));
}"""


class Desk:
    """A signed document and its files, made before the browser opens."""

    def __init__(self, root: str) -> None:
        documento = Office().signed()
        self.start = f"{root}/verificar/"
        self.page = f"{root}/verificar/{documento.codigo}/"
        self.folio = documento.folio
        self.good, self.first = pdf_of(documento), first_step(documento)
        self.changed = flipped(self.good)


@pytest.fixture
def desk(live_server):
    return Desk(live_server.url)


@pytest.fixture
def visitor(desk):
    """``visitor(**options)`` is a page that notes what it sends and what goes wrong."""
    with launch_chromium() as browser:

        def open_page(**options) -> Page:
            page = browser.new_context(locale="es-MX", **options).new_page()
            page.sent, page.failures = [], []
            page.on("request", lambda r: page.sent.append((r.method, r.url)))
            page.on(
                "console", lambda m: page.failures.append(m.text) if m.type == "error" else None
            )
            page.on("pageerror", lambda error: page.failures.append(str(error)))
            return page

        yield open_page


def as_file(pdf: bytes, name: str = "documento.pdf") -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf}


def drop(page: Page, *pdfs: bytes, padding: int = 0) -> None:
    files = [[f"{n}.pdf", base64.b64encode(pdf).decode()] for n, pdf in enumerate(pdfs)]
    page.evaluate(DROP, [files, padding])


def outcome(page: Page):
    return page.locator("[data-outcome]")


def test_a_dropped_file_is_compared_without_leaving_the_browser(desk, visitor):
    page = visitor()
    page.goto(desk.page)
    asked = len(page.sent)
    drop(page, desk.good)
    expect(outcome(page)).to_contain_text("Su archivo es el mismo")
    drop(page, desk.changed)
    expect(outcome(page)).to_contain_text("Su archivo no es el mismo")
    drop(page, desk.first)
    expect(outcome(page)).to_contain_text("anterior a la última firma")
    drop(page, desk.good, desk.first)
    expect(outcome(page)).to_contain_text("un solo archivo")
    drop(page, b"GIF89a")
    expect(outcome(page)).to_contain_text("no es un PDF")
    drop(page, b"%PDF-1.7", padding=200_000_000)
    expect(outcome(page)).to_contain_text("pesa más de 25 MB")
    assert [url for _method, url in page.sent[asked:] if "/static/" not in url] == []
    assert page.failures == []
    assert clean(page) == []


def test_a_file_is_chosen_and_compared_by_keyboard(desk, visitor):
    page = visitor(viewport={"width": 360, "height": 740})
    page.goto(desk.page)
    page.set_input_files("#id_archivo", as_file(desk.changed))
    page.focus("#id_archivo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(outcome(page)).to_contain_text("Su archivo no es el mismo")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_the_start_page_only_the_hash_travels(desk, visitor):
    page = visitor()
    page.goto(desk.start)
    drop(page, desk.good)
    expect(page.locator("[data-result]")).to_contain_text("Su archivo es el mismo")
    expect(page.locator("main")).to_contain_text(desk.folio)
    assert {method for method, _url in page.sent} == {"GET"}
    assert any(re.search(r"\?sha256=[0-9a-f]{64}$", url) for _method, url in page.sent)
    page.goto(desk.start)
    drop(page, desk.changed)
    expect(page.locator("[data-result]")).to_contain_text("No reconocemos su archivo")


def test_the_signatures_are_looked_at_when_the_person_asks(desk, visitor):
    page = visitor()
    page.goto(desk.page)
    page.set_input_files("#id_archivo", as_file(desk.changed))
    page.get_by_text("Enviarlo y revisar sus firmas").click()
    expect(page.locator("[data-result]")).to_contain_text("fue alterado", timeout=60_000)
    assert clean(page) == []


def test_a_browser_that_cannot_hash_sends_the_file(desk, visitor):
    page = visitor()
    page.add_init_script(NO_HASHING)
    page.goto(desk.page)
    expect(page.get_by_text("El archivo no se guarda.")).to_be_visible()
    page.set_input_files("#id_archivo", as_file(desk.good))
    page.get_by_role("button", name="Comparar").click()
    expect(page.locator("[data-result]")).to_contain_text("es el mismo", timeout=60_000)
    assert ("POST", f"{desk.page}archivo/") in page.sent


def test_without_javascript_the_form_sends_the_file(desk, visitor):
    page = visitor(java_script_enabled=False)
    page.goto(desk.start)
    page.set_input_files("#id_archivo", as_file(desk.first))
    page.get_by_role("button", name="Comparar").click(timeout=60_000)
    main = page.locator("main")
    expect(main).to_contain_text("anterior a la última firma", timeout=60_000)
    expect(main).to_contain_text("Lo firmó CERTIFICADO DE PRUEBA – Tomás Villegas")
    expect(main).to_contain_text(desk.folio)
