"""What the logic of a rule can do, asked of its boundary grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orderguard.rulebook.conditions import Condition, facts_of, render
from orderguard.rulebook.pack import Level, Outcome, Wording
from orderguard.rulebook.yaml_source import YamlPath
from orderguard.tools.grid import Answer, Facts, Grid, GridTooLargeError, RuleJudge
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Slot, Subject, drops


class LogicCheck:
    """Looks at one rule.

    Args:
        subject: the rule.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._rule = subject.rule
        self._judge = RuleJudge(self._rule, subject.vocabulary)
        self._points: list[Facts] = []
        self._answers: list[Answer] = []

    def problems(self) -> Iterator[LintProblem]:
        """What is wrong with the logic of the rule."""
        try:
            self._points = list(Grid(self._rule, self._subject.vocabulary, wordings=True))
        except GridTooLargeError as error:
            yield self._subject.problem("too-many-combinations", (), str(error))
            return
        self._answers = [self._judge(point) for point in self._points]
        silent = list(self._silent_levels())
        yield from silent
        # In a level that never speaks, everything is redundant.
        if not silent:
            yield from self._redundant_clauses()
            for index in range(len(self._rule.levels)):
                yield from self._wordings(index)
        yield from self._false_cannot()

    # -- levels --

    def _silent_levels(self) -> Iterator[LintProblem]:
        """Levels that never decide, and those that are asked in vain."""
        deciding = {index for _, index in self._answers}
        violated = [self._can_be_violated(level) for level in self._rule.levels]
        shown = {self._judge(example.facts)[1] for example in self._rule.examples}
        for index, (level, path) in enumerate(zip(self._rule.levels, self._subject.level_paths, strict=True)):
            name = f"level {int(path[1]) + 1} ({level.severity})" if path else "the rule"
            if index not in deciding:
                text = f"{name} never decides: see the levels above it"
                yield self._subject.problem("unreachable-level", path, text)
            elif not any(violated) or (not violated[index] and index not in shown):
                text = f"no facts violate {name}"
                yield self._subject.problem("never-violated", (*path, "require"), text)

    def _can_be_violated(self, level: Level) -> bool:
        judge = self._alone(level)
        return any(judge(point)[0] is Outcome.VIOLATED for point in self._points)

    # -- clauses --

    def _redundant_clauses(self) -> Iterator[LintProblem]:
        for slot in self._subject.slots:
            if slot.part != "require" and self._is_same(slot, None):
                yield self._redundant(slot.path, slot.condition, f"`{slot.part}` has no effect")
                continue
            found: list[YamlPath] = []
            for drop in drops(slot.condition):
                inside = any(drop.path[: len(outer)] == outer for outer in found)
                if not inside and self._is_same(slot, drop.rest):
                    found.append(drop.path)
                    yield self._redundant((*slot.path, *drop.path), drop.clause, "this clause has no effect")

    def _is_same(self, slot: Slot, condition: Condition | None) -> bool:
        """Whether each level that a condition is part of stays as it was when the condition changes.

        Each level is looked at alone: a condition may say again that a stricter level does not speak.
        """
        changed = self._subject.with_slot(slot, condition)
        for index in slot.levels:
            one = self._alone(self._rule.levels[index])
            other = self._alone(changed.levels[index])
            if any(one(point) != other(point) for point in self._points):
                return False
        return True

    def _alone(self, level: Level) -> RuleJudge:
        return RuleJudge(replace(self._rule, levels=(level,)), self._subject.vocabulary)

    def _redundant(self, path: YamlPath, clause: Condition, start: str) -> LintProblem:
        text = f"{start}: {render(clause, self._subject.vocabulary)}"
        return self._subject.problem("redundant-clause", path, text)

    # -- wordings --

    def _wordings(self, index: int) -> Iterator[LintProblem]:
        """Wordings that are never shown, and their clauses that make no difference."""
        level, path = self._rule.levels[index], self._subject.level_paths[index]
        seen = [p for p, answer in zip(self._points, self._answers, strict=True) if _violates(answer, index)]
        if not seen:
            # A level that only asks for what is not known never shows its message.
            return
        chosen = {_chosen(level.wording, point) for point in seen}
        for number in range(len(level.wording)):
            if number not in chosen:
                place = (*path, "wording", number)
                yield self._subject.problem("unreachable-wording", place, "this wording is never shown")
        if None not in chosen:
            text = "the message is never shown: one of the wordings always comes first"
            yield self._subject.problem("unreachable-wording", (*path, "message"), text)
        for number in range(len(level.wording)):
            if number in chosen:
                when = level.wording[number].when
                yield from self._wording_clauses((*path, "wording", number, "when"), when)

    def _wording_clauses(self, path: YamlPath, when: Condition) -> Iterator[LintProblem]:
        """Clauses that do not change when a wording is true. Others may be there for the reader."""
        before = [when.truth(point) is True for point in self._points]
        found: list[YamlPath] = []
        for drop in drops(when):
            inside = any(drop.path[: len(outer)] == outer for outer in found)
            if not inside and [drop.rest.truth(point) is True for point in self._points] == before:
                found.append(drop.path)
                yield self._redundant((*path, *drop.path), drop.clause, "this clause has no effect")

    # -- outcomes --

    def _false_cannot(self) -> Iterator[LintProblem]:
        for outcome in self._rule.cannot:
            shown = next(
                (p for p, (found, _) in zip(self._points, self._answers, strict=True) if found is outcome),
                None,
            )
            if shown is not None:
                words = (
                    ", ".join(f"{name} {_plain(value)}" for name, value in shown.items()) or "nothing known"
                )
                text = f"the rule is {outcome} on: {words}"
                yield self._subject.problem("false-cannot", ("cannot", outcome.value), text)


def _violates(answer: Answer, index: int) -> bool:
    return answer == (Outcome.VIOLATED, index)


def _chosen(wordings: tuple[Wording, ...], facts: Facts) -> int | None:
    """The wording that is shown; None for the plain message."""
    return next((i for i, wording in enumerate(wordings) if wording.when.truth(facts) is True), None)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def same_logic(subjects: list[Subject]) -> Iterator[LintProblem]:
    """Rules that have the same outcome as an earlier rule, whatever the facts."""
    earlier: dict[tuple[str, frozenset[str]], list[Subject]] = {}
    for subject in subjects:
        rule = subject.rule
        names = {name for level in rule.levels for c in level.conditions for name in facts_of(c)}
        alike = earlier.setdefault((rule.scope, frozenset(names)), [])
        try:
            other = next((each for each in alike if _answer_alike(each, subject)), None)
        except GridTooLargeError as error:
            text = f"it cannot be compared with the rules on the same facts: {error}"
            yield subject.problem("too-many-combinations", (), text)
            continue
        if other is not None:
            text = f"the rule always has the same outcome as `{other.rule.id}` (line {other.rule.line})"
            yield subject.problem("duplicate-rule", (), text)
        alike.append(subject)


def _answer_alike(one: Subject, other: Subject) -> bool:
    grid = Grid(one.rule, one.vocabulary, [other.rule])
    judges = [RuleJudge(each.rule, each.vocabulary) for each in (one, other)]
    return all(judges[0](point)[0] is judges[1](point)[0] for point in grid)
