"""The list of documents: trays, filters, pages, its file, and what it says when it is empty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.documents.town import document

from .room import HOME

pytestmark = pytest.mark.django_db


def page(browser, query="") -> str:
    response = browser.get(f"{HOME}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_person_starts_with_what_waits_for_them(room, sign_in):
    mine = room.submitted(None, room.lawyer)
    room.draft(asunto="Otro borrador")
    html = page(sign_in(room.lawyer))
    assert mine.asunto in html
    assert "Otro borrador" not in html
    assert "Luz Ortega" in html


def test_each_tray_holds_its_documents(room, sign_in):
    draft = room.draft(asunto="Sólo borrador")
    signing = room.signing(room.draft(asunto="Por firmarse"))
    browser = sign_in(room.head)
    assert signing.asunto in page(browser, "?bandeja=por_firmar")
    assert draft.asunto not in page(browser, "?bandeja=por_firmar")
    assert draft.asunto in page(browser, "?bandeja=todos")
    assert draft.asunto in page(sign_in(room.clerk), "?bandeja=mios")
    assert draft.asunto not in page(browser, "?bandeja=mios")


def test_filters_and_search_narrow_the_list_and_can_be_taken_off(room, sign_in):
    room.draft(asunto="Inventario de vehículos")
    room.submitted(room.draft(asunto="Corte de caja"))
    browser = sign_in(room.secretary)
    html = page(browser, "?bandeja=todos&q=vehiculos")
    assert "Inventario de vehículos" in html
    assert "Corte de caja" not in html
    assert "quitar filtro" in html
    html = page(browser, "?bandeja=todos&estado=en_revision&tipo=memorandum")
    assert "Corte de caja" in html
    assert "Inventario de vehículos" not in html


def test_values_that_do_not_exist_filter_nothing(room, sign_in):
    room.draft(asunto="Corte de caja")
    html = page(sign_in(room.secretary), "?bandeja=x&estado=y&tipo=z&despues=%00&antes=abc")
    assert "Corte de caja" in html


def test_an_empty_list_says_what_to_do(room, sign_in):
    html = page(sign_in(room.clerk), "?bandeja=mios")
    assert "Todavía no ha redactado documentos" in html
    assert "/tablero/documentos/nuevo/" in html
    html = page(sign_in(room.reader), "?bandeja=mios")
    assert "/tablero/documentos/nuevo/" not in html
    assert "Quitar los filtros" in page(sign_in(room.clerk), "?bandeja=todos&q=nada")


def test_pages_follow_each_other_without_losing_or_doubling_a_row(room, sign_in):
    names = [f"Asunto número {n:03}" for n in range(120)]
    for name in names:
        document(room.office, asunto=name, autor=room.clerk)
    browser, found, query = sign_in(room.clerk), [], "?bandeja=mios"
    for _turn in range(3):
        response = browser.get(f"{HOME}{query}")
        found += [row.documento.asunto for row in response.context["filas"]]
        query = f"?bandeja=mios&despues={response.context['pagina'].following}"
    assert found == names[::-1]
    assert response.context["pagina"].following == ""
    back = browser.get(f"{HOME}?bandeja=mios&antes={response.context['pagina'].previous}")
    assert [row.documento.asunto for row in back.context["filas"]] == names[::-1][50:100]


def test_the_list_costs_the_same_for_one_row_and_for_fifty(room, sign_in):
    browser = sign_in(room.clerk)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(browser, "?bandeja=todos")
        return len(queries)

    room.submitted()
    page(browser)
    one = cost()
    for _n in range(49):
        document(room.office, autor=room.clerk, reviewer=room.head, estado="en_revision")
    assert cost() == one <= 14


def test_the_file_holds_what_is_filtered_and_no_addressee(room, sign_in):
    room.draft(asunto="=1+1", destinatario="María Núñez")
    room.draft(asunto="Otro")
    response = sign_in(room.clerk).get(f"{HOME}exportar.csv?bandeja=todos&q=1")
    text = b"".join(response.streaming_content).decode()
    assert "'=1+1" in text
    assert "Otro" not in text
    assert "Núñez" not in text


def test_a_nudge_fetches_the_rows_alone(room, sign_in):
    room.draft()
    html = sign_in(room.clerk).get(f"{HOME}?parte=filas", headers={"hx-request": "true"})
    assert "<html" not in html.content.decode()
    assert 'id="filas"' in html.content.decode()


def test_what_is_not_theirs_is_not_listed(room, sign_in):
    room.draft(asunto="De Obras")
    assert "De Obras" not in page(sign_in(room.stranger), "?bandeja=todos")


def test_what_waits_stands_on_the_home_and_in_the_navigation(room, sign_in):
    room.submitted(None, room.lawyer)
    html = sign_in(room.lawyer).get("/tablero/").content.decode()
    assert "Documentos que le esperan" in html
    assert "Mantenimiento de cajas" in html
    assert '1<span class="sr"> pendientes' in html
    assert "Documentos que le esperan" not in sign_in(room.clerk).get("/tablero/").content.decode()
