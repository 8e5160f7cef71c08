"""Rules and packs as they are judged: checked, compiled, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from orderguard.facts.context import Measure
from orderguard.facts.definition import FactValue
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, Op

if TYPE_CHECKING:
    from orderguard.engine.groups import Group
    from orderguard.rulebook.settings import Settings, SettingValue


class Severity(StrEnum):
    """How much a finding weighs, strictest first."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Outcome(StrEnum):
    """What judging a rule can say."""

    VIOLATED = "violated"
    NOT_EVALUATED = "not-evaluated"
    CLEARED = "cleared"
    NOT_APPLICABLE = "not-applicable"


SEVERITY_RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(Severity)}
"""0 for the strictest."""


class Source(NamedTuple):
    """Where a limit was read.

    Attributes:
        id: the key that citations use.
        title: name of the text.
        publisher: who publishes it.
        kind: label, rems, reference, project or recall.
        revision: its revision, if known.
        read_through: the copy through which it was read, if not the original.
    """

    id: str
    title: str
    publisher: str
    kind: str
    revision: str | None = None
    read_through: str | None = None


class Citation(NamedTuple):
    """A place in a source."""

    source: Source
    section: str | None = None


class Wording(NamedTuple):
    """A more precise message for when a condition holds."""

    when: Condition
    message: str


@dataclass(frozen=True)
class Level:
    """One severity of a rule.

    Attributes:
        severity: weight of its finding.
        overridable: whether a named pharmacist may release the order in spite of it.
        applies: when it is asked; the rule's own `applies` is part of it. None: always.
        among: which items it speaks of; items outside pass. None: all.
        require: what must then hold.
        message: the template of its finding's message.
        wording: more precise templates; the first whose condition is true wins.
        only_when: the words of settings with which it exists.
    """

    severity: Severity
    overridable: bool
    applies: Condition | None
    among: Condition | None
    require: Condition
    message: str
    wording: tuple[Wording, ...] = ()
    only_when: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its conditions: `applies`, `among`, `require`, where given."""
        return tuple(c for c in (self.applies, self.among, self.require) if c is not None)

    @property
    def demand(self) -> Condition:
        """What every item must fulfil: to lie outside `among`, or to meet `require`."""
        return self.require if self.among is None else AnyOf((Not(self.among), self.require))


@dataclass(frozen=True)
class Example:
    """Facts and the outcome that a rule must have on them.

    Attributes:
        name: what the example shows.
        facts: the facts of the order and of one item; what is left out is not known.
        expect: the outcome.
        severity: the severity of the level that has it, where the rule has several.
        line: line in the rule file.
        settings: the values with which the rule is judged, where they are not the defaults.
        overridable: whether its finding can be overridden; None where the example leaves it open.
    """

    name: str
    facts: Mapping[str, FactValue]
    expect: Outcome
    severity: Severity | None
    line: int
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    overridable: bool | None = None


class Change(NamedTuple):
    """A change that a rule went through: the version of the pack, and what changed."""

    version: str
    change: str


@dataclass(frozen=True)
class Rule:
    """One rule of a pack.

    Attributes:
        id: public, stable name.
        title: what must hold, in a few words.
        scope: the scope it is asked in.
        levels: its severities, strictest first.
        dormant_levels: those that the settings leave out.
        only_when: the words of settings with which it exists.
        action: what to do about a finding.
        rationale: why it exists.
        sources: where it was read.
        confidence: how well the source was read: high, medium, low or recall.
        note: what a reader should know of the reading.
        review: `unreviewed` until a pharmacist signs.
        since: the first version with this rule.
        locked: whether a site may not loosen it.
        history: its changes since then.
        equivalent: names of mutants that nothing can tell from it, each with the reason.
        cannot: kinds of outcome that cannot occur, each with its reason.
        examples: worked examples.
        file: the rule file.
        line: line of the rule in it.
    """

    id: str
    title: str
    scope: str
    levels: tuple[Level, ...]
    action: str
    rationale: str
    sources: tuple[Citation, ...]
    confidence: str
    note: str | None
    review: str
    since: str
    locked: bool
    history: tuple[Change, ...]
    equivalent: Mapping[str, str]
    cannot: Mapping[Outcome, str]
    examples: tuple[Example, ...]
    file: str
    line: int
    only_when: Mapping[str, str] = field(default_factory=dict)
    dormant_levels: tuple[Level, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of its strictest level."""
        return self.levels[0].severity


class Question(NamedTuple):
    """What an engine is asked: one level of a rule, about one item or about the emptiness of a list.

    Attributes:
        rule_id: the rule.
        level: index of the level.
        scope: the scope whose facts decide it.
        applies: when it is asked; None: always.
        require: what must then hold.
        about_count: whether it asks, at order scope, if the list of the rule's scope is empty.
    """

    rule_id: str
    level: int
    scope: str
    applies: Condition | None
    require: Condition
    about_count: bool = False


