"""`orderguard rules lint`: what is wrong with rule files, said all at once."""

from orderguard.tools.lint.linting import lint_rules
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.report import as_json, as_text

__all__ = ["LintProblem", "as_json", "as_text", "lint_rules"]
