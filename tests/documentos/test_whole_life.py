"""The whole life of a document on the screens, and its PDF before judges that are not ours."""

import asyncio
import re
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from asn1crypto import x509 as asn1_x509
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from portal.documents.signing import files
from tests.conftest import launch_chromium
from tests.documents.authority import SECRET, own_pair, ready_authority
from tests.documents.samples import DATA
from tests.documents.signing.reading import pdfsig
from tests.e2e.steps import clean
from tests.factories import NOON

from .papers import flipped

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.poppler,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("calendar", "clock"),
]
TEXT = DATA["nombramiento"]
REASON = "La fecha de inicio debe ser el 1 de diciembre."


@dataclass
class House:
    """The people of a room, each with a page of their own in one browser."""

    root: str
    cookies: dict[str, str]
    pks: dict[str, int]
    pairs: dict[str, object]
    browser: Browser | None = None
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, name: str) -> Page:
        """The page of somebody; of anybody without an account when the name is none of ours."""
        if name not in self.pages:
            context = self.browser.new_context(
                locale="es-MX", base_url=self.root, reduced_motion="reduce"
            )
            if name in self.cookies:
                cookie = {"name": django_settings.SESSION_COOKIE_NAME, "url": self.root}
                context.add_cookies([cookie | {"value": self.cookies[name]}])
            self.pages[name] = context.new_page()
        return self.pages[name]

    def open(self, name: str, path: str) -> Page:
        """Somebody opens an address, on which axe finds nothing."""
        page = self.page(name)
        page.goto(path)
        assert clean(page) == []
        return page

    def act(self, name: str, path: str, act: str, **typed: str) -> Page:
        """Somebody does an act of a document's page, through its form."""
        page = self.open(name, path)
        address = f"{path}acto/{act}/"
        page.locator(f'main a[href="{address}"]').first.click()
        page.wait_for_url(f"**{address}")
        assert clean(page) == []
        for key, value in typed.items():
            page.fill(f"[name={key}]", value)
        page.locator("main form button[class*='btn--']").first.click()
        page.wait_for_url(f"**{path}")
        return page


@pytest.fixture
def house(room, live_server) -> House:
    people = {
        name: getattr(room, name) for name in ("secretary", "president", "head", "clerk", "lawyer")
    }
    cookies = {}
    for name, person in people.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        cookies[name] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    return House(
        root=live_server.url,
        cookies=cookies,
        pks={name: person.pk for name, person in people.items()},
        pairs={
            name: own_pair(str(people[name]), number)
            for number, name in enumerate(("president", "secretary"))
        },
    )


def draft(house: House, path: str, **changes: str) -> str:
    """The secretary writes a nombramiento; returns its address."""
    page = house.open("secretary", path)
    page.fill("[name=asunto]", "Nombramiento de la directora de Obras Públicas")
    for key, value in (TEXT | changes).items():
        page.fill(f"[name='campo.{key}']", value)
    for place, who in (("presidencia", "president"), ("secretaria", "secretary")):
        page.select_option(f"select[name='firmante.{place}']", str(house.pks[who]), force=True)
    page.get_by_role("button", name="Guardar borrador").click()
    page.wait_for_url(re.compile(r"/documentos/\d+/$"))
    return urlsplit(page.url).path


