"""The peers of the benchmark are asked what the rules ask, without a third truth value."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from pathlib import Path
from types import ModuleType

import pytest

from orderguard.engine.reference import outcome_of
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AnyOf, Compare, Not, OneOf, Op, facts_of, leaves
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Pack, Question
from orderguard.tools.grid import classes_of

ROOT = Path(__file__).parent.parent.parent
RULEBOOK = load_rulebook(bundled_rules())
SOME = 300


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


translation = load("peers_translation", ROOT / "benchmarks" / "peers" / "translation.py")


def in_python(literal: object) -> str:
    fact, sign, constant = literal  # type: ignore[misc]
    return f"(known[{fact!r}] {sign} {constant!r})"


# A comparison with what is not known raises an error here: no `<` goes with None.
PYTHON = translation.Language(
    literal=in_python,
    known=lambda fact: f"(known[{fact!r}] is not None)",
    both=lambda parts: "(" + " and ".join(parts) + ")",
    either=lambda parts: "(" + " or ".join(parts) + ")",
    choose=lambda test, then, otherwise: f"({then} if {test} else {otherwise})",
)


def answered(question: Question, many: Sequence[Mapping[str, FactValue | None]]) -> list[object]:
    """What the written answer of a question is on facts."""
    code = compile(PYTHON.answer(translation.answer_of(question)), "answer", "eval")
    return [translation.OUTCOMES[eval(code, {"Decimal": Decimal, "known": facts})] for facts in many]  # noqa: S307


def telling_facts(question: Question) -> list[dict[str, FactValue | None]]:
    """Facts of every kind that the question can tell apart, or some of them where they are many."""
    conditions = [c for c in (question.applies, question.require) if c is not None]
    names = list(dict.fromkeys(name for condition in conditions for name in facts_of(condition)))
    compared = [leaf for condition in conditions for leaf in leaves(condition)]
    classes = [
        (None, *classes_of(RULEBOOK.vocabulary[name], [leaf for leaf in compared if leaf.fact == name]))
        for name in names
    ]
    if prod(map(len, classes)) <= SOME:
        return [dict(zip(names, values, strict=True)) for values in product(*classes)]
    source = random.Random(question.rule_id)
    return [{n: source.choice(c) for n, c in zip(names, classes, strict=True)} for _ in range(SOME)]


@pytest.mark.parametrize("pack", RULEBOOK.packs, ids=lambda pack: pack.id)
def test_every_question_of_a_pack_is_answered_as_the_reference_engine_answers_it(pack: Pack) -> None:
    for question in pack.questions:
        many = telling_facts(question)
        assert answered(question, many) == [outcome_of(question, facts) for facts in many], question.rule_id


def test_what_is_not_known_is_neither_equal_nor_different() -> None:
    require = AnyOf((Not(Compare("days", Op.EQUALS, 3)), OneOf("route", ("iv", "im"))))
    question = Question("rule", 0, "order", None, require)
    many: list[dict[str, FactValue | None]] = [
        {"days": None, "route": None},
        {"days": None, "route": "oral"},
        {"days": None, "route": "iv"},
        {"days": 3, "route": None},
        {"days": 3, "route": "oral"},
        {"days": 4, "route": None},
    ]

    assert [str(outcome) for outcome in answered(question, many)] == [
        "not-evaluated",
        "not-evaluated",
        "cleared",
        "not-evaluated",
        "violated",
        "cleared",
    ]


def test_the_facts_of_a_pack_have_different_names_in_other_languages() -> None:
    for pack in RULEBOOK.packs:
        names = {name for group in pack.groups for name in group.facts}

        assert len({translation.identifier(name) for name in names}) == len(names)
        assert all(translation.identifier(name).isidentifier() for name in names)


def test_a_part_asks_the_questions_of_its_groups_in_their_order() -> None:
    groups = RULEBOOK.packs[0].groups[:2]

    part = translation.part_of(groups)

    asked = [question for group in groups for question in group.questions]
    assert list(part.answers) == [translation.answer_of(question) for question in asked]
    assert set(part.facts) == {name for group in groups for name in group.facts}


def test_a_constant_has_no_exponent() -> None:
    assert translation.number(Decimal("1E+5")) == "100000"
