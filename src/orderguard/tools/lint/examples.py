"""Limits of a rule that its examples leave untried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orderguard.rulebook.conditions import format_value
from orderguard.tools.edges import Edge, edges_of
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject


def untried_limits(worlds: Sequence[Subject]) -> Iterator[LintProblem]:
    """Each limit without an example exactly at it, or without one at most a step beyond it.

    Args:
        worlds: the rule with each choice of settings that it is looked at with.
    """
    found: dict[Edge, list[Subject]] = {}
    for subject in worlds:
        for edge in dict.fromkeys(
            e for s in subject.slots for e in edges_of(s.condition, subject.vocabulary)
        ):
            found.setdefault(edge, []).append(subject)
    for edge, subjects in found.items():
        if edge.is_possible and not any(_is_tried(subject, edge) for subject in subjects):
            place = ("just below", "at", "just above")[edge.side + 1]
            text = f"no example has {edge.fact.label} {place} {format_value(edge.fact, edge.limit)}"
            yield subjects[0].problem(
                "missing-boundary-example", ("examples",), f"{text} (`{edge.fact.name}`)"
            )


def _is_tried(subject: Subject, edge: Edge) -> bool:
    """Whether an example for these settings stands there."""
    examples = [example for example in subject.rule.examples if example.settings == subject.chosen]
    return any(edge.holds(example.facts.get(edge.fact.name)) for example in examples)
