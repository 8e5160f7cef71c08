"""The settings of a pack: what a site may choose, within which bounds, and what follows from a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orderguard.rulebook.conditions import (
    MAX_PLACES,
    Compare,
    SettingConstant,
    format_number,
    leaves,
    suggestion,
)
from orderguard.rulebook.weight import Weight

if TYPE_CHECKING:
    from orderguard.rulebook.pack import Rule

Number: TypeAlias = int | Decimal
SettingValue: TypeAlias = int | Decimal | str
Report: TypeAlias = Callable[[str, str], None]
"""Takes the name of a setting and what is wrong with its value."""


class Shift(NamedTuple):
    """What a chosen word changes about another setting; None leaves a part as it is."""

    default: SettingValue | None = None
    at_least: Number | None = None
    at_most: Number | None = None


@dataclass(frozen=True)
class Choice:
    """What follows when a word is chosen.

    Attributes:
        rules: the least weight that each of these rules then has.
        settings: what changes about settings that stand below.
    """

    rules: Mapping[str, Weight] = field(default_factory=dict)
    settings: Mapping[str, Shift] = field(default_factory=dict)


@dataclass(frozen=True)
class WordSetting:
    """A setting whose value is a word of a closed list.

    Attributes:
        name: the word that rule and site files use.
        title: what it decides.
        default: the word that holds while nobody chooses.
        note: what a reader should know beside; None for nothing.
        choices: what follows from each word.
    """

    name: str
    title: str
    default: str
    note: str | None
    choices: Mapping[str, Choice]


@dataclass(frozen=True)
class NumberSetting:
    """A setting whose value is a number.

    Attributes:
        name: the word that rule and site files use.
        title: what it decides.
        default: the number that holds while nobody chooses.
        note: what a reader should know beside; None for nothing.
        at_least: the least number that may be chosen.
        at_most: the greatest number that may be chosen.
        unit: of the number; empty for a bare one.
    """

    name: str
    title: str
    default: Number
    note: str | None
    at_least: Number
    at_most: Number
    unit: str = ""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers may be chosen: each number that the pack gives is one."""
        return all(isinstance(number, int) for number in (self.default, self.at_least, self.at_most))


Setting: TypeAlias = WordSetting | NumberSetting


@dataclass(frozen=True)
class Settings:
    """The settings of a pack as they are in effect.

    Attributes:
        declared: the settings by name, in written order.
        values: the value of each.
        usual: the value that each would have were it not chosen, with the other choices as they are.
        least_weights: the least weight that the chosen words give to rules.
    """

    declared: Mapping[str, Setting]
    values: Mapping[str, SettingValue]
    usual: Mapping[str, SettingValue]
    least_weights: Mapping[str, Weight]

    @cached_property
    def constants(self) -> Mapping[str, SettingConstant]:
        """What conditions may name, each with every value it may have."""
        possible = possible_values(self.declared)
        return {name: SettingConstant(value, possible[name]) for name, value in self.values.items()}

    def changed(self) -> dict[str, SettingValue]:
        """The values that are not the pack's own defaults, or were chosen against the usual value."""
        return {
            name: value
            for name, value in self.values.items()
            if value != self.declared[name].default or value != self.usual[name]
        }

    def hold(self, words: Mapping[str, str]) -> bool:
        """Whether each of these settings has the word beside it."""
        return all(self.values.get(name) == word for name, word in words.items())


NO_SETTINGS = Settings({}, {}, {}, {})


def resolve(
    declared: Mapping[str, Setting], chosen: Mapping[str, object], report: Report | None = None
) -> Settings:
    """The settings in effect when some values are chosen.

    Args:
        declared: the settings of the pack.
        chosen: the chosen values by name; the others have their defaults.
        report: takes every problem of `chosen`; the setting then has its usual value. None: there is none.
    """
    values: dict[str, SettingValue] = {}
    usual: dict[str, SettingValue] = {}
    weights: dict[str, Weight] = {}
    shifted = dict(declared)
    problems = {
        name: f"there is no setting `{name}` here{suggestion(name, list(declared))}"
        for name in chosen
        if name not in declared
    }
    for name in declared:
        setting = shifted[name]
        usual[name] = setting.default
        if name in chosen:
            problems[name] = problem_of(setting, chosen[name])
        fits = name in chosen and not problems[name]
        values[name] = chosen[name] if fits else setting.default  # type: ignore[assignment]
        if isinstance(setting, WordSetting):
            choice = setting.choices[str(values[name])]
            shifted |= {other: shifted_by(shifted[other], shift) for other, shift in choice.settings.items()}
            _take_stricter(weights, choice.rules)
    if report is not None:
        for name, problem in problems.items():
            if problem:
                report(name, problem)
    return Settings(declared, values, usual, weights)


