"""clipspy in two ways: rules that fire on asserted facts, and a function for each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import clips

from translation import (
    OUTCOMES,
    Answer,
    Choice,
    Formula,
    Item,
    Joined,
    Language,
    Literal,
    Part,
    identifier,
    number,
    plain,
)

_NIL = clips.Symbol("nil")
_MANY = len(OUTCOMES)
_ROUNDS_OF_AN_ENVIRONMENT = 4


def _constant(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else number(value)


def _known(fact: str) -> str:
    return f"(neq ?{identifier(fact)} nil)"


def _literal(literal: Literal) -> str:
    name, constant = f"?{identifier(literal.fact)}", literal.constant
    if isinstance(constant, tuple):
        words = " ".join(f"(eq {name} {word})" for word in constant)
        found = f"(or {words})" if len(constant) > 1 else words
        return found if literal.sign == "in" else f"(not {found})"
    if isinstance(constant, str | bool):
        return f"({'eq' if literal.sign == '==' else 'neq'} {name} {_constant(constant)})"
    if literal.sign == "==":
        return f"(and {_known(literal.fact)} (= {name} {_constant(constant)}))"
    return f"({'<>' if literal.sign == '!=' else literal.sign} {name} {_constant(constant)})"


_CLIPS = Language(
    literal=_literal,
    known=_known,
    both=lambda parts: "(and " + " ".join(parts) + ")",
    either=lambda parts: "(or " + " ".join(parts) + ")",
    choose=lambda test, then, otherwise: f"(if {test} then {then} else {otherwise})",
)


def _value(value: object) -> Any:
    return clips.Symbol(value) if isinstance(value, str) else plain(value)


class ClipsFunctionPeer:
    """A deffunction for each part, called for each item: CLIPS as an evaluator, without its rule network."""

    name = "clipspy (deffunction)"
    package = "clipspy"
    how = "a function for each scope, facts as arguments"
    decimals = "become binary floating point before the clock starts"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._environment = clips.Environment()
        for index, part in enumerate(parts):
            arguments = " ".join(f"?{identifier(name)}" for name in part.facts)
            answers = " ".join(_CLIPS.answer(answer) for answer in part.answers)
            self._environment.build(f"(deffunction part{index} ({arguments}) (str-cat {answers}))")

    def given(self, items: Sequence[Item]) -> Any:
        """The name of the function and its arguments, for each item."""
        return [
            (
                f"part{part}",
                [_NIL if facts[name] is None else _value(facts[name]) for name in self._parts[part].facts],
            )
            for part, facts in items
        ]

    def judge(self, given: Any) -> Any:
        """A text of digits for each item."""
        call = self._environment.call
        return [call(function, *arguments) for function, arguments in given]

    def rest(self) -> None:
        """It needs none."""

    def numbers(self, answer: Any) -> list[list[int]]:
        """The digits."""
        return [[int(digit) for digit in digits] for digits in answer]


class ClipsRulesPeer:
    """A defrule for each outcome of each question; facts asserted, rules run, what fired read, reset."""

    name = "clipspy (defrule)"
    package = "clipspy"
    how = "a rule for each outcome, facts asserted and rules run"
    decimals = "become binary floating point before the clock starts"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._facts = [[(name, identifier(name)) for name in part.facts] for part in parts]
        self._rests = 0
        self._build()

    def _build(self) -> None:
        self._environment = clips.Environment()
        # What fires is collected in one text: reading findings back as facts takes three times as long.
        self._environment.build('(defglobal ?*fired* = "")')
        for index, part in enumerate(self._parts):
            slots = " ".join(f"(slot {identifier(name)} (default nil))" for name in part.facts)
            self._environment.build(f"(deftemplate part{index} (slot item) {slots})")
            for question, answer in enumerate(part.answers):
                for outcome, test in _proofs(answer):
                    self._rule(index, question * _MANY + outcome, test)
        find = self._environment.find_template
        self._templates = [find(f"part{index}") for index in range(len(self._parts))]

    def _rule(self, part: int, mark: int, test: Formula) -> None:
        slots = " ".join(f"({name} ?{name})" for name in sorted(set(_names(test))))
        when = f"(part{part} (item ?item) {slots}) (test {_CLIPS.formula(test)})"
        then = f'(bind ?*fired* (str-cat ?*fired* " " ?item " {mark}"))'
        self._environment.build(f"(defrule rule{part}-{mark} {when} => {then})")

    def given(self, items: Sequence[Item]) -> Any:
        """The known facts of each item; and the parts, by which the answer is read."""
        made = []
        for place, (part, facts) in enumerate(items):
            known = {key: _value(facts[name]) for name, key in self._facts[part] if facts[name] is not None}
            made.append((self._templates[part].assert_fact, {"item": place, **known}))
        return [part for part, _ in items], made

    def judge(self, given: Any) -> Any:
        """What fired, as a text of pairs of numbers."""
        parts, made = given
        environment = self._environment
        environment.reset()
        for put, facts in made:
            put(**facts)
        environment.run()
        return parts, environment.eval("?*fired*")

    def rest(self) -> None:
        """A fresh environment every fourth time: one that is in use gets slower with each order."""
        self._rests += 1
        if self._rests % _ROUNDS_OF_AN_ENVIRONMENT == 0:
            self._build()

    def numbers(self, answer: Any) -> list[list[int]]:
        """What fired for each question; nothing is not evaluated."""
        parts, fired = answer
        result = [[0] * len(self._parts[part].answers) for part in parts]
        pairs = [int(text) for text in fired.split()]
        for item, mark in zip(pairs[::2], pairs[1::2], strict=True):
            result[item][mark // _MANY] = mark % _MANY
        return result


def _proofs(answer: Answer, path: tuple[Formula, ...] = ()) -> Iterator[tuple[int, Formula]]:
    """Each outcome that is not 0, and what proves it: no two of a question's proofs hold together."""
    if isinstance(answer, Choice):
        yield from _proofs(answer.then, (*path, answer.test))
        yield from _proofs(answer.otherwise, path)
    elif answer:
        yield answer, path[0] if len(path) == 1 else Joined(True, path)


def _names(formula: Formula) -> Iterator[str]:
    if isinstance(formula, Literal):
        yield identifier(formula.fact)
    else:
        for part in formula.parts:
            yield from _names(part)
