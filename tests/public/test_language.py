"""The English of the citizen site: whole, up to date, and on every page."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

from tests.factories import PeticionFactory, PreguntaFactory, ServicioFactory
from tramites.constants import Estado, Resultado, Tipo
from tramites.links import follow_up_token

from .conftest import Citizen, text_of

ROOT = settings.BASE_DIR
SOURCE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
TEMPLATES = ["templates/public", "templates/components", "templates/base.html"]
TEMPLATES += [f"templates/{code}.html" for code in (400, 403, 404, 409, 410, 413, 429, 500, 503)]
PYTHON = [
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "tablero").rglob("public_*.py"))),
    "tablero/acuerdos/constants.py",
    "tablero/acuerdos/threads.py",
    "tablero/cabildo/threads.py",
    "tablero/coordinacion/constants.py",
    "portal/documents/inspection.py",
    "portal/documents/services/verifying.py",
    "portal/documents/signing/findings.py",
    "portal/documents/signing/pdf.py",
    "portal/documents/signing/validation.py",
    "portal/public",
    "portal/ui",
    "portal/core/errors.py",
    "portal/core/views.py",
    "tramites/constants.py",
    "tramites/links.py",
    "tramites/selectors/timeline.py",
    "tramites/services/access.py",
    "tramites/services/answers.py",
    "tramites/services/attachments.py",
    "tramites/services/base.py",
    "tramites/services/closing.py",
    "tramites/services/correction.py",
    "tramites/services/filing.py",
    "tramites/services/intake.py",
    "tramites/services/reopening.py",
    "tramites/uploads",
]
#: For staff, developers and programs.
LEFT_OUT = ("/management/", "/migrations/", "/models/", "showcase", "apps.py")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
LITERAL = re.compile(r"\b(?:n?gettext|_)\(\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", re.DOTALL)
#: What only Spanish has; a name of the municipality may have it too.
SPANISH = re.compile(r"[¿¡]|\b(?:usted|asunto|días|puede|respuesta|correo|Elija|Escriba)\b")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(SOURCE))


def files_under(name: str, pattern: str) -> list[Path]:
    path = ROOT / name
    found = [path] if path.is_file() else sorted(path.rglob(pattern))
    return [p for p in found if not any(part in str(p) for part in LEFT_OUT)]


def said_in_python(path: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call))
    said = set()
    for call in calls:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        first = call.args[0] if call.args else None
        if name in MARKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            said.add(first.value)
    return said


def said_in_template(path: Path) -> set[str]:
    return {ast.literal_eval(found) for found in LITERAL.findall(templatize(path.read_text()))}


def test_nothing_is_untranslated_or_doubtful(catalogue):
    doubtful = [entry.msgid for entry in catalogue if "fuzzy" in entry.flags]
    empty = [entry.msgid for entry in catalogue if not entry.translated()]
    assert not doubtful
    assert not empty


def test_placeholders_are_the_same_in_both_languages(catalogue):
    holes = re.compile(r"%\(\w+\)s|\{\w+\}|</?b>")
    for entry in catalogue:
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            one, many = entry.msgstr_plural[0], entry.msgstr_plural[1]
            pairs = [(entry.msgid, one), (entry.msgid_plural, many)]
        for spanish, english in pairs:
            assert sorted(holes.findall(spanish)) == sorted(holes.findall(english)), spanish


def test_everything_a_citizen_may_read_is_in_the_catalogue(catalogue):
    """Red after a new sentence: run makemessages and translate it."""
    known = {entry.msgid for entry in catalogue}
    said: set[str] = set()
    for name in PYTHON:
        for path in files_under(name, "*.py"):
            said |= said_in_python(path)
    for name in TEMPLATES:
        for path in files_under(name, "*.html"):
            said |= said_in_template(path)
    assert len(said) > 400
    assert not sorted(said - known)


@pytest.fixture
def english(db, town):
    """The compiled catalogue, as an install has it."""
    call_command("compilar_idiomas", verbosity=0)
    trans_real._translations.clear()
    trans_real._default = None
    yield Citizen()
    translation.activate(settings.LANGUAGE_CODE)


def assert_english(page) -> None:
    text = text_of(page)
    assert 'lang="en"' in text
    body = re.sub(r"<script.*?</script>|<[^>]*>", " ", text.split("<main", 1)[1], flags=re.DOTALL)
    assert not SPANISH.findall(body), SPANISH.findall(body)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("", "servicios/", "servicios/?q=zz", "presentar/", "presentar/asunto/", "seguimiento/"),
        "cabildo/",
        *("dias-inhabiles/", "cifras/", "privacidad/", "accesibilidad/", "ayuda/"),
        "dias-inhabiles/?desde=2026-12-23&cantidad=10&unidad=naturales",
    ],
)
def test_every_public_page_is_in_english(english, path):
    ServicioFactory(clave="datos-arco", nombre_en="My data", tema__nombre_en="Streets")
    assert_english(english.browser.get(f"/en/{path}"))


@pytest.mark.django_db
def test_the_whole_path_is_in_english(english):
    servicio = ServicioFactory(
        nombre_en="Pothole", descripcion_en="Tell us of a pothole.", lugar="requerido"
    )
    PreguntaFactory(servicio=servicio, etiqueta_en="How large is it?")
    browser = english.browser
    assert_english(browser.post("/en/presentar/asunto/", {"asunto": servicio.clave}, follow=True))
    assert_english(browser.post("/en/presentar/lugar/", {}))
    browser.post("/en/presentar/lugar/", {"direccion": "Mina 3", "colonia": "centro"})
    assert_english(browser.get("/en/presentar/relato/"))
    assert_english(browser.post("/en/presentar/relato/", {}))
    browser.post("/en/presentar/relato/", {"descripcion": "A hole."})
    assert_english(browser.post("/en/presentar/contacto/", {"via": "sms", "telefono": "1"}))
    data = {"via": "sms", "telefono": "9512044187", "aviso": "on"}
    assert_english(browser.post("/en/presentar/contacto/", data, follow=True))
    assert_english(browser.post("/en/presentar/codigo/", {"codigo": "000000"}))
    browser.post("/en/presentar/codigo/", {"seguir": "1"})
    assert_english(browser.get("/en/presentar/revision/"))
    receipt = browser.post("/en/presentar/revision/", follow=True)
    assert_english(receipt)
    assert receipt.context["peticion"].solicitante.idioma == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("situation", ["mesa", "atendida", "respondida", "cancelada"])
def test_following_is_in_english(english, situation):
    servicio = ServicioFactory(nombre_en="Pothole", de_la_mesa=situation == "mesa")
    acts = {} if situation == "mesa" else {situation: True}
    peticion = PeticionFactory(servicio=servicio, descripcion="A hole.", **acts)
    page = english.browser.get(f"/en/seguimiento/{follow_up_token(peticion)}/")
    # What people wrote stays as they wrote it.
    written = ("Se reparó el bache.", "Ya se resolvió.")
    content = text_of(page)
    for words in written:
        content = content.replace(words, "")
    assert 'lang="en"' in content
    assert "What has happened" in content
    assert "Lo que ha pasado" not in content


@pytest.mark.parametrize("label", [*Estado, *Tipo, *Resultado])
def test_every_label_of_a_case_has_its_english(catalogue, label):
    with translation.override(None):
        spanish = str(label.label)
    assert catalogue.find(spanish).msgstr


def test_errors_too_are_in_english(english):
    page = english.browser.get("/en/seguimiento/1-0.mala/")
    assert page.status_code == 404
    assert "This page does not exist" in text_of(page)
