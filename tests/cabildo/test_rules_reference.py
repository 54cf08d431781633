"""
Quorum, majority and notice against a slow statement of the same rules that shares no code.

The reference asks of every number from none up whether it is enough, as one would with the law in
one hand and the list of members in the other; and it lets time pass hour by hour.
"""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import Calendar, NonBusinessDay
from tablero.cabildo.rules import (
    Abstenciones,
    Base,
    Formula,
    MajorityRule,
    NoticeRule,
    NoticeUnit,
    QuorumRule,
    SecondCall,
    Tally,
    decide,
    earliest_session,
    quorum_needed,
    second_call_needed,
)

MEXICO = ZoneInfo("America/Mexico_City")


def first_enough(most: int, enough) -> int:
    """The least number of people that is enough."""
    return next(number for number in range(1, most + 2) if enough(number))


# quorum


@given(st.integers(1, 400), st.sampled_from(Formula))
def test_a_quorum_is_the_first_number_that_is_enough(members, formula):
    half = Fraction(members, 2)
    wanted = {
        Formula.MAS_DE_LA_MITAD: first_enough(members, lambda n: n > half),
        Formula.MITAD_MAS_UNO: min(members, first_enough(members, lambda n: n >= half + 1)),
    }[formula]
    if members == 1:
        wanted = 1
    assert quorum_needed(QuorumRule(formula=formula), members) == wanted
    assert 1 <= wanted <= members


def test_the_two_readings_of_a_majority_differ_for_thirteen():
    assert quorum_needed(QuorumRule(formula=Formula.MAS_DE_LA_MITAD), 13) == 7
    assert quorum_needed(QuorumRule(formula=Formula.MITAD_MAS_UNO), 13) == 8
    assert quorum_needed(QuorumRule(formula=Formula.MITAD_MAS_UNO), 12) == 7


@given(
    st.integers(1, 400),
    st.sampled_from(Formula),
    st.sampled_from(SecondCall),
    st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=20),
)
def test_a_second_call_never_asks_for_more_than_the_first(members, formula, second, part):
    rule = QuorumRule(formula=formula, segunda=second, segunda_fraccion=part)
    first, found = quorum_needed(rule, members), second_call_needed(rule, members)
    wanted = {
        SecondCall.IGUAL: first,
        SecondCall.PRESENTES: 1,
        SecondCall.FRACCION: min(
            first, first_enough(members, lambda n: Fraction(n, members) >= part)
        ),
    }[second]
    assert found == wanted


# majority


@st.composite
def votes(draw):
    """Each member of a body as they stand when the vote closes."""
    states = ("favor", "contra", "abstencion", "excusado", "calla", "ausente")
    return draw(st.lists(st.sampled_from(states), min_size=1, max_size=41))


RULES = st.builds(
    MajorityRule,
    base=st.sampled_from(Base),
    umbral=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1)]),
    estricto=st.booleans(),
    abstenciones=st.sampled_from(Abstenciones),
    calidad=st.booleans(),
    excusados_fuera=st.booleans(),
).filter(lambda rule: not (rule.umbral == 1 and rule.estricto))


def tally_of(members: list[str], *, presides: bool) -> Tally:
    return Tally(
        integrantes=len(members),
        presentes=sum(state != "ausente" for state in members),
        favor=members.count("favor"),
        contra=members.count("contra"),
        abstencion=members.count("abstencion"),
        excusados=members.count("excusado"),
        preside=presides,
    )


class Reference:
    """The rule read aloud over the list of members."""

    def __init__(self, rule: MajorityRule, members: list[str]):
        self.rule, ballots = rule, list(members)
        yes, no = ballots.count("favor"), ballots.count("contra")
        turned = {
            Abstenciones.NO_CUENTAN: "abstencion",
            Abstenciones.EN_CONTRA: "contra",
            Abstenciones.CON_LA_MAYORIA: "abstencion"
            if yes == no
            else ("favor" if yes > no else "contra"),
        }[rule.abstenciones]
        self.ballots = [turned if state == "abstencion" else state for state in ballots]
        self.favor = sum(state == "favor" for state in self.ballots)
        self.contra = sum(state == "contra" for state in self.ballots)
        self.base = len([state for state in self.ballots if self.counts(state)])

    def counts(self, state: str) -> bool:
        """Whether a member with that ballot is part of the base."""
        if self.rule.base is Base.EMITIDOS:
            return state in ("favor", "contra")
        if self.rule.base is Base.PRESENTES:
            return state not in ("ausente", "excusado")
        return not (self.rule.excusados_fuera and state == "excusado")

    def carries(self, in_favour: int) -> bool:
        """Whether so many votes in favour are enough."""
        if in_favour == 0:
            return False
        share = Fraction(in_favour) / self.rule.umbral
        return share > self.base if self.rule.estricto else share >= self.base


@given(RULES, votes(), st.booleans())
def test_a_vote_comes_out_as_the_rule_read_aloud(rule, members, presides):
    reference = Reference(rule, members)
    found = decide(rule, tally_of(members, presides=presides))
    tie = reference.favor == reference.contra > 0
    if reference.carries(reference.favor):
        wanted = "aprobado"
    elif tie and rule.calidad and presides and reference.carries(reference.favor + 1):
        wanted = "empate"
    else:
        wanted = "rechazado"
    assert found.verdict == wanted
    assert (found.favor, found.contra, found.base) == (
        reference.favor,
        reference.contra,
        reference.base,
    )
    assert found.empatado is tie
    assert found.requeridos == first_enough(len(members), reference.carries)


