"""Opening, changing and retiring the accounts of the staff."""

import datetime as dt
from dataclasses import asdict, dataclass

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import Rol
from ..events import (
    PersonChanged,
    PersonCreated,
    PersonRestored,
    PersonRetired,
    RoleRequirementChanged,
    SecondFactorRemoved,
    TemporaryPasswordSet,
)
from ..models import RequisitoRol, User
from ..policies import AccountsPolicy

#: Without letters and figures that are taken for one another when read aloud or on paper.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class PersonData:
    """What an account says of a person."""

    username: str
    first_name: str
    last_name: str
    email: str = ""


def temporary_password() -> str:
    """Sixteen readable characters in fours: some 79 bits."""
    return "-".join(get_random_string(4, READABLE) for _group in range(4))


@transaction.atomic
def create_person(*, data: PersonData, actor, now: dt.datetime) -> tuple[User, str]:
    """
    Open an account and return it with its temporary password, which is kept nowhere else.

    :raises NotAllowedError: the actor does not manage accounts.
    :raises InvalidInputError: a field is wrong or the user name is taken.
    """
    AccountsPolicy(actor).require()
    user = User(**_clean(data), clave_temporal=True, date_joined=now)
    password = temporary_password()
    user.set_password(password)
    _check(user)
    user.save()
    publish(PersonCreated(usuario_id=user.pk), actor=actor, now=now)
    return user, password


@transaction.atomic
def change_person(*, usuario_id: int, data: PersonData, actor, now: dt.datetime) -> User:
    """
    Correct what an account says; nothing is recorded when nothing changes.

    :raises NotAllowedError, NotFoundError, InvalidInputError: as in ``create_person``.
    """
    AccountsPolicy(actor).require()
    user = _locked(usuario_id)
    fields = _clean(data)
    changed = sorted(name for name, value in fields.items() if getattr(user, name) != value)
    if not changed:
        return user
    for name in changed:
        setattr(user, name, fields[name])
    _check(user)
    user.save(update_fields=changed)
    publish(PersonChanged(usuario_id=user.pk, campos=changed), actor=actor, now=now)
    return user


@transaction.atomic
def set_temporary_password(*, usuario_id: int, actor, now: dt.datetime) -> str:
    """
    Give a person a new temporary password; their open sessions end.

    :raises NotAllowedError, NotFoundError: as usual.
    """
    AccountsPolicy(actor).require()
    user = _locked(usuario_id)
    password = temporary_password()
    user.set_password(password)
    user.clave_temporal = True
    user.save(update_fields=["password", "clave_temporal"])
    publish(TemporaryPasswordSet(usuario_id=user.pk), actor=actor, now=now)
    return password


@transaction.atomic
def remove_second_factor(*, usuario_id: int, actor, now: dt.datetime) -> None:
    """
    Take away the second factor of somebody who lost it; a role that demands one asks again.

    :raises ConflictError: there is none.
    """
    AccountsPolicy(actor).require()
    user = _locked(usuario_id)
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    if not count:
        raise ConflictError(_("Esta persona no tiene segundo factor."))
    publish(SecondFactorRemoved(usuario_id=user.pk), actor=actor, now=now)


@transaction.atomic
def retire_person(*, usuario_id: int, actor, now: dt.datetime) -> None:
    """
    Close an account: sessions and tokens stop at once; what the person did stays theirs.

    :raises ConflictError: it is closed already, or it is the actor's own.
    """
    AccountsPolicy(actor).require()
    user = _locked(usuario_id)
    if user.pk == actor.pk:
        raise ConflictError(_("No puede dar de baja su propia cuenta."))
    if not user.is_active:
        raise ConflictError(_("Esta cuenta ya está dada de baja."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.auth_token_set.all().delete()
    publish(PersonRetired(usuario_id=user.pk), actor=actor, now=now)


@transaction.atomic
def restore_person(*, usuario_id: int, actor, now: dt.datetime) -> None:
    """
    Open a closed account again.

    :raises ConflictError: it is open.
    """
    AccountsPolicy(actor).require()
    user = _locked(usuario_id)
    if user.is_active:
        raise ConflictError(_("Esta cuenta ya está activa."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    publish(PersonRestored(usuario_id=user.pk), actor=actor, now=now)


@transaction.atomic
def require_second_factor(*, rol: str, exige: bool, actor, now: dt.datetime) -> None:
    """
    Say whether a role demands a second factor of whoever holds it.

    :raises InvalidInputError: there is no such role.
    """
    AccountsPolicy(actor).require()
    if rol not in Rol.values:
        raise InvalidInputError(fields={"rol": [_("Elija un rol de la lista.")]})
    requirement, _created = RequisitoRol.objects.select_for_update().get_or_create(pk=rol)
    if requirement.exige_segundo_factor == exige:
        return
    requirement.exige_segundo_factor = exige
    requirement.save(update_fields=["exige_segundo_factor"])
    publish(RoleRequirementChanged(rol=rol, exige_segundo_factor=exige), actor=actor, now=now)


def _locked(usuario_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=usuario_id).first()
    if user is None:
        raise NotFoundError
    return user


def _clean(data: PersonData) -> dict[str, str]:
    return {name: clean_text(value or "") for name, value in asdict(data).items()}


def _check(user: User) -> None:
    faults: dict[str, list] = {}
    if not user.first_name:
        faults["first_name"] = [_("Escriba el nombre.")]
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        faults |= error.message_dict
    if user.email and User.objects.filter(email__iexact=user.email).exclude(pk=user.pk).exists():
        faults["email"] = [_("Otra cuenta ya usa ese correo.")]
    if faults:
        raise InvalidInputError(fields=faults)
