"""Bands of a number between which somebody falls through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from typing import NamedTuple

from orderguard.facts.definition import Fact, FactValue, Kind
from orderguard.rulebook.conditions import Compare, Condition, Not, OneOf, Op, format_value
from orderguard.rulebook.yaml_source import YamlPath
from orderguard.tools.grid import step_of
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject

_OPPOSITE = {
    Op.AT_LEAST: Op.LESS_THAN,
    Op.AT_MOST: Op.MORE_THAN,
    Op.MORE_THAN: Op.AT_MOST,
    Op.LESS_THAN: Op.AT_LEAST,
}
_UPPER = (Op.LESS_THAN, Op.AT_MOST)
_LOWER = (Op.MORE_THAN, Op.AT_LEAST)
_BANDS = ("applies", "among")
_EXACT = Context(prec=60)


class _Bound(NamedTuple):
    """A comparison of a number as it counts, under any `not`, and where it stands."""

    fact: str
    op: Op
    limit: int | Decimal
    subject: Subject
    path: YamlPath

    @property
    def compare(self) -> Compare:
        return Compare(self.fact, self.op, self.limit)


def gaps_in(subject: Subject) -> Iterator[LintProblem]:
    """Gaps between two bands of one rule."""
    bounds = [b for slot in subject.slots for b in _bounds(slot.condition, slot.path, subject, positive=True)]
    yield from _gaps(bounds, bounds)


def gaps_between(subjects: list[Subject]) -> Iterator[LintProblem]:
    """Gaps between the bands in which two rules of one scope are asked."""
    scopes: dict[str, list[Subject]] = {}
    for subject in subjects:
        scopes.setdefault(subject.rule.scope, []).append(subject)
    for alike in scopes.values():
        slots = [(s, slot) for s in alike for slot in s.slots]
        every = [b for s, slot in slots for b in _bounds(slot.condition, slot.path, s, positive=True)]
        bands = [b for b in every if set(b.path) & set(_BANDS)]
        yield from (problem for problem in _gaps(bands, every, across=True))


def _bounds(condition: Condition, path: YamlPath, subject: Subject, *, positive: bool) -> Iterator[_Bound]:
    if isinstance(condition, Not):
        yield from _bounds(condition.item, (*path, "not"), subject, positive=not positive)
    elif isinstance(condition, Compare):
        value = condition.value
        if isinstance(value, bool | str) or (not positive and condition.op is Op.EQUALS):
            return
        op = condition.op if positive else _OPPOSITE[condition.op]
        yield _Bound(condition.fact, op, value, subject, (*path, condition.fact))
    elif not isinstance(condition, OneOf):
        key = "any" if type(condition).__name__ == "AnyOf" else "all"
        for index, item in enumerate(condition.items):
            yield from _bounds(item, (*path, key, index), subject, positive=positive)


def _gaps(bands: Iterable[_Bound], every: Iterable[_Bound], *, across: bool = False) -> Iterator[LintProblem]:
    """The narrow gaps between an upper and a lower bound, at the bound that stands later."""
    found: set[tuple[str, FactValue]] = set()
    everything = list(every)
    listed = list(bands)
    for upper in (b for b in listed if b.op in _UPPER):
        for lower in (b for b in listed if b.op in _LOWER and b.fact == upper.fact):
            if across and upper.subject is lower.subject:
                continue
            fact = upper.subject.vocabulary[upper.fact]
            inside = _inside(fact, upper, lower)
            if inside is None or (fact.name, inside) in found:
                continue
            if not _is_covered(fact, inside, upper, lower, everything):
                found.add((fact.name, inside))
                yield _problem(fact, inside, upper, lower)


def _inside(fact: Fact, upper: _Bound, lower: _Bound) -> int | Decimal | None:
    """A value in the gap between two bounds; None where there is none, or where it is wide."""
    if upper.limit > lower.limit:
        return None
    if fact.kind is Kind.DECIMAL:
        return _inside_decimal(fact, upper, lower)
    first = int(upper.limit) + (upper.op is Op.AT_MOST)
    last = int(lower.limit) - (lower.op is Op.AT_LEAST)
    return first if first == last else None


def _inside_decimal(fact: Fact, upper: _Bound, lower: _Bound) -> Decimal | None:
    low, high = Decimal(upper.limit), Decimal(lower.limit)
    if low == high:
        return low if upper.op is Op.LESS_THAN and lower.op is Op.MORE_THAN else None
    step = max(step_of(fact, low), step_of(fact, high))
    return _EXACT.divide(_EXACT.add(low, high), Decimal(2)) if high - low <= step else None


def _is_covered(
    fact: Fact, inside: int | Decimal, upper: _Bound, lower: _Bound, every: Iterable[_Bound]
) -> bool:
    """Whether another comparison speaks of the gap itself: true inside it, and not true on both sides."""
    step = step_of(fact, inside)
    below, above = min(upper.limit, inside) - step, max(lower.limit, inside) + step
    for bound in every:
        if bound.fact != fact.name:
            continue
        here, *beside = (bound.compare.truth({fact.name: value}) for value in (inside, below, above))
        if here and not all(beside):
            return True
    return False


def _problem(fact: Fact, inside: int | Decimal, upper: _Bound, lower: _Bound) -> LintProblem:
    first, second = sorted((upper, lower), key=_line)
    who = f"`{first.subject.rule.id}`, line" if first.subject is not second.subject else "line"
    text = (
        f"{fact.label} of {format_value(fact, inside)} lies in neither band: {_spelt(fact, second)} here,"
        f" {_spelt(fact, first)} there ({who} {_line(first)})"
    )
    return second.subject.problem("gap-between-bands", second.path, text)


def _spelt(fact: Fact, bound: _Bound) -> str:
    return f"`{bound.op.value}: {format_value(fact, bound.limit)}`"


def _line(bound: _Bound) -> int:
    return bound.subject.source.line((*bound.subject.path, *bound.path))
