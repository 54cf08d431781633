"""Who may know of a document and what they may do: for one and for the list, the same."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.errors import NotAllowedError, NotFoundError
from portal.core.time import today
from portal.documents import services
from portal.documents.constants import EstadoDocumento, EtapaRevision
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy
from portal.documents.selectors.documentos import TRAYS, documentos_for, waiting_counts
from portal.documents.services import Draft
from tests.factories import (
    NOON,
    AdscripcionFactory,
    DependenciaFactory,
    StaffFactory,
    SuplenciaFactory,
    UserFactory,
    load_calendar,
)

from .town import document

pytestmark = pytest.mark.django_db
OFFICES = ("above", "here", "below", "elsewhere")
PARTS = ("nobody", "autor", "reviewer", "signer", "legal")


def town(person, absent):
    """Four offices; in each, documents of every kind of secrecy, end and part of ``person``."""
    above = DependenciaFactory()
    here = DependenciaFactory(padre=above)
    offices = {
        "above": above,
        "here": here,
        "below": DependenciaFactory(padre=here),
        "elsewhere": DependenciaFactory(),
    }
    for office, secret, signed in itertools.product(offices.values(), (False, True), (False, True)):
        document(office, confidencial=secret, signed=signed)
    for part, who in itertools.product(PARTS[1:4], (person, absent)):
        document(offices["elsewhere"], confidencial=True, **{part: who})
    document(offices["elsewhere"], confidencial=True, stage=EtapaRevision.VISTO_BUENO)
    return offices


def seen(actor) -> set[int]:
    """What the list holds, once it is what is seen one by one."""
    policy = DocumentoPolicy(actor)
    listed = set(policy.visible().values_list("pk", flat=True))
    assert listed == {d.pk for d in Documento.objects.all() if policy.can_view(d)}
    return listed


posts = st.lists(st.tuples(st.sampled_from([*Rol]), st.sampled_from(OFFICES)), max_size=3)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(own=posts, held=posts)
def test_the_list_holds_what_may_be_seen_one_by_one(own, held):
    person, absent = UserFactory(), UserFactory()
    offices = town(person, absent)
    SuplenciaFactory(ausente=absent, suplente=person)
    for who, rows in ((person, own), (absent, held)):
        for rol, office in rows:
            AdscripcionFactory(usuario=who, rol=rol, dependencia=offices[office])
    seen(type(person).objects.get(pk=person.pk))


def test_the_secretaria_and_the_system_see_every_one():
    town(UserFactory(), UserFactory())
    assert len(seen(StaffFactory(Rol.SECRETARIA))) == Documento.objects.count()
    assert len(seen(SYSTEM)) == Documento.objects.count()


def test_citizens_and_who_has_no_post_see_none():
    document()
    assert seen(CitizenActor()) == set()
    assert seen(UserFactory()) == set()


def test_a_confidential_document_is_for_its_head_and_who_takes_part():
    office = DependenciaFactory()
    secret = document(office, confidencial=True)
    assert secret.pk in seen(StaffFactory(Rol.TITULAR, office))
    assert secret.pk not in seen(StaffFactory(Rol.ENLACE, office))
    assert secret.pk not in seen(StaffFactory(Rol.JURIDICO))
    clerk = StaffFactory(Rol.ENLACE)
    assert document(office, confidencial=True, reviewer=clerk).pk in seen(clerk)


def test_a_lawyer_sees_a_confidential_document_once_its_approval_is_asked():
    secret = document(
        confidencial=True, stage=EtapaRevision.VISTO_BUENO, estado=EstadoDocumento.VISTO_BUENO
    )
    lawyer = StaffFactory(Rol.JURIDICO)
    assert secret.pk in seen(lawyer)
    assert DocumentoPolicy(lawyer).can_review(secret)
    assert waiting_counts(lawyer) == {"por_firmar": 0, "por_revisar": 1}
    assert secret.pk not in seen(StaffFactory(Rol.ENLACE))


def test_consulta_reads_only_what_was_signed():
    office = DependenciaFactory()
    draft, signed = document(office), document(office, signed=True)
    secret = document(office, signed=True, confidencial=True)
    found = seen(StaffFactory(Rol.CONSULTA, office))
    assert found == {signed.pk}
    assert {draft.pk, secret.pk}.isdisjoint(found)


def test_each_tray_holds_what_its_count_says():
    load_calendar()
    clerk = StaffFactory(Rol.ENLACE)
    asked = document(reviewer=clerk, estado=EstadoDocumento.EN_REVISION)
    document(reviewer=UserFactory(), estado=EstadoDocumento.EN_REVISION)
    assert waiting_counts(clerk)["por_revisar"] == 1
    found = {tray: set(documentos_for(clerk, tray=tray)) for tray in TRAYS}
    assert found["por_revisar"] == {asked}
    assert found["por_firmar"] == set()


def test_who_may_not_know_of_it_is_told_that_there_is_none():
    documento = document(confidencial=True)
    with pytest.raises(NotFoundError):
        DocumentoPolicy(StaffFactory(Rol.ENLACE)).require("edit", documento)
    lawyer = StaffFactory(Rol.JURIDICO)
    with pytest.raises(NotAllowedError):
        DocumentoPolicy(lawyer).require("publish", document())


def test_the_desk_drafts_the_kinds_that_name_it_and_no_others():
    office = DependenciaFactory()
    clerk = StaffFactory(Rol.VENTANILLA, office)
    kinds = {key: services.ensure_kind(key, now=NOON) for key in ("constancia", "oficio")}
    policy = DocumentoPolicy(clerk)
    assert policy.can_draft(kinds["constancia"])
    assert not policy.can_draft(kinds["oficio"])
    draft = Draft(asunto="Residencia de una vecina", datos={})
    made = services.draft_documento(
        tipo="constancia", dependencia_id=office.pk, draft=draft, actor=clerk, now=NOON
    )
    assert made.autor_id == clerk.pk
    with pytest.raises(NotAllowedError):
        services.draft_documento(
            tipo="oficio", dependencia_id=office.pk, draft=draft, actor=clerk, now=NOON
        )


def test_whoever_is_asked_to_review_may_comment():
    clerk = StaffFactory(Rol.VENTANILLA)
    documento = document(reviewer=clerk, estado=EstadoDocumento.EN_REVISION)
    assert DocumentoPolicy(clerk).can_comment(documento)
    reader = StaffFactory(Rol.CONSULTA)
    assert not DocumentoPolicy(reader).can_comment(document(signed=True))


def test_a_substitute_acts_in_place_of_the_absent():
    absent, other = StaffFactory(Rol.TITULAR), StaffFactory(Rol.ENLACE)
    documento = document(signer=absent, confidencial=True)
    assert not DocumentoPolicy(other).can_sign(documento)
    SuplenciaFactory(ausente=absent, suplente=other, vigente_desde=today())
    other = type(other).objects.get(pk=other.pk)
    assert DocumentoPolicy(other).can_sign(documento)
    assert DocumentoPolicy(other).my_turn(documento).usuario_id == absent.pk
