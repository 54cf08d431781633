"""The case page: who may open it, what it hides, what it costs, and its files."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from portal.core.time import now
from tests.factories import PeticionFactory, PreguntaFactory, ServicioFactory, StaffFactory
from tramites import services
from tramites.policies import PeticionPolicy
from tramites.services import Contact
from tramites.uploads import receive_upload

pytestmark = pytest.mark.django_db
CONTACT = Contact(nombre="Rosa Elena Martínez", telefono="+529512044187", domicilio="Mina 3")


def page(case) -> str:
    return f"/tablero/bandeja/{case.folio}/"


def a_file(name: str = "oficio.pdf") -> SimpleUploadedFile:
    """A small PDF that is one."""
    from io import BytesIO

    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(72, 72)
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


@pytest.fixture
def cases(obras):
    return [
        PeticionFactory(dependencia=obras, at=now()),
        PeticionFactory(dependencia=obras, sensible=True, at=now()),
        PeticionFactory(at=now()),
        PeticionFactory(sensible=True, at=now()),
        PeticionFactory(mesa=True, at=now()),
    ]


@pytest.mark.parametrize("rol", list(Rol))
def test_a_case_opens_for_whom_the_policy_says_and_is_unknown_to_the_rest(
    cases, people, sign_in, rol
):
    browser, policy = sign_in(people[rol]), PeticionPolicy(people[rol])
    for case in cases:
        expected = 200 if policy.can_view(case) else 404
        for path in ("", "acto/nota/"):
            if path and expected == 200:
                continue
            assert browser.get(page(case) + path).status_code == expected
        assert browser.post(page(case) + "datos/").status_code in (
            {200, 403} if expected == 200 else {404}
        )


def test_a_folio_that_does_not_exist_and_one_not_theirs_answer_the_same(cases, people, sign_in):
    browser = sign_in(people[Rol.ENLACE])
    hidden, missing = page(cases[2]), page(cases[2]).replace(cases[2].folio, "SJV-2026-999999")
    assert browser.get(hidden).status_code == browser.get(missing).status_code == 404


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.ADMINISTRADOR])
def test_the_page_offers_the_acts_that_policy_and_state_allow(cases, people, sign_in, rol):
    from tablero.bandeja.acts import ACTS

    browser, policy = sign_in(people[rol]), PeticionPolicy(people[rol])
    for case in cases:
        if not policy.can_view(case):
            continue
        html = browser.get(page(case)).content.decode()
        allowed = policy.allowed_acts(case)
        for act in ACTS:
            assert (f"/acto/{act.slug}/" in html) == (act.action in allowed), act.slug


def test_every_act_of_the_policy_has_its_form():
    from tablero.bandeja.acts import ACTS
    from tramites.policies import ACTS as POLICY_ACTS

    assert {act.action for act in ACTS} == set(POLICY_ACTS)


def test_contact_is_masked_until_asked_for_and_asking_stays_on_the_record(obras, people, sign_in):
    case = PeticionFactory(dependencia=obras, contacto=CONTACT, at=now())
    browser = sign_in(people[Rol.ENLACE])
    html = browser.get(page(case)).content.decode()
    assert "Martínez" not in html
    assert "2044187" not in html
    assert "951 ••• ••87" in html
    shown = browser.post(page(case) + "datos/").content.decode()
    assert "Rosa Elena Martínez" in shown
    assert "951 204 4187" in shown
    record = EventRecord.objects.get(event_type="PersonDataSeen")
    assert record.actor_id == people[Rol.ENLACE].pk
    assert record.stream == f"peticion:{case.pk}"
    assert browser.get(page(case) + "datos/").status_code == 302


def test_oversight_sees_the_case_and_never_the_person(obras, people, sign_in):
    case = PeticionFactory(dependencia=obras, contacto=CONTACT, at=now())
    browser = sign_in(people[Rol.CONSULTA])
    html = browser.get(page(case)).content.decode()
    assert "Rosa" not in html
    assert "/datos/" not in html
    assert browser.post(page(case) + "datos/").status_code == 403
    assert not EventRecord.objects.filter(event_type="PersonDataSeen").exists()


def test_the_deadline_shows_its_working(obras, people, sign_in):
    case = PeticionFactory(dependencia=obras, prevenida=True, at=now() - dt.timedelta(days=1))
    html = sign_in(people[Rol.TITULAR]).get(page(case)).content.decode()
    assert 'class="ruler"' in html
    assert 'class="cal"' in html
    assert "Plazo en pausa" in html


def test_a_file_is_a_download_for_who_sees_the_case_and_unknown_to_the_rest(obras, people, sign_in):
    stored = receive_upload(a_file())
    case = PeticionFactory(dependencia=obras, adjuntos=[stored], at=now())
    url = page(case) + f"adjunto/{stored.clave}/"
    response = sign_in(people[Rol.ENLACE]).get(url)
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="oficio.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    stranger = sign_in(StaffFactory(Rol.ENLACE))
    assert stranger.get(url).status_code == 404
    other = PeticionFactory(dependencia=obras, at=now())
    assert (
        sign_in(people[Rol.ENLACE]).get(page(other) + f"adjunto/{stored.clave}/").status_code == 404
    )


def test_the_case_page_costs_the_same_however_long_its_history(
    obras, people, sign_in, django_assert_max_num_queries
):
    case = PeticionFactory(dependencia=obras, respondida=True, at=now() - dt.timedelta(days=1))
    browser, worker = sign_in(people[Rol.SECRETARIA]), people[Rol.SECRETARIA]
    services.add_note(peticion_id=case.pk, texto="Nota 0", actor=worker, now=now())
    with django_assert_max_num_queries(30) as few:
        browser.get(page(case))
    for n in range(15):
        services.add_note(peticion_id=case.pk, texto=f"Nota {n}", actor=worker, now=now())
    with django_assert_max_num_queries(30) as many:
        assert "Nota 14" in browser.get(page(case)).content.decode()
    assert len(many) == len(few)


def test_cases_alike_are_named_only_if_they_may_be_seen(obras, people, sign_in):
    from tests.factories import ColoniaFactory, ServicioFactory
    from tramites.services import Place

    service, colonia = ServicioFactory(dependencia=obras), ColoniaFactory()
    place = Place(colonia_id=colonia.pk)
    one, other = [PeticionFactory(servicio=service, lugar=place, at=now()) for _ in range(2)]
    html = sign_in(people[Rol.ENLACE]).get(page(one)).content.decode()
    assert other.folio in html
    services.assign_peticion(
        peticion_id=other.pk,
        dependencia_id=StaffFactory(Rol.ENLACE).cargos[0].dependencia_id,
        motivo="Le toca.",
        actor=people[Rol.SECRETARIA],
        now=now(),
    )
    assert other.folio not in sign_in(people[Rol.ENLACE]).get(page(one)).content.decode()


def test_the_answers_to_the_questions_read_as_words(people, sign_in):
    servicio = ServicioFactory(lugar="no")
    for tipo in ("fecha", "si_no"):
        PreguntaFactory(servicio=servicio, clave=tipo, tipo=tipo)
    given = {"fecha": "2026-11-16", "si_no": "si"}
    case = PeticionFactory(servicio=servicio, respuestas=given, at=now())
    html = sign_in(people[Rol.SECRETARIA]).get(page(case)).content.decode()
    assert "<dd>lunes 16 de noviembre de 2026</dd>" in html
    assert "<dd>Sí</dd>" in html
    assert "2026-11-16</dd>" not in html


def test_notices_are_named_as_in_the_outbox(obras, people, sign_in):
    contact = Contact(telefono="+529512044187", telefono_verificado_en=now())
    case = PeticionFactory(dependencia=obras, contacto=contact, at=now())
    html = sign_in(people[Rol.ENLACE]).get(page(case)).content.decode()
    assert "Acuse de recepción" in html
    assert "Peticion recibida" not in html
