"""Folio and PIN, and signed links."""

import datetime as dt

import pytest

from portal.accounts.constants import Rol
from portal.core.actors import CitizenActor
from portal.core.errors import NotFoundError, TooManyAttemptsError
from tests.factories import (
    NOON,
    PeticionFactory,
    StaffFactory,
    filing,
    fresh,
)
from tramites import services
from tramites.links import follow_up_token, follow_up_url, peticion_from_token
from tramites.models import Peticion
from tramites.pins import derive_pin, hash_pin, normal_folio, pin_matches

pytestmark = pytest.mark.django_db
HOME = "203.0.113.7"


def pin_of(peticion):
    return PeticionFactory.pins[peticion.pk]


def attempt(folio, pin, address=HOME, now=NOON):
    return services.open_by_pin(folio=folio, pin=pin, address=address, now=now)


def wrong(pin):
    return f"{(int(pin) + 1) % 10**6:06d}"


def test_folio_and_pin_open_the_case():
    peticion = PeticionFactory()
    assert attempt(peticion.folio, pin_of(peticion)) == peticion
    assert attempt(f" {peticion.folio.lower()} ", f" {pin_of(peticion)[:3]} {pin_of(peticion)[3:]}")


def test_a_wrong_folio_and_a_wrong_pin_have_one_answer():
    peticion = PeticionFactory()
    messages = []
    for folio, pin in (
        (peticion.folio, wrong(pin_of(peticion))),
        ("SJV-2026-999999", pin_of(peticion)),
        ("", ""),
        ("'; DROP", "\x00"),
        ("x" * 5000, "9" * 5000),
    ):
        with pytest.raises(NotFoundError) as caught:
            attempt(folio, pin)
        messages.append(str(caught.value.message))
    assert len(set(messages)) == 1


def test_guessing_is_limited_from_one_place():
    peticion = PeticionFactory()
    for _ in range(8):
        with pytest.raises(NotFoundError):
            attempt(peticion.folio, wrong(pin_of(peticion)))
    with pytest.raises(TooManyAttemptsError):
        attempt(peticion.folio, pin_of(peticion))
    assert attempt(peticion.folio, pin_of(peticion), address="198.51.100.1") == peticion
    later = NOON + dt.timedelta(minutes=15)
    assert attempt(peticion.folio, pin_of(peticion), now=later) == peticion


def test_guessing_one_folio_from_many_places_is_limited_too():
    peticion = PeticionFactory()
    for n in range(60):
        with pytest.raises(NotFoundError):
            attempt(peticion.folio, wrong(pin_of(peticion)), address=f"198.51.100.{n}")
    with pytest.raises(TooManyAttemptsError):
        attempt(peticion.folio, pin_of(peticion), address="192.0.2.1")


def test_guessing_many_folios_from_one_place_is_limited_too():
    for n in range(60):
        with pytest.raises(NotFoundError):
            attempt(f"SJV-2026-{n:06d}", "000000")
    with pytest.raises(TooManyAttemptsError):
        attempt("SJV-2026-000777", "000000")


def test_the_pin_is_not_kept():
    peticion = PeticionFactory()
    row = Peticion.objects.filter(pk=peticion.pk).values().get()
    assert pin_of(peticion) not in {str(value) for value in row.values()}
    assert row["pin_hash"] == hash_pin(folio=peticion.folio, pin=pin_of(peticion))


def test_the_pin_depends_on_the_secret_of_the_installation(settings):
    given = {"clave_idempotencia": "k" * 20, "folio": "SJV-2026-000001"}
    before = derive_pin(**given)
    kept = hash_pin(folio=given["folio"], pin=before)
    settings.SECRET_KEY = "another"
    assert derive_pin(**given) != before
    assert not pin_matches(folio=given["folio"], pin=before, pin_hash=kept)


def test_pins_are_spread_over_all_their_digits():
    pins = {derive_pin(clave_idempotencia=f"clave-{n}", folio="F") for n in range(2000)}
    assert len(pins) > 1990
    assert {pin[0] for pin in pins} == set("0123456789")


def test_a_new_pin_revokes_the_old_one_and_the_links():
    peticion = PeticionFactory()
    token = follow_up_token(peticion)
    new = services.reset_pin(peticion_id=peticion.pk, actor=StaffFactory(Rol.VENTANILLA), now=NOON)
    with pytest.raises(NotFoundError):
        attempt(peticion.folio, pin_of(peticion))
    with pytest.raises(NotFoundError):
        peticion_from_token(token)
    assert attempt(peticion.folio, new) == peticion
    assert peticion_from_token(follow_up_token(fresh(peticion))) == peticion


def test_after_a_new_pin_the_same_submission_no_longer_shows_one():
    handed_in = filing()
    PeticionFactory()
    first = services.file_peticion(filing=handed_in, actor=CitizenActor(), now=NOON)
    services.reset_pin(peticion_id=first.peticion.pk, actor=StaffFactory(Rol.VENTANILLA), now=NOON)
    again = services.file_peticion(filing=handed_in, actor=CitizenActor(), now=NOON)
    assert (again.created, again.pin) == (False, "")


def test_a_link_opens_its_case_in_one_query(django_assert_num_queries):
    peticion = PeticionFactory()
    token = follow_up_token(peticion)
    with django_assert_num_queries(1):
        opened = peticion_from_token(token)
        assert opened.servicio.nombre
        assert opened.dependencia.nombre
    assert opened == peticion


@pytest.mark.parametrize("change", ["", "x", "0", "-", ".", "é"])
def test_a_forged_or_mangled_link_opens_nothing(change):
    token = follow_up_token(PeticionFactory())
    for forged in (f"{token}{change}z", f"{change}{token[1:]}", change, token.replace("-", "")):
        with pytest.raises(NotFoundError):
            peticion_from_token(forged)


def test_a_link_of_one_case_does_not_open_another():
    one, two = PeticionFactory(), PeticionFactory()
    body, signature = follow_up_token(one).rsplit(".", 1)
    with pytest.raises(NotFoundError):
        peticion_from_token(f"{two.pk:x}-{body.split('-')[1]}.{signature}")


def test_the_address_of_a_link_is_in_the_language_of_the_person(settings):
    settings.PUBLIC_URL = "https://sanjacinto.example"
    peticion = PeticionFactory()
    start = "https://sanjacinto.example"
    assert follow_up_url(peticion).startswith(f"{start}/seguimiento/")
    assert follow_up_url(peticion, "en").startswith(f"{start}/en/seguimiento/")


@pytest.mark.parametrize(
    ("typed", "folio"),
    [
        ("sjv-2026-123", "SJV-2026-000123"),
        (" SJV 2026 000123 ", "SJV-2026-000123"),
        ("sjv2026000123", "SJV-2026-000123"),
        ("SJV/2026/123", "SJV-2026-000123"),
        ("cualquier cosa", "CUALQUIER-COSA"),
    ],
)
def test_a_folio_is_read_as_people_type_it(typed, folio):
    assert normal_folio(typed) == folio
