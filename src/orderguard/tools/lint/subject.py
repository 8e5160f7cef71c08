"""A rule together with the places in its file, and the rule with a part of it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import AllOf, AnyOf, Condition, Not
from orderguard.rulebook.pack import Level, Rule, conjunction
from orderguard.rulebook.settings import NO_SETTINGS, Settings, SettingValue
from orderguard.rulebook.yaml_source import YamlPath, YamlSource
from orderguard.tools.lint.checks import Code
from orderguard.tools.lint.problem import LintProblem


class Slot(NamedTuple):
    """A condition of a rule and where it stands.

    Attributes:
        path: its place below the rule, with the name of the part (applies, among, require) at the end.
        condition: the condition.
        levels: the indices of the levels that it is part of.
    """

    path: YamlPath
    condition: Condition
    levels: tuple[int, ...]

    @property
    def part(self) -> str:
        """The part of a level that it is: applies, among or require."""
        return str(self.path[-1])


@dataclass(frozen=True)
class Subject:
    """A rule to be looked at, with certain settings.

    Attributes:
        rule: the rule.
        source: its file.
        path: the place of the rule in the file.
        vocabulary: the facts that rules may use.
        settings: the settings of its pack as they are in effect.
        chosen: those that were chosen, so that all levels are looked at.
    """

    rule: Rule
    source: YamlSource
    path: YamlPath
    vocabulary: Vocabulary
    settings: Settings = NO_SETTINGS
    chosen: Mapping[str, SettingValue] = field(default_factory=dict)

    def problem(self, code: Code, path: YamlPath, text: str) -> LintProblem:
        """A problem at a place below the rule."""
        line = self.source.line((*self.path, *path))
        return LintProblem(self.source.file, line, code, text, self.rule.id, path)

    @cached_property
    def data(self) -> Any:
        """The rule as it stands in the file."""
        found: Any = self.source.data
        for step in self.path:
            found = found[step]
        return found

    @cached_property
    def level_paths(self) -> tuple[YamlPath, ...]:
        """The place of each level below the rule; levels that settings leave out have none."""
        if "levels" not in self.data:
            return ((),)
        written = iter(enumerate(self.data["levels"]))
        return tuple(
            ("levels", next(index for index, part in written if _is_written(level, part)))
            for level in self.rule.levels
        )

    def has(self, path: YamlPath) -> bool:
        """Whether the settings leave the place below the rule in; levels are what they may leave out."""
        return path[:1] != ("levels",) or len(path) == 1 or path[:2] in self.level_paths

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The conditions of the levels. An `applies` that all levels share stands once."""
        shared = self._shared_applies
        found = [] if shared is None else [Slot(("applies",), shared, tuple(range(len(self.rule.levels))))]
        for index, (level, path) in enumerate(zip(self.rule.levels, self.level_paths, strict=True)):
            own = self._own_applies(level, path)
            parts = {"applies": own, "among": level.among, "require": level.require}
            found += [Slot((*path, name), c, (index,)) for name, c in parts.items() if c is not None]
        return tuple(found)

    @cached_property
    def _shared_applies(self) -> Condition | None:
        """The rule's own `applies`: in each level it is joined with that of the level."""
        if "applies" not in self.data:
            return None
        level, path = self.rule.levels[0], self.level_paths[0]
        return self._joined(level)[0] if self._has_own(path) else level.applies

    def _own_applies(self, level: Level, path: YamlPath) -> Condition | None:
        if self._shared_applies is None:
            return level.applies
        return self._joined(level)[1] if self._has_own(path) else None

    def _has_own(self, path: YamlPath) -> bool:
        return path != () and "applies" in self.data["levels"][path[1]]

    @staticmethod
    def _joined(level: Level) -> tuple[Condition, ...]:
        assert isinstance(level.applies, AllOf)  # noqa: S101
        return level.applies.items

    def with_slot(self, slot: Slot, condition: Condition | None) -> Rule:
        """The rule with one condition changed, or with None left out."""
        levels = list(self.rule.levels)
        for index in slot.levels:
            changed = condition
            if slot.part == "applies" and self._shared_applies is not None:
                if slot.path == ("applies",):
                    own = self._own_applies(levels[index], self.level_paths[index])
                    changed = conjunction(condition, own)
                else:
                    changed = conjunction(self._shared_applies, condition)
            levels[index] = _changed(levels[index], slot.part, changed)
        return replace(self.rule, levels=tuple(levels))


def _is_written(level: Level, part: Mapping[str, Any]) -> bool:
    """Whether a level can be what a part of the file says."""
    return bool(part["message"] == level.message and part.get("only_when", {}) == level.only_when)


def _changed(level: Level, part: str, condition: Condition | None) -> Level:
    if part == "applies":
        return replace(level, applies=condition)
    if part == "among":
        return replace(level, among=condition)
    assert condition is not None  # noqa: S101
    return replace(level, require=condition)


class Drop(NamedTuple):
    """A clause of a condition, and the condition without it.

    Attributes:
        path: the place of the clause below the condition.
        clause: the clause.
        rest: what is left.
    """

    path: YamlPath
    clause: Condition
    rest: Condition


def drops(condition: Condition) -> Iterator[Drop]:
    """The condition without each of its clauses; outer clauses before those inside them."""
    if isinstance(condition, Not):
        yield from (Drop(("not", *d.path), d.clause, Not(d.rest)) for d in drops(condition.item))
    elif isinstance(condition, AllOf | AnyOf):
        key = "all" if isinstance(condition, AllOf) else "any"
        items = condition.items
        for index, item in enumerate(items):
            before, after = items[:index], items[index + 1 :]
            if before or after:
                yield Drop((key, index), item, replace(condition, items=(*before, *after)))
            for inner in drops(item):
                rest = replace(condition, items=(*before, inner.rest, *after))
                yield Drop((key, index, *inner.path), inner.clause, rest)
