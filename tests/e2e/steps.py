"""What people do on the screens, in their words."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tramites.demo.accounts import demo_password


def clean(page: Page) -> list[str]:
    """The rules of accessibility that the page breaks, with the elements that break them."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


def sign_in(page: Page, user: str) -> None:
    """Sign in on the staff side."""
    page.goto("/cuenta/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", demo_password())
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/tablero/**")


def go_on(page: Page) -> None:
    """Press the page's main button."""
    page.locator("main button.btn--1").first.click()


def read_code(staff: Page, kind: str) -> str:
    """The six figures of the newest code sent by ``kind`` (SMS, Correo), as the outbox shows it."""
    staff.goto("/tablero/avisos/")
    row = staff.locator("main tbody tr", has_text="Código").filter(has_text=kind).first
    row.locator("a").first.click()
    return re.search(r"\b\d{6}\b", staff.inner_text("main")).group()
