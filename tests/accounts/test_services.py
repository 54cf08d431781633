"""Accounts, posts, substitutions, offices and tokens: each act is allowed, checked and recorded."""

import datetime as dt

import pytest
from django.db import transaction
from knox.models import AuthToken

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, RequisitoRol, Suplencia, User
from portal.accounts.policies import StaffPolicy
from portal.accounts.services import (
    OfficeData,
    PersonData,
    begin_substitution,
    change_office,
    change_person,
    create_office,
    create_person,
    end_post,
    end_substitution,
    give_post,
    issue_token,
    require_second_factor,
    restore_person,
    retire_person,
    revoke_token,
    set_temporary_password,
)
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.models import EventRecord
from portal.core.time import today

from .factories import DependenciaFactory, UserFactory, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 6)
ANA = PersonData("ana.luna", "Ana", "Luna", "ana@sanjacinto.example")


@pytest.fixture
def admin() -> User:
    return staff(Rol.ADMINISTRADOR)


def types(stream: str) -> list[str]:
    return list(EventRecord.objects.filter(stream=stream).values_list("event_type", flat=True))


def test_a_new_account_has_a_temporary_password_that_is_kept_nowhere(admin):
    user, password = create_person(data=ANA, actor=admin, now=NOW)
    assert user.check_password(password)
    assert user.clave_temporal
    assert types(f"usuario:{user.pk}") == ["PersonCreated"]
    assert password not in str(EventRecord.objects.values())
    assert "ana" not in str(EventRecord.objects.values_list("payload"))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        pytest.param(PersonData("", "Ana", "Luna"), "username", id="no user name"),
        pytest.param(PersonData("ana luna", "Ana", "Luna"), "username", id="a space in it"),
        pytest.param(PersonData("tomado", "Ana", "Luna"), "username", id="taken"),
        pytest.param(PersonData("ana", " ", "Luna"), "first_name", id="no name"),
        pytest.param(PersonData("ana", "A" * 151, "Luna"), "first_name", id="too long a name"),
        pytest.param(PersonData("ana", "Ana", "Luna", "ana@"), "email", id="no address"),
        pytest.param(PersonData("ana", "Ana", "Luna", "YA@x.example"), "email", id="address taken"),
    ],
)
def test_a_bad_account_is_refused_by_field_and_leaves_nothing(admin, data, field):
    UserFactory(username="tomado", email="ya@x.example")
    before = User.objects.count()
    with pytest.raises(InvalidInputError) as refused:
        create_person(data=data, actor=admin, now=NOW)
    assert field in refused.value.fields
    assert User.objects.count() == before
    assert not EventRecord.objects.exists()


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRADOR])
def test_only_administration_manages_accounts(rol):
    actor, somebody, office = staff(rol), staff(Rol.ENLACE), DependenciaFactory()
    acts = [
        lambda: create_person(data=ANA, actor=actor, now=NOW),
        lambda: change_person(usuario_id=somebody.pk, data=ANA, actor=actor, now=NOW),
        lambda: retire_person(usuario_id=somebody.pk, actor=actor, now=NOW),
        lambda: set_temporary_password(usuario_id=somebody.pk, actor=actor, now=NOW),
        lambda: require_second_factor(rol=Rol.ENLACE, exige=True, actor=actor, now=NOW),
        lambda: give_post(
            usuario_id=somebody.pk,
            dependencia_id=office.pk,
            rol=Rol.ADMINISTRADOR,
            vigente_desde=TODAY,
            actor=actor,
            now=NOW,
        ),
        lambda: create_office(data=OfficeData("x", "X"), actor=actor, now=NOW),
        lambda: begin_substitution(
            ausente_id=somebody.pk,
            suplente_id=actor.pk,
            vigente_desde=TODAY,
            vigente_hasta=TODAY,
            fundamento="x",
            actor=actor,
            now=NOW,
        ),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert not EventRecord.objects.exists()


def test_a_change_records_which_fields_and_never_their_values(admin):
    person = UserFactory(username="ana.luna")
    change_person(usuario_id=person.pk, data=ANA, actor=admin, now=NOW)
    change_person(usuario_id=person.pk, data=ANA, actor=admin, now=NOW)
    event = EventRecord.objects.get(stream=f"usuario:{person.pk}")
    assert event.payload["campos"] == ["email", "last_name"]
    person.refresh_from_db()
    assert "luna" in person.busqueda


def test_retiring_closes_sessions_and_tokens_and_can_be_undone(admin, client):
    person = staff(Rol.ENLACE)
    issue_token(days=30, actor=person, now=NOW)
    client.force_login(person)
    retire_person(usuario_id=person.pk, actor=admin, now=NOW)
    assert client.get("/cuenta/yo/").status_code == 302
    assert not AuthToken.objects.filter(user=person).exists()
    with pytest.raises(ConflictError):
        retire_person(usuario_id=person.pk, actor=admin, now=NOW)
    restore_person(usuario_id=person.pk, actor=admin, now=NOW)
    with pytest.raises(ConflictError):
        restore_person(usuario_id=person.pk, actor=admin, now=NOW)
    assert types(f"usuario:{person.pk}")[1:] == ["PersonRetired", "PersonRestored"]


def test_nobody_shuts_themselves_out(admin):
    with pytest.raises(ConflictError):
        retire_person(usuario_id=admin.pk, actor=admin, now=NOW)
    post = Adscripcion.objects.get(usuario=admin)
    with pytest.raises(ConflictError):
        end_post(adscripcion_id=post.pk, hasta=TODAY, actor=admin, now=NOW)


def test_a_post_is_given_once_and_ended(admin):
    person, office = UserFactory(), DependenciaFactory()
    fields = {"usuario_id": person.pk, "dependencia_id": office.pk, "rol": Rol.TITULAR}
    act = {**fields, "vigente_desde": TODAY, "actor": admin, "now": NOW}
    post = give_post(**act)
    with pytest.raises(ConflictError):
        give_post(**act)
    with pytest.raises(InvalidInputError):
        end_post(adscripcion_id=post.pk, hasta=dt.date(2026, 3, 5), actor=admin, now=NOW)
    end_post(adscripcion_id=post.pk, hasta=TODAY, actor=admin, now=NOW)
    with pytest.raises(ConflictError):
        end_post(adscripcion_id=post.pk, hasta=TODAY, actor=admin, now=NOW)
    assert types(f"usuario:{person.pk}") == ["PostGiven", "PostEnded"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rol": "presidente"}, "rol"),
        ({"dependencia_id": 0}, "dependencia"),
        ({"usuario_id": 0}, "usuario"),
        ({"vigente_hasta": dt.date(2026, 3, 5)}, "vigente_hasta"),
    ],
)
def test_a_bad_post_is_refused(admin, wrong, field):
    fields = {
        "usuario_id": UserFactory().pk,
        "dependencia_id": DependenciaFactory().pk,
        "rol": Rol.ENLACE,
        "vigente_desde": TODAY,
    }
    with pytest.raises(InvalidInputError) as refused:
        give_post(**(fields | wrong), actor=admin, now=NOW)
    assert list(refused.value.fields) == [field]


