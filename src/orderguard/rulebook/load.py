"""A directory of rules, read into a rulebook.

What reads and compiles files is imported when files are compiled, not for a rulebook out of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from orderguard.errors import RulesError, RulesProblem
from orderguard.facts.terminology import Terminology, load_terminology
from orderguard.facts.vocabulary import Vocabulary, build_vocabulary
from orderguard.rulebook.pack import Pack, Rule, Rulebook

if TYPE_CHECKING:
    from orderguard.rulebook.compile_pack import PackCompiler
    from orderguard.rulebook.settings import Settings, SettingValue
    from orderguard.rulebook.site import SiteFile
    from orderguard.rulebook.yaml_source import YamlSource

TERMINOLOGY = "terminology"


class Store(Protocol):
    """Where rulebooks may lie ready."""

    def rulebook(
        self, directory: Path, load: Callable[[Path], Rulebook], site: Path | None = None
    ) -> Rulebook:
        """The rulebook of a directory of rules with a site's file, loaded unless it lies ready."""


def bundled_rules() -> Path:
    """The directory of the rules that come with the package."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent.parent / "rules"


def load_rulebook(directory: Path, store: Store | None = None, site: Path | None = None) -> Rulebook:
    """Read a directory of rules: every `*.yaml` in it is a pack, `terminology` holds the value sets.

    The examples of every rule are judged on both engines, on the packs as their files say.

    Args:
        directory: the directory.
        store: where a rulebook of exactly these files may lie ready, and is put; None reads the files.
        site: a site's file, which chooses settings, changes severities and adds packs; None for none.

    Raises:
        RulesError: with every problem that was found, each with file and line.
        EngineFault: durable-rules is not installed, or its build is broken.
    """
    load = partial(_compiled, site_path=site)
    return load(directory) if store is None else store.rulebook(directory, load, site)


def rule_files(directory: Path) -> list[Path]:
    """The files of a directory of rules that are read, or named because they are not."""
    return sorted((*directory.glob("*.y*ml"), *(directory / TERMINOLOGY).glob("*.y*ml")))


def load_words(directory: Path, site: Path | None = None) -> Terminology:
    """The value sets of a directory of rules, with those that a site adds; no rule is compiled.

    Args:
        directory: the directory.
        site: a site's file; None for none.

    Raises:
        RulesError: with every problem that was found, each with file and line.
    """
    from orderguard.rulebook.site import rules_directory

    more = None if site is None else rules_directory(site)
    return load_terminology(directory / TERMINOLOGY, None if more is None else more / TERMINOLOGY)


def _compiled(directory: Path, site_path: Path | None = None) -> Rulebook:
    site, more_rules, refused = (None, None, []) if site_path is None else _read_site(site_path)
    return _for_site(_read_rules(directory, more_rules), site, refused)


class RulesReadOnce:
    """In place of a store: reads a directory of rules once, for several site files that add no rules.

    For programs that try site files one after the other, while the rules stay as they are.
    """

    def __init__(self) -> None:
        self._read = cache(partial(_read_rules, more_rules=None))

    def rulebook(
        self, directory: Path, load: Callable[[Path], Rulebook], site: Path | None = None
    ) -> Rulebook:
        """The rulebook of a directory of rules with a site's file; what adds rules is loaded by itself.

        Raises:
            RulesError: as `load_rulebook`.
        """
        if site is None:
            return load(directory)
        read, more_rules, refused = _read_site(site)
        return load(directory) if more_rules is not None else _for_site(self._read(directory), read, refused)


@dataclass(frozen=True)
class _RulesRead:
    """What rule files say by themselves.

    Attributes:
        files: the compiled files; none where the value sets do not load.
        rulebook: the rules without a site; None where the value sets do not load.
        problems: what is wrong.
        sound: whether what was compiled has no problem, so that a site can change it.
    """

    files: tuple[CompiledFile, ...]
    rulebook: Rulebook | None
    problems: tuple[RulesProblem, ...]
    sound: bool


def _read_rules(directory: Path, more_rules: Path | None) -> _RulesRead:
    """The rules of a directory, and of the one that a site adds.

    Raises:
        RulesError: the directory has neither rules nor value sets.
    """
    refuse_without_rules(directory)
    problems: list[RulesProblem] = []
    terminology: Terminology | None = None
    try:
        more_terms = None if more_rules is None else more_rules / TERMINOLOGY
        terminology = load_terminology(directory / TERMINOLOGY, more_terms)
    except RulesError as error:
        problems += error.problems
    sources, unreadable = read_packs(directory)
    problems += unreadable
    if more_rules is not None:
        own, unreadable = read_packs(more_rules, needed=not (more_rules / TERMINOLOGY).is_dir())
        sources += own
        problems += unreadable
    if terminology is None:
        problems += [problem for source in sources for problem in shape_problems(source)]
        return _RulesRead((), None, tuple(problems), sound=False)
    vocabulary = build_vocabulary(terminology)
    files, found = compile_files(sources, vocabulary, terminology)
    packs = tuple(file.pack for file in files if file.pack is not None)
    return _RulesRead(files, Rulebook(packs, vocabulary, terminology), (*problems, *found), sound=not found)


def _for_site(read: _RulesRead, site: SiteFile | None, refused: list[RulesProblem]) -> Rulebook:
    """The rules as a site's file changes them, if there is one.

    Raises:
        RulesError: something is wrong with either.
    """
    rulebook, problems = read.rulebook, [*refused, *read.problems]
    if rulebook is not None and site is not None and read.sound:
        try:
            rulebook = _changed(site, rulebook, read.files)
        except RulesError as error:
            problems += error.problems
    if problems or rulebook is None:
        raise RulesError(_sorted(problems))
    return rulebook


def _read_site(path: Path) -> tuple[SiteFile | None, Path | None, list[RulesProblem]]:
    """A site's file, the directory of rules that it names, and what is wrong with both."""
    from orderguard.rulebook.site import read_site, rules_directory

    site: SiteFile | None = None
    rules: Path | None = None
    problems: list[RulesProblem] = []
    try:
        rules = rules_directory(path)
        site = read_site(path)
        problems += site.problems
    except RulesError as error:
        problems += error.problems
    if rules is not None and not rules.is_dir():
        line = 1 if site is None else site.source.line(("rules",))
        problems.append(RulesProblem(str(path), line, f"there is no directory `{rules}`"))
        rules = None
    return site, rules, problems


