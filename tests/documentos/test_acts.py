"""Every act through its page: done, refused by rule, by state, twice, and overtaken."""

import pytest

from portal.core.time import now
from portal.documents import services
from portal.documents.constants import EstadoDocumento
from tablero.documentos.acts import ACTS, BY_SLUG
from tablero.documentos.docpage import paragraphs_of
from tests.factories import StaffFactory

from .room import fresh, hidden, url

pytestmark = pytest.mark.django_db
_E = EstadoDocumento


def address(documento, slug: str) -> str:
    return url(documento, f"acto/{slug}/")


def do(browser, documento, slug, **data):
    """Open the page of the act and send it."""
    html = browser.get(address(documento, slug)).content.decode()
    return browser.post(address(documento, slug), {"cambios": hidden(html, "cambios"), **data})


def done(response, documento) -> bool:
    return response.status_code == 302 and response.headers["Location"] == url(documento)


def test_a_document_goes_its_whole_way_through_pages(room, sign_in):
    documento = room.appointment()
    secretary, lawyer = sign_in(room.secretary), sign_in(room.lawyer)
    people = [room.head.pk, room.president.pk]
    assert done(do(secretary, documento, "revision", revisores=people), documento)
    assert fresh(documento).estado == _E.EN_REVISION
    assert done(do(sign_in(room.head), documento, "aprobar", comentario="Bien."), documento)
    assert done(do(sign_in(room.president), documento, "aprobar"), documento)
    assert fresh(documento).estado == _E.VISTO_BUENO
    assert done(do(lawyer, documento, "visto-bueno"), documento)
    assert fresh(documento).estado == _E.LISTO
    assert done(do(secretary, documento, "firma"), documento)
    room.sign(documento, room.president)
    room.sign(documento, room.secretary, 1)
    assert done(do(secretary, documento, "publicar"), documento)
    assert fresh(documento).estado == _E.PUBLICADO
    html = secretary.get(url(documento)).content.decode()
    assert "Bien." in html


def test_without_reviewers_it_goes_straight_on(room, sign_in):
    documento = room.draft()
    assert done(do(sign_in(room.clerk), documento, "revision"), documento)
    assert fresh(documento).estado == _E.LISTO


def test_who_reviewed_before_is_marked_again(room, sign_in):
    documento = room.submitted(None, room.head, room.lawyer)
    services.return_documento(
        documento_id=documento.pk, motivo="Otra vez.", actor=room.head, now=now()
    )
    html = sign_in(room.clerk).get(address(documento, "revision")).content.decode()
    for person in (room.head, room.lawyer):
        assert f'value="{person.pk}" checked' in html
    assert f'value="{room.president.pk}" checked' not in html


def test_more_than_twenty_reviewers_are_refused_and_stay_marked(room, sign_in):
    documento = room.draft()
    crowd = [StaffFactory().pk for _ in range(21)]
    response = do(sign_in(room.clerk), documento, "revision", revisores=crowd)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Elija hasta 20 personas" in html
    assert html.count(" checked>") == 21


def test_what_lacks_something_is_not_sent_and_is_told_why(room, sign_in):
    documento = room.draft(datos={}, firmantes={})
    response = do(sign_in(room.clerk), documento, "revision", revisores=[room.head.pk])
    html = response.content.decode()
    assert response.status_code == 422
    assert "Falta «" in html
    assert fresh(documento).estado == _E.BORRADOR


def test_it_is_returned_with_a_reason_and_never_without(room, sign_in):
    documento, browser = room.submitted(), sign_in(room.head)
    assert do(browser, documento, "devolver", motivo=" ").status_code == 422
    assert fresh(documento).estado == _E.EN_REVISION
    assert done(do(browser, documento, "devolver", motivo="Falta el anexo."), documento)
    assert (fresh(documento).estado, fresh(documento).version) == (_E.BORRADOR, 2)
    html = sign_in(room.clerk).get(url(documento, "editar/")).content.decode()
    assert "Falta el anexo." in html


def test_a_paragraph_is_commented_from_its_own_link(room, sign_in):
    documento, browser = room.draft(), sign_in(room.head)
    clave = paragraphs_of(documento)[1].clave
    page = f"{address(documento, 'comentar')}?parrafo={clave}"
    html = browser.get(page).content.decode()
    assert f'<option value="{clave}" selected>' in html
    response = do(browser, documento, "comentar", parrafo=clave, texto="¿Quién responde?")
    assert done(response, documento)
    assert documento.comentarios.get().parrafo == clave
    assert do(browser, documento, "comentar", parrafo="nada.9", texto="x").status_code == 422


