"""Rules as they are with settings that examples name: levels and rules that the defaults leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from orderguard.errors import RulesError
from orderguard.rulebook.compile_pack import PackCompiler
from orderguard.rulebook.load import read_packs
from orderguard.rulebook.pack import Pack, Rule, Rulebook
from orderguard.rulebook.settings import SettingValue, value_text

Values = Mapping[str, SettingValue]


@dataclass(frozen=True)
class Variant:
    """A rule with other settings than the defaults.

    Attributes:
        settings: the settings.
        rule: the rule with them; its examples are those that name just these settings.
        levels: the indices of the levels that the defaults leave out.
        weighed: the indices of the levels that have another severity with the defaults.
    """

    settings: Values
    rule: Rule
    levels: frozenset[int]
    weighed: frozenset[int]

    @property
    def suffix(self) -> str:
        """What stands behind the names of its mutants and comparisons."""
        said = ", ".join(f"{name} {value_text(value)}" for name, value in self.settings.items())
        return f" [{said}]"


def variants_in(directory: Path, rulebook: Rulebook) -> dict[str, list[Variant]]:
    """The variants of each rule that differ from the defaults in more than a limit, by rule id.

    Args:
        directory: the directory of rules.
        rulebook: what was loaded from it, without a site's file.

    Raises:
        RulesError: a file was changed since, and cannot be read any more.
    """
    sources, problems = read_packs(directory)
    found: dict[str, list[Variant]] = {}
    for source in sources:
        compiler = PackCompiler(source, rulebook.vocabulary, rulebook.terminology)
        pack = compiler.compile()
        problems += compiler.problems
        if pack is not None and not compiler.problems:
            for variant in _of_pack(pack, compiler):
                found.setdefault(variant.rule.id, []).append(variant)
    if problems:
        raise RulesError(problems)
    return found


def _of_pack(pack: Pack, compiler: PackCompiler) -> Iterator[Variant]:
    usual = {rule.id: rule for rule in pack.rules}
    seen: set[tuple[str, int]] = set()
    for settings, ids in _settings_named((*pack.rules, *pack.dormant)):
        for rule in compiler.variant(settings, ids).rules:
            variant = _variant(rule, usual.get(rule.id), settings)
            # A level is looked at with the first settings that bring it in.
            new = frozenset(index for index in variant.levels if _key(rule, index) not in seen)
            seen.update(_key(rule, index) for index in new)
            if new or variant.weighed:
                yield replace(variant, levels=new)


def _settings_named(rules: Iterable[Rule]) -> list[tuple[Values, set[str]]]:
    """The settings that examples or levels name, each with the ids of their rules."""
    found: list[tuple[Values, set[str]]] = []
    for rule in rules:
        named: list[Values] = [example.settings for example in rule.examples if example.settings]
        named += [{**rule.only_when, **level.only_when} for level in rule.dormant_levels]
        for settings in named:
            ids = next((ids for other, ids in found if other == settings), None)
            if ids is None:
                found.append((settings, {rule.id}))
            else:
                ids.add(rule.id)
    return found


def _variant(rule: Rule, usual: Rule | None, settings: Values) -> Variant:
    usual_levels = () if usual is None else usual.levels
    new = frozenset(
        index
        for index, level in enumerate(rule.levels)
        if usual is None or (level.only_when and all(level.only_when != u.only_when for u in usual_levels))
    )
    weighed = frozenset(
        index
        for index, (level, other) in enumerate(zip(rule.levels, usual_levels, strict=False))
        if len(rule.levels) == len(usual_levels)
        and index not in new
        and (level.severity, level.overridable) != (other.severity, other.overridable)
    )
    examples = tuple(example for example in rule.examples if example.settings == settings)
    return Variant(settings, replace(rule, examples=examples), new, weighed)


def _key(rule: Rule, index: int) -> tuple[str, int]:
    """What tells a level of a rule from others, whatever the settings are."""
    level = rule.levels[index]
    return rule.id, hash((level.applies, level.among, level.require, tuple(level.only_when.items())))
