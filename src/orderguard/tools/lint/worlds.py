"""A rule with each choice of settings that it has to be looked at with."""

from __future__ import annotations

from collections.abc import Mapping

from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.load import CompiledFile
from orderguard.rulebook.pack import Rule
from orderguard.rulebook.settings import Settings, SettingValue
from orderguard.rulebook.yaml_source import YamlSource
from orderguard.tools.lint.subject import Subject


def worlds_of(rule: Rule, file: CompiledFile, vocabulary: Vocabulary) -> list[Subject]:
    """The rule with the default settings, and with every choice that brings a level which those leave out."""
    worlds: list[Subject] = []
    if rule.levels and file.settings.hold(rule.only_when):
        worlds.append(_subject(rule, file.source, vocabulary, file.settings, {}))
    # Only a whole pack can be compiled with other settings.
    for chosen in [] if file.pack is None else _choices(rule, file.settings):
        pack = file.compiler.variant(chosen, {rule.id})
        worlds += (
            _subject(variant, file.source, vocabulary, pack.settings, chosen)
            for variant in pack.rules
            if variant.line == rule.line
        )
    return worlds


def _choices(rule: Rule, settings: Settings) -> list[dict[str, SettingValue]]:
    """What to choose, each choice once: words that are not in effect."""
    words = [rule.only_when, *({**rule.only_when, **level.only_when} for level in rule.dormant_levels)]
    found: list[dict[str, SettingValue]] = []
    for each in words:
        chosen: dict[str, SettingValue] = {n: w for n, w in each.items() if settings.values.get(n) != w}
        if chosen and chosen not in found:
            found.append(chosen)
    return found


def _subject(
    rule: Rule,
    source: YamlSource,
    vocabulary: Vocabulary,
    settings: Settings,
    chosen: Mapping[str, SettingValue],
) -> Subject:
    data = source.data
    written = data["rules"] if isinstance(data, dict) else None
    assert isinstance(written, list)  # noqa: S101
    # Two rules of one line have one id too, so the loader refuses them.
    index = next(i for i in range(len(written)) if source.line(("rules", i)) == rule.line)
    return Subject(rule, source, ("rules", index), vocabulary, settings, chosen)
