"""All checks of a directory of rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orderguard.errors import RulesError
from orderguard.facts.terminology import Terminology, load_terminology
from orderguard.facts.vocabulary import build_vocabulary
from orderguard.rulebook.load import (
    TERMINOLOGY,
    compile_files,
    load_rulebook,
    read_packs,
    refuse_without_rules,
    shape_problems,
)
from orderguard.rulebook.site import rules_directory
from orderguard.rulebook.yaml_source import YamlSource
from orderguard.tools.lint.bands import gaps_between, gaps_in
from orderguard.tools.lint.examples import untried_limits
from orderguard.tools.lint.loading import of_loader, of_value_sets
from orderguard.tools.lint.logic import LogicCheck, same_logic
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject
from orderguard.tools.lint.texts import (
    hard_coded_limits,
    settings_of_other_units,
    source_problems,
    without_dated_source,
)
from orderguard.tools.lint.worlds import worlds_of


def lint_rules(directory: Path, site: Path | None = None) -> list[LintProblem]:
    """Every problem of a directory of rules, by file and line; none when it is good.

    What keeps the rules from loading is among them. Rules that are well formed are looked at all the same.

    Args:
        directory: the directory.
        site: a site's file, whose own packs and value sets are looked at as well.

    Raises:
        EngineFault: durable-rules is not installed, or its build is broken.
    """
    problems: list[LintProblem] = []
    terminology: Terminology | None = None
    own = None
    try:
        refuse_without_rules(directory)
    except RulesError as error:
        return [of_loader(problem) for problem in error.problems]
    if site is not None:
        try:
            own = rules_directory(site)
            load_rulebook(directory, site=site)
        except RulesError as error:
            problems += map(of_loader, error.problems)
    try:
        terminology = load_terminology(directory / TERMINOLOGY, None if own is None else own / TERMINOLOGY)
    except RulesError as error:
        problems += map(of_value_sets, error.problems)
    sources, unreadable = read_packs(directory)
    problems += map(of_loader, unreadable)
    if own is not None:
        more, unreadable = read_packs(own, needed=False)
        sources += more
        problems += map(of_loader, unreadable)
    for source in sources:
        problems += source_problems(source)
    if terminology is None:
        problems += (of_loader(problem) for source in sources for problem in shape_problems(source))
    else:
        problems += _of_rules(sources, terminology)
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.code, p.problem))


def _of_rules(sources: list[YamlSource], terminology: Terminology) -> Iterator[LintProblem]:
    vocabulary = build_vocabulary(terminology)
    files, refused = compile_files(sources, vocabulary, terminology)
    yield from map(of_loader, refused)
    for file in files:
        usual = []
        for rule in file.rules:
            worlds = worlds_of(rule, file, vocabulary)
            usual += [subject for subject in worlds if not subject.chosen]
            yield from _of_rule(worlds)
        yield from same_logic(usual)
        yield from gaps_between(usual)


def _of_rule(worlds: list[Subject]) -> Iterator[LintProblem]:
    yield from untried_limits(worlds)
    found = [(subject, list(_of_subject(subject))) for subject in worlds]
    for _, problems in found:
        for problem in problems:
            # What matters with one choice of settings is not without effect.
            others = [seen for subject, seen in found if subject.has(problem.path)]
            if all(any(_alike(problem, other) for other in seen) for seen in others):
                yield problem


def _alike(one: LintProblem, other: LintProblem) -> bool:
    return (one.code, one.path) == (other.code, other.path)


def _of_subject(subject: Subject) -> Iterator[LintProblem]:
    yield from LogicCheck(subject).problems()
    yield from gaps_in(subject)
    yield from without_dated_source(subject)
    yield from hard_coded_limits(subject)
    yield from settings_of_other_units(subject)
