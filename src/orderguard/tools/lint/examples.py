"""Limits of a rule that its examples leave untried."""

from __future__ import annotations

from collections.abc import Iterator

from orderguard.rulebook.conditions import format_value
from orderguard.tools.edges import Edge, edges_of
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject


def untried_limits(subject: Subject) -> Iterator[LintProblem]:
    """Each limit without an example exactly at it, or without one at most a step beyond it."""
    edges = {edge: None for slot in subject.slots for edge in edges_of(slot.condition, subject.vocabulary)}
    for edge in edges:
        if not _is_tried(subject, edge):
            place = ("just below", "at", "just above")[edge.side + 1]
            text = f"no example has {edge.fact.label} {place} {format_value(edge.fact, edge.limit)}"
            yield subject.problem("missing-boundary-example", ("examples",), f"{text} (`{edge.fact.name}`)")


def _is_tried(subject: Subject, edge: Edge) -> bool:
    values = [example.facts.get(edge.fact.name) for example in subject.rule.examples]
    return not edge.is_possible or any(edge.holds(value) for value in values)
