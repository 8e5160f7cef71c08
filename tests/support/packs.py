"""Copies of the bundled rules with the rule file changed as text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from orderguard.errors import RulesError, RulesProblem
from orderguard.rulebook.load import bundled_rules, load_rulebook

PACKS = {"lemtrada": "lemtrada-ms.yaml", "campath": "campath-cll.yaml"}
"""The rule file of each product."""

_RULE = re.compile(r"^  - id: (\S+)$", re.MULTILINE)
_WITHIN_EXAMPLE = " " * 8
_RAISED = {"info": "warn", "warn": "block", "block": "block"}


def changed_rules(directory: Path, change: Callable[[str], str], product: str) -> Path:
    """A copy of the bundled rules under a directory, with the text of a product's pack changed."""
    rules = directory / "rules"
    shutil.copytree(bundled_rules(), rules)
    pack = rules / PACKS[product]
    before = pack.read_text(encoding="utf-8")
    after = change(before)
    if after == before:
        raise ValueError("the change changes nothing")
    pack.write_text(after, encoding="utf-8")
    return rules


def drop_wrong_examples(rules: Path, product: str) -> None:
    """Take out the examples that a higher severity made wrong.

    Where two levels have one severity, the violated one speaks where before the stricter, unknown one did.
    """
    try:
        load_rulebook(rules)
    except RulesError as error:
        pack = rules / PACKS[product]
        pack.write_text(_without_examples(pack.read_text(encoding="utf-8"), error.problems), encoding="utf-8")


def _without_examples(text: str, problems: Sequence[RulesProblem]) -> str:
    """The text without the examples that give another outcome than they say."""
    lines: list[str | None] = list(text.splitlines(keepends=True))
    for problem in problems:
        if "the example" not in problem.message or "but the rule answers" not in problem.message:
            raise RulesError(problems)
        lines[problem.line - 1] = None
        for number in range(problem.line, len(lines)):
            if not (lines[number] or "").startswith(_WITHIN_EXAMPLE):
                break
            lines[number] = None
    return "".join(line for line in lines if line is not None)


def blocks(text: str) -> tuple[str, list[str]]:
    """What stands before the rules, and the text of each rule."""
    starts = [match.start() for match in _RULE.finditer(text)]
    ends = [*starts[1:], len(text)]
    rules = [text[start:end].rstrip("\n") + "\n\n" for start, end in zip(starts, ends, strict=True)]
    return text[: starts[0]], rules


def id_of(block: str) -> str:
    """The id of the rule in a block."""
    return block.split(maxsplit=3)[2]


def raised(chosen: Callable[[str], bool], steps: int = 1) -> Callable[[str], str]:
    """A change that makes the rules with a chosen id stricter by a step: info to warn, warn to block."""

    def change(text: str) -> str:
        head, rules = blocks(text)
        return head + "".join(_stricter(block, steps) if chosen(id_of(block)) else block for block in rules)

    return change


def _stricter(block: str, steps: int) -> str:
    for _ in range(steps):
        block = re.sub(
            r"\bseverity: (info|warn|block)\b", lambda match: f"severity: {_RAISED[match[1]]}", block
        )
    return block


def added_rule(severity: str, fact: str, operator: str, limit: int) -> str:
    """The text of a rule that compares an order's whole number with a limit, `at_least` or `at_most`."""
    beyond = limit - 1 if operator == "at_least" else limit + 1
    return f"""
  - id: added-rule
    title: A rule that was added
    severity: {severity}
    require: {{{fact}: {{{operator}: {limit}}}}}
    message: "{{{fact}}} instead of {{{fact} {operator}}}"
    action: None.
    rationale: None.
    sources: [{{source: project}}]
    confidence: high
    review: unreviewed
    since: "0.1"
    examples:
      - {{name: met, facts: {{{fact}: {limit}}}, expect: cleared}}
      - {{name: not met, facts: {{{fact}: {beyond}}}, expect: violated}}
      - {{name: not known, facts: {{}}, expect: not-evaluated}}
"""


def with_rule(rule: str) -> Callable[[str], str]:
    """A change that adds a rule."""
    return lambda text: text.rstrip("\n") + "\n" + rule


def shuffled(seed: int) -> Callable[[str], str]:
    """A change that puts the rules in another order."""

    def change(text: str) -> str:
        head, rules = blocks(text)
        Random(seed).shuffle(rules)
        return head + "".join(rules)

    return change
