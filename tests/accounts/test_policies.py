"""Posts, roles and offices of a person."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.constants import Rol
from portal.accounts.models import User
from portal.accounts.policies import StaffPolicy
from portal.accounts.selectors import office_tree, people_of_office, search_people
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.time import today

from .factories import (
    AdscripcionFactory,
    DependenciaFactory,
    SuplenciaFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    """Obras, with Alumbrado under it, with Cuadrillas under that; and Parques apart."""
    obras = DependenciaFactory()
    alumbrado = DependenciaFactory(padre=obras)
    cuadrillas = DependenciaFactory(padre=alumbrado)
    return obras, alumbrado, cuadrillas, DependenciaFactory()


@pytest.mark.parametrize("somebody", [AnonymousUser(), SYSTEM, CitizenActor(peticion_id=1), None])
def test_who_is_not_staff_holds_nothing(somebody):
    policy = StaffPolicy(somebody)
    assert not policy.is_staff_member
    assert not policy.offices


def test_a_titular_reaches_down_the_tree_and_an_enlace_does_not(branch):
    obras, alumbrado, cuadrillas, parques = branch
    head, clerk = staff(Rol.TITULAR, alumbrado), staff(Rol.ENLACE, alumbrado)
    assert StaffPolicy(head).offices == {alumbrado.pk, cuadrillas.pk}
    assert StaffPolicy(clerk).offices == {alumbrado.pk}
    assert StaffPolicy(head).heads(cuadrillas.pk)
    assert not StaffPolicy(head).heads(obras.pk)
    assert not StaffPolicy(clerk).heads(alumbrado.pk)


def test_offices_as_a_role_leaves_the_others_out(branch):
    obras, alumbrado, cuadrillas, parques = branch
    person = staff(Rol.ENLACE, parques)
    AdscripcionFactory(usuario=person, dependencia=alumbrado, rol=Rol.TITULAR)
    policy = StaffPolicy(User.objects.get(pk=person.pk))
    assert policy.offices_as(Rol.ENLACE) == {parques.pk}
    assert policy.offices_as(Rol.ENLACE, Rol.TITULAR) == {parques.pk, alumbrado.pk, cuadrillas.pk}
    assert policy.roles == {"enlace", "titular"}


def test_an_ended_post_and_a_retired_person_count_for_nothing(branch):
    ended = AdscripcionFactory(terminada=True).usuario
    retired = staff(Rol.TITULAR, branch[0], is_active=False)
    assert not StaffPolicy(ended).is_staff_member
    assert not StaffPolicy(retired).is_staff_member


def test_a_substitute_holds_the_post_while_the_absence_lasts(branch):
    obras, alumbrado, *_ = branch
    absent, substitute = staff(Rol.TITULAR, obras), staff(Rol.ENLACE, alumbrado)
    SuplenciaFactory(ausente=absent, suplente=substitute)
    policy = StaffPolicy(substitute)
    assert policy.has(Rol.TITULAR)
    assert policy.heads(alumbrado.pk)
    assert [post.rol for post in policy.own_posts] == [Rol.ENLACE]
    assert [post.suplencia_de_id for post in policy.substituted_posts] == [absent.pk]
    assert policy.acting_for(obras.pk) == absent.pk
    assert policy.acting_for(alumbrado.pk, Rol.ENLACE) is None


def test_a_substitution_that_ended_gives_nothing(branch):
    absent, substitute = staff(Rol.TITULAR, branch[0]), UserFactory()
    SuplenciaFactory(ausente=absent, suplente=substitute, vigente_hasta=dt.date(2020, 12, 31))
    assert not StaffPolicy(substitute).is_staff_member


def test_a_loop_in_the_tree_does_not_hang(branch):
    obras, alumbrado, cuadrillas, _ = branch
    obras.padre = cuadrillas
    obras.save()
    tree = office_tree()
    assert tree.with_descendants([obras.pk]) == {obras.pk, alumbrado.pk, cuadrillas.pk}
    assert set(tree.ancestors(obras.pk)) == {obras.pk, alumbrado.pk, cuadrillas.pk}


def test_a_policy_costs_at_most_two_queries_however_often_it_is_asked(
    branch, django_assert_num_queries
):
    user = User.objects.get(pk=staff(Rol.TITULAR, branch[0]).pk)
    with django_assert_num_queries(2):
        for _ in range(3):
            assert StaffPolicy(user).offices
            assert StaffPolicy(user).heads(branch[1].pk)


def test_people_of_an_office_are_active_and_in_post():
    office = DependenciaFactory()
    present = staff(Rol.ENLACE, office)
    staff(Rol.ENLACE, office, is_active=False)
    AdscripcionFactory(dependencia=office, terminada=True)
    assert list(people_of_office(office.pk, on=today())) == [present]
    assert not people_of_office(office.pk, on=today(), roles=(Rol.TITULAR,))


def test_people_are_found_by_every_word_and_by_role():
    ana = staff(Rol.JURIDICO, first_name="Ana", last_name="Luna")
    staff(Rol.ENLACE, first_name="Ana", last_name="Sol")
    assert list(search_people(text="ana luna", on=today())) == [ana]
    assert list(search_people(text="ana", rol=Rol.JURIDICO, on=today())) == [ana]
