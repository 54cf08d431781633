"""
The clock against a slow statement of the same law, written from the text and sharing no code.

The clock walks day by day with a state; here each answer is picked out of the full list of days of
some years, and hours are counted minute by minute.
"""

import calendar as months_of
import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.clock import (
    Calendar,
    Effect,
    Extension,
    NonBusinessDay,
    Pause,
    Term,
    Unit,
    business_days_between,
    deadline,
    due_soon_from,
)

DAY = dt.timedelta(days=1)
ZONES = ["America/Mexico_City", "America/Tijuana", "America/Cancun", "Europe/Madrid", "UTC"]


class Reference:
    """The law as lists of days."""

    def __init__(self, start, off, on):
        self.days = [start + DAY * n for n in range(2400)]
        self.business = {d for d in self.days if d in on or (d.weekday() < 5 and d not in off)}

    def first_business(self, least):
        return next(d for d in self.days if d >= least and d in self.business)

    def stopped(self, pauses):
        """Every day on which one of ``pauses`` holds the term."""
        held = set()
        for pause in pauses:
            back = pause.hasta and self.first_business(pause.hasta + DAY)
            held |= {d for d in self.days if d > pause.desde and (back is None or d < back)}
        return held

    def months_later(self, base, amount):
        year, month = base.year, base.month
        for _ in range(amount):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if base.day <= months_of.monthrange(year, month)[1]:
            return dt.date(year, month, base.day)
        return dt.date(year, month, months_of.monthrange(year, month)[1]) + DAY

    def stretch(self, unit, amount, base, first, pauses):
        """The last day of a term with these pauses, none of which interrupts it; or None."""
        held = self.stopped(pauses)
        if unit == "habiles":
            running = [d for d in self.days if d >= first and d in self.business and d not in held]
            return running[amount - 1] if len(running) >= amount else None
        if unit == "meses":
            amount = (self.months_later(base, amount) - base).days
            running = [d for d in self.days if d > base and d not in held]
        else:
            running = [d for d in self.days if d >= first and d not in held]
        if len(running) < amount:
            return None
        least = max(running[amount - 1], first)
        ends = [d for d in self.days if d >= least and d in self.business and d not in held]
        return ends[0] if ends else None

    def due(self, unit, amount, start, pauses, *, shift):
        base = self.first_business(start) if shift else start
        first = self.first_business(base + DAY)
        waiting = sorted(pauses, key=lambda pause: pause.desde)
        while True:
            cut = next((p for p in waiting if p.effect == "interrumpe"), None)
            before = waiting[: waiting.index(cut)] if cut else waiting
            ends = self.stretch(unit, amount, base, first, before)
            if cut is None or (ends is not None and ends <= cut.desde):
                return ends
            if any(p.hasta is None for p in [*before, cut]):
                return None
            base, first = (
                max(cut.hasta, base),
                self.first_business(max(cut.hasta + DAY, base + DAY)),
            )
            waiting = waiting[waiting.index(cut) + 1 :]


@st.composite
def situations(draw, *, open_pauses=True):
    """A start, days off and on around it, and up to three pauses that do not overlap."""
    start = draw(st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31)))
    near = st.integers(-5, 160).map(lambda n: start + DAY * n)
    off = draw(st.sets(near, max_size=30))
    for first, length in draw(st.lists(st.tuples(near, st.integers(1, 40)), max_size=1)):
        off |= {first + DAY * n for n in range(length)}
    on = draw(st.sets(near, max_size=6))
    pauses, least = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = least + DAY * draw(st.integers(0, 40))
        until = since + DAY * draw(st.integers(0, 25))
        is_open = open_pauses and draw(st.integers(0, 9)) == 0
        effect = draw(st.sampled_from(list(Effect)))
        pauses.append(Pause(since, None if is_open else until, effect, "prevención"))
        if is_open:
            break
        least = until + DAY
        while not (least in on or (least.weekday() < 5 and least not in off)):
            least += DAY
    return start, off, on, pauses


@st.composite
def terms(draw):
    unit = draw(st.sampled_from([Unit.HABILES, Unit.NATURALES, Unit.MESES]))
    amount = draw(st.integers(1, 13 if unit is Unit.MESES else 60))
    most = amount // 2
    return Term(amount, unit), draw(st.integers(0, most))


def calendar_of(off, on, version=1):
    days = {day: NonBusinessDay(day, "asueto", "acuerdo") for day in off}
    return Calendar(dias=days, habilitados=dict.fromkeys(on, "acuerdo"), version=version)


def extension_of(added, unit):
    return Extension(added, unit, "visita") if added else None


@settings(max_examples=400, deadline=None)
@given(situations(), terms(), st.sampled_from([None, True, False]))
def test_days_and_months_agree_with_the_slow_reference(situation, asked, received):
    start, off, on, pauses = situation
    term, added = asked
    result = deadline(
        term=term,
        start=start,
        calendar=calendar_of(off, on),
        pauses=pauses,
        extension=extension_of(added, term.unidad),
        received_next_business=received,
    )
    shift = term.unidad != "meses" if received is None else received
    expected = Reference(start, off, on).due(
        term.unidad, term.cantidad + added, start, pauses, shift=shift
    )
    assert result.vence == expected
    assert result.pausado == (expected is None)


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(1, 40))
def test_a_held_term_knows_how_much_ran_and_what_is_left(situation, amount):
    start, off, on, pauses = situation
    closed = [pause for pause in pauses if pause.hasta and pause.effect is Effect.SUSPENDE]
    last = max([start, *(pause.hasta + DAY * 20 for pause in closed)])
    held = [*closed, Pause(last, None, Effect.SUSPENDE, "prevención")]
    result = deadline(
        term=Term(amount, Unit.HABILES), start=start, calendar=calendar_of(off, on), pauses=held
    )
    law = Reference(start, off, on)
    first = law.first_business(law.first_business(start) + DAY)
    held_days = law.stopped(closed)
    ran = [d for d in law.days if first <= d <= last and d in law.business - held_days]
    if len(ran) >= amount:
        assert result.vence == ran[amount - 1]
    else:
        assert (result.vence, result.usados) == (None, len(ran))
        assert result.restantes == amount - len(ran)