def test_a_substitution_gives_powers_and_its_end_takes_them(admin):
    absent, substitute = staff(Rol.TITULAR), UserFactory()
    act = {
        "ausente_id": absent.pk,
        "suplente_id": substitute.pk,
        "vigente_desde": today() - dt.timedelta(days=3),
        "vigente_hasta": today() + dt.timedelta(days=3),
        "fundamento": "Oficio 12/2026",
        "actor": admin,
    }
    moment = dt.datetime.now(dt.UTC)
    row = begin_substitution(**act, now=moment)
    assert StaffPolicy(User.objects.get(pk=substitute.pk)).has(Rol.TITULAR)
    with pytest.raises(ConflictError):
        begin_substitution(**act, now=moment)
    end_substitution(suplencia_id=row.pk, actor=admin, now=moment)
    assert not StaffPolicy(User.objects.get(pk=substitute.pk)).is_staff_member
    with pytest.raises(ConflictError):
        end_substitution(suplencia_id=row.pk, actor=admin, now=moment)
    assert types(f"usuario:{absent.pk}") == ["SubstitutionBegun", "SubstitutionEnded"]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"same": True}, id="the same person twice"),
        pytest.param({"fundamento": " "}, id="no basis"),
        pytest.param({"vigente_hasta": dt.date(2026, 3, 1)}, id="ends before it begins"),
        pytest.param(
            {"vigente_desde": dt.date(2026, 1, 1), "vigente_hasta": dt.date(2026, 1, 2)}, id="past"
        ),
    ],
)
def test_a_bad_substitution_is_refused(admin, wrong):
    absent = staff(Rol.TITULAR)
    act = {
        "ausente_id": absent.pk,
        "suplente_id": absent.pk if wrong.pop("same", False) else UserFactory().pk,
        "vigente_desde": TODAY,
        "vigente_hasta": TODAY,
        "fundamento": "Oficio",
    }
    with pytest.raises(InvalidInputError):
        begin_substitution(**(act | wrong), actor=admin, now=NOW)
    assert not Suplencia.objects.exists()