def test_it_is_cancelled_with_a_reason_and_says_what_cannot_be_undone(room, sign_in):
    documento, browser = room.signed(), sign_in(room.head)
    assert "No se puede deshacer" in browser.get(address(documento, "cancelar")).content.decode()
    assert do(browser, documento, "cancelar").status_code == 422
    assert done(do(browser, documento, "cancelar", motivo="Se expidió por error."), documento)
    html = browser.get(url(documento)).content.decode()
    assert "Se expidió por error." in html
    assert fresh(documento).estado == _E.CANCELADO


#: (act, who may not although they see it); the document is taken to a state that admits it.
REFUSED = [
    ("revision", "lawyer", "draft"),
    ("aprobar", "clerk", "submitted"),
    ("devolver", "lawyer", "submitted"),
    ("firma", "lawyer", "ready"),
    ("publicar", "clerk", "signed"),
    ("cancelar", "clerk", "signed"),
    ("cancelar", "lawyer", "draft"),
]


@pytest.mark.parametrize(("slug", "who", "state"), REFUSED)
def test_the_wrong_person_is_refused_by_the_page_and_by_the_post(room, sign_in, slug, who, state):
    documento = getattr(room, state)()
    before = fresh(documento)
    browser = sign_in(getattr(room, who))
    assert browser.get(address(documento, slug)).status_code == 403
    data = {"cambios": documento.cambios, "motivo": "x", "comentario": "x"}
    assert browser.post(address(documento, slug), data).status_code == 403
    assert (fresh(documento).estado, fresh(documento).cambios) == (before.estado, before.cambios)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.slug)
def test_a_state_that_does_not_admit_the_act_is_told_and_offers_no_button(room, sign_in, act):
    documento = room.submitted(None, room.secretary)
    services.approve_review(documento_id=documento.pk, actor=room.secretary, now=now())
    services.cancel_documento(
        documento_id=documento.pk, motivo="Ya no.", actor=room.secretary, now=now()
    )
    response = sign_in(room.secretary).get(address(documento, act.slug))
    if act.slug == "visto-bueno":
        assert response.status_code in (403, 409)
        return
    html = response.content.decode()
    assert response.status_code == 409
    assert "este acto ya no procede" in html
    assert (
        str(act.button)
        not in html.split("<main")[1].split("Volver sin hacerlo")[0].split("<form")[1]
    )


def test_what_was_done_twice_is_refused_the_second_time_with_its_text(room, sign_in):
    documento = room.submitted(None, room.head, room.lawyer)
    browser = sign_in(room.head)
    html = browser.get(address(documento, "aprobar")).content.decode()
    data = {"cambios": hidden(html, "cambios"), "comentario": "De acuerdo en todo."}
    assert browser.post(address(documento, "aprobar"), data).status_code == 302
    again = browser.post(address(documento, "aprobar"), data)
    assert again.status_code == 409
    assert "De acuerdo en todo." in again.content.decode()


def test_who_is_overtaken_sees_it_and_can_go_on_knowing_it(room, sign_in):
    documento, browser = room.submitted(None, room.head, room.lawyer), sign_in(room.head)
    stale = hidden(browser.get(address(documento, "devolver")).content.decode(), "cambios")
    services.approve_review(documento_id=documento.pk, actor=room.lawyer, now=now())
    data = {"cambios": stale, "motivo": "No está listo."}
    response = browser.post(address(documento, "devolver"), data)
    html = response.content.decode()
    assert response.status_code == 409
    assert "No está listo." in html
    data["cambios"] = hidden(html, "cambios")
    assert done(browser.post(address(documento, "devolver"), data), documento)


def test_what_somebody_signed_is_not_returned_any_more(room, sign_in):
    documento, browser = room.signing(room.appointment()), sign_in(room.secretary)
    assert browser.get(address(documento, "devolver")).status_code == 200
    room.sign(documento, room.president)
    assert address(documento, "devolver") not in browser.get(url(documento)).content.decode()
    assert browser.get(address(documento, "devolver")).status_code == 409


def test_a_confidential_document_is_never_published(room, sign_in):
    documento = room.signed(room.draft(confidencial=True))
    assert sign_in(room.head).get(address(documento, "publicar")).status_code == 403


def test_an_act_that_does_not_exist_is_404(room, sign_in):
    assert sign_in(room.clerk).get(address(room.draft(), "nada")).status_code == 404


def test_every_act_has_its_own_address_and_words():
    assert len(BY_SLUG) == len(ACTS)
    for act in ACTS:
        assert act.label
        assert act.button
        assert act.done
