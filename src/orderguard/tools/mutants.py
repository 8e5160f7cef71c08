"""Mutants of a rule: the rule with one small mistake each.

A set of examples is worth what it notices. Each mutant is a slip that an author may make: a limit that is one
step off, an operator turned round, a clause forgotten. A mutant that no example tells from the rule shows
where an example is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from orderguard.facts.definition import FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import (
    MAX_WORDS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Leaf,
    Not,
    OneOf,
    Op,
    facts_of,
    format_number,
    render,
)
from orderguard.rulebook.pack import Level, Rule, Severity
from orderguard.tools.grid import step_of

_PARTS = ("applies", "among", "require")
_OTHER_OPERATORS = {
    Op.AT_LEAST: (Op.MORE_THAN, Op.AT_MOST),
    Op.MORE_THAN: (Op.AT_LEAST, Op.LESS_THAN),
    Op.AT_MOST: (Op.LESS_THAN, Op.AT_LEAST),
    Op.LESS_THAN: (Op.AT_MOST, Op.MORE_THAN),
    Op.EQUALS: (Op.AT_LEAST, Op.AT_MOST),
}
_LOWER = {Severity.BLOCK: Severity.WARN, Severity.WARN: Severity.INFO}


@dataclass(frozen=True)
class Mutant:
    """A rule with one change.

    Attributes:
        name: stable and unique within the rule; it stands in rule files under `equivalent`.
        kind: the kind of change: operator, limit, word, all-any, drop-clause, negate, drop-applies,
            drop-among, drop-level, severity, overridable or drop-rule.
        what: the change in plain words.
        rule: the changed rule; None where the rule is dropped.
        level: the index of the level that is changed; None where it is not one alone.
    """

    name: str
    kind: str
    what: str
    rule: Rule | None
    level: int | None = None


@dataclass(frozen=True)
class _Change:
    """One change of a condition.

    Attributes:
        kind: its kind.
        old: the part that is changed, in short.
        new: what becomes of it, in short.
        before: the part that is changed.
        after: what it becomes; None where it is left out.
        whole: the whole condition then.
    """

    kind: str
    old: str
    new: str
    before: Condition
    after: Condition | None
    whole: Condition


def _change(kind: str, new: str, before: Condition, after: Condition) -> _Change:
    """A change of a condition as a whole."""
    return _Change(kind, text_of(before), new, before, after, after)


def mutants_of(rule: Rule, vocabulary: Vocabulary) -> list[Mutant]:
    """Every mutant of a rule, in the order in which the rule is written.

    Args:
        rule: the rule.
        vocabulary: the facts that it uses.
    """
    mutants = [*_of_common_applies(rule, vocabulary)]
    for index in range(len(rule.levels)):
        mutants += [replace(mutant, level=index) for mutant in _of_level(rule, index, vocabulary)]
    mutants.append(Mutant("drop the rule", "drop-rule", "There is no such rule.", None))
    return _numbered(mutant for mutant in mutants if mutant.rule is None or mutant.rule != rule)


def _numbered(mutants: Iterable[Mutant]) -> list[Mutant]:
    """The mutants, those of a name that stood before with a number behind it."""
    seen: Counter[str] = Counter()
    numbered = []
    for mutant in mutants:
        seen[mutant.name] += 1
        count = seen[mutant.name]
        numbered.append(mutant if count == 1 else replace(mutant, name=f"{mutant.name} ({count})"))
    return numbered


# -- levels ----------------------------------------------------------------------------------------------


def _of_level(rule: Rule, index: int, vocabulary: Vocabulary) -> Iterator[Mutant]:
    level = rule.levels[index]
    where = f"level {index + 1}"
    common = _common_applies(rule)
    for part in _PARTS:
        condition = getattr(level, part)
        if part == "applies" and common is not None:
            condition = _own_applies(level, common)
        if condition is None:
            continue
        for change in _changes(condition, vocabulary):
            whole = change.whole
            if part == "applies" and common is not None:
                whole = AllOf((common, whole))
            yield _mutant(f"{where} {part}", change, _with(rule, index, **{part: whole}), vocabulary)
        if part != "require":
            dropped = _with(rule, index, **{part: common if part == "applies" else None})
            text = f"{where}: `{part}` is left out (`{render(condition, vocabulary)}`)."
            yield Mutant(f"{where} drop {part}", f"drop-{part}", _capital(text), dropped)
    yield from _of_head(rule, index, where)


def _of_head(rule: Rule, index: int, where: str) -> Iterator[Mutant]:
    level = rule.levels[index]
    lower = _LOWER.get(level.severity)
    if lower is not None:
        weaker = _with(rule, index, severity=lower, overridable=False)
        text = f"{where} weighs {lower} instead of {level.severity}."
        yield Mutant(f"{where} severity {level.severity} -> {lower}", "severity", _capital(text), weaker)
    if level.severity is Severity.BLOCK:
        old, new = str(level.overridable).lower(), str(not level.overridable).lower()
        toggled = _with(rule, index, overridable=not level.overridable)
        text = f"{where} can{'not' if level.overridable else ''} be overridden."
        yield Mutant(f"{where} overridable {old} -> {new}", "overridable", _capital(text), toggled)
    if len(rule.levels) > 1:
        others = tuple(other for place, other in enumerate(rule.levels) if place != index)
        text = f"{where} ({level.severity}) is left out."
        yield Mutant(f"drop {where}", "drop-level", _capital(text), replace(rule, levels=others))


def _with(rule: Rule, index: int, **changes: object) -> Rule:
    levels = list(rule.levels)
    levels[index] = replace(levels[index], **changes)  # type: ignore[arg-type]
    return replace(rule, levels=tuple(levels))


def _mutant(where: str, change: _Change, rule: Rule, vocabulary: Vocabulary) -> Mutant:
    before = f"`{render(change.before, vocabulary)}`"
    after = "is left out" if change.after is None else f"becomes `{render(change.after, vocabulary)}`"
    text = f"{_capital(where)}: {before} {after}."
    return Mutant(f"{where} {change.old} -> {change.new}", change.kind, text, rule)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- what all levels have in common ----------------------------------------------------------------------


def _common_applies(rule: Rule) -> Condition | None:
    """The rule's own `applies`, which stands before that of each of its levels; None for a single level."""
    if len(rule.levels) == 1:
        return None
    heads = {_heads(level.applies) for level in rule.levels}
    shared = frozenset.intersection(*heads) if heads else frozenset()
    return next(iter(sorted(shared, key=repr)), None)


