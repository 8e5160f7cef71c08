"""From the `settings:` of a rule file to the settings of the pack: every check that needs more than shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from orderguard.rulebook.conditions import setting_named, suggestion
from orderguard.rulebook.document import ChoiceDocument, SettingDocument, ShiftDocument
from orderguard.rulebook.pack import Severity
from orderguard.rulebook.settings import (
    Choice,
    NumberSetting,
    Setting,
    Shift,
    WordSetting,
    problem_of,
    shifted_by,
)
from orderguard.rulebook.weight import Weight
from orderguard.rulebook.yaml_source import YamlPath

Note = Callable[[YamlPath, str], None]
"""Takes the place and the text of a problem."""

_NUMBER_KEYS = ("at_least", "at_most")


def compile_settings(documents: Mapping[str, SettingDocument], note: Note) -> dict[str, Setting]:
    """The settings of a pack; those with a problem are left out.

    Args:
        documents: what the file says of each.
        note: takes every problem.
    """
    settings: dict[str, Setting] = {}
    for name, document in documents.items():
        setting = _setting(name, document, note)
        if setting is not None:
            settings[name] = setting
    _check_shifts(documents, settings, note)
    return settings


def without_consequences(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """The settings as if no word changed anything else, for a file whose settings have problems."""
    return {
        name: replace(setting, choices=dict.fromkeys(setting.choices, Choice()))
        if isinstance(setting, WordSetting)
        else setting
        for name, setting in settings.items()
    }


def _check_shifts(
    documents: Mapping[str, SettingDocument], settings: Mapping[str, Setting], note: Note
) -> None:
    names = list(documents)
    for position, (name, document) in enumerate(documents.items()):
        for word, choice in (document.values or {}).items():
            for other, shift in choice.settings.items():
                path = ("settings", name, "values", word, "settings", other)
                if other not in names[position + 1 :]:
                    near = suggestion(other, names[position + 1 :])
                    note(path, f"no setting `{other}` stands below `{name}`{near}")
                elif other in settings:
                    _check_shift(settings[other], shift, path, note)


def _setting(name: str, document: SettingDocument, note: Note) -> Setting | None:
    path = ("settings", name)
    given = [key for key in _NUMBER_KEYS if getattr(document, key) is not None]
    if document.values is not None:
        if given or document.unit is not None:
            note(path, f"`{name}` has `values`, so it has no `at_least`, `at_most` and `unit`")
            return None
        return _word_setting(name, document, document.values, note)
    if len(given) < len(_NUMBER_KEYS):
        note(path, f"`{name}` needs `values`, or `at_least` and `at_most`")
        return None
    return _number_setting(name, document, note)


def _word_setting(
    name: str, document: SettingDocument, values: Mapping[str, ChoiceDocument], note: Note
) -> Setting | None:
    if len(values) < 2:  # noqa: PLR2004 (with one word there is nothing to choose)
        note(("settings", name, "values"), f"`{name}` needs at least two words to choose from")
        return None
    choices = {word: _choice(choice) for word, choice in values.items()}
    setting = WordSetting(name, document.title, str(document.default), document.note, choices)
    problem = problem_of(setting, document.default)
    if problem:
        note(("settings", name, "default"), problem)
        return None
    return setting


def _choice(document: ChoiceDocument) -> Choice:
    return Choice(
        {rule: Weight(Severity(part.severity), part.overridable) for rule, part in document.rules.items()},
        {name: Shift(part.default, part.at_least, part.at_most) for name, part in document.settings.items()},
    )


def _number_setting(name: str, document: SettingDocument, note: Note) -> Setting | None:
    wrong = [key for key in _NUMBER_KEYS if not _is_number(getattr(document, key))]
    for key in wrong:
        note(("settings", name, key), f"`{key}` must be a number")
    if wrong:
        return None
    unit = document.unit or ""
    setting = NumberSetting(
        name, document.title, document.default, document.note, document.at_least, document.at_most, unit
    )
    problem = problem_of(setting, document.default)
    if problem:
        note(("settings", name, "default"), problem)
        return None
    return setting


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _check_shift(setting: Setting, document: ShiftDocument, path: YamlPath, note: Note) -> None:
    """Refuse a change that leaves a setting without a value that may be chosen."""
    shift = Shift(document.default, document.at_least, document.at_most)
    given = [key for key in _NUMBER_KEYS if getattr(document, key) is not None]
    if isinstance(setting, WordSetting) and given:
        note((*path, given[0]), f"`{setting.name}` is a word and has no `{given[0]}`")
        return
    wrong = [key for key in given if not _is_number(getattr(document, key))]
    for key in wrong:
        note((*path, key), f"`{key}` must be a number")
    if wrong:
        return
    default = setting.default if shift.default is None else shift.default
    problem = problem_of(shifted_by(setting, shift), default)
    if problem:
        note((*path, "default"), problem)


def check_rules_of(settings: Mapping[str, Setting], rules: Sequence[str], note: Note) -> None:
    """Refuse words that speak of rules that the pack does not have."""
    for name, setting in settings.items():
        if isinstance(setting, WordSetting):
            for word, choice in setting.choices.items():
                for rule, weight in choice.rules.items():
                    path = ("settings", name, "values", word, "rules", rule)
                    if rule not in rules:
                        near = suggestion(rule, list(rules))
                        note(path, f"there is no rule `{rule}` in this file{near}")
                    if weight.overridable and weight.severity is not Severity.BLOCK:
                        note((*path, "overridable"), "only a `block` can be overridable")


def check_only_when(
    settings: Mapping[str, Setting], words: Mapping[str, str], path: YamlPath, note: Note
) -> None:
    """Refuse an `only_when` that names no word of a setting."""
    for name, word in words.items():
        setting = settings.get(name)
        if setting is None:
            near = suggestion(name, list(settings))
            note((*path, name), f"there is no setting `{name}`{near}")
        elif not isinstance(setting, WordSetting):
            note((*path, name), f"`{name}` is a number; `only_when` is for settings with words")
        elif word not in setting.choices:
            note((*path, name), problem_of(setting, word))


def with_settings(data: Any, values: Mapping[str, object], path: YamlPath, note: Note) -> Any:
    """A mapping whose values `{setting: NAME}` are replaced by the value of the setting."""
    if not isinstance(data, dict):
        return data
    replaced = {}
    for key, value in data.items():
        name = setting_named(value)
        if name is None:
            replaced[key] = value
        elif name in values:
            replaced[key] = values[name]
        else:
            note((*path, key), f"there is no setting `{name}`{suggestion(name, list(values))}")
    return replaced


def unused(settings: Mapping[str, Setting], used: Iterable[str]) -> list[str]:
    """The settings that decide nothing."""
    names = set(used)
    return [
        name
        for name, setting in settings.items()
        if name not in names
        and not (
            isinstance(setting, WordSetting)
            and any(choice.rules or choice.settings for choice in setting.choices.values())
        )
    ]
