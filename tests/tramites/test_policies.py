import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.errors import NotAllowedError, NotFoundError
from tests.factories import (
    AdscripcionFactory,
    DependenciaFactory,
    PeticionFactory,
    StaffFactory,
    SuplenciaFactory,
    UserFactory,
    citizen_of,
    desk,
    fresh,
    worker_of,
)
from tramites.models import Peticion
from tramites.policies import ACTS, PeticionPolicy

pytestmark = pytest.mark.django_db
OFFICES = ("above", "here", "below", "elsewhere", "desk")


def town():
    """Three offices in a line, one apart and the desk; in each, a plain and a sensitive case."""
    above = DependenciaFactory()
    here = DependenciaFactory(padre=above)
    offices = {
        "above": above,
        "here": here,
        "below": DependenciaFactory(padre=here),
        "elsewhere": DependenciaFactory(),
        "desk": desk(),
    }
    cases = {
        (name, sensible): PeticionFactory(
            sensible=sensible, mesa=name == "desk", dependencia=office
        )
        for (name, office), sensible in itertools.product(
            [(n, o) for n, o in offices.items() if n != "desk"], (False, True)
        )
    }
    cases |= {("desk", s): PeticionFactory(mesa=True, sensible=s) for s in (False, True)}
    return offices, cases


def seen(user, cases):
    policy = PeticionPolicy(user)
    one_by_one = {key for key, case in cases.items() if policy.can_view(case)}
    listed = set(policy.visible().values_list("pk", flat=True))
    assert listed == {cases[key].pk for key in one_by_one}
    return one_by_one


PLAIN = {(name, False) for name in OFFICES}
EVERYTHING = set(itertools.product(OFFICES, (False, True)))
EXPECTED = {
    Rol.SECRETARIA: EVERYTHING,
    Rol.JURIDICO: EVERYTHING,
    Rol.CONSULTA: PLAIN,
    Rol.VENTANILLA: PLAIN | {("desk", True)},
    Rol.TITULAR: set(itertools.product(("here", "below"), (False, True))),
    Rol.ENLACE: {("here", False)},
    Rol.ADMINISTRADOR: set(),
}


@pytest.mark.parametrize("rol", list(Rol), ids=str)
def test_each_role_sees_what_the_rule_says_one_by_one_and_listed(rol):
    offices, cases = town()
    assert seen(StaffFactory(rol, offices["here"]), cases) == EXPECTED[rol]


def test_an_enlace_sees_the_sensitive_case_they_are_responsible_for():
    offices, cases = town()
    enlace = StaffFactory(Rol.ENLACE, offices["here"])
    Peticion.objects.filter(pk=cases["here", True].pk).update(responsable=enlace)
    cases["here", True] = fresh(cases["here", True])
    assert seen(enlace, cases) == {("here", False), ("here", True)}


def test_whoever_substitutes_that_enlace_sees_it_too():
    offices, cases = town()
    enlace, stand_in = StaffFactory(Rol.ENLACE, offices["here"]), UserFactory()
    SuplenciaFactory(ausente=enlace, suplente=stand_in)
    Peticion.objects.filter(pk=cases["here", True].pk).update(responsable=enlace)
    cases["here", True] = fresh(cases["here", True])
    assert seen(stand_in, cases) == {("here", False), ("here", True)}


def test_nobody_without_a_post_sees_anything():
    _offices, cases = town()
    former = AdscripcionFactory(terminada=True).usuario
    for user in (UserFactory(), UserFactory(is_superuser=True), former):
        assert seen(user, cases) == set()


def test_a_citizen_sees_one_case_and_the_system_all():
    _offices, cases = town()
    assert seen(citizen_of(cases["here", True]), cases) == {("here", True)}
    assert seen(CitizenActor(), cases) == set()
    assert seen(SYSTEM, cases) == EVERYTHING


POSTS = st.lists(st.tuples(st.sampled_from(list(Rol)), st.sampled_from(OFFICES)), max_size=4)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(posts=POSTS, responsible_for=st.sets(st.tuples(st.sampled_from(OFFICES), st.booleans())))
def test_lists_and_single_cases_never_disagree(shared_town, posts, responsible_for):
    offices, cases = shared_town
    user = UserFactory()
    for rol, office in posts:
        AdscripcionFactory(usuario=user, dependencia=offices[office], rol=rol)
    Peticion.objects.update(responsable=None)
    chosen = [cases[key].pk for key in responsible_for if key in cases]
    Peticion.objects.filter(pk__in=chosen).update(responsable=user)
    current = {key: fresh(case) for key, case in cases.items()}
    visible = seen(user, current)
    policy = PeticionPolicy(user)
    offices_seen = policy.visible_offices()
    for key in visible:
        assert offices_seen is None or current[key].dependencia_id in offices_seen
    for key, case in current.items():
        acts = policy.allowed_acts(case)
        assert (key in visible) or not acts
        assert (key in visible) or not policy.can_see_person(case)
        assert (key in visible) or not policy.can_see_notes(case)


@pytest.fixture
def shared_town(db):
    return town()


@pytest.mark.parametrize(
    ("rol", "expected"),
    [
        (Rol.CONSULTA, False),
        (Rol.VENTANILLA, True),
        (Rol.SECRETARIA, True),
        (Rol.JURIDICO, True),
        (Rol.ENLACE, True),
        (Rol.TITULAR, True),
        (Rol.ADMINISTRADOR, False),
    ],
)
def test_consulta_and_administration_never_read_the_person(rol, expected):
    peticion = PeticionFactory()
    office = peticion.dependencia if rol in (Rol.ENLACE, Rol.TITULAR) else None
    assert PeticionPolicy(StaffFactory(rol, office)).can_see_person(peticion) is expected


def test_consulta_with_a_post_elsewhere_still_only_reads_here():
    peticion = PeticionFactory()
    user = StaffFactory(Rol.CONSULTA)
    AdscripcionFactory(usuario=user, dependencia=DependenciaFactory(), rol=Rol.ENLACE)
    assert not PeticionPolicy(user).can_see_person(peticion)


def test_the_acts_offered_are_those_policy_and_state_admit():
    peticion = PeticionFactory()
    head = worker_of(peticion.dependencia)
    assert PeticionPolicy(head).allowed_acts(peticion) == [
        "accept",
        "extend",
        "assign",
        "return_to_desk",
        "declare_not_competent",
        "merge",
        "dismiss",
        "note",
        "attach",
    ]
    assert PeticionPolicy(StaffFactory(Rol.CONSULTA)).allowed_acts(peticion) == []
    assert PeticionPolicy(citizen_of(peticion)).allowed_acts(peticion) == ["cancel"]
    assert PeticionPolicy(StaffFactory(Rol.ENLACE)).allowed_acts(peticion) == []


def test_every_act_has_a_rule():
    for act in ACTS:
        assert callable(getattr(PeticionPolicy, f"can_{act}"))


def test_hidden_is_404_and_forbidden_is_403():
    peticion = PeticionFactory()
    with pytest.raises(NotFoundError):
        PeticionPolicy(StaffFactory(Rol.ENLACE)).require("note", peticion)
    with pytest.raises(NotAllowedError):
        PeticionPolicy(StaffFactory(Rol.CONSULTA)).require("note", peticion)
