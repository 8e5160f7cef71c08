"""How lint is read: by people, and by programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from orderguard.page import Page
from orderguard.tools.lint.problem import LintProblem


def as_text(problems: Sequence[LintProblem]) -> str:
    """Each problem as a paragraph: place and code, what, why, remedy."""
    page = Page()
    for problem in problems:
        of_rule = f" in rule {problem.rule}" if problem.rule else ""
        page.line(f"{problem.file}:{problem.line}: {problem.code}{of_rule}")
        page.field("What", problem.problem)
        page.field("Why", problem.why)
        page.field("Remedy", problem.remedy)
        page.blank()
    if problems:
        page.put(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}.")
    return page.take()


def as_json(problems: Sequence[LintProblem]) -> str:
    """An array with an object for each problem."""
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "rule": problem.rule,
            "code": problem.code,
            "problem": problem.problem,
            "why": problem.why,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
