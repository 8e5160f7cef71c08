"""Facts about prophylaxis: from when to when drugs of a class are ordered without a free day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import boolean, integer
from orderguard.facts.dose_history import first_planned_day
from orderguard.facts.terminology import Terminology

_NEXT_DAY = timedelta(days=1)


def _classes(terminology: Terminology) -> tuple[str, ...]:
    return tuple(terminology.drug_classes)


class Span(NamedTuple):
    """Days covered without a gap; no end means open-ended. `entries` are those that reach its end."""

    start: date
    end: date | None
    entries: tuple[Any, ...]

    def covers(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.start <= day and (self.end is None or day <= self.end)


def _entries(ctx: OrderContext, drug_class: str) -> list[Any] | None:
    """The entries of the class; None while one is not identified or its route is not known."""
    return ctx.once(_find_entries, drug_class)


def _find_entries(ctx: OrderContext, drug_class: str) -> list[Any] | None:
    if ctx.prophylaxis is None:
        return None
    found, known = [], True
    for entry, match in ctx.prophylaxis:
        member = ctx.in_class(entry, match, drug_class)
        known = known and member is not None
        if member:
            found.append(entry)
    return found if known else None


def _spans(ctx: OrderContext, drug_class: str) -> list[Span] | None:
    """The class's entries joined where one follows the other without a free day."""
    return ctx.once(_find_spans, drug_class)


def _find_spans(ctx: OrderContext, drug_class: str) -> list[Span] | None:
    entries = _entries(ctx, drug_class)
    if entries is None:
        return None
    with ctx.background():
        dated = [(entry.start, ctx.peek(entry, "end"), entry) for entry in entries]
    if any(start is None for start, _, _ in dated):
        return None
    spans: list[Span] = []
    for start, end, entry in sorted(dated, key=lambda row: (row[0], row[1] or date.max)):
        if end is not None and end < start:
            continue
        spans[-1:] = _join(spans[-1] if spans else None, Span(start, end, (entry,)))
    return spans


def _join(last: Span | None, span: Span) -> list[Span]:
    if last is None:
        return [span]
    if last.end is not None and span.start > last.end + _NEXT_DAY:
        return [last, span]
    if last.end is None or (span.end is not None and span.end <= last.end):
        return [last]
    return [Span(last.start, span.end, (*last.entries, *span.entries))]


def _lasting(ctx: OrderContext, drug_class: str) -> Span | None:
    """The span whose end counts: the last one begun by the last infusion, else the first."""
    entries = _entries(ctx, drug_class) or ()
    if len(entries) == 1:
        # With a single entry the end is the same whenever it starts.
        [entry] = entries
        start = ctx.quiet(entry, "start")
        return Span(date.min if start is None else start, ctx.peek(entry, "end"), (entry,))
    spans = _spans(ctx, drug_class)
    if not spans or ctx.last_day is None:
        return None
    begun = [span for span in spans if span.start <= ctx.last_day]
    return begun[-1] if begun else spans[0]


@boolean("prophylaxis.{drug_class}.present", "{drug_class} ordered", over={"drug_class": _classes})
def present(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether a prophylaxis entry names a drug of the class, by a route that counts."""
    entries = _entries(ctx, drug_class)
    for entry in entries or ():
        ctx.peek(entry, "name")
    return None if entries is None else bool(entries)


@boolean("prophylaxis.{drug_class}.covers_day_1", "{drug_class} covers day 1", over={"drug_class": _classes})
def covers_day_1(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether prophylaxis with the class runs on day 1."""
    spans = _spans(ctx, drug_class)
    if spans is None or ctx.day_1 is None:
        return None
    _note_spans(ctx, spans)
    return any(span.covers(ctx.day_1) for span in spans)


@boolean(
    "prophylaxis.{drug_class}.covers_first_planned",
    "{drug_class} covers the first planned infusion",
    over={"drug_class": _classes},
)
def covers_first_planned(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether prophylaxis with the class runs on the date of the first planned infusion."""
    spans, day = _spans(ctx, drug_class), first_planned_day(ctx)
    if spans is None or day is None:
        return None
    _note_spans(ctx, spans)
    return any(span.covers(day) for span in spans)


@boolean(
    "prophylaxis.{drug_class}.covers_course",
    "{drug_class} covers the course without a free day",
    over={"drug_class": _classes},
)
def covers_course(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether prophylaxis with the class runs from day 1 through the last infusion without a free day."""
    spans = _spans(ctx, drug_class)
    if spans is None or ctx.day_1 is None or ctx.last_day is None:
        return None
    _note_spans(ctx, spans)
    return any(span.covers(ctx.day_1) and span.covers(ctx.last_day) for span in spans)


def _note_spans(ctx: OrderContext, spans: list[Span]) -> None:
    for span in spans:
        for entry in span.entries:
            ctx.peek(entry, "start")
            ctx.peek(entry, "end")


@boolean(
    "prophylaxis.{drug_class}.open_ended", "{drug_class} without an end date", over={"drug_class": _classes}
)
def open_ended(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether prophylaxis with the class has no end."""
    span = _lasting(ctx, drug_class)
    if span is None:
        return None
    ctx.peek(span.entries[-1], "end")
    return span.end is None


@integer(
    "prophylaxis.{drug_class}.months_after_last_infusion",
    "{drug_class} after the last infusion",
    unit="months",
    over={"drug_class": _classes},
)
def months_after_last_infusion(ctx: OrderContext, drug_class: str) -> int | None:
    """Completed calendar months from the last infusion to the end of prophylaxis with the class."""
    span = _lasting(ctx, drug_class)
    if span is None or span.end is None:
        return None
    ctx.peek(span.entries[-1], "end")
    return ctx.months_after_last_infusion(span.end)


@boolean(
    "prophylaxis.{drug_class}.unusual_agent", "unusual {drug_class} agent", over={"drug_class": _classes}
)
def unusual_agent(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether an entry names a drug that the value set asks a pharmacist to confirm."""
    if _entries(ctx, drug_class) is None:
        return None
    members = ctx.terminology.drug_classes[drug_class].members
    for entry, match in ctx.prophylaxis or ():
        drugs = match.drugs if match is not None else frozenset()
        if ctx.in_class(entry, match, drug_class) and any(
            drug in members and members[drug].confirm for drug in drugs
        ):
            ctx.peek(entry, "name")
            return True
    return False
