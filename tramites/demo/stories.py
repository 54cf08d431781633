"""
What happens to each demo case after it is filed: which acts, by whom, in which order and when.

A story is a list of moves in an order that the state machine allows. Times are relative: business
days after the day of reception, or hours after filing for rules counted in hours.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from random import Random

from . import reader, workdays

#: Offices whose cases wait for a person to read them before they are assigned.
DESK = "ventanilla"


@dataclass(kw_only=True)
class Move:
    """One act. ``days`` counts business days after reception; ``hours`` hours after filing."""

    act: str
    rol: str
    clock: dt.time
    days: int = 0
    hours: float | None = None
    texto: str = ""
    resultado: str = ""
    dependencia: str = ""
    dias: int = 0
    fundamento: str = ""
    autoridad: str = ""
    into: object = None


@dataclass(kw_only=True)
class Story:
    """Moves so far, and what they did to the term (in business days)."""

    rng: Random
    servicio: dict
    regla: dict
    direccion: str
    destino: str = ""
    moves: list[Move] = field(default_factory=list)
    day: int = 0
    hour: float = 0.0
    extra: int = 0

    @property
    def quick(self) -> bool:
        """The rule counts hours, so the story does too."""
        return self.regla["plazo"]["unidad"] == "horas"

    @property
    def term(self) -> int:
        """Length of the term: hours for quick rules, about business days otherwise."""
        per_unit = {"horas": 1, "habiles": 1, "naturales": 5 / 7, "meses": 21}
        plazo = self.regla["plazo"]
        return round(plazo["cantidad"] * per_unit[plazo["unidad"]])

    def texts(self, *path: str) -> list:
        """A list of ``historias.toml``."""
        node = reader.toml("historias")
        for key in path:
            node = node[key]
        return node

    def say(self, *path: str) -> str:
        """One text of ``historias.toml`` with its gaps filled."""
        asunto = self.servicio["nombre"].lower()
        lugar = self.direccion or "el lugar que indicó"
        return self.rng.choice(self.texts(*path)).format(asunto=asunto, direccion=lugar)

    def fit(self, shelf: str, otherwise: str) -> str:
        """``shelf`` when the matter has a place to visit, ``otherwise`` when it is paper."""
        return shelf if self.servicio["lugar"] == "requerido" else otherwise

    def say_act(self, act: str) -> str:
        """What is written with an act, in the words that suit a place or a paper."""
        return self.say("actos", self.fit(act, f"{act}_sin_lugar"))

    def move(self, act: str, rol: str, *, after: int = 0, hours: float = 0.0, **data) -> None:
        """Add an act ``after`` business days (or ``hours`` hours, for quick rules)."""
        citizen = rol == "ciudadano"
        clock = dt.time(self.rng.randint(9, 20 if citizen else 14), self.rng.randint(0, 59))
        if self.quick and hours:
            self.hour += hours
            self.moves.append(Move(act=act, rol=rol, clock=clock, hours=self.hour, **data))
            return
        if self.quick and self.hour:
            self.day, self.hour = self.day + math.ceil(self.hour / 24), 0.0
        self.day += after
        self.moves.append(Move(act=act, rol=rol, clock=clock, days=self.day, **data))


def accept(story: Story) -> None:
    """Turnada to en_atencion; a general matter is first assigned by the desk."""
    if story.servicio["dependencia"] == DESK:
        text = story.say("actos", "turno")
        story.move("assign", "ventanilla", after=1, dependencia=story.destino, texto=text)
    text = story.say_act("aceptacion")
    story.move("accept", "enlace", after=1, hours=story.rng.uniform(0.4, 3), texto=text)


def wander(story: Story) -> bool:
    """The office gives the case back and the desk sends it elsewhere; False if that is not told."""
    options = [d for d in story.texts("devoluciones") if d["servicio"] == story.servicio["clave"]]
    if not options or story.quick:
        return False
    found = options[0]
    story.move("return", "enlace", after=1, texto=found["motivo"])
    story.move("assign", "ventanilla", dependencia=found["destino"], texto=found["motivo"])
    story.move("accept", "enlace", after=1)
    return True


def can_correct(story: Story) -> bool:
    """A correction may be asked two business days after acceptance, inside the legal fraction."""
    prevencion = story.regla.get("prevencion")
    if not prevencion or story.quick:
        return False
    top, bottom = map(int, prevencion["fraccion"].split("/"))
    return story.day + 1 <= math.ceil(story.term * top / bottom)


def _correction(story: Story) -> dict:
    place = story.servicio["lugar"] == "requerido"
    fitting = [p for p in story.texts("prevenciones") if p["con_lugar"] == place]
    return story.rng.choice(fitting)


def request_correction(story: Story) -> dict:
    """En_atencion to prevenida; returns the pair of texts."""
    pair = _correction(story)
    story.move("request_correction", "enlace", after=1, texto=pair["pide"])
    return pair


def corrected(story: Story) -> None:
    """A correction asked and received; pauses or restarts the term."""
    pair = request_correction(story)
    before = story.day
    story.move(
        "receive_correction", "ciudadano", after=story.rng.randint(1, 3), texto=pair["contesta"]
    )
    restarts = story.regla["prevencion"]["efecto"] == "interrumpe"
    story.extra += story.day if restarts else story.day - before


def extend(story: Story) -> None:
    """One extension, within its cap, before the term ends."""
    top, bottom = map(int, story.regla["prorroga"]["tope"].split("/"))
    days = max(1, math.floor(story.term * top / bottom) - story.rng.randint(0, 2))
    wait = max(1, round(story.term * story.rng.uniform(0.5, 0.8)) - story.day)
    story.move("extend", "titular", after=wait, dias=days, texto=story.say("actos", "prorroga"))
    story.extra += days


def answer(story: Story) -> None:
    """En_atencion to respondida; about one in six after the term."""
    roll = story.rng.random()
    outcome = "resuelta" if roll < 0.72 else "contestada" if roll < 0.9 else "improcedente"
    if story.servicio["tipo"] == "sugerencia" and outcome == "improcedente":
        outcome = "contestada"
    general = story.fit("general", "sin_lugar")
    shelf = story.servicio["tema"] if outcome == "resuelta" else general
    share = story.rng.uniform(0.25, 0.95) if story.rng.random() < 0.84 else 1.3
    wait = max(1, round((story.term + story.extra) * share) - story.day)
    hours = max(1.0, story.term * share - story.hour)
    text = story.say("respuestas", outcome, shelf)
    rol = "titular" if outcome == "improcedente" else "enlace"
    story.move("answer", rol, after=wait, hours=hours, texto=text, resultado=outcome)


def conclude(story: Story) -> None:
    """Respondida to concluida: by itself when nobody disagreed, or verified by the office."""
    lapse = story.regla["conclusion_dias"] + 1
    if story.rng.random() < 0.75:
        story.move("conclude", "sistema", after=lapse)
        return
    text = story.say_act("conclusion")
    story.move("conclude", "ciudadano", after=story.rng.randint(2, min(5, lapse)), texto=text)


def reopen(story: Story) -> None:
    """The citizen disagrees with the answer, in time; what was answered in hours, in hours."""
    within = min(4, story.regla["conclusion_dias"] - 1)
    days, hours = story.rng.randint(1, within), story.rng.uniform(6, 48)
    text = story.say_act("inconformidad")
    story.move("reopen", "ciudadano", after=days, hours=hours, texto=text)


def _detours(story: Story) -> None:
    """Sometimes a wrong office, a correction or an extension on the way."""
    if story.rng.random() < 0.25:
        wander(story)
    chance = story.rng.random()
    in_days = story.regla["plazo"]["unidad"] == "habiles"
    if chance < 0.14 and in_days and can_correct(story):
        corrected(story)
    elif chance < 0.26 and in_days and story.term >= 10 and "prorroga" in story.regla:
        extend(story)


def _contested(story: Story) -> None:
    """A few answers were disputed and given again before the end."""
    answer(story)
    if story.rng.random() < 0.07:
        reopen(story)
        story.move("accept", "titular", after=1)
        text = story.say("respuestas", "resuelta", story.servicio["tema"])
        story.move("answer", "titular", after=3, texto=text, resultado="resuelta")


def _dismissed(story: Story) -> None:
    silent = story.rng.random() < 0.65 and can_correct(story)
    grounds = [d for d in story.texts("desechamientos") if d["tras_prevencion"] == silent]
    wait = 1
    if silent:
        request_correction(story)
        wait = story.regla["prevencion"]["dias_cumplir"] + 2
    found = story.rng.choice(grounds)
    story.move(
        "dismiss", "titular", after=wait, texto=found["texto"], fundamento=found["fundamento"]
    )


def _elsewhere(story: Story) -> None:
    found = next(
        n for n in story.texts("no_competencia") if story.servicio["clave"] in n["servicios"]
    )
    story.move(
        "declare_not_competent",
        "enlace",
        after=1,
        texto=found["texto"],
        autoridad=found["autoridad"],
    )


def tell(story: Story, estado: str) -> None:
    """Fill ``story`` with the acts that leave a case in ``estado``."""
    if estado in ("recibida", "turnada"):
        return
    if estado == "cancelada":
        text = story.say_act("cancelacion")
        story.move("cancel", "ciudadano", after=story.rng.randint(1, 3), texto=text)
        return
    accept(story)
    endings = {
        "prevenida": (request_correction,),
        "desechada": (_dismissed,),
        "no_competente": (_elsewhere,),
        "acumulada": (_merged,),
        "en_atencion": (_detours,),
        "respondida": (_detours, answer),
        "reabierta": (answer, reopen),
        "concluida": (_detours, _contested, conclude),
    }
    for act in endings[estado]:
        act(story)


def _merged(story: Story) -> None:
    text = story.say("actos", "acumulacion")
    story.move("merge", "enlace", after=1, texto=text)


def _awake(moment: dt.datetime) -> dt.datetime:
    """Crews work late, not before seven."""
    return moment if moment.hour >= 7 else moment.replace(hour=7)


def schedule(moves: list[Move], filed: dt.datetime) -> list[dt.datetime]:
    """Local moments of the moves for a case filed at ``filed``, strictly increasing."""
    start, last, moments = workdays.received(filed), filed, []
    for move in moves:
        if move.hours is not None:
            moment = _awake(filed + dt.timedelta(hours=move.hours))
        else:
            moment = dt.datetime.combine(workdays.add(start, move.days), move.clock)
        last = moment if moment > last else last + dt.timedelta(minutes=25)
        moments.append(last.replace(second=0, microsecond=0))
        last = moments[-1]
    return moments
