"""Questions in groups that durable-rules can be trusted with.

The engine keeps conditions that hold, and are still to be looked into, on a stack of 64 places. With a full
stack it answers nothing. It also has a limit on distinct conditions. So the questions of a scope are split
into groups such that no facts can fill more than 50 places, and each group is judged by itself. The questions
of one rule at one scope stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from orderguard.engine.rails import Literal, Rails, Term, TooLargeError, can_hold, most_together, rails_of
from orderguard.rulebook.conditions import facts_of
from orderguard.rulebook.pack import Pack, Question

MAX_PLACES = 50
GOOD_PLACES = 25
"""Groups of half the limit are judged in less time, as each fact is held against fewer conditions."""
MAX_CONDITIONS = 255
MAX_FACTS = 200
_SENTINEL = 1
_ORDER = "order"


@dataclass(frozen=True)
class Group:
    """Questions of one scope that are judged together.

    Attributes:
        index: place of the group among the groups of its pack.
        scope: the scope of all of its questions.
        questions: the questions.
        rails: the rails of each question.
        facts: the names of the facts that the questions use, and no others.
    """

    index: int
    scope: str
    questions: tuple[Question, ...]
    rails: tuple[Rails, ...]
    facts: tuple[str, ...]

    def literals(self) -> Iterator[Literal]:
        """Every literal of every term, as often as it is used."""
        for term in _terms(self.rails):
            yield from term


class _Block(NamedTuple):
    """The questions of one rule at one scope, and what they take up in a group."""

    questions: tuple[Question, ...]
    rails: tuple[Rails, ...]
    places: int
    conditions: frozenset[Literal]
    facts: tuple[str, ...]


def make_groups(pack: Pack) -> tuple[Group, ...]:
    """Split the questions of a pack into groups.

    Raises:
        TooLargeError: the questions of one rule do not fit into a group by themselves.
    """
    return groups_of(pack.questions)


def groups_of(questions: Iterable[Question]) -> tuple[Group, ...]:
    """Split questions into groups; see `make_groups`."""
    scopes: dict[str, list[Question]] = {}
    for question in questions:
        scopes.setdefault(question.scope, []).append(question)
    groups: list[Group] = []
    for scope, asked in scopes.items():
        blocks = [block_of(tuple(same)) for _, same in groupby(asked, key=lambda q: q.rule_id)]
        # A measured quantity differs from order to order; it must not spoil the memory of the other rules.
        for measured in (False, True):
            alike = [block for block in blocks if _compares_quantities(block) is measured]
            packed = _pack_blocks(alike)
            groups += [_group(len(groups) + n, scope, members) for n, members in enumerate(packed)]
    return tuple(groups)


def _compares_quantities(block: _Block) -> bool:
    """Whether rules on the order as a whole compare quantities; those of like infusions are alike."""
    return block.questions[0].scope == _ORDER and any(
        isinstance(literal.value, Decimal) for literal in block.conditions
    )


def block_of(questions: tuple[Question, ...]) -> _Block:
    """What the questions of one rule at one scope take up in a group.

    Raises:
        TooLargeError: they do not fit into a group.
    """
    rails = tuple(rails_of(question) for question in questions)
    block = _Block(
        questions,
        rails,
        sum(places_of(r) for r in rails),
        frozenset(literal for term in _terms(rails) for literal in term),
        _facts(questions),
    )
    if not _fits((block,), MAX_PLACES):
        raise TooLargeError("the rule has too many comparisons for one group of the engine: split it")
    return block


def places_of(rails: Rails) -> int:
    """The most stack places, and the most firings, that the rails of one question can take on any facts."""
    stack = _stack_places([term for _, rail in rails.by_outcome() for term in rail], 0)
    return max(stack, *(_terms_together(rail) for _, rail in rails.by_outcome()))


def _stack_places(terms: Sequence[Term], depth: int) -> int:
    """The most conditions that can wait on the stack below one node of the engine's tree of conditions.

    A term is a path in that tree, and terms that begin alike share it. A node is taken off the stack before
    those below it that hold are put on.
    """
    branches: dict[Literal, list[Term]] = {}
    for term in terms:
        if len(term) > depth:
            branches.setdefault(term[depth], []).append(term)
    if not branches:
        return 0
    here = most_together(branches)
    return max(here, *(here - 1 + _stack_places(branch, depth + 1) for branch in branches.values()))


def _terms_together(rail: Sequence[Term]) -> int:
    """The most terms of a rail of which every two can hold together."""
    if len(rail) <= 1:
        return len(rail)
    first, rest = rail[0], rail[1:]
    with_first = [term for term in rest if can_hold(first + term)]
    if len(with_first) == len(rest):
        return 1 + _terms_together(rest)
    return max(1 + _terms_together(with_first), _terms_together(rest))


def _terms(rails: Iterable[Rails]) -> Iterator[Term]:
    for each in rails:
        for _, rail in each.by_outcome():
            yield from rail


def _facts(questions: Iterable[Question]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for question in questions:
        for condition in (question.applies, question.require):
            if condition is not None:
                names.update(dict.fromkeys(facts_of(condition)))
    return tuple(names)


def _fits(blocks: Sequence[_Block], places: int) -> bool:
    return (
        sum(block.places for block in blocks) + _SENTINEL <= places
        and len(frozenset().union(*(block.conditions for block in blocks))) + _SENTINEL <= MAX_CONDITIONS
        and len({name for block in blocks for name in block.facts}) <= MAX_FACTS
    )


def _pack_blocks(blocks: Iterable[_Block]) -> list[list[_Block]]:
    """Each block goes to the first group that has room for it."""
    groups: list[list[_Block]] = []
    for block in blocks:
        for group in groups:
            if _fits((*group, block), GOOD_PLACES):
                group.append(block)
                break
        else:
            groups.append([block])
    return groups


def _group(index: int, scope: str, blocks: Sequence[_Block]) -> Group:
    questions = tuple(question for block in blocks for question in block.questions)
    rails = tuple(r for block in blocks for r in block.rails)
    return Group(index, scope, questions, rails, _facts(questions))