def minute(moment):
    return round(moment.timestamp()) // 60


def due_minute(start, hours, pauses):
    """Minutes of the world one by one, each counted unless a pause has it."""
    now, count = minute(start), 0
    while count < hours * 60:
        for pause in pauses:
            if pause.hasta is None and now >= minute(pause.desde):
                return None
            if pause.hasta and minute(pause.desde) <= now < minute(pause.hasta):
                now = minute(pause.hasta)
                count = 0 if pause.effect == "interrumpe" else count
        if any(p.hasta is None and now >= minute(p.desde) for p in pauses):
            return None
        now, count = now + 1, count + 1
    return now


@st.composite
def hour_situations(draw):
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    # Both nights on which clocks change are in reach.
    day = draw(st.sampled_from([dt.date(2026, 3, 7), dt.date(2026, 10, 24), dt.date(2026, 10, 31)]))
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    start = midnight + dt.timedelta(minutes=draw(st.integers(0, 2880)))
    pauses, least = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = least + dt.timedelta(minutes=draw(st.integers(0, 1500)))
        until = since + dt.timedelta(minutes=draw(st.integers(1, 900)))
        effect = draw(st.sampled_from(list(Effect)))
        is_open = draw(st.integers(0, 9)) == 0
        hasta = None if is_open else until.astimezone(zone)
        pauses.append(Pause(since.astimezone(zone), hasta, effect, "prevención"))
        if is_open:
            break
        least = until + dt.timedelta(minutes=1)
    return start.astimezone(zone), pauses


@settings(max_examples=300, deadline=None)
@given(hour_situations(), st.integers(1, 72), st.data())
def test_hours_agree_with_counting_minutes(situation, amount, data):
    start, pauses = situation
    added = data.draw(st.integers(0, amount // 2))
    result = deadline(
        term=Term(amount, Unit.HORAS),
        start=start,
        calendar=Calendar(),
        pauses=pauses,
        extension=extension_of(added, Unit.HORAS),
    )
    expected = due_minute(start, amount + added, pauses)
    assert (result.vence and minute(result.vence)) == expected
    if result.vence:
        assert result.vence.utcoffset() == result.vence.astimezone(start.tzinfo).utcoffset()


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(0, 30), st.integers(-40, 40))
def test_days_between_and_amber_agree_with_plain_counting(situation, ahead, other):
    start, off, on, _ = situation
    calendar, far = calendar_of(off, on), start + DAY * 90
    counts = lambda day: day in on or (day.weekday() < 5 and day not in off)  # noqa: E731
    amber = due_soon_from(far, ahead, calendar)

    def left(day):
        return sum(counts(day + DAY * n) for n in range(1, (far - day).days + 1))

    assert left(amber) <= ahead < left(amber - DAY)
    low, high = sorted([far, far + DAY * other])
    plain = sum(counts(low + DAY * n) for n in range(1, (high - low).days + 1))
    sign = 1 if far + DAY * other >= far else -1
    assert business_days_between(far, far + DAY * other, calendar) == sign * plain


@settings(max_examples=250, deadline=None)
@given(situations(open_pauses=False), terms(), st.integers(0, 120))
def test_more_days_off_or_more_time_never_bring_the_end_nearer(situation, asked, offset):
    start, off, on, pauses = situation
    term, added = asked

    def due(term=term, off=off, pauses=pauses, added=added):
        return deadline(
            term=term,
            start=start,
            calendar=calendar_of(off, on),
            pauses=pauses,
            extension=extension_of(added, term.unidad),
        ).vence

    plain = due()
    assert due(off=off | {start + DAY * offset}) >= plain
    assert due(term=Term(term.cantidad + 1, term.unidad)) >= plain
    assert due(added=0) <= plain
    assert due(pauses=[]) <= plain


@settings(max_examples=250, deadline=None)
@given(situations(open_pauses=False), terms())
def test_a_term_ends_on_a_business_day_after_the_act_and_its_steps_add_up(situation, asked):
    start, off, on, pauses = situation
    term, added = asked
    calendar = calendar_of(off, on)
    result = deadline(
        term=term,
        start=start,
        calendar=calendar,
        pauses=pauses,
        extension=extension_of(added, term.unidad),
    )
    steps = result.explicacion.pasos
    assert calendar.is_business(result.vence)
    assert start < result.inicia <= result.vence
    assert steps[0].fecha == start
    assert steps[-1].fecha == result.vence
    assert list(steps) == sorted(steps, key=lambda step: step.fecha)
    counted = [step for step in steps if step.clase == "cuenta"]
    assert len({step.fecha for step in counted}) == len(counted)
    if term.unidad != "meses":
        assert counted[-1].numero == term.cantidad + added
    if term.unidad == "habiles":
        assert all(calendar.is_business(step.fecha) for step in counted)
        seen = {step.fecha for step in steps if step.clase in ("cuenta", "inhabil", "recibe")}
        in_pause = {
            pause.desde + DAY * n
            for pause in pauses
            for n in range(1, (calendar.next_business(pause.hasta) - pause.desde).days)
        }
        between = {start + DAY * n for n in range(1, (result.vence - start).days + 1)}
        assert between - in_pause <= seen
