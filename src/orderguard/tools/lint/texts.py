"""Sources that cannot be read again, and texts that would not move with a limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orderguard.messages import PLACEHOLDER, limit_of, placeholders
from orderguard.rulebook.conditions import Compare, Condition, format_number, leaves
from orderguard.rulebook.pack import Level
from orderguard.rulebook.settings import NumberSetting
from orderguard.rulebook.yaml_source import YamlPath, YamlSource
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def source_problems(source: YamlSource) -> Iterator[LintProblem]:
    """Sources of a rule file without a revision, and those that no rule cites."""
    data = source.data
    sources = data.get("sources") if isinstance(data, dict) else None
    rules = data.get("rules") if isinstance(data, dict) else None
    if not isinstance(sources, dict) or not isinstance(rules, list):
        return
    cited = {name for rule in rules for name in _cited(rule)}
    for key, part in sources.items():
        line = source.line(("sources", key))
        if isinstance(part, dict) and part.get("revision") is None:
            text = f"the source `{key}` has no `revision`"
            yield LintProblem(source.file, line, "undated-source", text)
        if key not in cited:
            text = f"no rule cites the source `{key}`"
            yield LintProblem(source.file, line, "unused-source", text)


def _cited(rule: object) -> Iterator[str]:
    citations = rule.get("sources") if isinstance(rule, dict) else None
    for citation in citations if isinstance(citations, list) else ():
        if isinstance(citation, dict) and isinstance(citation.get("source"), str):
            yield citation["source"]


def without_dated_source(subject: Subject) -> Iterator[LintProblem]:
    """A rule that cites sources, but none with a year, unless it is less than sure and has a note."""
    if subject.rule.confidence != "high" and subject.rule.note is not None:
        return
    sources = [citation.source for citation in subject.rule.sources]
    if sources and not any(_YEAR.search(source.revision or "") for source in sources):
        text = f"no revision of {', '.join(f'`{source.id}`' for source in sources)} has a year"
        yield subject.problem("limit-without-dated-source", ("sources",), text)


def hard_coded_limits(subject: Subject) -> Iterator[LintProblem]:
    """Limits written out in messages, and in the title where a setting may move them."""
    rule = subject.rule
    for level, path in zip(rule.levels, subject.level_paths, strict=True):
        for place, message in _messages(level, path):
            limits = dict(_limits(_demanded(level)))
            shown = {limit_of(level, placeholder) for placeholder in placeholders(message)}
            for number in _numbers_in(PLACEHOLDER.sub(" ", message)):
                # A number that is also shown as the limit stands for something else, such as "day 1".
                if number in limits and number not in shown:
                    text = f"the message writes the limit {number} of `{limits[number]}` out"
                    yield subject.problem("hard-coded-limit", place, text)
    movable = dict(_limits((c for level in rule.levels for c in level.conditions), movable=True))
    for number in _numbers_in(rule.title):
        if number in movable:
            text = f"the title writes {number} out, which the setting `{movable[number]}` may move"
            yield subject.problem("hard-coded-limit", ("title",), text)


def settings_of_other_units(subject: Subject) -> Iterator[LintProblem]:
    """Limits that a setting gives in another unit than that of the fact."""
    for slot in subject.slots:
        for leaf in leaves(slot.condition):
            setting = None
            if isinstance(leaf, Compare) and leaf.setting is not None:
                setting = subject.settings.declared.get(leaf.setting)
            fact = subject.vocabulary[leaf.fact]
            if isinstance(setting, NumberSetting) and setting.unit and setting.unit != fact.unit:
                of_fact = f"in {fact.unit}" if fact.unit else "without a unit"
                text = f"the setting `{setting.name}` is in {setting.unit}, `{fact.name}` is {of_fact}"
                yield subject.problem("type-mismatch", slot.path, text)


def _messages(level: Level, path: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    yield (*path, "message"), level.message
    for index, wording in enumerate(level.wording):
        yield (*path, "wording", index, "message"), wording.message


def _demanded(level: Level) -> tuple[Condition, ...]:
    """The conditions whose limits a message is about: not when it is asked, but what is then required."""
    return (level.require,) if level.among is None else (level.among, level.require)


def _numbers_in(text: str) -> list[str]:
    """The numbers of a text that stand by themselves, each once."""
    return list(dict.fromkeys(re.findall(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|\.\d)", text)))


def _limits(conditions: Iterable[Condition], *, movable: bool = False) -> Iterator[tuple[str, str]]:
    """Each limit as it reads, with its fact, or with the setting that may move it."""
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        if not isinstance(leaf, Compare) or isinstance(leaf.value, bool | str):
            continue
        named = leaf.setting if movable else leaf.fact
        if named is not None:
            yield format_number(leaf.value), named
