from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from portal.core import registry
from portal.ui.context_processors import site
from portal.ui.menus import Link, resolve


def page(template="public/base.html", path="/x/", **values):
    request = RequestFactory().get(path)
    return render_to_string(template, values, request=request)


def test_a_citizen_page_has_skip_link_title_and_one_main():
    html = page(title="Prueba", migas=[{"label": "Inicio", "url": "/"}, {"label": "Prueba"}])
    assert html.index('<a class="skip" href="#contenido">') < html.index("<header")
    assert '<main id="contenido"' in html
    assert "<title>Prueba · Ventanilla</title>" in html
    assert '<span aria-current="page">Prueba</span>' in html


def test_the_language_of_the_page_is_declared():
    with translation.override("en"):
        assert '<html lang="en"' in page()
    with translation.override("es-mx"):
        assert '<html lang="es-mx"' in page()


def test_htmx_may_neither_evaluate_nor_keep_pages():
    html = page("tablero/base.html")
    assert '"allowEval":false' in html
    assert '"historyCacheSize":0' in html
    assert "htmx-2" in html


def test_the_staff_shell_stands_without_navigation():
    assert '<body class="stf"' in page("tablero/base.html")


def test_the_staff_shell_groups_its_navigation_and_marks_where_one_is():
    html = page(
        "tablero/base.html",
        navegacion=[
            {"label": "Panel", "url": "/p/", "icon": "panel", "grupo": "Uno", "current": True},
            {"label": "Bandeja", "url": "/b/", "icon": "bandeja", "grupo": "Uno", "count": 1200},
            {"label": "Correo", "url": "/c/", "icon": "correo", "grupo": "Dos"},
        ],
    )
    assert html.count("<h2>Uno</h2>") == 1
    assert '<a href="/p/" aria-current="page">' in html
    assert "1,200" in html


def test_a_notice_is_shown_and_a_failing_source_takes_nothing_down(monkeypatch):
    monkeypatch.setattr(registry, "_notices", [lambda request: [{"texto": "Cerrado <hoy>"}]])
    assert "Cerrado &lt;hoy&gt;" in page()

    def broken(request):
        raise RuntimeError

    monkeypatch.setattr(registry, "_notices", [broken])
    assert list(site(RequestFactory().get("/"))["tablon"]) == []


def test_a_link_that_is_not_wired_is_left_out():
    assert resolve([Link("Nada", "no:existe"), Link("Colores", "ui:colores")]) == [
        {"label": "Colores", "url": "/ui/colores.css", "icon": "", "group": "", "current": False}
    ]