def _heads(applies: Condition | None) -> frozenset[Condition]:
    """What may be the rule's own `applies` in that of a level: all of it, or the first of two."""
    if applies is None:
        return frozenset()
    if isinstance(applies, AllOf) and len(applies.items) == 2:  # noqa: PLR2004 (the rule's own and the level's)
        return frozenset((applies, applies.items[0]))
    return frozenset((applies,))


def _own_applies(level: Level, common: Condition) -> Condition | None:
    if level.applies == common:
        return None
    assert isinstance(level.applies, AllOf)  # noqa: S101 (see _common_applies)
    return level.applies.items[1]


def _of_common_applies(rule: Rule, vocabulary: Vocabulary) -> Iterator[Mutant]:
    common = _common_applies(rule)
    if common is None:
        return
    for change in _changes(common, vocabulary):
        yield _mutant("applies", change, _with_common(rule, common, change.whole), vocabulary)
    text = f"`applies` is left out (`{render(common, vocabulary)}`)."
    yield Mutant("drop applies", "drop-applies", text, _with_common(rule, common, None))


def _with_common(rule: Rule, common: Condition, other: Condition | None) -> Rule:
    levels = []
    for level in rule.levels:
        own = _own_applies(level, common)
        given = tuple(part for part in (other, own) if part is not None)
        applies = None if not given else given[0] if len(given) == 1 else AllOf(given)
        levels.append(replace(level, applies=applies))
    return replace(rule, levels=tuple(levels))


# -- conditions ------------------------------------------------------------------------------------------


