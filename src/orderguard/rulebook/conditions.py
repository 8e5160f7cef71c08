"""The condition language of the rules: its meaning, how it is parsed, and how it reads as a sentence.

A condition compares facts with constants; `all`, `any` and `not` join conditions. Truth has three values: a
comparison with a fact that is not known is neither true nor false, and the joins follow Kleene. `None` stands
for the third value.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from orderguard.facts.definition import Fact, FactValue, Kind
from orderguard.facts.vocabulary import Vocabulary

ConditionPath: TypeAlias = tuple[str | int, ...]
Report: TypeAlias = Callable[[ConditionPath, str], None]
Facts: TypeAlias = Mapping[str, FactValue | None]

MAX_WORDS = 8
MAX_DEPTH = 12
MAX_PLACES = 6
MAX_NUMBER = 10**12
ORDER_SCOPE = "order"
_EXACT = Context(prec=60)


class Op(StrEnum):
    """The operators that compare a fact with one constant."""

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


ONE_OF = "one_of"
_TESTS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.EQUALS: operator.eq,
    Op.AT_LEAST: operator.ge,
    Op.AT_MOST: operator.le,
    Op.MORE_THAN: operator.gt,
    Op.LESS_THAN: operator.lt,
}


class SettingConstant(NamedTuple):
    """A constant that a setting gives.

    Attributes:
        value: the value in effect.
        possible: the values between which, or among which, any choice lies.
    """

    value: FactValue
    possible: Sequence[FactValue]


Constants: TypeAlias = Mapping[str, SettingConstant]
"""The constants that settings give, by the name of the setting."""

SETTING = "setting"
_NO_CONSTANTS: Constants = {}


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against one constant; `setting` names the setting that gave the constant."""

    fact: str
    op: Op
    value: FactValue
    setting: str | None = field(default=None, compare=False)
    _test: Callable[[Any, Any], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_test", _TESTS[self.op])

    def truth(self, facts: Facts) -> bool | None:
        """Whether it holds; None when the fact is not known."""
        value = facts.get(self.fact)
        return None if value is None else self._test(value, self.value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word against a short list of words."""

    fact: str
    words: tuple[str, ...]

    def truth(self, facts: Facts) -> bool | None:
        """Whether it holds; None when the fact is not known."""
        value = facts.get(self.fact)
        return None if value is None else value in self.words


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of several conditions."""

    items: tuple[Condition, ...]

    def truth(self, facts: Facts) -> bool | None:
        """False by one false item; else None by one unknown item; else True."""
        result: bool | None = True
        for item in self.items:
            found = item.truth(facts)
            if found is False:
                return False
            if found is None:
                result = None
        return result


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions."""

    items: tuple[Condition, ...]

    def truth(self, facts: Facts) -> bool | None:
        """True by one true item; else None by one unknown item; else False."""
        result: bool | None = False
        for item in self.items:
            found = item.truth(facts)
            if found is True:
                return True
            if found is None:
                result = None
        return result


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    item: Condition

    def truth(self, facts: Facts) -> bool | None:
        """The opposite; None stays None."""
        found = self.item.truth(facts)
        return None if found is None else not found


Leaf: TypeAlias = Compare | OneOf
Condition: TypeAlias = Compare | OneOf | AllOf | AnyOf | Not


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The comparisons of a condition, in written order."""
    if isinstance(condition, Compare | OneOf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.item)
    else:
        for item in condition.items:
            yield from leaves(item)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """The names of the facts that a condition uses, each once, in written order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def parse_condition(
    data: object,
    path: ConditionPath,
    vocabulary: Vocabulary,
    scope: str,
    report: Report,
    *,
    constants: Constants = _NO_CONSTANTS,
) -> Condition | None:
    """Parse a condition out of YAML data.

    Args:
        data: what the YAML file holds at `path`.
        path: where the condition stands in the file.
        vocabulary: the facts that may be used.
        scope: the scope of the rule; facts of this scope and of `order` may be used.
        report: called with the place and the text of each problem.
        constants: what `{setting: NAME}` stands for.

    Returns:
        The condition, or None when a problem was reported.
    """
    return _Parser(vocabulary, scope, report, constants).parse(data, path, 0)


class _Refusal(Exception):
    """A part of a condition that cannot be parsed: the place and the reason."""

    def __init__(self, path: ConditionPath, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


class _Parser:
    def __init__(self, vocabulary: Vocabulary, scope: str, report: Report, constants: Constants) -> None:
        self._vocabulary = vocabulary
        self._scope = scope
        self._report = report
        self._constants = constants

    def parse(self, data: object, path: ConditionPath, depth: int) -> Condition | None:
        """The condition, or None after a report."""
        try:
            return self._parse(data, path, depth)
        except _Refusal as refusal:
            self._report(refusal.path, refusal.message)
            return None

    def _parse(self, data: object, path: ConditionPath, depth: int) -> Condition | None:
        if not isinstance(data, dict) or len(data) != 1:
            raise _Refusal(path, "a condition has exactly one key: a fact, `all`, `any` or `not`")
        if depth > MAX_DEPTH:
            raise _Refusal(path, f"a condition may be nested at most {MAX_DEPTH} levels deep")
        ((key, value),) = data.items()
        inner = (*path, key)
        if key == "not":
            item = self.parse(value, inner, depth + 1)
            return None if item is None else Not(item)
        if key in ("all", "any"):
            items = self._items(key, value, inner, depth)
            if items is None:
                return None
            return AllOf(items) if key == "all" else AnyOf(items)
        return self._leaf(key, value, inner)

    def _items(
        self, key: str, value: object, path: ConditionPath, depth: int
    ) -> tuple[Condition, ...] | None:
        if not isinstance(value, list) or not value:
            raise _Refusal(path, f"`{key}` needs a list of at least one condition")
        items: list[Condition] = []
        for index, element in enumerate(value):
            item = self.parse(element, (*path, index), depth + 1)
            if item is not None and item in items:
                self._report((*path, index), f"this condition stands twice in one `{key}`")
            elif item is not None:
                items.append(item)
        return tuple(items) if len(items) == len(value) else None

    def _leaf(self, name: str, value: object, path: ConditionPath) -> Leaf:
        fact = self._fact(name, path)
        if not isinstance(value, dict) or len(value) != 1:
            raise _Refusal(path, f"`{name}` needs exactly one operator: {_operators(fact)}")
        ((word, constant),) = value.items()
        inner = (*path, word)
        if word not in _allowed(fact):
            raise _Refusal(inner, f"`{word}` cannot be asked of `{name}`: use {_operators(fact)}")
        if word == ONE_OF:
            return _sometimes(fact, OneOf(name, _words(fact, constant, inner)), inner)
        if isinstance(constant, dict):
            return self._set_leaf(fact, Op(word), constant, inner)
        return _sometimes(fact, Compare(name, Op(word), constant_of(fact, constant, inner)), inner)

    def _set_leaf(self, fact: Fact, op: Op, data: dict[str, Any], path: ConditionPath) -> Leaf:
        """The comparison with a constant that a setting gives; each value it may have must be possible."""
        name = setting_named(data)
        if name is None:
            raise _Refusal(path, "a constant is a value or `{setting: NAME}`")
        if name not in self._constants:
            raise _Refusal(path, f"there is no setting `{name}`{suggestion(name, list(self._constants))}")
        constant = self._constants[name]
        for value in constant.possible:
            try:
                _sometimes(fact, Compare(fact.name, op, constant_of(fact, value, path)), path)
            except _Refusal as refusal:
                text = value if isinstance(value, str) else format_number(value)
                raise _Refusal(path, f"the setting `{name}` may be {text}: {refusal.message}") from None
        return Compare(fact.name, op, constant_of(fact, constant.value, path), name)

    def _fact(self, name: str, path: ConditionPath) -> Fact:
        fact = self._vocabulary.get(name)
        if fact is None:
            usable = [f.name for f in self._vocabulary.values() if f.scope in (ORDER_SCOPE, self._scope)]
            raise _Refusal(path, f"there is no fact `{name}`{suggestion(name, usable)}")
        if fact.scope not in (ORDER_SCOPE, self._scope):
            where = f"here, where the scope is `{self._scope}`"
            raise _Refusal(path, f"the fact `{name}` of the scope `{fact.scope}` cannot be used {where}")
        return fact


def setting_named(data: object) -> str | None:
    """The name in `{setting: NAME}`; None for anything else."""
    if isinstance(data, dict) and list(data) == [SETTING] and isinstance(data[SETTING], str):
        return str(data[SETTING])
    return None


def _sometimes(fact: Fact, leaf: Leaf, path: ConditionPath) -> Leaf:
    """The comparison, if it can be both true and false."""
    always = _always(fact, leaf)
    if always is not None:
        raise _Refusal(path, f"this is always {str(always).lower()}: {_range_text(fact)}")
    return leaf


def parse_value(fact: Fact, data: object) -> FactValue:
    """A value of a fact out of YAML data, in the type of the fact.

    Raises:
        ValueError: it cannot be a value of this fact; the text says why.
    """
    try:
        return constant_of(fact, data, ())
    except _Refusal as refusal:
        raise ValueError(refusal.message) from None


def constant_of(fact: Fact, constant: object, path: ConditionPath) -> FactValue:
    """The constant in the fact's own type."""
    if fact.kind is Kind.BOOLEAN:
        if not isinstance(constant, bool):
            raise _Refusal(path, f"`{fact.name}` is `true` or `false`")
        return constant
    if fact.kind is Kind.WORD:
        return _word(fact, constant, path)
    if isinstance(constant, bool) or not isinstance(constant, int | Decimal):
        raise _Refusal(path, f"`{fact.name}` is a number")
    _check_bounds(fact, constant, path)
    if fact.kind is Kind.DECIMAL:
        return _EXACT.normalize(Decimal(constant))
    if not isinstance(constant, int):
        raise _Refusal(path, f"`{fact.name}` is a whole number")
    return constant


def _check_bounds(fact: Fact, number: int | Decimal, path: ConditionPath) -> None:
    exact = Decimal(number)
    if abs(exact) > MAX_NUMBER:
        raise _Refusal(path, f"a number may be at most {MAX_NUMBER:,}")
    below = fact.lowest is not None and exact < fact.lowest
    if below or (fact.highest is not None and exact > fact.highest):
        raise _Refusal(path, _range_text(fact))
    scaled = _EXACT.scaleb(exact, MAX_PLACES)
    if scaled != int(scaled):
        raise _Refusal(path, f"a number may have at most {MAX_PLACES} decimal places")


def _word(fact: Fact, word: object, path: ConditionPath) -> str:
    if not isinstance(word, str):
        raise _Refusal(path, f"`{fact.name}` is a word: one of {', '.join(fact.words)}")
    if word not in fact.words:
        near = suggestion(word, list(fact.words))
        raise _Refusal(path, f"`{word}` is no word of `{fact.name}`{near}")
    return word


def _words(fact: Fact, words: object, path: ConditionPath) -> tuple[str, ...]:
    if not isinstance(words, list) or not words:
        raise _Refusal(path, "`one_of` needs a list of words")
    if len(words) > MAX_WORDS:
        raise _Refusal(path, f"`one_of` may list at most {MAX_WORDS} words")
    parsed = tuple(_word(fact, word, (*path, index)) for index, word in enumerate(words))
    if len(set(parsed)) < len(parsed):
        raise _Refusal(path, "`one_of` lists a word twice")
    return parsed


def suggestion(name: str, candidates: list[str]) -> str:
    """A question that names the nearest candidate, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name, candidates, n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else ""


def _allowed(fact: Fact) -> tuple[str, ...]:
    if fact.kind is Kind.BOOLEAN:
        return (Op.EQUALS.value,)
    if fact.kind is Kind.WORD:
        return (Op.EQUALS.value, ONE_OF)
    return tuple(op.value for op in Op)


def _operators(fact: Fact) -> str:
    return ", ".join(f"`{word}`" for word in _allowed(fact))


def _always(fact: Fact, leaf: Leaf) -> bool | None:
    """The only truth that a comparison can have within the fact's range; None if it can have both."""
    if isinstance(leaf, OneOf):
        return True if set(leaf.words) == set(fact.words) else None
    if fact.kind is Kind.WORD:
        return True if len(fact.words) == 1 else None
    edges: dict[tuple[Op, FactValue | None], bool] = {
        (Op.AT_LEAST, fact.lowest): True,
        (Op.AT_MOST, fact.highest): True,
        (Op.LESS_THAN, fact.lowest): False,
        (Op.MORE_THAN, fact.highest): False,
    }
    return edges.get((leaf.op, leaf.value))


def _range_text(fact: Fact) -> str:
    if fact.kind is Kind.WORD:
        return f"`{fact.name}` has no other word"
    lowest = "" if fact.lowest is None else f" not below {format_value(fact, fact.lowest)}"
    highest = "" if fact.highest is None else f" not above {format_value(fact, fact.highest)}"
    return f"`{fact.name}` is{lowest}{' and' if lowest and highest else ''}{highest}"


# -- sentences ---------------------------------------------------------------------------------------------

_WORDS: dict[Op, tuple[str, str]] = {
    Op.EQUALS: ("is", "is not"),
    Op.AT_LEAST: ("is at least", "is less than"),
    Op.AT_MOST: ("is at most", "is more than"),
    Op.MORE_THAN: ("is more than", "is at most"),
    Op.LESS_THAN: ("is less than", "is at least"),
}


def format_number(value: int | Decimal) -> str:
    """A number in plain digits, without an exponent and without trailing zeros."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def format_value(fact: Fact, value: FactValue) -> str:
    """A value of a fact in words, with its unit unless the label names the unit already."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    number = format_number(value)
    return number if not fact.unit or fact.unit in fact.label.split() else f"{number} {fact.unit}"


def render(condition: Condition, vocabulary: Mapping[str, Fact]) -> str:
    """Write a condition as a plain sentence, such as "duration is at least 240 min"."""
    return _render(condition, vocabulary, nested=False)


def _render(condition: Condition, vocabulary: Mapping[str, Fact], *, nested: bool) -> str:
    if isinstance(condition, Compare):
        return _render_compare(condition, vocabulary, positive=True)
    if isinstance(condition, OneOf):
        return _render_one_of(condition, vocabulary, positive=True)
    if isinstance(condition, Not):
        return _render_not(condition.item, vocabulary)
    joint = " and " if isinstance(condition, AllOf) else " or "
    text = joint.join(_render(item, vocabulary, nested=True) for item in condition.items)
    return f"({text})" if nested and len(condition.items) > 1 else text


def _render_not(item: Condition, vocabulary: Mapping[str, Fact]) -> str:
    if isinstance(item, Compare):
        return _render_compare(item, vocabulary, positive=False)
    if isinstance(item, OneOf):
        return _render_one_of(item, vocabulary, positive=False)
    return f"not ({_render(item, vocabulary, nested=False)})"


def _render_compare(leaf: Compare, vocabulary: Mapping[str, Fact], *, positive: bool) -> str:
    fact = vocabulary[leaf.fact]
    if isinstance(leaf.value, bool):
        return f"{fact.label}: {'yes' if leaf.value is positive else 'no'}"
    return f"{fact.label} {_WORDS[leaf.op][0 if positive else 1]} {format_value(fact, leaf.value)}"


def _render_one_of(leaf: OneOf, vocabulary: Mapping[str, Fact], *, positive: bool) -> str:
    label = vocabulary[leaf.fact].label
    if positive:
        return f"{label} is {' or '.join(leaf.words)}"
    return f"{label} is not {' and not '.join(leaf.words)}"
