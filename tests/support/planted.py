"""Rule files with one planted mistake each, and where lint has to find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orderguard.rulebook.load import bundled_rules
from support.packs import PACKS, blocks, changed_rules, id_of

_CAP = "require: {course.infusion_count: {at_most: 9}}"
_CAP_RULE = "planted-cap"
_MESSAGE = '"Infusions: {course.infusion_count}; at most {course.infusion_count at_most} expected."'
GOOD_RULE = f"""
  - id: {_CAP_RULE}
    title: No more than nine infusions
    severity: info
    {_CAP}
    message: {_MESSAGE}
    action: None.
    rationale: None.
    sources: [{{source: project}}]
    confidence: high
    review: unreviewed
    since: "0.1"
    examples:
      - {{name: Nine, facts: {{course.infusion_count: 9}}, expect: cleared}}
      - {{name: Ten, facts: {{course.infusion_count: 10}}, expect: violated}}
      - {{name: Not known, facts: {{}}, expect: not-evaluated}}
"""


@dataclass(frozen=True)
class Planted:
    """A mistake.

    Attributes:
        code: the check that finds it.
        rule: the rule in which it stands; None for the head of the file.
        old: the text that is replaced, once in the rule or head.
        new: what replaces it.
        at: a text of the changed rule or head, on whose line the problem stands; it is there once.
        of_rule: whether the problem belongs to the rule.
        beside: the rules without which it would be no mistake.
    """

    code: str
    rule: str | None
    old: str
    new: str
    at: str
    of_rule: bool = True
    beside: tuple[str, ...] = ()

    def plant(self, directory: Path, *, whole: bool = True) -> tuple[Path, int]:
        """A copy of the bundled rules with the mistake, and the line of the problem.

        Args:
            directory: where the copy is put.
            whole: whether all rules are there, not only the one with the mistake and those beside it; a
                mistake in the head is told only among all.
        """
        head, parts = blocks(
            with_good_rule((bundled_rules() / PACKS["lemtrada"]).read_text(encoding="utf-8"))
        )
        if not whole and self.rule is not None:
            parts = [part for part in parts if id_of(part) in {self.rule, _CAP_RULE, *self.beside}]
        place = 0 if self.rule is None else 1 + [id_of(part) for part in parts].index(self.rule)
        pieces = [head, *parts]
        before, changed = "".join(pieces[:place]), _replaced(pieces[place], self.old, self.new)
        if changed.count(self.at) != 1:
            raise ValueError(f"{self.at!r} stands {changed.count(self.at)} times")
        rules = changed_rules(
            directory, lambda _: before + changed + "".join(pieces[place + 1 :]), "lemtrada"
        )
        if not whole:
            for other in set(PACKS.values()) - {PACKS["lemtrada"]}:
                (rules / other).unlink()
        return rules, (before + changed[: changed.index(self.at)]).count("\n") + 1


def with_good_rule(text: str) -> str:
    """The text of a rule file with one more rule, in which nothing is wrong."""
    return text.rstrip("\n") + "\n" + GOOD_RULE


def within(rule: str | None, change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of the text of one rule, or of the head of the file."""

    def changed(text: str) -> str:
        head, parts = blocks(text)
        if rule is None:
            head = change(head)
        return head + "".join(change(part) if id_of(part) == rule else part for part in parts)

    return changed


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times")
    return text.replace(old, new)


_SAME_AS_PHARMACY = """\
  - id: rems-pharmacy-again
    title: The pharmacy is certified
    severity: warn
    require: {not: {rems.pharmacy.certified: {equals: false}}}
    message: "Pharmacy certified: {rems.pharmacy.certified}."
    action: None.
    rationale: None.
    sources: [{source: rems}]
    confidence: high
    review: unreviewed
    since: "0.1"
    examples:
      - {name: Certified, facts: {rems.pharmacy.certified: true}, expect: cleared}
      - {name: Not certified, facts: {rems.pharmacy.certified: false}, expect: violated}
      - {name: Not known, facts: {}, expect: not-evaluated}

  - id: rems-pharmacy
"""
_DOSE = "require: {infusion.dose_mg: {equals: 12}}"
_REMS = "    sources: [{source: rems}, {source: ahfs-2024}]\n"

