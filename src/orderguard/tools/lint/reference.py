"""The reference page of all checks; `python -m orderguard.tools.lint.reference` prints it."""

from __future__ import annotations

import sys

from orderguard.tools.lint.checks import CHECKS


def reference_page() -> str:
    """The reference page of all checks, in Markdown."""
    lines = [
        "# What `orderguard rules lint` looks for",
        "",
        "<!-- Made by `python -m orderguard.tools.lint.reference`; a test holds it against the checks. -->",
        "",
        "Lint prints nothing and ends with exit code 0 when the rules are good. Otherwise it prints every",
        "problem with file, line, what it is, why it matters and the remedy, and ends with exit code 1.",
        "`--format json` prints an array of objects with the keys `file`, `line`, `rule`, `code`, `problem`,",
        "`why` and `remedy`. There is no way to silence a check.",
        "",
        "| Code | Finds | Why | Remedy |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{code}` | {check.finds} | {check.why} | {check.remedy} |"
        for code, check in sorted(CHECKS.items())
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference_page())
