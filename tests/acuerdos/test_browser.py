"""From a petition that the Cabildo approved to its acta, its Gaceta and its fulfilment."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.cabildo.factories import a_pdf
from tests.e2e.steps import clean
from tests.server import Install, free_port, prepared

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("acuerdos")]
SOON = 10_000


class Town:
    """An install, and a page of each person in one browser."""

    def __init__(self, chromium, folder) -> None:
        port = free_port()
        authority = ["crear_ca_prueba"]
        self.told = prepared(folder, port, "tests.acuerdos.outside_actions", authority)
        self.install = Install(folder, port)
        self.install.wait()
        self.chromium = chromium

    def page(self, name: str = "") -> Page:
        """A page of somebody; of anybody without an account when no name is given."""
        context = self.chromium.new_context(
            locale="es-MX", base_url=self.install.address, reduced_motion="reduce"
        )
        if name:
            cookie = {"name": self.told["cookie"], "value": self.told["cookies"][name]}
            context.add_cookies([cookie | {"url": self.install.address}])
        return context.new_page()


@pytest.fixture
def town(chromium, tmp_path):
    found = Town(chromium, tmp_path)
    yield found
    found.install.process.terminate()
    found.install.process.communicate(timeout=40)


def press(page: Page, name: str) -> None:
    """A link or a button of the main part, by its words."""
    main = page.locator("main")
    main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click()


def write_acta(town: Town, boss: Page, member: Page) -> None:
    """Drafted, edited, observed, approved, signed, bound, and read by anybody."""
    secret = town.told["clave"]
    boss.goto("/tablero/actas/")
    press(boss, "Levantar")
    here = boss.url
    expect(boss.locator("main")).to_contain_text("Se tomó el acuerdo ACU-2026-000001.")
    assert clean(boss) == []
    press(boss, "Cambiar Apertura")
    boss.fill("[name=texto]", "Se abrió la sesión a la hora fijada.")
    press(boss, "Guardar")
    press(boss, "Circular")
    press(boss, "Circular")
    member.goto(here)
    assert clean(member) == []
    press(member, "Observar el párrafo 1 de Apertura")
    member.fill("[name=texto]", "Falta decir a qué hora.")
    press(member, "Enviar la observación")
    boss.goto(here)
    press(boss, "Resolver")
    boss.get_by_label("Se acepta", exact=True).check()
    boss.fill("[name=texto]", "Se abrió la sesión a las doce horas.")
    press(boss, "Resolver")
    press(boss, "Asentar su aprobación")
    boss.select_option("[name=sesion]", str(town.told["siguiente"]))
    press(boss, "Asentar")
    member.goto(here)
    expect(member.locator("main")).to_contain_text("Se abrió la sesión a las doce horas.")
    press(member, "Firmar")
    member.fill("[name=contrasena]", secret)
    press(member, "Firmar")
    boss.goto(here)
    for left in (3, 2, 1):
        expect(boss.get_by_role("link", name="A mano o negativa")).to_have_count(left)
        press(boss, "A mano o negativa")
        boss.get_by_label("Firmó a mano").check()
        press(boss, "Asentar")
    boss.goto("/tablero/actas/libros/nuevo/")
    boss.select_option("[name=organo]", str(town.told["organo"]))
    boss.fill("[name=contrasena]", secret)
    press(boss, "Abrir")
    boss.goto(here)
    press(boss, "Asentar en el libro")
    boss.fill("[name=contrasena]", secret)
    press(boss, "Firmar y asentar")
    expect(boss.locator("main")).to_contain_text("Tomo 1, fojas 1 a")
    press(boss, "Versión pública")
    boss.fill("[name=contrasena]", secret)
    press(boss, "Expedir")
    press(boss, "Ver la versión pública")
    expect(boss.locator("main")).to_contain_text("Acta")


def charge_and_fulfil(town: Town, boss: Page, clerk: Page) -> None:
    """The department does it, and the page of the acuerdo changes by itself."""
    boss.goto("/tablero/acuerdos/1/")
    assert clean(boss) == []
    press(boss, "Encargar")
    boss.fill("[name=instruccion]", "Comprar los uniformes.")
    boss.select_option("[name=dependencia]", str(town.told["oficina"]))
    boss.fill("[name=vence]", (dt.date.today() + dt.timedelta(days=20)).isoformat())
    boss.fill("[name=indicador]", "40 uniformes")
    press(boss, "Encargar")
    expect(boss.locator("#acuerdo")).to_contain_text("Pendiente")
    boss.wait_for_timeout(1_500)  # its socket joins its groups after it opens
    clerk.goto("/tablero/")
    press(clerk, "Comprar los uniformes.")
    press(clerk, "Acusar recibo")
    press(clerk, "Acusar recibo")
    expect(boss.locator("#acuerdo")).to_contain_text("En proceso", timeout=SOON)
    press(clerk, "Informar")
    clerk.fill("[name=texto]", "Se entregaron todos.")
    clerk.fill("[name=avance]", "100")
    file = {"name": "entrega.pdf", "mimeType": "application/pdf", "buffer": a_pdf(1)}
    clerk.set_input_files("[name=archivos]", file)
    clerk.get_by_label("Está cumplido").check()
    press(clerk, "Informar")
    expect(boss.locator("#acuerdo")).to_contain_text("Por validar", timeout=SOON)
    press(boss, "Comprar los uniformes.")
    press(boss, "Dar por cumplido")
    press(boss, "Dar por cumplido")
    expect(boss.locator("main")).to_contain_text("Cumplido")


def test_from_a_petition_to_a_fulfilled_acuerdo_that_its_citizen_follows(town):
    boss, member, clerk = town.page("secretaria"), town.page("regidor"), town.page("enlace")
    write_acta(town, boss, member)
    charge_and_fulfil(town, boss, clerk)

    boss.goto("/tablero/acuerdos/gaceta/")
    press(boss, "Reunir lo que falta")
    press(boss, "Publicar")
    press(boss, "Publicar")
    expect(boss.locator("main")).to_contain_text("Gaceta 1/2026")

    anybody = town.page()
    anybody.goto("/gaceta/")
    assert clean(anybody) == []
    press(anybody, "Gaceta 1/2026")
    press(anybody, "ACU-2026-000001")
    expect(anybody.locator("main")).to_contain_text("Cumplido")
    assert clean(anybody) == []

    citizen = town.page()
    citizen.goto(f"/seguimiento/{town.told['seguimiento']}/")
    expect(citizen.locator("main")).to_contain_text("Se cumplió lo que el Cabildo acordó.")
    press(citizen, "Acuerdo de Cabildo ACU-2026-000001")
    expect(citizen.locator("main")).to_contain_text("Comprar los uniformes.")
