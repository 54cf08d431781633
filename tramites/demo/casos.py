"""
Cases of the demo municipality, made up around a day: pure, deterministic, without the ORM.

``generate_cases(today)`` returns stories, oldest first. Whoever loads them files each one and then
plays its ``pasos`` through the real services, so their order is one that the state machine allows:
file, (assigned by the routing rules, or left in triage when ``auto_assign`` is false), accept,
request_correction, receive_correction, extend, answer, conclude, reopen and the other endings.
Moments are in the municipality's local time and lie before ``today``, except cases filed today in
the small hours.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import people, reader, stories, workdays

WINDOW = 75
#: Share of arrivals by weekday, Monday first.
_WEEK = (1.3, 1.25, 1.2, 1.15, 1.1, 0.55, 0.4)


@dataclass(frozen=True, kw_only=True)
class Step:
    """
    One act: ``act`` is the English verb, ``rol`` who does it (enlace, titular, ventanilla,
    ciudadano, sistema), at ``hora`` local time, ``days_after`` natural days after filing.
    """

    act: str
    days_after: int
    hora: dt.time
    rol: str
    texto: str = ""
    resultado: str = ""
    dependencia: str = ""
    dias: int = 0
    fundamento: str = ""
    autoridad: str = ""
    into: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseSeed:
    """A case as filed ``days_ago`` days ago at ``hora``, and what happened to it since."""

    indice: int
    servicio: str
    canal: str
    descripcion: str
    respuestas: dict
    colonia: str | None
    latitud: float | None
    longitud: float | None
    direccion: str
    referencia: str
    nombre: str
    telefono: str
    correo: str
    days_ago: int
    hora: dt.time
    auto_assign: bool
    estado: str
    situacion: str
    vence_estimado: dt.date
    pasos: tuple[Step, ...]

    def filed_at(self, today: dt.date) -> dt.datetime:
        """Local moment (naive) of the filing, for the ``today`` it was generated with."""
        return dt.datetime.combine(today - dt.timedelta(days=self.days_ago), self.hora)

    def step_at(self, step: Step, today: dt.date) -> dt.datetime:
        """Local moment (naive) of one of its steps."""
        day = today - dt.timedelta(days=self.days_ago - step.days_after)
        return dt.datetime.combine(day, step.hora)


@dataclass(kw_only=True)
class _Draft:
    story: stories.Story
    person: people.Filing
    filed: dt.datetime
    moments: list[dt.datetime]
    estado: str
    situacion: str
    vence: dt.date


#: (estado, situacion, share). Narrow windows first, so that the wide ones even out the arrivals.
PLAN = (
    ("recibida", "a_tiempo", 0.025),
    ("turnada", "a_tiempo", 0.04),
    ("reabierta", "a_tiempo", 0.025),
    ("prevenida", "pausa", 0.05),
    ("turnada", "vencido", 0.02),
    ("en_atencion", "por_vencer", 0.05),
    ("en_atencion", "vencido", 0.06),
    ("en_atencion", "a_tiempo", 0.11),
    ("acumulada", "cerrado", 0.03),
    ("respondida", "cerrado", 0.15),
    ("no_competente", "cerrado", 0.035),
    ("desechada", "cerrado", 0.035),
    ("cancelada", "cerrado", 0.03),
    ("concluida", "cerrado", 0.0),
)


def _quotas(count: int) -> list[tuple[str, str, int]]:
    sized = [(estado, why, max(1, round(count * share))) for estado, why, share in PLAN[:-1]]
    rest = max(1, count - sum(n for _, _, n in sized))
    return [*sized, (*PLAN[-1][:2], rest)]


def _eligible(estado: str, story: stories.Story) -> bool:
    """Whether a story with this ending can be told of the service."""
    desk = story.servicio["dependencia"] == stories.DESK
    elsewhere = reader.toml("historias")["no_competencia"]
    rules: dict[str, Callable[[], bool]] = {
        "recibida": lambda: desk,
        "turnada": lambda: not desk,
        "acumulada": lambda: not desk,
        "prevenida": lambda: not desk and _allows_correction(story.regla),
        "no_competente": lambda: any(
            story.servicio["clave"] in entry["servicios"] for entry in elsewhere
        ),
    }
    return rules.get(estado, lambda: True)()


def _allows_correction(regla: dict) -> bool:
    return "prevencion" in regla and regla["clave"] != "constancia-3"


def _fits(draft: _Draft, today: dt.date) -> bool:
    """Whether the dates of a draft leave it, today, in the situation that was planned."""
    midnight = dt.datetime.combine(today, dt.time())
    if draft.moments and draft.moments[-1] >= midnight:
        return False
    due, alert = draft.vence, draft.story.regla["alerta_dias"]
    if draft.estado in ("prevenida", "respondida", "reabierta"):
        return _fits_recent(draft, today)
    soon = workdays.add(today, alert)
    checks = {
        "vencido": due <= today - dt.timedelta(days=3),
        "por_vencer": today < due <= soon,
        "a_tiempo": due > soon or (draft.story.quick and due > today),
        "cerrado": True,
    }
    fresh = draft.estado not in ("recibida", "turnada") or draft.situacion == "vencido"
    return checks[draft.situacion] and (fresh or (today - draft.filed.date()).days <= 6)


def _fits_recent(draft: _Draft, today: dt.date) -> bool:
    """The last act is recent enough for its own term to be still running."""
    last, regla = draft.moments[-1].date(), draft.story.regla
    if draft.estado == "prevenida":
        return workdays.add(last, regla["prevencion"]["dias_cumplir"]) > today
    if draft.estado == "reabierta":
        return workdays.between(last, today) <= 5
    return workdays.add(last, regla["conclusion_dias"]) > today


class _Generator:
    """Holds what must not repeat (texts, phones) and the arrivals of each day."""

    def __init__(self, today: dt.date, seed: int, count: int) -> None:
        self.today, self.count = today, count
        self.rng = Random(seed)  # noqa: S311
        self.people = people.People(self.rng)
        self.arrivals: Counter[dt.date] = Counter()
        self.servicios = reader.by_key("servicios", "servicio")
        self.reglas = reader.by_key("reglas", "regla")
        self.weights = [reader.toml("relatos")[clave].get("peso", 1) for clave in self.servicios]
        self.drafts: list[_Draft] = []

    def room(self, day: dt.date) -> float:
        """Weight of ``day`` for one more arrival: less on weekends and where there are many."""
        week = _WEEK[day.weekday()] if workdays.is_open(day) else 0.4
        share = week * self.count / WINDOW * (0.3 if day == self.today else 1.1)
        return week**2 * max(0.02, share - self.arrivals[day])

    def story(self, estado: str, clave: str = "") -> stories.Story:
        """A story with this ending, of any service that allows it (or of ``clave``)."""
        while True:
            found = clave or self.rng.choices(list(self.servicios), self.weights)[0]
            servicio = self.servicios[found]
            regla = self.reglas[servicio["regla"]]
            story = stories.Story(rng=self.rng, servicio=servicio, regla=regla, direccion="")
            if clave or _eligible(estado, story):
                return story

    def place_in_time(self, draft: _Draft, not_before: dt.date | None) -> bool:
        """Choose the day of filing; False when no day of the window fits the story."""
        options = []
        first = self.today - dt.timedelta(days=WINDOW)
        for ago in range(WINDOW + 1):
            day = self.today - dt.timedelta(days=ago)
            if day < (not_before or first) or not draft.person.open_on(day, self.today):
                continue
            draft.filed = dt.datetime.combine(day, draft.person.clock_on(day, self.today))
            draft.moments = stories.schedule(draft.story.moves, draft.filed)
            plazo = draft.story.regla["plazo"]
            draft.vence = workdays.due(plazo, draft.filed, draft.story.extra)
            if _fits(draft, self.today):
                options.append((draft.filed, draft.moments, draft.vence))
        if not options:
            return False
        weights = [self.room(filed.date()) for filed, _, _ in options]
        draft.filed, draft.moments, draft.vence = self.rng.choices(options, weights)[0]
        return True

    def draft(self, estado: str, situacion: str, like: _Draft | None = None) -> _Draft | None:
        """
        One case in ``estado``; ``like`` makes it the same problem as an earlier case.

        None when no day of the window fits after many tries.
        """
        for _ in range(8 if like else 2000):
            story = self.story(estado, like.story.servicio["clave"] if like else "")
            person = self.people.filing(story.servicio, like.person if like else None)
            story.direccion, story.destino = person.direccion, person.destino
            stories.tell(story, estado)
            found = _Draft(
                story=story, person=person, filed=dt.datetime.min, moments=[],
                estado=estado, situacion=situacion, vence=dt.date.min,
            )  # fmt: skip
            after = like.filed.date() + dt.timedelta(days=1) if like else None
            if self.place_in_time(found, after):
                self.people.settle(found.person, story.servicio, found.filed.date())
                self.arrivals[found.filed.date()] += 1
                self.drafts.append(found)
                return found
        return None

    def merged(self) -> None:
        """A duplicate of an open case in the same street."""
        twins = [
            d
            for d in self.drafts
            if d.estado == "en_atencion" and d.person.colonia and _eligible("acumulada", d.story)
        ]
        for first in self.rng.sample(twins, len(twins)):
            copy = self.draft("acumulada", "cerrado", like=first)
            if copy:
                copy.story.moves[-1].into = first
                return
        raise RuntimeError("no open case leaves room for a duplicate")

    def run(self) -> list[CaseSeed]:
        for estado, situacion, amount in _quotas(self.count):
            for _ in range(amount):
                if estado == "acumulada":
                    self.merged()
                elif not self.draft(estado, situacion):
                    raise RuntimeError(f"no day of the window fits {estado}, {situacion}")
        self.drafts.sort(key=lambda d: (d.filed, d.person.descripcion))
        places = {id(draft): n for n, draft in enumerate(self.drafts)}
        return [_seed(n, draft, places, self.today) for n, draft in enumerate(self.drafts)]


def _steps(draft: _Draft, places: dict[int, int]) -> tuple[Step, ...]:
    copied = ("act", "rol", "texto", "resultado", "dependencia", "dias", "fundamento", "autoridad")
    return tuple(
        Step(
            **{name: getattr(move, name) for name in copied},
            days_after=(moment.date() - draft.filed.date()).days,
            hora=moment.time(),
            into=places[id(move.into)] if move.into else None,
        )
        for move, moment in zip(draft.story.moves, draft.moments, strict=True)
    )


def _seed(n: int, draft: _Draft, places: dict[int, int], today: dt.date) -> CaseSeed:
    person = draft.person
    return CaseSeed(
        indice=n,
        servicio=draft.story.servicio["clave"],
        canal=person.canal,
        descripcion=person.descripcion,
        respuestas=person.respuestas,
        colonia=person.colonia,
        latitud=person.latitud,
        longitud=person.longitud,
        direccion=person.direccion,
        referencia=person.referencia,
        nombre=person.nombre,
        telefono=person.telefono,
        correo=person.correo,
        days_ago=(today - draft.filed.date()).days,
        hora=draft.filed.time(),
        auto_assign=draft.story.servicio["dependencia"] != stories.DESK,
        estado=draft.estado,
        situacion=draft.situacion,
        vence_estimado=draft.vence,
        pasos=_steps(draft, places),
    )


def generate_cases(today: dt.date, seed: int = 20260101, count: int = 400) -> list[CaseSeed]:
    """
    ``count`` cases filed in the 75 days up to ``today``, oldest first, in every state.

    The same arguments give the same cases. ``count`` below 60 may not reach every state.
    """
    if count < 1:
        raise ValueError("count must be positive")
    return _Generator(today, seed, count).run()
