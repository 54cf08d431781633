"""The panel's counters say what the cases say, whatever is done to them and in which order."""

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import transaction
from django.db.models import Sum

from portal.accounts.constants import Rol
from portal.core.errors import DomainError
from tablero.panel.counting import CaseFacts, difference, parts
from tablero.panel.models import CasoContado, Conteo
from tablero.panel.services import fold_counts, recount
from tests.factories import NOON, DependenciaFactory, PeticionFactory, StaffFactory, citizen_of
from tests.factories import fresh as reread
from tramites import services
from tramites.models import Peticion

pytestmark = pytest.mark.django_db


def sums() -> dict:
    """Every count by its key, zeros left out."""
    rows = Conteo.objects.values_list("fecha", "dependencia", "concepto", "estado")
    return {tuple(key): n for *key, n in rows.annotate(total=Sum("n")).order_by() if n}


def from_the_cases() -> dict:
    """The same, straight from the table of cases."""
    counts: Counter = Counter()
    for case in Peticion.objects.all():
        facts = CaseFacts(
            case.dependencia_id, case.estado, case.recibida_en, case.respondida_en, case.en_plazo
        )
        counts.update(parts(facts))
    return dict(counts)


class Story:
    """Random acts of the people who may do them; what is refused must leave nothing behind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.offices = [DependenciaFactory() for _ in range(3)]
        self.secretaria = StaffFactory(Rol.SECRETARIA)
        self.heads = {o.pk: StaffFactory(Rol.TITULAR, o) for o in self.offices}
        self.now = NOON
        self.done = Counter()

    def file(self) -> None:
        office = self.random.choice(self.offices)
        PeticionFactory(dependencia=office, at=self.now, mesa=self.random.random() < 0.2)

    def act(self) -> None:
        self.now += dt.timedelta(hours=self.random.randint(1, 30))
        case = reread(self.random.choice(list(Peticion.objects.all())))
        head = self.heads.get(case.dependencia_id, self.secretaria)
        name = self.random.choice([*sorted(ACTS), *USUAL])
        try:
            with transaction.atomic():
                ACTS[name](self, case, {"peticion_id": case.pk, "now": self.now}, head)
            self.done[name] += 1
        except DomainError:
            self.done["refused"] += 1


ACTS = {
    "assign": lambda s, c, base, head: services.assign_peticion(
        dependencia_id=s.random.choice(s.offices).pk, motivo="Le toca.", actor=s.secretaria, **base
    ),
    "return": lambda s, c, base, head: services.return_peticion(
        motivo="No es nuestra.", actor=s.secretaria, **base
    ),
    "accept": lambda s, c, base, head: services.accept_peticion(actor=head, **base),
    "correct": lambda s, c, base, head: services.request_correction(
        texto="Falta la calle.", actor=head, **base
    ),
    "corrected": lambda s, c, base, head: services.receive_correction(
        texto="Es Hidalgo 12.", adjuntos=[], actor=citizen_of(c), **base
    ),
    "answer": lambda s, c, base, head: services.answer_peticion(
        resultado="resuelta", texto="Se arregló.", actor=head, **base
    ),
    "conclude": lambda s, c, base, head: services.conclude_peticion(actor=citizen_of(c), **base),
    "reopen": lambda s, c, base, head: services.reopen_peticion(
        texto="Sigue igual.", actor=citizen_of(c), **base
    ),
    "dismiss": lambda s, c, base, head: services.dismiss_peticion(
        texto="No procede.", fundamento="Artículo 20", actor=s.secretaria, **base
    ),
    "cancel": lambda s, c, base, head: services.cancel_peticion(
        motivo="Ya no.", actor=citizen_of(c), **base
    ),
    "orient": lambda s, c, base, head: services.declare_not_competent(
        autoridad_competente="CFE", texto="Acuda ahí.", actor=s.secretaria, **base
    ),
    "note": lambda s, c, base, head: services.add_note(texto="Nota.", actor=s.secretaria, **base),
}


#: What happens to most cases; drawn more often than the rest.
USUAL = ["accept", "answer"] * 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_equal_a_recount_after_any_sequence_of_acts(seed):
    story = Story(seed)
    for _ in range(8):
        story.file()
    for step in range(70):
        story.act()
        if step % 20 == 0:
            story.file()
            assert sums() == from_the_cases()
        if step % 30 == 0:
            fold_counts()
    kept = sums()
    assert kept == from_the_cases()
    assert recount() == Peticion.objects.count() == CasoContado.objects.count()
    assert sums() == kept
    assert story.done["refused"]
    assert story.done["answer"]


def test_folding_changes_no_sum_and_leaves_one_row_a_key():
    office = DependenciaFactory()
    for _ in range(5):
        PeticionFactory(dependencia=office)
    before = sums()
    assert Conteo.objects.count() > len(before)
    assert fold_counts() > 0
    assert sums() == before
    assert Conteo.objects.count() == len(before)
    assert fold_counts() == 0


def test_an_act_undone_is_not_counted():
    case = PeticionFactory(atendida=True)
    before = sums()
    with transaction.atomic():
        services.answer_peticion(
            peticion_id=case.pk,
            resultado="resuelta",
            texto="Listo.",
            actor=case.responsable,
            now=NOON + dt.timedelta(days=1),
        )
        assert sums() != before
        transaction.set_rollback(True)
    assert sums() == before


def test_a_case_that_moves_counts_for_the_office_that_has_it():
    one, other = DependenciaFactory(), DependenciaFactory()
    case = PeticionFactory(dependencia=one)
    services.assign_peticion(
        peticion_id=case.pk,
        dependencia_id=other.pk,
        motivo="Le toca.",
        actor=StaffFactory(Rol.SECRETARIA),
        now=NOON,
    )
    offices = {key[1] for key in sums()}
    assert offices == {other.pk}


def test_the_difference_of_equal_facts_is_nothing():
    facts = CaseFacts(1, "respondida", NOON, NOON, True)
    assert difference(facts, facts) == {}
    assert difference(None, facts) == dict(parts(facts))
    assert len(parts(facts)) == 3


def test_a_batch_of_history_is_counted_once_and_one_row_a_key():
    from portal.core.actors import SYSTEM
    from portal.core.events import publish
    from tramites.events import CasesImported

    cases = [PeticionFactory(respondida=True) for _ in range(3)]
    kept = sums()
    CasoContado.objects.all().delete()
    Conteo.objects.all().delete()
    batch = CasesImported(origen="x", first_id=cases[0].pk, last_id=cases[-1].pk, count=3)
    for _ in range(2):
        publish(batch, actor=SYSTEM, now=NOON)
    assert sums() == kept
    assert Conteo.objects.count() == len(kept)


def test_an_answer_on_which_no_term_ran_is_neither_in_time_nor_late():
    concepts = {
        in_time: {key[2] for key in parts(CaseFacts(1, "concluida", NOON, NOON, in_time))}
        for in_time in (True, False, None)
    }
    assert concepts[True] == {"recibida", "en_plazo", "estado"}
    assert concepts[False] == {"recibida", "tarde", "estado"}
    assert concepts[None] == {"recibida", "sin_plazo", "estado"}
