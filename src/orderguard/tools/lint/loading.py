"""What the loader refuses, in the form of lint.

The loader says in words what it refuses. The table below gives each kind of message its code; a message that
it does not know is `does-not-load`, so nothing is lost.
"""

from __future__ import annotations

import re

from orderguard.errors import RulesProblem
from orderguard.tools.lint.checks import Code
from orderguard.tools.lint.problem import LintProblem

_OF_RULE = re.compile(r"rule `(?P<rule>[^`]+)`: (?P<text>.*)", re.DOTALL)

MESSAGES: tuple[tuple[Code, str], ...] = (
    ("unknown-placeholder", r"a placeholder is "),
    ("unknown-placeholder", r"this level has (?:no|more than one) comparison of "),
    ("unknown-fact", r"there is no fact "),
    ("unused-setting", r"nothing depends on the setting "),
    ("unknown-name", r"there is no (?:scope|product|disease|laboratory test|rule|setting) "),
    ("unknown-name", r"no setting `[^`]*` stands below "),
    ("unknown-name", r"the source `[^`]*` is not listed "),
    ("unknown-name", r"`[^`]*` is no value of "),
    ("name-taken", r"the rule id `[^`]*` is (?:taken|reserved)"),
    ("name-taken", r"two examples are named "),
    ("name-taken", r"there is another pack "),
    ("name-taken", r"the pack `[^`]*` covers the product "),
    ("name-taken", r"the test `[^`]*` is listed twice"),
    ("wrong-scope", r"the fact `[^`]*` of the scope "),
    ("wrong-scope", r"`among` is for rules on lists"),
    ("wrong-scope", r"`[^`]*` is a number; `only_when` is for settings with words"),
    ("type-mismatch", r"`[^`]*` is (?:a number|a whole number|a word|`true` or `false`)"),
    ("type-mismatch", r"`[^`]*` is no word of "),
    ("type-mismatch", r"`[^`]*` cannot be asked of "),
    ("limit-out-of-range", r"`[^`]*` is not (?:below|above) "),
    ("limit-out-of-range", r"a number may "),
    ("constant-condition", r"this is (?:always|never) (?:true|false)"),
    ("repeated-condition", r"this condition stands twice "),
    ("repeated-condition", r"`one_of` lists a word twice"),
    ("too-many-combinations", r"the condition has too many combinations"),
    ("too-many-combinations", r"an outcome may have at most "),
    ("too-many-combinations", r"a combination may have at most "),
    ("too-many-combinations", r"the rule has too many comparisons"),
    ("too-many-combinations", r"a condition may be nested "),
    ("too-many-combinations", r"`one_of` may list at most "),
    ("level-order", r"the strictest level must come first"),
    ("overridable-without-block", r"only a `block` can be overridable"),
    ("block-without-source", r"a rule that blocks needs a source"),
    ("recall-without-note", r"`recall` needs a `note`"),
    ("missing-example", r"no example is "),
    ("wrong-example", r"the example `"),
    ("wrong-example", r"an example shows that "),
    ("wrong-example", r"`[^`]*` has no severity"),
    ("wrong-example", r"`severity` is missing: the rule has several"),
    ("wrong-example", r"with these settings the rule does not exist"),
    ("unreadable-file", r"is not valid YAML"),
    ("unreadable-file", r"(?:cannot be read|must be UTF-8 text|the file is empty|holds no rule file)"),
    ("unreadable-file", r"(?:is not read: |must hold one document only|is nested more than )"),
    ("unreadable-file", r"(?:aliases|anchors|tags|merge keys)\b"),
    ("unreadable-file", r"(?:the key `[^`]*` stands here a second time|a key must be plain text)"),
    ("wrong-shape", r"`[^`]*` (?:is missing|must |needs )"),
    ("wrong-shape", r"(?:`[^`]*`|item \d+ of `[^`]*`): "),
    ("wrong-shape", r"item \d+ of `[^`]*` must "),
    ("wrong-shape", r"the key `[^`]*` is not known here"),
    ("wrong-shape", r"a (?:rule file is a mapping|condition has exactly one key|constant is a value or )"),
    ("wrong-shape", r"`[^`]*` (?:stands in each of the `levels`|has `values`, so )"),
)
"""Each code with how messages of the loader begin; the first that fits counts."""

_SETTING_MAY_BE = re.compile(r"the setting `[^`]*` may be [^:]*: ")
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in MESSAGES)


def code_of(message: str) -> Code:
    """The code of what the loader says of a rule file, without the rule's name at its beginning."""
    text = _SETTING_MAY_BE.sub("", message)
    return next((code for code, pattern in _COMPILED if pattern.match(text)), "does-not-load")


def of_loader(problem: RulesProblem) -> LintProblem:
    """A problem of the loader with a rule file."""
    match = _OF_RULE.fullmatch(problem.message)
    rule, text = (match["rule"], match["text"]) if match else (None, problem.message)
    return LintProblem(problem.file, problem.line, code_of(text), text, rule)


def of_value_sets(problem: RulesProblem) -> LintProblem:
    """A problem of the loader with the value sets."""
    return LintProblem(problem.file, problem.line, "value-set", problem.message)
