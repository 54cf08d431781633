"""Who may know of an item, and what its petition and citizen are told."""

import pytest

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.core.errors import (
    InvalidInputError,
    NotAllowedError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from tablero.cabildo import services
from tablero.cabildo.item_policies import AsuntoPolicy
from tablero.cabildo.models import Asunto
from tablero.cabildo.threads import tell_petition
from tests.accounts.factories import DependenciaFactory, UserFactory
from tests.factories import NOON, PeticionFactory, StaffFactory
from tests.tramites.test_notices import REACHED
from tramites.models import Solicitante, Vinculo

from .drafting import LATER, at, draft, secretary
from .factories import (
    AnexoFactory,
    AsientoFactory,
    AsuntoFactory,
    IntegranteFactory,
    OcupacionFactory,
)

pytestmark = pytest.mark.django_db


def test_an_office_brings_its_own_and_a_member_theirs():
    office = DependenciaFactory()
    clerk = StaffFactory(rol=Rol.ENLACE, office=office)
    assert draft(actor=clerk, dependencia=office).autor == clerk
    with pytest.raises(NotAllowedError):
        draft(actor=clerk)
    member = IntegranteFactory(usuario=UserFactory())
    own = {"origen": "regiduria", "dependencia": None}
    assert draft(actor=member.usuario, proponente=member, **own).proponente == member
    with pytest.raises(NotAllowedError):
        draft(actor=member.usuario, proponente=IntegranteFactory(), **own)
    with pytest.raises(NotAllowedError):
        draft(actor=StaffFactory(rol=Rol.CONSULTA))


def everybody(row: Asunto) -> dict:
    """People of every kind, by a name."""
    office = row.dependencia
    people = {rol: StaffFactory(rol=rol, office=office) for rol in Rol if rol != Rol.VENTANILLA}
    people |= {
        "counter": StaffFactory(rol=Rol.VENTANILLA),
        "elsewhere": StaffFactory(rol=Rol.ENLACE),
        "member": IntegranteFactory(usuario=UserFactory()).usuario,
        "nobody": UserFactory(),
        "author": row.autor or UserFactory(),
    }
    return people


@pytest.mark.parametrize("state", ["borrador", "en_revision", "validado", "retirado"])
def test_what_one_sees_in_the_list_is_what_one_may_open(state):
    office = DependenciaFactory()
    clerk = StaffFactory(rol=Rol.ENLACE, office=office)
    row = draft(actor=clerk, dependencia=office)
    Asunto.objects.filter(pk=row.pk).update(estado=state, motivo="Ya no.")
    row = Asunto.objects.get(pk=row.pk)
    for name, person in everybody(row).items():
        policy = AsuntoPolicy(person)
        listed = policy.visible().filter(pk=row.pk).exists()
        assert policy.can_view(row) is listed, name
    seen = {name for name, person in everybody(row).items() if AsuntoPolicy(person).can_view(row)}
    ready = {"member"} if state in ("validado", "retirado") else set()
    assert seen == ready | {
        *(Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA, Rol.TITULAR, Rol.ENLACE),
        "author",
    }


def test_a_reserved_annex_is_for_members_lawyers_and_the_secretaria():
    office = DependenciaFactory()
    row = AsuntoFactory(dependencia=office)
    Asunto.objects.filter(pk=row.pk).update(estado="validado")
    row.refresh_from_db()
    annex = AnexoFactory(asunto=row, reservado=True)
    open_to = {n for n, p in everybody(row).items() if AsuntoPolicy(p).can_read_annex(annex)}
    assert open_to == {Rol.SECRETARIA, Rol.JURIDICO, Rol.TITULAR, Rol.ENLACE, "member"}


def test_who_presides_the_commission_gives_its_opinion():
    row = at("turnado")
    seat = AsientoFactory(organo=row.comision, cargo="presidencia", nombre="Presidencia")
    head = IntegranteFactory(usuario=UserFactory())
    OcupacionFactory(asiento=seat, integrante=head)
    other = IntegranteFactory(usuario=UserFactory())
    OcupacionFactory(asiento=AsientoFactory(organo=row.comision, cargo="vocalia"), integrante=other)
    given = {"asunto_id": row.pk, "sentido": "favorable", "dictamen": "Procede.", "now": NOON}
    with pytest.raises(NotAllowedError):
        services.report_item(actor=other.usuario, **given)
    services.report_item(actor=head.usuario, **given)


# the thread from a petition


def from_petition(**traits) -> Asunto:
    peticion = PeticionFactory(**traits)
    return draft(actor=secretary(), origen="peticion", dependencia=None, peticion=peticion)


def test_a_petition_shows_how_its_item_stands():
    row = from_petition()
    links = Vinculo.objects.filter(peticion=row.peticion)
    assert [link.texto for link in links] == ["Se prepara para llevarlo al Cabildo."]
    services.submit_item(asunto_id=row.pk, actor=SYSTEM, now=NOON)
    assert links.count() == 1, "the same words are written once"
    services.validate_item(asunto_id=row.pk, actor=SYSTEM, now=NOON)
    last = links.last()
    assert last.texto == "Está listo para discutirse en el Cabildo."
    assert last.texto_en != last.texto
    assert row.titulo not in last.titulo
    facts = EventRecord.objects.filter(stream=f"peticion:{row.peticion_id}")
    assert facts.filter(event_type="PeticionLinked").count() == 2
    assert verify().integra


@pytest.mark.parametrize("language", ["es-mx", "en"])
def test_the_citizen_is_told_in_their_language_when_it_is_withdrawn_or_on_an_agenda(language):
    peticion = PeticionFactory(contacto=REACHED)
    Solicitante.objects.filter(peticion=peticion).update(idioma=language)
    row = draft(actor=secretary(), origen="peticion", dependencia=None, peticion=peticion)
    assert not Envio.objects.filter(evento="peticion_en_cabildo").exists()
    Asunto.objects.filter(pk=row.pk).update(estado="agendado")
    row = Asunto.objects.select_related("peticion").get(pk=row.pk)
    words = {
        "es": {"sesion": "sesión ordinaria 12", "dia": "3 de diciembre"},
        "en": {"sesion": "ordinary session 12", "dia": "3 December"},
    }
    tell_petition(row, actor=SYSTEM, now=NOON, detalle=words)
    notice = Envio.objects.filter(evento="peticion_en_cabildo", canal="correo").get()
    said = "ordinary session 12" if language == "en" else "sesión ordinaria 12"
    assert said in notice.cuerpo


def test_an_item_does_not_change_the_petition_it_comes_from():
    row = from_petition()
    for peticion in (PeticionFactory(), None):
        changes = {"peticion": peticion}
        if peticion is None:
            changes |= {"origen": "dependencia", "dependencia": DependenciaFactory()}
        with pytest.raises(InvalidInputError) as refused:
            services.edit_item(
                asunto_id=row.pk, values=changes, cambios=None, actor=SYSTEM, now=LATER
            )
        assert "peticion" in refused.value.fields
    assert Asunto.objects.get(pk=row.pk).peticion == row.peticion


def test_a_petition_one_may_not_know_of_is_told_like_none():
    peticion = PeticionFactory(sensible=True)
    office = DependenciaFactory()
    clerk = StaffFactory(rol=Rol.TITULAR, office=office)
    with pytest.raises((InvalidInputError, NotAllowedError)):
        draft(actor=clerk, origen="peticion", dependencia=None, peticion=peticion)
    assert not Vinculo.objects.exists()