@dataclass(frozen=True)
class Raised:
    """A rule that a site made stricter: the weights it had and those it has."""

    rule: str
    was: str
    now: str


@dataclass(frozen=True)
class Loosened:
    """A rule that a site made milder or switched off.

    Attributes:
        rule: the rule.
        was: the weights it had.
        now: those it has, or `off`.
        by: who decided it.
        on: when, as a date.
        reason: why.
    """

    rule: str
    was: str
    now: str
    by: str
    on: str
    reason: str


@dataclass(frozen=True)
class SiteChanges:
    """What a site's file changes.

    Attributes:
        name: the name of the site.
        settings: the settings in effect that are not the pack's own defaults.
        raised: the rules that are stricter.
        loosened: the rules that are milder, or switched off.
    """

    name: str
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    raised: tuple[Raised, ...] = ()
    loosened: tuple[Loosened, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self.settings or self.raised or self.loosened)


@dataclass(frozen=True)
class Pack:
    """The rules for one product.

    Attributes:
        id: name of the pack.
        version: version of its content.
        title: what it is for.
        product: the product that it covers, an id of the terminology.
        measure: what the measurements need to be told.
        sources: the sources by id.
        left_out: requirements that have no rule here, each with the reason.
        rules: the rules in written order.
        questions: what the engines are asked, in the order of the rules.
        sha256: fingerprint of the pack, the terminology and what a site changes.
        settings: its settings as they are in effect.
        dormant: the rules that settings or a site leave out.
        site: what a site's file changes; None without one.
    """

    id: str
    version: str
    title: str
    product: str
    measure: Measure
    sources: Mapping[str, Source]
    left_out: Mapping[str, str]
    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    sha256: str
    settings: Settings
    dormant: tuple[Rule, ...] = ()
    site: SiteChanges | None = None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The questions in the groups in which the engines judge them."""
        from orderguard.engine.groups import make_groups

        return make_groups(self)


class Rulebook:
    """Everything that was loaded from a directory of rules, and a site's file.

    Args:
        packs: the packs.
        vocabulary: the facts that rules may use.
        terminology: the value sets.
        site: the site, with what it loosens in any pack; None without a site's file.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        vocabulary: Vocabulary,
        terminology: Terminology,
        site: SiteChanges | None = None,
    ) -> None:
        self._packs = tuple(packs)
        self.vocabulary = vocabulary
        self.terminology = terminology
        self.site = site

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs."""
        return self._packs

    def pack_for(self, product: str | None) -> Pack | None:
        """The pack that covers a product, or None."""
        return next((pack for pack in self.packs if pack.product == product), None)


def conjunction(*conditions: Condition | None) -> Condition | None:
    """All of the conditions that are given; None when none is."""
    given = tuple(condition for condition in conditions if condition is not None)
    if len(given) <= 1:
        return given[0] if given else None
    return AllOf(given)


def questions_of(rule: Rule, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """What the engines are asked for a rule: each level at its scope, and whether its list is empty."""
    count_fact = vocabulary.scopes[rule.scope].count_fact
    questions = [
        Question(rule.id, index, rule.scope, level.applies, level.demand)
        for index, level in enumerate(rule.levels)
    ]
    if count_fact is not None:
        empty = Compare(count_fact, Op.AT_MOST, 0)
        questions += [
            Question(rule.id, index, "order", conjunction(level.applies, empty), empty, about_count=True)
            for index, level in enumerate(rule.levels)
        ]
    return tuple(questions)


def worst_level(rule: Rule, outcomes: Iterable[Outcome]) -> tuple[Outcome, int | None]:
    """The outcome of a rule whose levels have these outcomes, and the level that has the finding.

    The strictest level that is violated or not evaluated decides, and within one severity a violated level
    before one that is not evaluated. Without such a level the rule is cleared if one level is, else not
    applicable.
    """
    found = list(enumerate(outcomes))
    findings = [
        (SEVERITY_RANK[rule.levels[index].severity], outcome is not Outcome.VIOLATED, index)
        for index, outcome in found
        if outcome in (Outcome.VIOLATED, Outcome.NOT_EVALUATED)
    ]
    if findings:
        _, unknown, index = min(findings)
        return (Outcome.NOT_EVALUATED if unknown else Outcome.VIOLATED), index
    if any(outcome is Outcome.CLEARED for _, outcome in found):
        return Outcome.CLEARED, None
    return Outcome.NOT_APPLICABLE, None
