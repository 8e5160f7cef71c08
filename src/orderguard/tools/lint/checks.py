"""What lint looks for: each check with its code, and in plain words what it finds, why, and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

Code: TypeAlias = Literal[
    "unreadable-file",
    "wrong-shape",
    "value-set",
    "does-not-load",
    "unknown-fact",
    "unknown-name",
    "name-taken",
    "wrong-scope",
    "type-mismatch",
    "limit-out-of-range",
    "constant-condition",
    "repeated-condition",
    "redundant-clause",
    "too-many-combinations",
    "never-violated",
    "unreachable-level",
    "unreachable-wording",
    "level-order",
    "overridable-without-block",
    "gap-between-bands",
    "duplicate-rule",
    "block-without-source",
    "recall-without-note",
    "limit-without-dated-source",
    "undated-source",
    "unused-source",
    "unused-setting",
    "missing-example",
    "missing-boundary-example",
    "wrong-example",
    "false-cannot",
    "unknown-placeholder",
    "hard-coded-limit",
]


class Check(NamedTuple):
    """One check.

    Attributes:
        finds: what it finds.
        why: why that matters.
        remedy: what to do.
    """

    finds: str
    why: str
    remedy: str


_NO_ORDER = "No order is checked while the rules do not load."
_ONE_READING = "A reader and the program must understand the file alike."

CHECKS: Mapping[Code, Check] = {
    "unreadable-file": Check(
        "a file that cannot be read as YAML, or that uses a part of YAML that rule files may not use",
        f"{_NO_ORDER} The narrow form leaves no value to a guess, such as `no` for a word.",
        "Correct the line, or write the value out.",
    ),
    "wrong-shape": Check(
        "a key that is missing, not known or in the wrong place, or a value of the wrong form",
        "A misspelt key would be a requirement that nobody checks.",
        "Write the key as `orderguard schema rules` describes it.",
    ),
    "value-set": Check(
        "a mistake in the value sets under `terminology`",
        "The measurements read drug names, codes and units through the value sets.",
        "Correct the entry in the value set.",
    ),
    "does-not-load": Check(
        "anything else for which the rules do not load",
        _NO_ORDER,
        "Correct what the message names.",
    ),
    "unknown-fact": Check(
        "the name of a fact that does not exist",
        "A rule can ask only what is measured; a misspelt fact would never be known.",
        "Use a fact of the vocabulary, spelt as it is there.",
    ),
    "unknown-name": Check(
        "the name of a scope, source, setting, product, disease or test that does not exist",
        "What the name stands for cannot be found.",
        "Correct the name, or add what it names.",
    ),
    "name-taken": Check(
        "a name that stands for two things: two rules, packs or examples of one name, or one product twice",
        "Findings, logs and sites name rules by their id, which must mean one thing.",
        "Give one of the two another name.",
    ),
    "wrong-scope": Check(
        "a fact of another scope than the rule's, or `among` in a rule that is on no list",
        "Such a fact has no single value where the rule is asked.",
        "Use a fact of the order or of the rule's own scope, or change the scope of the rule.",
    ),
    "type-mismatch": Check(
        "a constant or operator that does not fit the kind of the fact, or a setting in another unit",
        "The comparison would compare things of different kinds, such as days with months.",
        "Use an operator and a constant of the fact's own kind and unit.",
    ),
    "limit-out-of-range": Check(
        "a constant that the fact can never reach",
        "The comparison would be always true or never true.",
        "Check the unit and the digits of the constant.",
    ),
    "constant-condition": Check(
        "a condition that is true, or false, whatever the facts",
        "Such a condition checks nothing, although it looks like a check.",
        "Leave the condition out, or correct its operator or constant.",
    ),
    "repeated-condition": Check(
        "a condition that stands twice in one list",
        "The second one was probably meant to be another one.",
        "Correct the second one, or leave it out.",
    ),
    "redundant-clause": Check(
        "a part of a condition that can be left out without any effect",
        "A part without effect misleads the reader, or hides a slip: it was probably meant to matter.",
        "Leave the part out, or correct it so that it matters.",
    ),
    "too-many-combinations": Check(
        "a rule with more combinations than the engine or the tools can go through",
        "Such a rule could not be judged, or not be checked.",
        "Split the rule into several.",
    ),
    "never-violated": Check(
        "a level that no facts violate",
        "Its requirement holds whenever it is asked, so it can never warn.",
        "Check the limits of `applies`, `among` and `require` against each other.",
    ),
    "unreachable-level": Check(
        "a level that never decides, because a stricter level always speaks first",
        "Its message is never shown.",
        "Correct the limit of the level, or leave the level out.",
    ),
    "unreachable-wording": Check(
        "a message that is never shown, because another one always comes first",
        "The author meant it to be read.",
        "Correct its condition or the order of the wordings, or leave it out.",
    ),
    "level-order": Check(
        "levels that do not stand strictest first",
        "Readers take the first level for the strictest.",
        "Put the strictest level first.",
    ),
    "overridable-without-block": Check(
        "`overridable` on something that does not block",
        "Only what blocks needs someone to release the order.",
        "Leave `overridable` out, or make the level a `block`.",
    ),
    "gap-between-bands": Check(
        "two bands between which one value, or less than a step, belongs to neither",
        "Whoever is exactly there falls through both.",
        "Let one of the bands include its limit, or write the exception with `equals`.",
    ),
    "duplicate-rule": Check(
        "two rules of one scope that always have the same outcome",
        "Every finding would be shown twice, and a later change would reach one of them only.",
        "Keep one of them, or correct the one that was meant to differ.",
    ),
    "block-without-source": Check(
        "a rule that blocks and names no source",
        "Whoever must stop an order has to be able to read why.",
        "Name the source; a choice of your own is a source of the kind `project`.",
    ),
    "recall-without-note": Check(
        "the confidence `recall` without a note",
        "What was not read again must be said, so that someone can read it.",
        "Add a `note` that says what was recalled.",
    ),
    "limit-without-dated-source": Check(
        "a rule none of whose sources has a revision with a year, and that does not say so in a note",
        "A limit can only be checked again against a text whose edition is known.",
        "Name a source with a dated revision; if there is none, lower the confidence and say so in a `note`.",
    ),
    "undated-source": Check(
        "a source without a `revision`",
        "A limit can only be checked again against a text whose edition is known.",
        "Give the revision or date of the text; if it has none, write `revision: undated`.",
    ),
    "unused-source": Check(
        "a source that no rule cites",
        "Readers take the list for the texts on which the rules rest.",
        "Cite it where it was read, or take it off the list.",
    ),
    "unused-setting": Check(
        "a setting on which nothing depends",
        "A site would choose, and nothing would change.",
        "Use it as `{setting: NAME}`, in `only_when` or in `measure`, or take it out.",
    ),
    "missing-example": Check(
        "a kind of outcome that no example shows, and for which `cannot` gives no reason",
        "What no example shows, nobody has looked at.",
        "Add an example, or say under `cannot` why there can be none.",
    ),
    "missing-boundary-example": Check(
        "a limit without an example exactly at it, or without one just beyond it",
        "Slips happen at limits: `more than` for `at least`, or a limit one step off.",
        "Add the example; `orderguard rules boundaries ID` proposes them.",
    ),
    "wrong-example": Check(
        "an example that contradicts its rule",
        "Either the rule or the example is wrong, and a person has to say which.",
        "Decide which of the two is right, and correct the other.",
    ),
    "false-cannot": Check(
        "an outcome under `cannot` that can occur",
        "`cannot` stands in for an example, so nobody looks at that outcome.",
        "Replace the entry under `cannot` by an example.",
    ),
    "unknown-placeholder": Check(
        "a placeholder in a message that stands for nothing, or for more than one limit",
        "The pharmacist would read a message with a hole.",
        "Name a fact of the rule's scope, or a fact with the operator that this level uses.",
    ),
    "hard-coded-limit": Check(
        "a limit written out in a message, or in a title while a setting may move it",
        "When the limit moves, the text stays and is wrong.",
        "In a message write `{fact operator}` instead; in a title say it without the number.",
    ),
}