def _changed(site: SiteFile, rulebook: Rulebook, files: tuple[CompiledFile, ...]) -> Rulebook:
    """A rulebook as a site's file changes it.

    Raises:
        RulesError: the file asks for what is not there or not allowed.
    """
    from orderguard.rulebook.site import apply_site

    compilers = {file.pack.id: file.compiler for file in files if file.pack is not None}

    def compiled(pack: Pack, values: Mapping[str, SettingValue]) -> Pack:
        compiler = compilers[pack.id]
        before = len(compiler.problems)
        found = compiler.variant(values)
        if len(compiler.problems) > before:
            raise RulesError(_sorted(compiler.problems[before:]))
        return replace(found, sha256=pack.sha256)

    packs, changes = apply_site(site, rulebook.packs, rulebook.vocabulary, compiled)
    return Rulebook(packs, rulebook.vocabulary, rulebook.terminology, changes)


def read_packs(directory: Path, *, needed: bool = True) -> tuple[list[YamlSource], list[RulesProblem]]:
    """The rule files of a directory, and what is wrong with those that cannot be read.

    Args:
        directory: the directory.
        needed: whether a directory without any rule file is a problem.
    """
    from orderguard.rulebook.yaml_source import read_yaml

    sources: list[YamlSource] = []
    problems: list[RulesProblem] = []
    for path in sorted(directory.glob("*.yaml")):
        try:
            sources.append(read_yaml(path))
        except RulesError as error:
            problems += error.problems
    problems += [
        RulesProblem(str(path), 1, "is not read: the name of a rule file ends in `.yaml`")
        for path in sorted(directory.glob("*.yml"))
    ]
    if needed and not sources and not problems:
        problems.append(_holds_no_rules(directory))
    return sources, problems


def refuse_without_rules(directory: Path) -> None:
    """Refuse a directory that has neither rules nor value sets, without a word on each file that it lacks.

    Raises:
        RulesError: it is such a directory.
    """
    if not any(directory.glob("*.y*ml")) and not (directory / TERMINOLOGY).is_dir():
        raise RulesError([_holds_no_rules(directory)])