def ask_review(house: House, path: str, *reviewers: str) -> None:
    page = house.open("secretary", f"{path}acto/revision/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    for name in reviewers:
        page.check(f"[name=revisores][value='{house.pks[name]}']", force=True)
    page.locator("main form button.btn--1").click()
    page.wait_for_url(f"**{path}")


def sign(house: House, name: str, path: str) -> None:
    """Somebody signs with their own pair of files."""
    page = house.open(name, path)
    page.locator("main .acts a", has_text="Firmar").click()
    page.wait_for_url("**/firmar/")
    assert clean(page) == []
    pair = house.pairs[name]
    for key, content in (("certificado", pair.certificado), ("llave", pair.llave)):
        ending = "cer" if key == "certificado" else "key"
        file = {"name": f"firma.{ending}", "mimeType": "application/octet-stream"}
        page.set_input_files(f"[name={key}]", file | {"buffer": content})
    page.fill("[name=clave_llave]", SECRET)
    page.get_by_role("button", name="Firmar con mi certificado").click()
    page.wait_for_url("**/firmado/")
    assert clean(page) == []


def agree_and_sign(house: House, path: str) -> None:
    """From the visto bueno to the last signature."""
    house.act("lawyer", path, "visto-bueno")
    house.act("secretary", path, "firma")
    sign(house, "president", path)
    sign(house, "secretary", path)


def signed_pdf(house: House, path: str) -> bytes:
    answer = house.page("secretary").request.get(f"{path}pdf/")
    assert answer.ok
    return answer.body()


def code_on_paper(pdf: bytes) -> str:
    """The verification code as the foot of the first page prints it."""
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    found = re.search(r"Código de verificación: ((?:[0-9A-Z]{4}\s?){5})", text)
    return re.sub(r"\s", "", found.group(1))


def verdict_of(house: House, public: str, pdf: bytes) -> str:
    """What the public page says of a file chosen there."""
    page = house.open("anybody", public)
    file = {"name": "documento.pdf", "mimeType": "application/pdf", "buffer": pdf}
    page.set_input_files("#id_archivo", file)
    page.focus("#id_archivo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_contain_text("Su archivo")
    return page.locator("[data-outcome]").inner_text()


def pyhanko_finds(pdf: bytes) -> list[bool]:
    """pyHanko's own word on each signature: whole, valid and trusted."""
    roots = [path.read_bytes() for path in (ready_authority() / files.TEST_ROOTS).iterdir()]

    async def look() -> list[bool]:
        found = []
        for signature in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures:
            trusted = [asn1_x509.Certificate.load(root) for root in roots]
            context = ValidationContext(trust_roots=trusted, moment=NOON, allow_fetching=False)
            try:
                status = await async_validate_pdf_signature(
                    signature,
                    signer_validation_context=context,
                    key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature"}),
                )
            except SignatureValidationError:
                found.append(False)
            else:
                found.append(status.intact and status.valid and status.trusted)
        return found

    return asyncio.run(look())


def poppler_finds(pdf: bytes, folder) -> int:
    """How many signatures poppler's pdfsig finds good; of time stamps it knows nothing."""
    return pdfsig(pdf, folder).count("Signature Validation: Signature is Valid.")


def play(house: House) -> tuple[bytes, bytes]:
    """The whole story on the screens; the first document's PDF, and the PDF that replaced it."""
    path = draft(house, "/tablero/documentos/nuevo/nombramiento/", desde="2026-11-01")
    ask_review(house, path, "head", "clerk")
    house.act("head", path, "aprobar")
    house.act("clerk", path, "devolver", motivo=REASON)

    page = house.open("secretary", f"{path}editar/")
    expect(page.locator("main")).to_contain_text(REASON)
    page.fill("[name='campo.desde']", TEXT["desde"])
    page.get_by_role("button", name="Guardar borrador").click()
    page.wait_for_url(f"**{path}")
    page = house.open("secretary", f"{path}versiones/")
    expect(page.locator("del").first).to_be_visible()

    ask_review(house, path, "head", "clerk")
    house.act("head", path, "aprobar")
    house.act("clerk", path, "aprobar")
    agree_and_sign(house, path)
    expect(house.open("secretary", path).locator("main")).to_contain_text("NOM-2026-000001")
    register = house.open("secretary", "/tablero/documentos/minutario/?serie=NOM.2026")
    expect(register.locator("main")).to_contain_text("NOM-2026-000001")

    first = signed_pdf(house, path)
    public = f"/verificar/{code_on_paper(first)}/"
    main = house.open("anybody", public).locator("main")
    for words in ("NOM-2026-000001", "Tomás Villegas", "Elena Villaseñor", "CERTIFICADO DE PRUEBA"):
        expect(main).to_contain_text(words)
    assert "es el mismo" in verdict_of(house, public, first)
    assert "no es el mismo" in verdict_of(house, public, flipped(first))

    pk = path.rstrip("/").rpartition("/")[2]
    other = draft(
        house, f"/tablero/documentos/nuevo/nombramiento/?sustituye={pk}", hasta="2027-12-31"
    )
    ask_review(house, other)
    agree_and_sign(house, other)
    second = signed_pdf(house, other)
    page = house.open("anybody", public)
    expect(page.locator("main")).to_contain_text("Lo sustituye")
    page.locator("main dd a", has_text="NOM-2026-000002").click()
    page.wait_for_url(f"**/verificar/{code_on_paper(second)}/")
    expect(page.locator("main")).to_contain_text("NOM-2026-000002")
    return first, second


def test_a_document_from_its_draft_to_its_successor(house, tmp_path):
    with launch_chromium() as browser:
        house.browser = browser
        first, second = play(house)
    for pdf in (first, second):
        assert pyhanko_finds(pdf) == [True, True]
        assert poppler_finds(pdf, tmp_path) == 2
        assert pyhanko_finds(flipped(pdf)) == [False, False]
        assert poppler_finds(flipped(pdf), tmp_path) == 0
