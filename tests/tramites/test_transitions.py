from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tramites.constants import FINAL_STATES, OPEN_STATES, Estado
from tramites.policies import ACTS, PeticionPolicy
from tramites.transitions import CONDITIONS, DOCUMENT, transition_rows, transition_table


def test_the_document_is_the_machine():
    written = (Path(settings.BASE_DIR) / DOCUMENT).read_text(encoding="utf-8")
    assert written == transition_table(), "./run manage tabla_transiciones --escribir"


def test_the_command_prints_the_table(capsys):
    call_command("tabla_transiciones")
    assert capsys.readouterr().out == transition_table()


def test_every_transition_has_a_policy_a_condition_and_is_offered():
    names = {row.name for row in transition_rows()}
    assert names == set(CONDITIONS)
    assert names <= set(ACTS)
    assert all(hasattr(PeticionPolicy, f"can_{name}") for name in names)


def test_every_state_is_reached_and_only_the_final_ones_are_never_left():
    rows = transition_rows()
    reached = {row.target for row in rows} | {Estado.RECIBIDA.value}
    left = {source for row in rows for source in row.sources}
    assert reached == set(Estado.values)
    assert set(Estado.values) - left == {state.value for state in FINAL_STATES}
    assert not set(OPEN_STATES) & set(FINAL_STATES)


def test_the_table_says_who():
    who = {row.name: row.who for row in transition_rows()}
    assert "enlace de la dependencia" in who["answer"]
    assert "consulta" not in " ".join(who.values())
    assert "administrador" not in " ".join(who.values())
    assert who["dismiss"] == "titular de la dependencia, secretaria, juridico"
