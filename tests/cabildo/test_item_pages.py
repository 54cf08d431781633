"""The pages of items, as the Secretaría, an office, a member and a citizen see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from tablero.cabildo import services
from tablero.cabildo.models import AnexoAsunto, Asunto, Materia
from tests.accounts.factories import DependenciaFactory
from tests.factories import NOON, PeticionFactory, StaffFactory
from tests.public.conftest import Citizen
from tramites.links import follow_up_token

from .factories import AnexoFactory, AsuntoFactory, MateriaFactory, OrganoFactory, a_pdf, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(StaffFactory(rol=Rol.SECRETARIA))
    return client


def post(client, name: str, *args, **fields):
    return client.post(reverse(f"cabildo:{name}", args=args), fields)


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(f"cabildo:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def fields(**changes) -> dict:
    return {
        "organo": OrganoFactory().pk,
        "materia": MateriaFactory().pk,
        "titulo": "Paso seguro",
        "exposicion": "Lo pidieron vecinos.",
        "propuesta": "Se autoriza el paso.",
        "origen": "dependencia",
    } | changes


def test_a_petition_becomes_an_item_and_its_citizen_reads_it(secretary):
    peticion = PeticionFactory()
    case = secretary.get(reverse("bandeja:expediente", args=[peticion.folio])).content.decode()
    link = f"{reverse('cabildo:asunto_nuevo')}?peticion={peticion.folio}"
    assert link in case
    assert f'value="{peticion.folio}"' in secretary.get(link).content.decode()
    given = fields(origen="peticion", folio_peticion=peticion.folio.lower())
    assert post(secretary, "asunto_nuevo", **given).status_code == 302
    row = Asunto.objects.get()
    case = secretary.get(reverse("bandeja:expediente", args=[peticion.folio])).content.decode()
    assert reverse("cabildo:asunto", args=[row.pk]) in case
    assert peticion.folio in page(secretary, "asunto", row.pk)
    citizen = Citizen().get("seguimiento_caso", follow_up_token(peticion)).content.decode()
    assert "Se prepara para llevarlo al Cabildo." in citizen
    assert row.titulo not in citizen


def test_an_item_is_written_given_its_annex_handed_in_and_reported(secretary):
    matter = MateriaFactory(con_anexo=True)
    given = fields(materia=matter.pk, dependencia=DependenciaFactory().pk)
    post(secretary, "asunto_nuevo", **given)
    row = Asunto.objects.get()
    assert "Falta lo que exige la materia" in page(secretary, "asunto", row.pk)

    def act(slug: str, **more):
        seen = Asunto.objects.get().cambios
        return post(secretary, "asunto_acto", row.pk, slug, cambios=seen, **more)

    assert act("entregar").status_code == 302
    refused = act("validar")
    assert refused.status_code == 409
    assert "Avalúo" in refused.content.decode()
    upload = SimpleUploadedFile("avaluo.pdf", a_pdf(1))
    assert (
        post(secretary, "asunto_anexar", row.pk, exigido="Avalúo", archivo=upload).status_code
        == 302
    )
    assert act("validar").status_code == 302
    commission = OrganoFactory(comision=True)
    assert act("turnar", comision=commission.pk, vence="2099-01-01").status_code == 302
    assert "2099" in page(secretary, "asunto", row.pk)
    assert act("dictamen", sentido="favorable", dictamen="Procede.").status_code == 302
    assert "Procede." in page(secretary, "asunto", row.pk)
    assert act("entregar").status_code == 409
    answer = secretary.get(
        reverse("cabildo:asunto_anexo", args=[row.pk, AnexoAsunto.objects.get().clave])
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_refusal_keeps_what_was_typed(secretary):
    answer = post(secretary, "asunto_nuevo", **fields(titulo="", exposicion="Once años"))
    assert answer.status_code == 422
    assert "Once años" in answer.content.decode()
    missing = post(secretary, "asunto_nuevo", **fields(origen="peticion"))
    assert missing.status_code == 422
    assert "folio de la petición" in missing.content.decode()
    unknown = post(
        secretary, "asunto_nuevo", **fields(origen="peticion", folio_peticion="SJV-2026-999999")
    )
    assert "No encontramos una petición" in unknown.content.decode()
    assert not Asunto.objects.exists()


def test_an_old_page_is_refused_and_says_so(secretary):
    row = AsuntoFactory()
    services.submit_item(asunto_id=row.pk, actor=StaffFactory(rol=Rol.SECRETARIA), now=NOON)
    answer = post(secretary, "asunto_acto", row.pk, "validar", cambios=1)
    assert answer.status_code == 409
    assert "cambió mientras" in answer.content.decode()


def test_an_office_brings_its_own_and_sees_no_others(client):
    office = DependenciaFactory()
    client.force_login(StaffFactory(rol=Rol.ENLACE, office=office))
    assert post(client, "asunto_nuevo", **fields(dependencia=office.pk)).status_code == 302
    text = page(client, "asunto_nuevo")
    assert "Petición ciudadana" not in text
    other = AsuntoFactory()
    assert client.get(reverse("cabildo:asunto", args=[other.pk])).status_code == 404
    assert other.folio not in page(client, "asuntos")
    mine = Asunto.objects.exclude(pk=other.pk).get()
    assert mine.folio in page(client, "asuntos", q="PASO", estado="borrador", origen="dependencia")
    assert post(client, "asunto_acto", mine.pk, "validar", cambios=1).status_code == 403


def test_validating_without_a_demanded_annex_is_refused_and_in_the_record(secretary):
    row = AsuntoFactory(materia=MateriaFactory(con_anexo=True))
    Asunto.objects.filter(pk=row.pk).update(estado="en_revision")
    answer = post(secretary, "asunto_acto", row.pk, "validar", cambios=row.cambios)
    assert answer.status_code == 409
    words = "Falta lo que exige la materia: Avalúo."
    assert words in answer.content.decode()
    assert Asunto.objects.get(pk=row.pk).estado == "en_revision"
    fact = EventRecord.objects.get(event_type="ItemActRefused")
    assert fact.payload == {"asunto_id": row.pk, "acto": "validar", "motivo": words}
    record = page(secretary, "asunto", row.pk)
    assert "No se admitió un acto" in record
    assert words in record


def test_a_reserved_annex_is_named_but_not_given_to_oversight(client):
    annex = AnexoFactory(reservado=True)
    client.force_login(StaffFactory(rol=Rol.CONSULTA))
    assert "Confidencial" in page(client, "asunto", annex.asunto_id)
    address = reverse("cabildo:asunto_anexo", args=[annex.asunto_id, annex.clave])
    assert address not in page(client, "asunto", annex.asunto_id)
    assert client.get(address).status_code == 404


def test_matters_are_kept_by_the_secretaria(secretary):
    rule("mayoria")
    given = {
        "nombre": "Asunto general",
        "clave": "general",
        "regla_mayoria": "mayoria-prueba",
        "votacion": "nominal",
        "anexos": "Avalúo\nEscritura",
        "fundamento": "Artículo 48",
        "activa": "on",
    }
    assert post(secretary, "materia_nueva", **given).status_code == 302
    row = Materia.objects.get()
    assert row.anexos_exigidos == ["Avalúo", "Escritura"]
    assert "Escritura" in page(secretary, "materias")
    assert post(secretary, "materia", row.pk, **(given | {"activa": ""})).status_code == 302
    assert "En desuso" in page(secretary, "materias")


def test_a_list_of_items_costs_the_same_with_many(secretary, django_assert_max_num_queries):
    AsuntoFactory.create_batch(30)
    with django_assert_max_num_queries(14):
        page(secretary, "asuntos")