def _changes(condition: Condition, vocabulary: Vocabulary) -> Iterator[_Change]:
    """Every single change of a condition."""
    if isinstance(condition, Compare | OneOf):
        yield from _of_leaf(condition, vocabulary)
        if not _is_boolean(condition):
            yield _change("negate", "not", condition, Not(condition))
    elif isinstance(condition, Not):
        yield from _of_not(condition, vocabulary)
    else:
        yield from _of_joint(condition, vocabulary)


def _of_not(condition: Not, vocabulary: Vocabulary) -> Iterator[_Change]:
    for change in _changes(condition.item, vocabulary):
        # The negation of what stands below `not` is the same as no `not`.
        if change.whole != Not(condition.item):
            yield replace(change, whole=Not(change.whole))
    if not _is_boolean(condition.item):
        yield _change("negate", "without not", condition, condition.item)


def _of_joint(condition: AllOf | AnyOf, vocabulary: Vocabulary) -> Iterator[_Change]:
    items = condition.items
    if len(items) > 1:
        is_all = isinstance(condition, AllOf)
        swapped = AnyOf(items) if is_all else AllOf(items)
        yield _change("all-any", "any" if is_all else "all", condition, swapped)
    for index, item in enumerate(items):
        if len(items) > 1:
            others = items[:index] + items[index + 1 :]
            rest = others[0] if len(others) == 1 else replace(condition, items=others)
            yield _Change("drop-clause", text_of(item), "dropped", item, None, rest)
        if isinstance(item, AllOf | AnyOf):
            negated = replace(condition, items=(*items[:index], Not(item), *items[index + 1 :]))
            yield _Change("negate", text_of(item), "not", item, Not(item), negated)
        for change in _changes(item, vocabulary):
            changed = (*items[:index], change.whole, *items[index + 1 :])
            yield replace(change, whole=replace(condition, items=changed))


def _is_boolean(condition: Condition) -> bool:
    return isinstance(condition, Compare) and isinstance(condition.value, bool)


def _of_leaf(leaf: Leaf, vocabulary: Vocabulary) -> Iterator[_Change]:
    words = vocabulary[leaf.fact].words
    if isinstance(leaf, OneOf):
        yield from _of_words(leaf, words)
    elif isinstance(leaf.value, bool):
        yield _change("operator", _value(not leaf.value), leaf, replace(leaf, value=not leaf.value))
    elif isinstance(leaf.value, str):
        other = words[(words.index(leaf.value) + 1) % len(words)]
        yield _change("word", other, leaf, replace(leaf, value=other))
    else:
        for op in _OTHER_OPERATORS[leaf.op]:
            yield _change("operator", op.value, leaf, replace(leaf, op=op))
        step = step_of(vocabulary[leaf.fact], leaf.value)
        for moved in (leaf.value - step, leaf.value + step):
            yield _change("limit", format_number(moved), leaf, replace(leaf, value=moved))


def _of_words(leaf: OneOf, words: tuple[str, ...]) -> Iterator[_Change]:
    if len(leaf.words) > 1:
        for word in leaf.words:
            rest = tuple(other for other in leaf.words if other != word)
            yield _change("word", f"without {word}", leaf, replace(leaf, words=rest))
    if len(leaf.words) < MAX_WORDS:
        for word in words:
            if word not in leaf.words:
                more = replace(leaf, words=(*leaf.words, word))
                yield _change("word", f"with {word}", leaf, more)


# -- names -----------------------------------------------------------------------------------------------


def text_of(condition: Condition) -> str:
    """A condition in short, as it stands in the names of mutants: a comparison, or `all(...)` of facts."""
    if isinstance(condition, Compare):
        return f"{condition.fact} {condition.op.value} {_value(condition.value)}"
    if isinstance(condition, OneOf):
        return f"{condition.fact} one_of {', '.join(condition.words)}"
    if isinstance(condition, Not):
        return f"not {text_of(condition.item)}"
    joint = "all" if isinstance(condition, AllOf) else "any"
    return f"{joint}({', '.join(facts_of(condition))})"


def _value(value: FactValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else format_number(value)
