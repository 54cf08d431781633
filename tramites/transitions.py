"""The state machine as a table: what moves a case from where to where, by whom, and when."""

from dataclasses import dataclass
from pathlib import Path

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, User
from portal.accounts.policies import OFFICE_ROLES
from portal.accounts.tree import OfficeTree
from portal.core.actors import SYSTEM, CitizenActor

from .constants import Estado
from .models import Peticion
from .policies import PeticionPolicy

#: What must hold besides the state, by transition.
CONDITIONS = {
    "assign": "Con motivo. La dependencia está activa; un titular sólo turna bajo su cargo.",
    "return_to_desk": "Con motivo.",
    "accept": "Quien queda responsable es de la dependencia.",
    "request_correction": "Una sola vez y dentro de la primera parte del plazo que fija la regla.",
    "receive_correction": "Hay una prevención pendiente.",
    "answer": "Con resultado y texto.",
    "conclude": "La persona, cuando quiera; los demás, vencido el plazo para inconformarse.",
    "dismiss": "Con razones y fundamento. En prevenida, vencido el plazo para cumplir.",
    "declare_not_competent": "Con la autoridad competente y orientación.",
    "merge": "La otra petición sigue abierta o respondida, y es igual de sensible.",
    "cancel": "La ventanilla, sólo mientras nadie la atiende.",
    "reopen": "La persona, antes del último día para inconformarse.",
}
HEADER = """# Transiciones de una petición

Tabla generada del código con `./run manage tabla_transiciones --escribir`; no se edita a mano.

| Acto | Desde | Hasta | Quién | Condición |
|---|---|---|---|---|
"""
DOCUMENT = Path("docs/transiciones.md")
_HERE, _ELSEWHERE = 1, 2
#: A case that is not sensitive, that nobody has taken charge of yet.
_CASE = Peticion(pk=1, dependencia_id=_HERE, estado=Estado.TURNADA)


@dataclass(frozen=True)
class Row:
    """One transition of the machine."""

    name: str
    sources: tuple[str, ...]
    target: str
    who: str
    condition: str


def transition_rows() -> list[Row]:
    """Every transition of the model, in the order of the states it starts from."""
    order = {value: place for place, value in enumerate(Estado.values)}
    found: dict[tuple[str, str], list[str]] = {}
    for move in Peticion._meta.get_field("estado").get_all_transitions(Peticion):
        found.setdefault((move.name, str(move.target)), []).append(str(move.source))
    rows = [
        Row(
            name,
            tuple(sorted(sources, key=order.__getitem__)),
            target,
            _who(name),
            CONDITIONS[name],
        )
        for (name, target), sources in found.items()
    ]
    return sorted(rows, key=lambda row: (order[row.sources[0]], order[row.target], row.name))


def transition_table() -> str:
    """The document: the table in Markdown."""
    lines = [
        f"| `{row.name}` | {', '.join(row.sources)} | {row.target} | {row.who} | {row.condition} |"
        for row in transition_rows()
    ]
    return HEADER + "\n".join(lines) + "\n"


def _who(name: str) -> str:
    """Everybody whom the policy lets do it, found by asking it for each kind of person."""
    allowed = [label for label, policy in _people() if getattr(policy, f"can_{name}")(_CASE)]
    return ", ".join(allowed)


def _people() -> list[tuple[str, PeticionPolicy]]:
    """One of each: with a post where the case is, or, if the label has no place, anywhere else."""
    people = [
        ("la persona", PeticionPolicy(CitizenActor(peticion_id=_CASE.pk))),
        ("el sistema", PeticionPolicy(SYSTEM)),
    ]
    for rol in Rol:
        here, there = _policy_of(rol, _HERE), _policy_of(rol, _ELSEWHERE)
        place = " de la dependencia" if rol in OFFICE_ROLES else ""
        people.append((f"{rol.value}{place}", here if place else there))
    return people


def _policy_of(rol: Rol, office_id: int) -> PeticionPolicy:
    """The policy of somebody with that one post, without asking the database."""
    user = User(pk=office_id, username=rol.value)
    post = Adscripcion(usuario=user, dependencia_id=office_id, rol=rol.value)
    post.suplencia_de_id = None
    user.__dict__.update(cargos=[post], _office_tree=OfficeTree({_HERE: None, _ELSEWHERE: None}))
    policy = PeticionPolicy(user)
    policy.__dict__["_desk_id"] = None
    return policy