def _holds_no_rules(directory: Path) -> RulesProblem:
    return RulesProblem(str(directory), 1, "holds no rule file (`*.yaml`)")


@dataclass(frozen=True)
class CompiledFile:
    """A rule file.

    Attributes:
        source: the file.
        pack: its pack, if it makes one.
        rules: its rules that have no problem, with the default settings.
        settings: the default settings.
        compiler: makes the pack with other settings.
    """

    source: YamlSource
    pack: Pack | None
    rules: tuple[Rule, ...]
    settings: Settings
    compiler: PackCompiler


def compile_packs(
    sources: list[YamlSource], vocabulary: Vocabulary, terminology: Terminology
) -> tuple[tuple[Pack, ...], list[RulesProblem]]:
    """The packs of rule files, with every problem. Examples are judged of all rules that have no problem."""
    files, problems = compile_files(sources, vocabulary, terminology)
    return tuple(file.pack for file in files if file.pack is not None), problems


def compile_files(
    sources: list[YamlSource], vocabulary: Vocabulary, terminology: Terminology
) -> tuple[tuple[CompiledFile, ...], list[RulesProblem]]:
    """What rule files hold, with every problem. Examples are judged of all rules that have no problem."""
    from orderguard.rulebook.compile_pack import PackCompiler

    files: list[CompiledFile] = []
    packs: list[Pack] = []
    problems: list[RulesProblem] = []
    for source in sources:
        compiler = PackCompiler(source, vocabulary, terminology)
        pack = compiler.compile()
        files.append(CompiledFile(source, pack, compiler.rules, compiler.settings, compiler))
        problems += compiler.problems
        if pack is not None:
            problems += _failing_examples(pack, source, compiler, vocabulary)
            problems += _clashes(pack, packs, source)
            packs.append(pack)
    return tuple(files), problems


def _failing_examples(
    pack: Pack, source: YamlSource, compiler: PackCompiler, vocabulary: Vocabulary
) -> list[RulesProblem]:
    """The examples that fail: on the pack as it stands, and with the settings that some of them name."""
    from orderguard.rulebook.self_test import failing_examples

    problems = failing_examples(pack, source.file, vocabulary)
    tested: list[Mapping[str, SettingValue]] = [{}]
    every_rule = (*pack.rules, *pack.dormant)
    for settings in [example.settings for rule in every_rule for example in rule.examples]:
        if settings in tested:
            continue
        tested.append(settings)
        ids = {rule.id for rule in every_rule if any(e.settings == settings for e in rule.examples)}
        variant = compiler.variant(settings, ids)
        problems += failing_examples(variant, source.file, vocabulary, settings)
        problems += _without_levels(ids, variant)
    return problems


def _without_levels(ids: set[str], variant: Pack) -> list[RulesProblem]:
    """Rules that have examples for settings with which no level of theirs exists."""
    return [
        RulesProblem(
            rule.file, rule.line, f"rule `{rule.id}`: with the settings of an example it has no level"
        )
        for rule in variant.dormant
        if rule.id in ids
    ]


def _clashes(pack: Pack, others: list[Pack], source: YamlSource) -> list[RulesProblem]:
    """Ids and products that another pack has already."""
    problems = []
    taken = {rule.id: other.id for other in others for rule in other.rules}
    for other in others:
        if other.id == pack.id:
            problems.append(source.problem(("pack",), f"there is another pack `{pack.id}`"))
        if other.product == pack.product:
            message = f"the pack `{other.id}` covers the product `{pack.product}` already"
            problems.append(source.problem(("covers", "product"), message))
    for rule in pack.rules:
        if rule.id in taken:
            message = f"the rule id `{rule.id}` is taken already by the pack `{taken[rule.id]}`"
            problems.append(RulesProblem(rule.file, rule.line, message))
    return problems


def shape_problems(source: YamlSource) -> list[RulesProblem]:
    """What is wrong with the shape of a rule file: all that can be said without value sets."""
    from pydantic import ValidationError

    from orderguard.rulebook.document import PackDocument, document_problems

    try:
        PackDocument.model_validate(source.data)
    except ValidationError as error:
        return list(document_problems(source, error))
    return []


def _sorted(problems: list[RulesProblem]) -> list[RulesProblem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line))