def test_an_office_never_stands_under_itself(admin):
    top = create_office(data=OfficeData("obras", "Obras"), actor=admin, now=NOW)
    under = OfficeData("alumbrado", "Alumbrado", padre_id=top.pk)
    below = create_office(data=under, actor=admin, now=NOW)
    for parent in (top.pk, below.pk):
        with pytest.raises(InvalidInputError) as refused:
            change_office(
                dependencia_id=top.pk,
                data=OfficeData("obras", "Obras", padre_id=parent),
                actor=admin,
                now=NOW,
            )
        assert "padre" in refused.value.fields
    assert Dependencia.objects.get(pk=top.pk).padre is None


def test_the_triage_desk_and_offices_with_others_under_them_stay_open(admin):
    desk = DependenciaFactory(mesa_de_turno=True)
    top = DependenciaFactory()
    DependenciaFactory(padre=top)
    for office in (desk, top):
        closed = OfficeData(office.clave, office.nombre, activa=False)
        with pytest.raises(ConflictError), transaction.atomic():
            change_office(dependencia_id=office.pk, data=closed, actor=admin, now=NOW)
    assert Dependencia.objects.filter(activa=False).count() == 0


def test_an_office_key_is_used_once(admin):
    DependenciaFactory(clave="obras")
    with pytest.raises(InvalidInputError) as refused:
        create_office(data=OfficeData("obras", "Obras"), actor=admin, now=NOW)
    assert "clave" in refused.value.fields


def test_a_requirement_is_recorded_once(admin):
    for _time in range(2):
        require_second_factor(rol=Rol.TITULAR, exige=True, actor=admin, now=NOW)
    assert RequisitoRol.objects.get(pk=Rol.TITULAR).exige_segundo_factor
    assert types("rol:titular") == ["RoleRequirementChanged"]


def test_tokens_are_few_and_one_s_own():
    person, other = staff(Rol.ENLACE), staff(Rol.ENLACE)
    for _time in range(10):
        issue_token(days=30, actor=person, now=NOW)
    with pytest.raises(ConflictError):
        issue_token(days=30, actor=person, now=NOW)
    with pytest.raises(InvalidInputError):
        issue_token(days=9999, actor=other, now=NOW)
    with pytest.raises(NotAllowedError):
        issue_token(days=30, actor=UserFactory(), now=NOW)
    ficha = AuthToken.objects.filter(user=person).first().token_key
    with pytest.raises(NotFoundError):
        revoke_token(ficha=ficha, actor=other, now=NOW)
    revoke_token(ficha=ficha, actor=person, now=NOW)
    assert AuthToken.objects.filter(user=person).count() == 9
