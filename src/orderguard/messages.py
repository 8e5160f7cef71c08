"""Message templates: a finding's sentence with the measured values and the limits of its own rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import Compare, Condition, OneOf, format_number, leaves
from orderguard.rulebook.pack import Level

PLACEHOLDER = re.compile(r"\{([^{}\s]+)(?:\s+([a-z_]+))?\}")
NOT_KNOWN = "not known"


class Placeholder(NamedTuple):
    """A placeholder of a template: a fact's value, or with an operator the constant it is compared with."""

    fact: str
    op: str | None


def placeholders(template: str) -> tuple[Placeholder, ...]:
    """The placeholders of a template, in written order."""
    return tuple(Placeholder(fact, op or None) for fact, op in PLACEHOLDER.findall(template))


def limit_of(level: Level, placeholder: Placeholder) -> str | None:
    """The constant that a level compares a fact with by an operator; None when it does not.

    Where a fact may equal one of several constants, they all stand: "3, 10 or 30". A constant of what must
    hold comes before one of when it is asked.
    """
    for condition in reversed(level.conditions):
        found = (_constant(leaf, placeholder) for leaf in leaves(condition))
        texts = list(dict.fromkeys(text for text in found if text is not None))
        if texts:
            return " or ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
    return None


def _constant(leaf: Compare | OneOf, placeholder: Placeholder) -> str | None:
    if leaf.fact != placeholder.fact:
        return None
    if isinstance(leaf, OneOf):
        return " or ".join(leaf.words) if placeholder.op == "one_of" else None
    return plain(leaf.value) if leaf.op.value == placeholder.op else None


def plain(value: FactValue | None) -> str:
    """A value without its unit: yes or no, a word, plain digits."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else format_number(value)


def fill(level: Level, template: str, facts: Mapping[str, FactValue | None]) -> str:
    """The sentence of a template on the facts of one item."""

    def text(match: re.Match[str]) -> str:
        placeholder = Placeholder(match[1], match[2])
        if placeholder.op is None:
            return plain(facts.get(placeholder.fact))
        return limit_of(level, placeholder) or NOT_KNOWN

    return PLACEHOLDER.sub(text, template)


def message_of(level: Level, facts: Mapping[str, FactValue | None]) -> str:
    """The message of a violated level: the first wording whose condition is true, else the plain one."""
    for wording in level.wording:
        if wording.when.truth(facts) is True:
            return fill(level, wording.message, facts)
    return fill(level, level.message, facts)


@lru_cache(maxsize=4096)
def message_facts(level: Level) -> tuple[str, ...]:
    """The facts that a level's messages need beyond its conditions."""
    names: dict[str, None] = {}
    for template, when in _templates(level):
        names.update(dict.fromkeys(p.fact for p in placeholders(template)))
        if when is not None:
            names.update(dict.fromkeys(leaf.fact for leaf in leaves(when)))
    return tuple(names)


def _templates(level: Level) -> Iterator[tuple[str, Condition | None]]:
    yield level.message, None
    for wording in level.wording:
        yield wording.message, wording.when