@given(RULES, votes(), st.sampled_from(["favor", "contra"]))
def test_a_casting_vote_decides_a_tie_and_nothing_else(rule, members, side):
    tally = tally_of(members, presides=True)
    before = decide(rule, tally)
    if before.verdict != "empate":
        try:
            decide(rule, tally, calidad=side)
        except ValueError:
            return
        raise AssertionError("it broke what was no tie")
    after = decide(rule, tally, calidad=side)
    assert after.verdict == ("aprobado" if side == "favor" else "rechazado")
    assert (after.favor, after.contra) == (before.favor, before.contra)


@given(RULES, votes())
def test_one_more_vote_in_favour_never_undoes_an_approval(rule, members):
    for place, state in enumerate(members):
        if state == "contra":
            turned = [*members[:place], "favor", *members[place + 1 :]]
            before = decide(rule, tally_of(members, presides=True)).verdict
            after = decide(rule, tally_of(turned, presides=True)).verdict
            assert not (before == "aprobado" and after != "aprobado")
            return


def test_two_thirds_of_thirteen_are_nine():
    rule = MajorityRule(Base.INTEGRANTES, Fraction(2, 3), estricto=False, calidad=False)
    eight = Tally(integrantes=13, presentes=12, favor=8, contra=4)
    nine = Tally(integrantes=13, presentes=12, favor=9, contra=3)
    assert decide(rule, eight).verdict == "rechazado"
    assert decide(rule, nine).verdict == "aprobado"
    assert decide(rule, nine).requeridos == 9


def test_figures_that_cannot_be_are_refused():
    for figures in ({"favor": 8}, {"favor": -1}, {"presentes": 14}, {"excusados": 7}):
        try:
            Tally(**({"integrantes": 13, "presentes": 7, "favor": 1, "contra": 0} | figures))
        except ValueError:
            continue
        raise AssertionError(figures)


# notice

MONDAY = dt.date(2026, 3, 2)


@st.composite
def calendars(draw):
    """Some weeks of 2026 with days off among them."""
    off = draw(st.sets(st.integers(0, 60), max_size=20))
    days = [MONDAY + dt.timedelta(days=n) for n in off]
    rows = {day: NonBusinessDay(day, "Descanso", "Decreto") for day in days}
    return Calendar(dias=rows, ejercicios=frozenset({2026}))


MOMENTS = st.builds(
    lambda day, hour, minute: dt.datetime.combine(
        MONDAY + dt.timedelta(days=day), dt.time(hour, minute), MEXICO
    ),
    st.integers(0, 40),
    st.integers(0, 23),
    st.sampled_from([0, 30]),
)


def counts(calendar: Calendar, day: dt.date) -> bool:
    return day.weekday() < 5 and day not in calendar.dias


@given(st.integers(1, 120), MOMENTS, calendars())
def test_business_hours_pass_one_half_hour_at_a_time(amount, sent, calendar):
    found = earliest_session(NoticeRule(amount, NoticeUnit.HORAS_HABILES), sent, calendar)
    at, left = sent, 2 * amount
    while left:
        left -= counts(calendar, at.date())
        at += dt.timedelta(minutes=30)
    assert found.desde == at


@given(st.integers(1, 15), MOMENTS, calendars(), st.sampled_from(["habiles", "naturales"]))
def test_whole_days_stand_between_the_notice_and_the_session(amount, sent, calendar, unit):
    found = earliest_session(NoticeRule(amount, NoticeUnit(unit)), sent, calendar)
    assert found.desde.time() == dt.time()
    day, between = sent.date() + dt.timedelta(days=1), []
    while day < found.desde.date():
        between.append(day)
        day += dt.timedelta(days=1)
    good = [day for day in between if unit == "naturales" or counts(calendar, day)]
    assert len(good) == amount
    assert good[-1] == between[-1]
    assert list(found.contados) == good
    assert [day for day, *_ in found.saltados] == [day for day in between if day not in good]


@given(st.integers(1, 720), MOMENTS, calendars())
def test_hours_are_hours(amount, sent, calendar):
    found = earliest_session(NoticeRule(amount, NoticeUnit.HORAS), sent, calendar)
    assert found.desde - sent == dt.timedelta(hours=amount)


def test_the_night_the_clocks_change_has_its_real_hours():
    tijuana = ZoneInfo("America/Tijuana")
    calendar = Calendar(weekend=(), ejercicios=frozenset({2026}))
    saturday = dt.datetime(2026, 3, 7, 12, tzinfo=tijuana)
    for unit in (NoticeUnit.HORAS, NoticeUnit.HORAS_HABILES):
        found = earliest_session(NoticeRule(24, unit), saturday, calendar)
        assert found.desde.astimezone(tijuana) == dt.datetime(2026, 3, 8, 13, tzinfo=tijuana)


def test_a_year_without_its_calendar_is_told():
    sent = dt.datetime(2026, 12, 30, 9, tzinfo=MEXICO)
    calendar = Calendar(ejercicios=frozenset({2026}))
    rule = NoticeRule(3, NoticeUnit.HABILES)
    assert not earliest_session(rule, sent, calendar).cubierto
