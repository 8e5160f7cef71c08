"""`orderguard rules test`: the examples of the rules, the order examples, and what they reach."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from orderguard.errors import RulesError
from orderguard.page import Page
from orderguard.rulebook.pack import Pack
from orderguard.tools.cases import example_folders, judge_cases, read_examples
from orderguard.tools.coverage import RuleCoverage, cover
from orderguard.tools.feature_cases import BrokenCase
from orderguard.tools.mutate import put_broken
from orderguard.tools.order_case import OrderCase, answers_of, departures
from orderguard.tools.variants import variants_in
from orderguard.verifier import Verifier


@dataclass
class RulesTestReport:
    """What a run found.

    Attributes:
        packs: the packs, whose examples both engines judged.
        examples: how many examples of rules there are.
        order_examples: how many orders were judged by both engines.
        left_aside: how many order examples of the directory were not judged, as they say what holds without a
            site.
        scenarios: how many scenarios were asked.
        failures: what does not hold or cannot be read.
        coverage: what was reached; None where it was not asked for.
    """

    packs: tuple[Pack, ...] = ()
    examples: int = 0
    order_examples: int = 0
    left_aside: int = 0
    scenarios: int = 0
    failures: list[BrokenCase] = field(default_factory=list)
    coverage: list[RuleCoverage] | None = None

    @property
    def is_good(self) -> bool:
        """Whether something was run, everything holds, and everything was reached that was asked for."""
        covered = not any(list(each.missing()) for each in self.coverage or ())
        return bool(self.examples) and not self.failures and covered


def run_rules_test(
    directory: Path,
    *,
    site: str | None = None,
    orders: str | None = None,
    features: str | None = None,
    coverage: bool = False,
    workers: int = 1,
) -> RulesTestReport:
    """Compile the rules of a directory anew, and judge their examples and order examples by both engines.

    Args:
        directory: the directory.
        site: a site's file. The order examples of the directory are then left aside: they say what holds
            without a site.
        orders: a folder of order examples, beside those of the directory.
        features: a folder of feature files, whose orders count for the coverage.
        coverage: whether to say what was reached.
        workers: how many processes.

    Raises:
        RulesError: the rules cannot be read. Examples that do not hold are failures.
        EngineFault: durable-rules is not installed, or does not take the rules.
        NoTestingError: there are features, and `orderguard[testing]` is not installed.
    """
    try:
        verifier = Verifier(directory, site=site, log=io.StringIO())
    except RulesError as error:
        if not all(problem.of_example for problem in error.problems):
            raise
        failures = [BrokenCase(f"{p.file}:{p.line}", "", p.message) for p in error.problems]
        return RulesTestReport(failures=failures)
    packs = verifier.rulebook.packs
    report = RulesTestReport(packs, sum(map(_examples_in, packs)))
    folders = example_folders(directory if site is None else None, orders)
    if site is not None:
        report.left_aside = len(read_examples(example_folders(directory, None))[0])
    cases, broken = read_examples(folders)
    report.order_examples = len(cases)
    report.failures = [*broken, *_failing(verifier, cases)]
    if features is not None or coverage:
        judged = judge_cases(verifier.rulebook, folders, features, workers)
        known = {(case.place, case.name) for case in report.failures}
        report.failures += [case for case in judged.broken if (case.place, case.name) not in known]
        report.scenarios = judged.scenarios
        if coverage:
            variants = variants_in(directory, verifier.rulebook)
            report.coverage = [
                cover(
                    rule if rule in pack.rules else replace(rule, levels=()),
                    verifier.rulebook.vocabulary,
                    judged.views.get(rule.id, {}).values(),
                    variants.get(rule.id, ()),
                )
                for pack in packs
                for rule in (*pack.rules, *pack.dormant)
            ]
    return report


def _examples_in(pack: Pack) -> int:
    """How many examples the rules of a pack have, those that settings leave out among them."""
    return sum(len(rule.examples) for rule in (*pack.rules, *pack.dormant))


def _failing(verifier: Verifier, cases: Iterable[OrderCase]) -> Iterable[BrokenCase]:
    for case in cases:
        verdict = verifier.verify_json(case.order)
        answers = answers_of(verdict.findings, verdict.cleared, verdict.not_applicable)
        wrong = departures(case, answers)
        if wrong:
            yield BrokenCase(case.place, case.name, "\n".join(wrong))


# -- for people --------------------------------------------------------------------------------------------


def put_rules_test(page: Page, report: RulesTestReport) -> None:
    """What was found, for people."""
    if report.failures:
        page.put("These do not hold:")
        put_broken(page, report.failures)
        page.blank()
    missing = [(each.rule, list(each.missing())) for each in report.coverage or ()]
    for rule, lines in missing:
        if lines:
            page.put(rule.id, f"  {rule.file}:{rule.line}")
            for line in lines:
                page.put(line, indent=2, hang=2)
            page.blank()
    for pack in report.packs:
        rules, count = (*pack.rules, *pack.dormant), _examples_in(pack)
        page.put(f"{pack.id} {pack.version}: {count} examples of {len(rules)} rules, on both engines.")
    scenarios = f" and {report.scenarios} scenarios" if report.scenarios else ""
    failures = len(report.failures)
    held = "All hold." if not failures else f"{failures} do not hold." if failures > 1 else "1 does not hold."
    page.put(f"{report.order_examples} order examples{scenarios}. {held}")
    if report.left_aside:
        left = report.left_aside
        were = "order example of the rules was" if left == 1 else "order examples of the rules were"
        page.put(f"{left} {were} left aside: they say what holds without a site.")
    if report.coverage is not None:
        _put_coverage(page, report.coverage)


def _put_coverage(page: Page, coverage: list[RuleCoverage]) -> None:
    counts = [each.counts() for each in coverage]
    seen, wanted = sum(one for one, _ in counts), sum(two for _, two in counts)
    comparisons = sum(len(each.leaves) for each in coverage)
    page.put(
        f"Coverage: {seen} of {wanted} outcomes of {len(coverage)} rules and truths of {comparisons} "
        "comparisons were seen."
    )


# -- for programs ------------------------------------------------------------------------------------------


def rules_test_as_json(report: RulesTestReport) -> dict[str, Any]:
    """What was found, for programs."""
    found: dict[str, Any] = {
        "good": report.is_good,
        "packs": [
            {"pack": pack.id, "version": pack.version, "examples": _examples_in(pack)}
            for pack in report.packs
        ],
        "order_examples": report.order_examples,
        "order_examples_left_aside": report.left_aside,
        "scenarios": report.scenarios,
        "failures": [vars(case) for case in report.failures],
    }
    if report.coverage is not None:
        found["coverage"] = [_coverage_json(each) for each in report.coverage]
    return found


def _coverage_json(each: RuleCoverage) -> dict[str, Any]:
    seen, wanted = each.counts()
    return {
        "rule": each.rule.id,
        "outcomes": sorted(each.outcomes),
        "seen": seen,
        "wanted": wanted,
        "missing": list(each.missing()),
    }