PLANTED = (
    Planted("unreadable-file", "dose-12mg", "severity: block", "severity: *block", "*block", False),
    Planted("wrong-shape", "dose-12mg", "    severity: block", "    severty: block", "severty", False),
    Planted("unknown-fact", "dose-12mg", _DOSE, "require: {infusion.dose: {equals: 12}}", "infusion.dose:"),
    Planted("unknown-name", "dose-12mg", "scope: infusion", "scope: infusions", "scope: infusions"),
    Planted("unknown-name", None, "product: lemtrada", "product: lemtrado", "covers", False),
    Planted(
        "name-taken",
        "rems-facility",
        "- id: rems-facility",
        "- id: rems-pharmacy",
        "- id:",
        of_rule=False,
        beside=("rems-pharmacy",),
    ),
    Planted("wrong-scope", _CAP_RULE, _CAP, "require: {infusion.number: {at_most: 9}}", "require:"),
    Planted("type-mismatch", "dose-12mg", _DOSE, 'require: {infusion.dose_mg: {equals: "12"}}', "require:"),
    Planted("type-mismatch", _CAP_RULE, _CAP, "require: {course.infusion_count: {at_most: 9.5}}", "require:"),
    Planted("type-mismatch", "rems-facility", "{equals: true}}\n", "{at_least: true}}\n", "require:"),
    Planted(
        "limit-out-of-range", _CAP_RULE, _CAP, "require: {course.infusion_count: {at_most: -9}}", "require:"
    ),
    Planted(
        "constant-condition", _CAP_RULE, _CAP, "require: {course.infusion_count: {at_least: 0}}", "require:"
    ),
    Planted(
        "constant-condition",
        _CAP_RULE,
        _CAP,
        "require: {any: [{course.infusion_count: {at_most: 9}}, {course.infusion_count: {more_than: 8}}]}",
        "require:",
    ),
    Planted(
        "repeated-condition",
        _CAP_RULE,
        _CAP,
        "require: {any: [{course.infusion_count: {at_most: 9}}, {course.infusion_count: {at_most: 9}}]}",
        "require:",
    ),
    Planted(
        "redundant-clause",
        _CAP_RULE,
        _CAP,
        "require:\n      any:\n        - course.infusion_count: {at_most: 9}\n"
        "        - course.infusion_count: {less_than: 2}",
        "less_than: 2",
    ),
    Planted(
        "redundant-clause",
        "vaccine-other-6wk",
        "among: {immunization.days_before_course: {more_than: 0}}",
        "among: {all: [{immunization.days_before_course: {more_than: 0}},\n"
        "          {immunization.vaccine_class: {equals: non-live}}]}",
        "non-live}}]}",
    ),
    Planted(
        "redundant-clause",
        "rems-status-form",
        "- when: {rems.status_form_days_before_course: {less_than: 0}}",
        "- when:\n          any:\n            - rems.status_form_days_before_course: {less_than: 0}\n"
        "            - rems.status_form_days_before_course: {less_than: -3}",
        "less_than: -3",
    ),
    Planted(
        "too-many-combinations",
        _CAP_RULE,
        _CAP,
        "require: {any: ["
        + ", ".join(
            f"{{all: [{{course.number: {{equals: {n}}}}}, {{course.infusion_count: {{equals: {n}}}}}]}}"
            for n in range(2, 22)
        )
        + "]}",
        "require:",
    ),
    Planted(
        "never-violated",
        _CAP_RULE,
        _CAP,
        f"{_CAP}\n    applies: {{course.infusion_count: {{less_than: 9}}}}",
        "require:",
    ),
    Planted(
        "unreachable-level",
        _CAP_RULE,
        f"    severity: info\n    {_CAP}\n    message: {_MESSAGE}\n",
        f"    levels:\n      - {{severity: info, {_CAP}, message: Many.}}\n"
        "      - {severity: info, require: {course.infusion_count: {at_most: 10}}, message: Too many.}\n",
        "message: Too many",
    ),
    Planted(
        "unreachable-wording",
        "rems-status-form",
        "- when: {rems.status_form_days_before_course: {less_than: 0}}",
        "- when: {rems.status_form_days_before_course: {at_least: 0}}\n        message: Too old.\n"
        "      - when: {rems.status_form_age_months: {more_than: 6}}\n        message: Old.\n"
        "      - when: {rems.status_form_days_before_course: {less_than: 0}}",
        "message: >-\n      The newest",
    ),
    Planted(
        "unreachable-wording",
        _CAP_RULE,
        "    action:",
        "    wording:\n      - {when: {course.infusion_count: {less_than: 5}}, message: Few.}\n    action:",
        "- {when:",
    ),
    Planted(
        "level-order",
        "baseline-upcr-first",
        "- severity: block",
        "- severity: info",
        "levels:",
    ),
    Planted(
        "overridable-without-block",
        _CAP_RULE,
        "severity: info",
        "severity: info\n    overridable: true",
        "overridable:",
    ),
    Planted(
        "gap-between-bands",
        "course-2-three-days",
        "applies: {course.number: {equals: 2}}",
        "applies: {any: [{course.number: {more_than: 4}}, {course.number: {less_than: 4}}]}",
        "applies:",
    ),
    Planted(
        "gap-between-bands",
        "course-3plus-three-days",
        "applies: {course.number: {at_least: 3}}",
        "applies: {any: [{course.number: {more_than: 4}}, {course.number: {less_than: 4}}]}",
        "applies:",
    ),
    Planted(
        "duplicate-rule",
        "rems-pharmacy",
        "  - id: rems-pharmacy\n",
        _SAME_AS_PHARMACY,
        "  - id: rems-pharmacy\n",
    ),
    Planted("block-without-source", "rems-pharmacy", _REMS, "    sources: []\n", "sources:"),
    Planted(
        "recall-without-note", "rems-pharmacy", "confidence: high", "confidence: recall", "confidence: recall"
    ),
    Planted(
        "limit-without-dated-source",
        "rems-pharmacy",
        _REMS,
        "    sources: [{source: monograph}]\n",
        "sources:",
    ),
    Planted(
        "undated-source",
        None,
        "    revision: undated\n    kind: reference\n  synapse-2024:",
        "    kind: reference\n  synapse-2024:",
        "monograph:",
        False,
    ),
    Planted(
        "unused-source",
        None,
        "  synapse-2024:",
        "  another:\n    title: Another\n    publisher: Nobody\n    revision: 2020-01\n    kind: reference\n"
        "  synapse-2024:",
        "another:",
        False,
    ),
    Planted(
        "missing-example",
        "rems-pharmacy",
        "      - {name: Not known, facts: {}, expect: not-evaluated}\n",
        "",
        "examples:",
    ),
    Planted(
        "missing-boundary-example",
        _CAP_RULE,
        "{course.infusion_count: 9}",
        "{course.infusion_count: 8}",
        "examples:",
    ),
    Planted(
        "missing-boundary-example",
        _CAP_RULE,
        "{course.infusion_count: 10}",
        "{course.infusion_count: 11}",
        "examples:",
    ),
    Planted(
        "wrong-example",
        _CAP_RULE,
        "{course.infusion_count: 10}, expect: violated",
        "{course.infusion_count: 9}, expect: violated",
        "name: Ten",
    ),
    Planted(
        "false-cannot",
        "rems-pharmacy",
        "      - {name: Not known, facts: {}, expect: not-evaluated}\n",
        "    cannot:\n      not-evaluated: It is always known.\n",
        "not-evaluated: It",
    ),
    Planted(
        "unknown-placeholder",
        "rems-pharmacy",
        "{rems.pharmacy.certified equals}",
        "{rems.pharmacy.certified at_least}",
        "message:",
    ),
    Planted(
        "unknown-placeholder",
        "rems-pharmacy",
        "{rems.pharmacy.certified equals}",
        "{rems.pharmacy.certified equals",
        "message:",
    ),
    Planted(
        "hard-coded-limit",
        _CAP_RULE,
        "at most {course.infusion_count at_most}",
        "at most 9",
        "message:",
    ),
)
