"""A session on everybody's screens: late arrival, quorum, votes, a tie, and a server that dies."""

import signal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import clean
from tests.server import Install, free_port, prepared

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("sala")]
SOON = 10_000
# A browser that cannot unpack what its socket brings and so asks its page, over a line on which
# an answer takes its time on the way: what it says was true when the server wrote it.
SLOW_LINE = """
delete window.DecompressionStream;
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...what) {
  const arrived = this.onload;
  this.onload = (e) => setTimeout(() => arrived.call(this, e), 900);
  send.apply(this, what);
};
"""


class Building:
    """An install with two sessions; ``rooms`` are what is told of them."""

    def __init__(self, folder) -> None:
        self.folder, self.port = folder, free_port()
        self.rooms = prepared(folder, self.port, "tests.cabildo.outside_actions")
        self.install = self.start()

    def start(self) -> Install:
        install = Install(self.folder, self.port)
        install.wait()
        return install

    def restart(self) -> None:
        """The server dies without a word, and another begins on its data."""
        self.install.process.send_signal(signal.SIGKILL)
        self.install.process.communicate()
        self.install = self.start()


class Hall:
    """One of the sessions, and a page of each person in one browser."""

    def __init__(self, chromium, building: Building, told: dict) -> None:
        self.chromium, self.building, self.told = chromium, building, told
        self.pages: dict[str, Page] = {}

    def open(self, name: str, what: str, *, slow_line: bool = False) -> Page:
        """The page of somebody; of anybody without an account when the name is none of ours."""
        context = self.chromium.new_context(
            locale="es-MX", base_url=self.building.install.address, reduced_motion="reduce"
        )
        if name in self.told["cookies"]:
            cookie = {"name": self.told["cookie"], "value": self.told["cookies"][name]}
            context.add_cookies([cookie | {"url": self.building.install.address}])
        page = self.pages[name + what] = context.new_page()
        if slow_line:
            page.add_init_script(SLOW_LINE)
        root = "/tablero/cabildo/sesiones" if name in self.told["cookies"] else "/cabildo/sesiones"
        page.goto(f"{root}/{self.told['sesion']}/{what}")
        assert clean(page) == []
        return page

    def act(self, page: Page, que: str, integrante: int) -> None:
        """One of the small forms of the roll."""
        person = self.told["integrantes"][integrante]
        form = page.locator(f"form[action$='/{que}/']:has([name=integrante][value='{person}'])")
        form.get_by_role("button").first.click()

    def put_to_vote(self, page: Page, place: int, forma: str) -> None:
        """Open a vote on the point of an item."""
        point = self.told["puntos"][place]
        form = page.locator(f"form[action$='/abrir/']:has([name=punto][value='{point}'])")
        page.locator("details", has=form).locator("summary").click()
        form.locator("[name=forma]").select_option(forma)
        form.get_by_role("button", name="Abrir la votación").click()


@pytest.fixture(scope="module")
def building(tmp_path_factory):
    found = Building(tmp_path_factory.mktemp("casa"))
    yield found
    found.install.process.terminate()
    found.install.process.communicate(timeout=40)


@pytest.fixture
def hall(chromium, building):
    """A session that no other test holds."""
    found = Hall(chromium, building, building.rooms.pop())
    yield found
    for page in found.pages.values():
        page.context.close()


