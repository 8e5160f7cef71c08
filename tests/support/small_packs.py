"""Small packs on a vocabulary of their own, for tests of the tools around rules."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import cast

from orderguard.facts.definition import Fact, Kind, Scope
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.load import compile_packs
from orderguard.rulebook.pack import Rule
from orderguard.rulebook.yaml_source import parse_yaml

VOCABULARY = Vocabulary(
    [
        Fact("age", "order", Kind.INTEGER, "age", "years", lowest=0),
        Fact("weight", "order", Kind.DECIMAL, "weight", "kg", lowest=0),
        Fact("adult", "order", Kind.BOOLEAN, "adult"),
        Fact("consent", "order", Kind.BOOLEAN, "consent"),
        Fact("checked", "order", Kind.BOOLEAN, "checked", never_false=True),
        Fact("route", "order", Kind.WORD, "route", words=("oral", "intravenous", "other")),
        Fact("vaccines.count", "order", Kind.INTEGER, "number of vaccines", "vaccines", lowest=0),
        Fact("vaccine.live", "vaccine", Kind.BOOLEAN, "live vaccine"),
        Fact("vaccine.days", "vaccine", Kind.INTEGER, "days before", "days"),
    ],
    (Scope("order"), Scope("vaccine", "vaccines.count")),
)
_TERMINOLOGY = cast(
    Terminology,
    SimpleNamespace(products={"lemtrada": 0}, diseases={"multiple-sclerosis": 0}, sha_material=b"value sets"),
)
_HEAD = """\
pack: some-pack
version: "2026.11"
title: Some pack
covers: {product: lemtrada}
measure: {indication: multiple-sclerosis}
sources:
  label: {title: The label, publisher: FDA, kind: label}
rules:
"""
_REST = """\
  title: Some rule
  action: Do something.
  rationale: Some reason.
  sources: [{source: label}]
  confidence: high
  review: unreviewed
  since: "0.1"
"""


def small_rule(logic: str, examples: str | None = None) -> Rule:
    """A rule of some logic, with some examples; without examples nothing of it can be shown.

    Args:
        logic: the keys of the rule that say what it asks, such as `severity` and `require`.
        examples: the list of its examples.
    """
    shown = examples or "- {name: nothing known, facts: {}, expect: not-evaluated}"
    cannot = "" if examples else "  cannot: {violated: not shown, cleared: not shown}\n"
    text = "- id: some-rule\n" + _REST + cannot + _indented(logic, 2) + "  examples:\n" + _indented(shown, 4)
    packs, problems = compile_packs([parse_yaml(_HEAD + text, "pack.yaml")], VOCABULARY, _TERMINOLOGY)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return packs[0].rules[0]


def _indented(text: str, blanks: int) -> str:
    return textwrap.indent(textwrap.dedent(text).strip() + "\n", " " * blanks)
