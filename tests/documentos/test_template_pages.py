"""Kinds and templates: edited by rows, tried, published by version; a fault leaves the old one."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from portal.documents import services
from portal.documents.models import PlantillaDocumento, TipoDocumento
from portal.documents.rendering import NAMES, layout_source
from portal.documents.services.files import last_file, read_file
from portal.documents.templating import CLASSES
from tablero.documentos.template_editor import PARTS, SCALARS, Editor
from tablero.documentos.template_words import CLASS_NAMES, LAYOUT_NAMES
from tests.documents.ready import fresh, waiting
from tests.documents.test_life import person
from tests.factories import NOON

from .test_signing_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(house):
    return services.ensure_kind("memorandum", now=NOON)


@pytest.fixture
def admin(house):
    return person(Rol.ADMINISTRADOR)


def address(kind, name="plantilla_editar") -> str:
    return reverse(f"documentos:{name}", args=[kind.clave])


def form_of(editor: Editor, **changed) -> dict:
    """What the browser would post of an editor."""
    posted = {"base": editor.base, **{name: editor.scalars[name] for name in SCALARS}}
    for part in PARTS:
        rows = editor.rows[part.slug]
        posted[f"{part.slug}-filas"] = len(rows)
        for n, row in enumerate(rows):
            for name, value in row.items():
                key = f"{part.slug}-{n}-{name}"
                if value is True:
                    posted[key] = "on"
                elif isinstance(value, list):
                    posted[key] = "\r\n".join(value)
                elif value is not False:
                    posted[key] = value
    return posted | changed


@pytest.fixture
def in_force(kind) -> PlantillaDocumento:
    return kind.plantillas.get(vigente=True)


@pytest.fixture
def form(in_force) -> dict:
    return form_of(Editor.of(in_force))


def versions(kind) -> list[tuple[int, bool]]:
    return list(kind.plantillas.order_by("version").values_list("version", "vigente"))


# who, and what there is


@pytest.mark.parametrize("rol", [Rol.TITULAR, Rol.JURIDICO, Rol.ENLACE, Rol.CONSULTA])
def test_templates_are_kept_by_few(kind, rol, signed_in, form):
    browser = signed_in(person(rol))
    for name in ("plantilla", "plantilla_editar", "plantilla_reglas", "plantilla_comparar"):
        assert browser.get(address(kind, name)).status_code == 403
    assert browser.post(address(kind), form | {"hacer": "publicar"}).status_code == 403
    assert versions(kind) == [(1, True)]


def test_the_list_offers_what_comes_with_the_house_and_puts_it_in_use(admin, signed_in):
    browser = signed_in(admin)
    page = text_of(browser.get(reverse("documentos:plantillas")))
    assert 'Poner en uso<span class="sr"> Memorándum' in page
    response = browser.post(reverse("documentos:plantilla_instalar", args=["memorandum"]))
    assert response.status_code == 302
    assert TipoDocumento.objects.get().clave == "memorandum"
    unknown = browser.post(reverse("documentos:plantilla_instalar", args=["inventado"]))
    assert unknown.status_code == 404


# the editor


def test_what_is_in_force_is_what_one_begins_with(kind, form, admin, signed_in, in_force):
    page = text_of(signed_in(admin).get(address(kind)))
    for field in in_force.campos:
        assert f'value="{field["clave"]}"' in page
    assert "#import &quot;base.typ&quot;" in page


def test_a_form_posted_as_it_came_says_that_nothing_changed(kind, form, admin, signed_in):
    response = signed_in(admin).post(address(kind), form | {"hacer": "publicar"}, follow=True)
    assert "No cambió nada" in text_of(response)
    assert versions(kind) == [(1, True)]


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("campo.bajar.0", ["responsable", "texto", "fecha_limite"]),
        ("campo.subir.2", ["texto", "fecha_limite", "responsable"]),
        ("campo.quitar.1", ["texto", "fecha_limite"]),
        ("campo.agregar.1", ["texto", "", "responsable", "fecha_limite"]),
        ("campo.agregar.3", ["texto", "responsable", "fecha_limite", ""]),
        ("campo.subir.0", ["texto", "responsable", "fecha_limite"]),
        ("campo.quitar.99", ["texto", "responsable", "fecha_limite"]),
        ("otra.cosa.1", ["texto", "responsable", "fecha_limite"]),
    ],
)
def test_rows_are_added_moved_and_taken_off_by_submits(kind, form, admin, signed_in, action, order):
    page = signed_in(admin).post(address(kind), form | {"hacer": action}).content.decode()
    found = re.findall(r'name="campo-\d+-clave" value="([^"]*)"', page)
    assert found == order
    assert f'name="campo-filas" value="{len(order)}"' in page
    assert versions(kind) == [(1, True)]


def test_a_new_version_is_in_force_and_documents_in_course_keep_theirs(
    kind, secretary, office, admin, signed_in, form
):
    paper = waiting(secretary, office, secretary)
    form |= {"titulo": "Memorándum interno", "campo-0-etiqueta": "Texto", "hacer": "publicar"}
    response = signed_in(admin).post(address(kind), form, follow=True)
    page = text_of(response)
    assert "La versión 2 está vigente" in page
    assert versions(kind) == [(1, False), (2, True)]
    assert fresh(paper).plantilla.version == 1
    assert kind.plantillas.get(version=2).creada_por == admin
    assert EventRecord.objects.get(event_type="TemplatePublished").payload["version"] == 2
    row = re.search(r"Versión 1</a>.*?</tr>", page).group(0)
    assert re.search(r'class="n">1<', row)


def test_every_fault_is_told_and_the_old_version_stays(kind, form, admin, signed_in):
    form |= {
        "titulo": "",
        "campo-0-clave": "Con Acentó",
        "campo-1-maximo": "muchos",
        "clausula-0-texto": "{{no_existe}}",
        "firmante-0-cargo": "",
        "fundamento": "x" * 401,
        "hacer": "publicar",
    }
    response = signed_in(admin).post(address(kind), form)
    assert response.status_code == 422
    page = text_of(response)
    form["fundamento"] = ""
    page += text_of(signed_in(admin).post(address(kind), form))
    for words in (
        "Escriba el título que se imprime",
        "minúsculas, números y guion bajo",
        "El máximo del campo «responsable»",
        "usa el campo «no_existe», que no existe",
        "Escriba el cargo de cada firmante",
        "a lo más 400 caracteres",
    ):
        assert words in page
    assert 'value="Con Acentó"' in page
    assert versions(kind) == [(1, True)]


def test_a_layout_that_does_not_compile_shows_its_line_with_the_code_around(
    kind, form, admin, signed_in
):
    lines = form["diseno"].splitlines()
    lines.insert(3, "#no-existe(")
    form |= {"diseno": "\n".join(lines), "hacer": "publicar"}
    response = signed_in(admin).post(address(kind), form)
    assert response.status_code == 422
    page = text_of(response)
    fault = re.search(r'class="is-falla"><td>(\d+)</td><td><code>(.*?)</code>', page)
    assert fault, page
    assert "#no-existe(" in page
    assert "#import &quot;base.typ&quot;" in page
    assert versions(kind) == [(1, True)]


def test_a_layout_may_not_reach_outside(kind, form, admin, signed_in):
    form |= {"diseno": form["diseno"] + '\n#read("/etc/passwd")\n#eval("1")', "hacer": "publicar"}
    response = signed_in(admin).post(address(kind), form)
    assert response.status_code == 422
    assert "no puede usar «eval»" in text_of(response)


def test_somebody_elses_version_is_not_overwritten(kind, form, admin, signed_in):
    browser = signed_in(admin)
    browser.post(address(kind), form | {"titulo": "Uno", "hacer": "publicar"})
    response = browser.post(address(kind), form | {"titulo": "Otro", "hacer": "publicar"})
    assert response.status_code == 409
    page = text_of(response)
    assert "Alguien publicó la versión 2" in page
    assert 'name="base" value="2"' in page
    assert 'value="Otro"' in page
    assert versions(kind) == [(1, False), (2, True)]


def test_the_preview_is_of_what_is_typed_and_keeps_nothing(kind, form, admin, signed_in):
    response = signed_in(admin).post(
        address(kind), form | {"titulo": "Aviso urgente", "hacer": "vista"}
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("data:image/svg+xml,") >= 1
    assert 'value="Aviso urgente"' in page
    assert versions(kind) == [(1, True)]


def test_a_layout_of_the_house_can_be_taken_as_a_beginning(kind, form, admin, signed_in):
    posted = form | {"hacer": "diseno", "base_diseno": "decreto"}
    assert layout_source("decreto").splitlines()[4] in text_of(
        signed_in(admin).post(address(kind), posted)
    )
    posted = form | {"hacer": "diseno", "base_diseno": "../../etc"}
    assert "#import &quot;base.typ&quot;" in text_of(signed_in(admin).post(address(kind), posted))


HOSTILE = '#panic("x") $x^2$ *negrita* #read("a") `code` #import "base.typ" \\ @preview //'


def test_what_people_type_is_printed_as_typed_and_never_read_as_source(
    kind, form, admin, secretary, office, signed_in
):
    """In every text of a template, and in every text of a document."""
    form |= {
        "titulo": f"T {HOSTILE}",
        "fundamento": f"F {HOSTILE}",
        "pie_de_recurso": f"R {HOSTILE}",
        "campo-0-etiqueta": f"E {HOSTILE}",
        "clausula-1-titulo": f"C {HOSTILE}",
        "clausula-0-texto": f"X {HOSTILE} {{{{texto}}}}",
        "firmante-0-cargo": f"P {HOSTILE}",
        "hacer": "publicar",
    }
    response = signed_in(admin).post(address(kind), form)
    assert response.status_code == 302, text_of(response)
    paper = waiting(
        secretary,
        office,
        secretary,
        asunto=f"A {HOSTILE}",
        destinatario=f"D {HOSTILE}",
        datos={"texto": f"V {HOSTILE}", "responsable": f"W {HOSTILE}"},
    )
    pdf = read_file(last_file(paper, "listo"))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    printed = re.sub(r"[\s\u200b\xad]", "", "".join(page.extract_text() for page in pages))
    for mark in ("F", "R", "X", "P", "A", "V", "W"):
        assert re.sub(r"\s", "", f"{mark}{HOSTILE}") in printed, mark


# rules


def test_rules_are_changed_on_a_form(kind, admin, signed_in):
    browser = signed_in(admin)
    page = browser.get(address(kind, "plantilla_reglas"))
    assert page.status_code == 200
    values = {
        "nombre": "Memorándum",
        "serie": "MEM",
        "nivel_firma": "avanzada",
        "orden_firma": "en_paralelo",
        "roles": ["titular"],
        "dias_revision": 2,
        "dias_visto_bueno": 3,
        "dias_firma": 61,
        "activo": "on",
    }
    refused = browser.post(address(kind, "plantilla_reglas"), values)
    assert refused.status_code == 422
    assert "de 1 a 60 días hábiles" in text_of(refused)
    done = browser.post(address(kind, "plantilla_reglas"), values | {"dias_firma": 5})
    assert done.status_code == 302
    kind.refresh_from_db()
    assert (kind.nivel_firma, kind.roles, kind.dias_firma) == ("avanzada", ["titular"], 5)
    assert EventRecord.objects.filter(event_type="DocumentKindChanged").exists()


def test_a_new_kind_gets_its_first_template(admin, signed_in):
    browser = signed_in(admin)
    values = {
        "clave": "tarjeta",
        "nombre": "Tarjeta informativa",
        "serie": "",
        "nivel_firma": "rubrica",
        "orden_firma": "en_orden",
        "roles": ["titular"],
        "dias_revision": 1,
        "dias_visto_bueno": 1,
        "dias_firma": 1,
        "activo": "on",
    }
    new = reverse("documentos:plantilla_nueva")
    refused = browser.post(new, values)
    assert refused.status_code == 422
    assert "Serie del folio" in text_of(refused)
    wrong = browser.post(new, values | {"serie": "tár/1"})
    assert "La serie lleva mayúsculas" in text_of(wrong)
    done = browser.post(new, values | {"serie": "TAR"})
    assert done.url == reverse("documentos:plantilla_editar", args=["tarjeta"])
    kind = TipoDocumento.objects.get(clave="tarjeta")
    page = browser.get(done.url).content.decode()
    assert page.count('<details class="fila"') == 3
    posted = {
        "base": 0,
        "titulo": "Tarjeta",
        "diseno": layout_source("oficio"),
        "campo-filas": 0,
        "clausula-filas": 1,
        "clausula-0-clave": "uno",
        "clausula-0-texto": "Sirva la presente.",
        "clausula-0-clase": "parrafo",
        "firmante-filas": 1,
        "firmante-0-clave": "titular",
        "firmante-0-cargo": "Titular",
        "hacer": "publicar",
    }
    assert browser.post(done.url, posted).status_code == 302
    assert versions(kind) == [(1, True)]
    again = browser.post(new, values | {"serie": "TAR"})
    assert "Ya hay un tipo con esa clave" in text_of(again)


# versions


def test_two_versions_are_shown_with_what_changed(kind, form, admin, signed_in):
    browser = signed_in(admin)
    lines = form["diseno"].splitlines()
    lines.insert(5, "// un comentario nuevo")
    form |= {
        "titulo": "Memorándum interno",
        "clausula-1-texto": "Persona responsable: {{responsable}}.",
        "firmante-0-cargo": "Jefatura",
        "campo-2-etiqueta": "Fecha límite",
        "diseno": "\n".join(lines),
        "hacer": "publicar",
    }
    assert browser.post(address(kind), form).status_code == 302
    page = text_of(browser.get(address(kind, "plantilla_comparar")))
    assert "de la versión 1 a la 2" in page
    assert "<ins>interno</ins>" in page
    assert "Persona" in page
    assert "// un comentario nuevo" in page
    assert 'class="is-agregado"' in page
    same = text_of(browser.get(address(kind, "plantilla_comparar") + "?de=2&con=2"))
    assert "Son iguales." in same
    old = text_of(browser.get(reverse("documentos:plantilla_version", args=[kind.clave, 1])))
    assert "Responsable: {{responsable}}." in old
    assert (
        browser.get(reverse("documentos:plantilla_version", args=[kind.clave, 9])).status_code
        == 404
    )


def test_every_part_of_a_template_has_its_words():
    assert set(CLASS_NAMES) == set(CLASSES)
    assert set(LAYOUT_NAMES) == set(NAMES)