def test_a_session_with_everybody_at_their_screens(hall):
    operator = hall.open("operadora", "sala/")
    screen = hall.open("operadora", "pantalla/", slow_line=True)
    public = hall.open("cualquiera", "")
    members = [hall.open(f"integrante{n}", "mi-voto/") for n in range(1, 6)]

    # The roll, with one who comes late.
    operator.locator("[name=presentes]").last.uncheck()
    operator.get_by_role("button", name="Pasar lista").click()
    state = screen.locator("#estado")
    expect(state).to_contain_text("están 5 de 6; se requieren 4", timeout=SOON)
    expect(public.locator("#vivo")).to_contain_text("están 5 de 6", timeout=SOON)
    hall.act(operator, "entra", 5)
    expect(state).to_contain_text("están 6 de 6", timeout=SOON)

    # The quorum is lost and regained.
    for n in (3, 4, 5):
        hall.act(operator, "sale", n)
    expect(state).to_contain_text("Se perdió el quórum: están 3 de 6", timeout=SOON)
    for n in (3, 4, 5):
        hall.act(operator, "entra", n)
    expect(state).to_contain_text("Hay quórum: están 6 de 6", timeout=SOON)

    # A two-thirds majority that fails by one, with a server that dies in the middle.
    hall.put_to_vote(operator, 1, "nominal")
    expect(state).to_contain_text("0 de 6; se requieren 4", timeout=SOON)
    agenda = public.locator("#orden > :first-child")
    fetched = []
    public.on("request", lambda asked: fetched.append(asked.url))
    screen.wait_for_timeout(2_500)
    for page in members[:2]:
        # The second vote comes while the screen is still receiving how it stood after the first.
        with screen.expect_response("**/pantalla/"):
            page.locator("#boleta").get_by_role("button", name="A favor").click(timeout=SOON)
        expect(page.locator("#boleta")).to_contain_text("Usted votó: A favor", timeout=SOON)
        if page is members[0]:
            expect(public.locator("#ahora")).to_contain_text("1 de 6", timeout=SOON)
            agenda.evaluate("part => part.dataset.known = '1'")
    expect(state).to_contain_text("2 de 6; se requieren 4: dos terceras partes", timeout=SOON)
    # The console knows it too, and who asks for the floor, without being loaded again.
    rows = operator.locator("#c-votos tbody tr", has_text="A favor")
    expect(rows.filter(has_not=operator.locator("form"))).to_have_count(2, timeout=SOON)
    members[0].get_by_role("button", name="Pedir la palabra").click()
    expect(operator.locator("#c-palabra li")).to_have_count(1, timeout=SOON)
    # Whoever only looks is brought it, and asks for nothing.
    expect(public.locator("#ahora")).to_contain_text("2 de 6; se requieren 4", timeout=SOON)
    assert fetched == []
    assert agenda.get_attribute("data-known") == "1", "what did not change was left alone"
    hall.building.restart()
    members[1].reload()
    expect(members[1].locator("#boleta")).to_contain_text("Usted votó: A favor")
    for page, side in zip(members[2:], ("A favor", "En contra", "En contra"), strict=True):
        page.reload()
        page.locator("#boleta").get_by_role("button", name=side).click()
        expect(page.locator("#boleta")).to_contain_text(f"Usted votó: {side}")
    operator.reload()
    assert clean(operator) == []
    hall.act(operator, "votar", 0)
    operator.get_by_role("button", name="Cerrar la votación").click()
    # The lost socket of the screen comes back by itself.
    last = screen.locator("#ultima")
    expect(last).to_contain_text("se requieren 4", timeout=40_000)
    expect(last).to_contain_text("Aprobado", timeout=SOON)


def test_it_fails_by_one_and_a_tie_is_broken_by_who_presides(hall):
    operator = hall.open("operadora", "sala/")
    operator.get_by_role("button", name="Pasar lista").click()
    hall.put_to_vote(operator, 1, "nominal")
    for n, side in enumerate(("favor", "favor", "favor", "contra", "contra", "contra")):
        person = hall.told["integrantes"][n]
        form = operator.locator(f"form[action$='/votar/']:has([name=integrante][value='{person}'])")
        form.locator(f"button[value={side}]").click()
    operator.get_by_role("button", name="Cerrar la votación").click()
    expect(operator.locator("main")).to_contain_text("3 de 6; se requieren 4")
    expect(operator.locator("main")).to_contain_text("No aprobado")

    hall.put_to_vote(operator, 0, "cedula")
    operator.fill("[name=favor]", "3")
    operator.fill("[name=contra]", "3")
    operator.get_by_role("button", name="Cerrar la votación").click()
    expect(operator.locator("#estado")).to_contain_text("falta el voto de calidad")
    operator.get_by_role("button", name="Voto de calidad a favor").click()
    expect(operator.locator("main")).to_contain_text("el voto de calidad fue a favor")
    operator.locator("summary", has_text="Clausurar la sesión").click()
    operator.get_by_role("button", name="Sí, clausurarla").click()
    public = hall.open("cualquiera", "")
    expect(public.locator("main")).to_contain_text("no se guarda qué votó cada quien")
    expect(public.locator("main")).to_contain_text("3 de 6; se requieren 4")