def _take_stricter(weights: dict[str, Weight], more: Mapping[str, Weight]) -> None:
    for rule, weight in more.items():
        weights[rule] = min(weight, weights.get(rule, weight), key=lambda either: either.rank)


def shifted_by(setting: Setting, shift: Shift) -> Setting:
    """A setting with the default and the bounds that a chosen word of another setting gives it."""
    return replace(setting, **{key: value for key, value in shift._asdict().items() if value is not None})


def problem_of(setting: Setting, value: object) -> str:
    """Why a value may not be chosen for a setting, or nothing."""
    if isinstance(setting, WordSetting):
        return _problem_of_word(setting, value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return f"`{setting.name}` must be a number"
    if setting.whole and not isinstance(value, int):
        return f"`{setting.name}` must be a whole number"
    if not setting.at_least <= value <= setting.at_most:
        return f"`{setting.name}` must be {bounds_text(setting)}"
    if isinstance(value, Decimal) and -int(value.as_tuple().exponent) > MAX_PLACES:
        return f"`{setting.name}` may have at most {MAX_PLACES} decimal places"
    return ""


def _problem_of_word(setting: WordSetting, value: object) -> str:
    words = " or ".join(f"`{word}`" for word in setting.choices)
    if not isinstance(value, str):
        return f"`{setting.name}` must be {words}"
    if value not in setting.choices:
        near = suggestion(value, list(setting.choices))
        return f"`{value}` is no value of `{setting.name}`, which must be {words}{near}"
    return ""


def bounds_text(setting: NumberSetting) -> str:
    """What a number setting allows, such as "at least 1 and at most 24 months"."""
    unit = f" {setting.unit}" if setting.unit else ""
    return f"at least {format_number(setting.at_least)} and at most {format_number(setting.at_most)}{unit}"


def value_text(value: SettingValue) -> str:
    """A value in plain words or digits."""
    return value if isinstance(value, str) else format_number(value)


def settings_in(rule: Rule) -> tuple[str, ...]:
    """The settings that stand in a rule, each once: in its conditions, or for it or a level to exist."""
    names = dict.fromkeys(rule.only_when)
    for level in (*rule.levels, *rule.dormant_levels):
        names |= dict.fromkeys(level.only_when)
        for condition in (*level.conditions, *(wording.when for wording in level.wording)):
            compared = (leaf for leaf in leaves(condition) if isinstance(leaf, Compare))
            names |= dict.fromkeys(leaf.setting for leaf in compared if leaf.setting is not None)
    return tuple(names)


def settings_of_rule(settings: Settings, rule: Rule) -> tuple[str, ...]:
    """The settings that a rule depends on: those that stand in it, and those that weigh it."""
    weighing = (
        name
        for name, setting in settings.declared.items()
        if isinstance(setting, WordSetting) and any(rule.id in c.rules for c in setting.choices.values())
    )
    return tuple(dict.fromkeys((*settings_in(rule), *weighing)))


def possible_values(declared: Mapping[str, Setting]) -> dict[str, tuple[SettingValue, ...]]:
    """For each setting the values between which, or among which, any choice lies."""
    found: dict[str, tuple[SettingValue, ...]] = {}
    for name, setting in declared.items():
        if isinstance(setting, WordSetting):
            found[name] = tuple(setting.choices)
        else:
            shifts = list(_shifts_of(declared, name))
            bounds = [(setting.at_least, setting.at_most), *((s.at_least, s.at_most) for s in shifts)]
            numbers = [number for pair in bounds for number in pair if number is not None]
            found[name] = (min(numbers), max(numbers))
    return found


def _shifts_of(declared: Mapping[str, Setting], name: str) -> Iterator[Shift]:
    for setting in declared.values():
        if isinstance(setting, WordSetting):
            for choice in setting.choices.values():
                if name in choice.settings:
                    yield choice.settings[name]
