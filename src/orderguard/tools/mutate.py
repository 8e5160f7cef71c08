"""`orderguard rules mutate`: what the examples and order cases notice, and what they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orderguard.facts.terminology_files import read_files
from orderguard.page import Page
from orderguard.rulebook.conditions import format_number
from orderguard.rulebook.load import TERMINOLOGY
from orderguard.rulebook.pack import Rule, Rulebook
from orderguard.tools.cases import Cases, example_folders, judge_cases
from orderguard.tools.feature_cases import BrokenCase
from orderguard.tools.mutation import RuleReport, Survivor, Witness, mutate_rule
from orderguard.tools.value_drops import ValueItem, items_of
from orderguard.tools.value_mutation import ValueDrops, mentions_in
from orderguard.tools.variants import variants_in
from orderguard.tools.work import in_parts


@dataclass
class MutationReport:
    """What a run found.

    Attributes:
        broken: cases that do not hold on the rules as they are; then nothing else was done.
        rules: what became of the mutants of each rule.
        items: how many items of value sets were left out in turn.
        unnoticed: those whose loss nothing notices, each with how many cases mention it.
        scenarios: how many scenarios were asked.
        examples: how many order examples were asked.
        left_aside: how many scenarios speak of what a pharmacy chooses, and so of other rules.
    """

    broken: list[BrokenCase] = field(default_factory=list)
    rules: list[RuleReport] = field(default_factory=list)
    items: int = 0
    unnoticed: list[tuple[ValueItem, int]] = field(default_factory=list)
    scenarios: int = 0
    examples: int = 0
    left_aside: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether no mutant is left but those that are listed, and proven, as equivalent."""
        of_rules = any(report.survivors or report.problems for report in self.rules)
        return not (self.broken or of_rules or self.unnoticed)

    @property
    def tried(self) -> int:
        """How many mutants of rules were judged."""
        return sum(report.tried for report in self.rules)

    @property
    def killed(self) -> int:
        """How many of them something notices."""
        return sum(report.killed for report in self.rules)

    @property
    def equivalent(self) -> int:
        """How many of them are equivalent and listed."""
        return sum(len(report.equivalent) for report in self.rules)


def mutate(
    rulebook: Rulebook,
    directory: Path,
    *,
    orders: str | None,
    features: str | None,
    rule_id: str | None,
    workers: int,
) -> MutationReport:
    """Judge every mutant of the rules of a directory, and the value sets without each of their items.

    Args:
        rulebook: the rules of the directory.
        directory: the directory.
        orders: a folder of order examples, beside those of the directory.
        features: a folder of feature files.
        rule_id: mutate this rule alone, and no value set.
        workers: how many processes.

    Raises:
        NoTestingError: there are features, and `orderguard[testing]` is not installed.
    """
    cases = judge_cases(rulebook, example_folders(directory, orders), features, workers)
    report = MutationReport(cases.broken, scenarios=cases.scenarios, examples=cases.examples)
    report.left_aside = cases.left_aside
    if cases.broken:
        return report
    variants = variants_in(directory, rulebook)
    for pack in rulebook.packs:
        for rule in (*pack.rules, *pack.dormant):
            if rule_id in (None, rule.id):
                views = cases.views.get(rule.id, {}).values()
                other = variants.get(rule.id, ())
                dormant = rule in pack.dormant
                report.rules.append(mutate_rule(rule, rulebook.vocabulary, views, other, dormant=dormant))
    if rule_id is None and cases.held:
        _drop_values(report, rulebook, directory, cases, workers)
    return report


def _drop_values(
    report: MutationReport, rulebook: Rulebook, directory: Path, cases: Cases, workers: int
) -> None:
    files = read_files(directory / TERMINOLOGY)
    items = items_of(files)
    drops = ValueDrops(rulebook, files, cases.held, mentions_in(cases.held, rulebook.terminology))
    numbered = list(range(len(items)))

    def unnoticed(_: object, part: Sequence[int]) -> list[tuple[int, int]]:
        # An item holds a function, which cannot be sent between processes; its number can.
        return [(number, found[0][1]) for number in part if (found := drops.unnoticed([items[number]]))]

    found = sorted(pair for part in in_parts(unnoticed, None, numbered, workers) for pair in part)
    report.items = len(items)
    report.unnoticed = [(items[number], mentioned) for number, mentioned in found]


# -- for people --------------------------------------------------------------------------------------------


