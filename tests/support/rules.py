"""Rules made in tests, without a file."""

from __future__ import annotations

from orderguard.facts.definition import Fact, Kind, Scope
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import Condition
from orderguard.rulebook.pack import Level, Rule, Severity

VOCABULARY = Vocabulary(
    [
        Fact("known", "order", Kind.BOOLEAN, "known"),
        Fact("enrolled", "order", Kind.BOOLEAN, "enrolled"),
        Fact("days", "order", Kind.INTEGER, "days", "d", lowest=-4, highest=6),
        Fact("dose", "order", Kind.DECIMAL, "dose", "mg"),
        Fact("route", "order", Kind.WORD, "route", words=("oral", "iv", "im", "other")),
        Fact("things", "order", Kind.INTEGER, "things", "things", lowest=0),
        Fact("thing.size", "thing", Kind.INTEGER, "size", "mm", lowest=0),
        Fact("thing.kind", "thing", Kind.WORD, "kind", words=("a", "b", "c")),
    ],
    [Scope("order"), Scope("thing", "things")],
)


def level(
    require: Condition,
    *,
    applies: Condition | None = None,
    among: Condition | None = None,
    severity: Severity = Severity.BLOCK,
) -> Level:
    """A level that says nothing but its conditions."""
    return Level(severity, False, applies, among, require, "text")


def rule(*levels: Level, scope: str = "order") -> Rule:
    """A rule of levels."""
    return Rule(
        id="rule",
        title="title",
        scope=scope,
        levels=levels,
        action="action",
        rationale="rationale",
        sources=(),
        confidence="high",
        note=None,
        review="unreviewed",
        since="0.1",
        locked=False,
        history=(),
        equivalent={},
        cannot={},
        examples=(),
        file="rules.yaml",
        line=1,
    )
