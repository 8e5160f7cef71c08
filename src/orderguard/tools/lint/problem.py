"""One thing that lint finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from orderguard.rulebook.yaml_source import YamlPath
from orderguard.tools.lint.checks import CHECKS, Code


@dataclass(frozen=True, order=True)
class LintProblem:
    """One thing that is wrong with a rule file.

    Attributes:
        file: the file.
        line: the line in it, from 1.
        code: the check that found it.
        problem: what is wrong there.
        rule: the id of the rule, or None where it belongs to no single rule.
        path: its place below the rule, if it has one.
    """

    file: str
    line: int
    code: Code
    problem: str
    rule: str | None = None
    path: YamlPath = field(default=(), compare=False)

    @property
    def why(self) -> str:
        """Why it matters."""
        return CHECKS[self.code].why

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return CHECKS[self.code].remedy
