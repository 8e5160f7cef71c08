"""What the logic of a rule can do, asked of its boundary grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orderguard.rulebook.conditions import Condition, facts_of, render
from orderguard.rulebook.pack import Outcome, Rule, Wording
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
        self._points: list[Facts] = []
        self._answers: list[Answer] = []

    def problems(self) -> Iterator[LintProblem]:
        """What is wrong with the logic of the rule."""
        try:
            self._points = list(Grid(self._rule, self._subject.vocabulary, wordings=True))
        except GridTooLargeError as error:
            yield self._subject.problem("too-many-combinations", (), str(error))
            return
        judge = RuleJudge(self._rule, self._subject.vocabulary)
        self._answers = [judge(point) for point in self._points]
        silent = set(self._silent_levels())
        yield from (self._silent_level(index) for index in sorted(silent))
        # In a level that never speaks, everything is redundant.
        if not silent:
            yield from self._redundant_clauses()
        for index in range(len(self._rule.levels)):
            if index not in silent:
                yield from self._wordings(index)
        yield from self._false_cannot()

    # -- levels --

    def _silent_levels(self) -> Iterator[int]:
        deciding = {index for _, index in self._answers}
        for index, level in enumerate(self._rule.levels):
            if index not in deciding or not self._can_be_violated(replace(self._rule, levels=(level,))):
                yield index

    def _can_be_violated(self, alone: Rule) -> bool:
        judge = RuleJudge(alone, self._subject.vocabulary)
        return any(judge(point)[0] is Outcome.VIOLATED for point in self._points)

    def _silent_level(self, index: int) -> LintProblem:
        level, path = self._rule.levels[index], self._subject.level_paths[index]
        name = "the rule" if len(self._rule.levels) == 1 else f"level {index + 1} ({level.severity})"
        if not self._can_be_violated(replace(self._rule, levels=(level,))):
            return self._subject.problem("never-violated", (*path, "require"), f"no facts violate {name}")
        return self._subject.problem(
            "unreachable-level", path, f"{name} never decides: see the levels above it"
        )

    # -- clauses --

    def _redundant_clauses(self) -> Iterator[LintProblem]:
        for slot in self._subject.slots:
            if slot.part != "require" and self._is_same(self._subject.with_slot(slot, None)):
                yield self._redundant(slot.path, slot.condition, f"`{slot.part}` has no effect")
                continue
            yield from self._redundant_in(slot)

    def _redundant_in(self, slot: Slot) -> Iterator[LintProblem]:
        found: list[YamlPath] = []
        for drop in drops(slot.condition):
            inside = any(drop.path[: len(outer)] == outer for outer in found)
            if not inside and self._is_same(self._subject.with_slot(slot, drop.rest)):
                found.append(drop.path)
                yield self._redundant((*slot.path, *drop.path), drop.clause, "this clause has no effect")

    def _is_same(self, variant: Rule) -> bool:
        judge = RuleJudge(variant, self._subject.vocabulary)
        return all(judge(point) == answer for point, answer in zip(self._points, self._answers, strict=True))

    def _redundant(self, path: YamlPath, clause: Condition, start: str) -> LintProblem:
        text = f"{start}: {render(clause, self._subject.vocabulary)}"
        return self._subject.problem("redundant-clause", path, text)

    # -- wordings --

    def _wordings(self, index: int) -> Iterator[LintProblem]:
        """Wordings that are never shown, and their clauses that make no difference."""
        level, path = self._rule.levels[index], self._subject.level_paths[index]
        seen = [p for p, answer in zip(self._points, self._answers, strict=True) if _violates(answer, index)]
        chosen = [_chosen(level.wording, point) for point in seen]
        for number in range(len(level.wording)):
            if number not in chosen:
                place = (*path, "wording", number)
                yield self._subject.problem("unreachable-wording", place, "this wording is never shown")
        if None not in chosen:
            text = "the message is never shown: one of the wordings always comes first"
            yield self._subject.problem("unreachable-wording", (*path, "message"), text)
        for number in range(len(level.wording)):
            if number in chosen:
                yield from self._wording_clauses(
                    (*path, "wording", number, "when"), level.wording, number, seen
                )

    def _wording_clauses(
        self, path: YamlPath, wordings: tuple[Wording, ...], number: int, seen: list[Facts]
    ) -> Iterator[LintProblem]:
        before = [_chosen(wordings, point) for point in seen]
        found: list[YamlPath] = []
        for drop in drops(wordings[number].when):
            changed = replace(wordings[number], when=drop.rest)
            others = (*wordings[:number], changed, *wordings[number + 1 :])
            inside = any(drop.path[: len(outer)] == outer for outer in found)
            if not inside and [_chosen(others, point) for point in seen] == before:
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