def put_mutation(page: Page, report: MutationReport) -> None:
    """What was found, for people."""
    if report.broken:
        page.put("These do not hold on the rules as they are. Put them right first.")
        put_broken(page, report.broken)
        return
    for each in report.rules:
        if each.survivors or each.problems:
            _put_rule(page, each)
    if report.unnoticed:
        page.put("Items of the value sets whose loss nothing notices:")
        for item, mentioned in report.unnoticed:
            how = f"{mentioned} orders mention it" if mentioned else "no order mentions it"
            page.put(f"{item.place}: {item.name} ({how})", indent=2, hang=2)
        page.blank()
    survivors = sum(len(each.survivors) for each in report.rules)
    asked = f"{report.scenarios} scenarios and {report.examples} order examples"
    page.put(
        f"{report.tried} mutants of {len(report.rules)} rules: {report.killed} noticed by examples, {asked}; "
        f"{report.equivalent} proven equivalent; {survivors} left."
    )
    if report.left_aside:
        page.put(f"{report.left_aside} scenarios that speak of what a pharmacy chooses were left aside.")
    if report.items:
        noticed = report.items - len(report.unnoticed)
        page.put(f"{report.items} items of value sets: {noticed} noticed; {len(report.unnoticed)} left.")


def put_broken(page: Page, broken: Iterable[BrokenCase]) -> None:
    """What cannot be read, and cases that do not hold."""
    for case in broken:
        first, *rest = [case.name, *case.message.splitlines()] if case.name else case.message.splitlines()
        page.put(f"{case.place}: {first}", indent=2, hang=2)
        for line in rest:
            page.put(line.strip(), indent=6, hang=2)


def _put_rule(page: Page, report: RuleReport) -> None:
    page.put(report.rule.id, f"  {report.rule.file}:{report.rule.line}")
    for problem in report.problems:
        page.put(f"equivalent: {problem}", indent=2, hang=2)
    for survivor in report.survivors:
        page.put(survivor.mutant.name, indent=2, hang=2)
        page.put(survivor.mutant.what, indent=4)
        for line in _advice(report.rule, survivor):
            page.put(line, indent=4, hang=2)
    page.blank()


def _advice(rule: Rule, survivor: Survivor) -> Iterable[str]:
    if survivor.equivalent:
        yield "No facts tell it from the rule. List it:"
        yield f'- {{mutant: "{survivor.mutant.name}", reason: "WHY"}}'
    elif survivor.witness is not None:
        yield "Nothing shows the difference. An example that does:"
        yield _example(rule, survivor.witness)
    elif survivor.mutant.rule is None:
        yield "No scenario and no order example names the rule."
    else:
        yield "The rule has too many cases to look for the difference."


def _example(rule: Rule, witness: Witness) -> str:
    """An example that tells a mutant from its rule, as it may stand in the rule file."""
    facts = ", ".join(f"{name}: {_yaml(value)}" for name, value in witness.facts.items())
    severity = ""
    if witness.answer.severity is not None and (
        witness.answer.outcome is witness.other.outcome or len({level.severity for level in rule.levels}) > 1
    ):
        severity = f", severity: {witness.answer.severity}"
    if witness.answer[:2] == witness.other[:2]:
        severity += f", overridable: {_yaml(witness.answer.overridable)}"
    return f"- {{name: NAME, facts: {{{facts}}}, expect: {witness.answer.outcome}{severity}}}"


def _yaml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else format_number(value)  # type: ignore[arg-type]


# -- for programs ------------------------------------------------------------------------------------------


def mutation_as_json(report: MutationReport) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "clean": report.is_clean,
        "broken": [vars(case) for case in report.broken],
        "scenarios": report.scenarios,
        "scenarios_left_aside": report.left_aside,
        "order_examples": report.examples,
        "mutants": report.tried,
        "killed": report.killed,
        "equivalent": report.equivalent,
        "survivors": [_survivor_json(each.rule, one) for each in report.rules for one in each.survivors],
        "problems": [
            {"rule": each.rule.id, "message": problem} for each in report.rules for problem in each.problems
        ],
        "value_items": report.items,
        "value_survivors": [
            {"place": item.place, "item": item.name, "mentioned": mentioned}
            for item, mentioned in report.unnoticed
        ],
    }


def _survivor_json(rule: Rule, survivor: Survivor) -> dict[str, Any]:
    witness = survivor.witness
    return {
        "rule": rule.id,
        "mutant": survivor.mutant.name,
        "kind": survivor.mutant.kind,
        "what": survivor.mutant.what,
        "equivalent": survivor.equivalent,
        "example": None if witness is None else _example(rule, witness),
    }
