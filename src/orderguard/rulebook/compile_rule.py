"""From the document of one rule to the rule: every check that needs more than its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orderguard.engine.groups import block_of
from orderguard.engine.rails import TooLargeError, terms_of
from orderguard.errors import RulesProblem
from orderguard.facts.definition import Fact, FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.messages import PLACEHOLDER, Placeholder, placeholders
from orderguard.rulebook.compile_settings import check_only_when
from orderguard.rulebook.conditions import (
    ORDER_SCOPE,
    Condition,
    OneOf,
    Op,
    leaves,
    parse_condition,
    parse_value,
    suggestion,
)
from orderguard.rulebook.document import (
    CitationDocument,
    ExampleDocument,
    LevelDocument,
    RuleDocument,
    WordingDocument,
)
from orderguard.rulebook.pack import (
    SEVERITY_RANK,
    Change,
    Citation,
    Example,
    Level,
    Outcome,
    Rule,
    Severity,
    Source,
    Wording,
    conjunction,
    questions_of,
)
from orderguard.rulebook.settings import Settings, SettingValue, resolve
from orderguard.rulebook.yaml_source import YamlPath, YamlSource

_KINDS = (Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_EVALUATED)
_OF_A_LEVEL = ("severity", "overridable", "among", "require", "message", "wording")
_NEEDED_WITHOUT_LEVELS = ("severity", "require", "message")


class RuleCompiler:
    """Compiles one rule. Problems are collected, not raised.

    Args:
        source: the file.
        path: the place of the rule in it.
        document: the rule.
        vocabulary: the facts that rules may use.
        sources: the sources of the pack.
        settings: its settings as they are in effect.
    """

    def __init__(
        self,
        source: YamlSource,
        path: YamlPath,
        document: RuleDocument,
        vocabulary: Vocabulary,
        sources: Mapping[str, Source],
        *,
        settings: Settings,
    ) -> None:
        self.problems: list[RulesProblem] = []
        self._source = source
        self._path = path
        self._document = document
        self._vocabulary = vocabulary
        self._sources = sources
        self._settings = settings
        self._count_fact: str | None = None

    def compile(self) -> Rule | None:
        """The rule, or None when it has a problem."""
        document = self._document
        if document.scope not in self._vocabulary.scopes:
            near = suggestion(document.scope, list(self._vocabulary.scopes))
            self._note(("scope",), f"there is no scope `{document.scope}`{near}")
            return None
        self._count_fact = self._vocabulary.scopes[document.scope].count_fact
        self._check_only_when(document.only_when, ())
        levels = self._levels()
        citations = self._citations()
        examples = self._examples()
        if self.problems:
            return None
        rule = self._rule(levels, citations, examples)
        self._check_size(rule)
        return None if self.problems else rule

    def _rule(
        self, levels: tuple[Level, ...], citations: tuple[Citation, ...], examples: tuple[Example, ...]
    ) -> Rule:
        document = self._document
        return Rule(
            id=document.id,
            title=document.title,
            scope=document.scope,
            levels=tuple(level for level in levels if self._settings.hold(level.only_when)),
            action=document.action,
            rationale=document.rationale,
            sources=citations,
            confidence=document.confidence,
            note=document.note,
            review=document.review,
            since=document.since,
            locked=document.locked,
            history=tuple(Change(part.version, part.change) for part in document.history),
            equivalent={part.mutant: part.reason for part in document.equivalent},
            cannot={Outcome(kind): reason for kind, reason in document.cannot.items()},
            examples=examples,
            file=self._source.file,
            line=self._source.line(self._path),
            only_when=document.only_when,
            dormant_levels=tuple(level for level in levels if not self._settings.hold(level.only_when)),
        )

    def _check_only_when(self, words: Mapping[str, str], path: YamlPath) -> None:
        check_only_when(self._settings.declared, words, (*path, "only_when"), self._note)

    # -- levels --

    def _levels(self) -> tuple[Level, ...]:
        applies = self._condition(self._document.applies, ("applies",), self._asked_of)
        levels = [self._level(part, path, applies) for part, path in self._level_documents()]
        ranks = [SEVERITY_RANK[level.severity] for level in levels if level is not None]
        if ranks != sorted(ranks):
            self._note(("levels",), "the strictest level must come first")
        return tuple(level for level in levels if level is not None)

    @property
    def _asked_of(self) -> str:
        """The scope of the facts that `applies` may use: a rule on a list is asked without an item too."""
        return ORDER_SCOPE if self._count_fact is not None else self._document.scope

    def _level_documents(self) -> Iterator[tuple[LevelDocument, YamlPath]]:
        document = self._document
        if document.levels is not None:
            for key in _OF_A_LEVEL:
                if getattr(document, key) is not None:
                    self._note((key,), f"`{key}` stands in each of the `levels`, not beside them")
            for index, part in enumerate(document.levels):
                yield part, ("levels", index)
            return
        missing = [key for key in _NEEDED_WITHOUT_LEVELS if getattr(document, key) is None]
        for key in missing:
            self._note(
                (), f"`{key}` is missing (a rule has `severity`, `require` and `message`, or `levels`)"
            )
        if not missing:
            # The rule's own `applies` is joined to each level already.
            data = {key: getattr(document, key) for key in _OF_A_LEVEL}
            yield LevelDocument.model_construct(**_given(data)), ()

    def _level(self, part: LevelDocument, path: YamlPath, applies: Condition | None) -> Level | None:
        if part.overridable and part.severity != Severity.BLOCK.value:
            self._note((*path, "overridable"), "only a `block` can be overridable")
        self._check_only_when(part.only_when, path)
        if part.among is not None and self._count_fact is None:
            scope = self._document.scope
            self._note((*path, "among"), f"`among` is for rules on lists, not for the scope `{scope}`")
            return None
        own = self._condition(part.applies, (*path, "applies"), self._asked_of)
        among = self._condition(part.among, (*path, "among"), self._document.scope)
        require = self._condition(part.require, (*path, "require"), self._document.scope, needed=True)
        wording = [self._wording(w, (*path, "wording", i)) for i, w in enumerate(part.wording)]
        if require is None:
            return None
        level = Level(
            severity=Severity(part.severity),
            overridable=part.overridable,
            applies=conjunction(applies, own),
            among=among,
            require=require,
            message=part.message,
            wording=tuple(w for w in wording if w is not None),
            only_when=part.only_when,
        )
        self._check_message(level, part.message, (*path, "message"))
        for index, each in enumerate(part.wording):
            self._check_message(level, each.message, (*path, "wording", index, "message"))
        return level

    def _wording(self, part: WordingDocument, path: YamlPath) -> Wording | None:
        when = self._condition(part.when, (*path, "when"), self._document.scope, needed=True)
        return None if when is None else Wording(when, part.message)

    def _condition(
        self, data: object, path: YamlPath, scope: str, *, needed: bool = False
    ) -> Condition | None:
        if data is None and not needed:
            return None
        constants = self._settings.constants
        condition = parse_condition(data, path, self._vocabulary, scope, self._note, constants=constants)
        if condition is None:
            return None
        try:
            for truth in (True, False):
                if not terms_of(condition, wanted=truth):
                    self._note(path, f"this is never {str(truth).lower()}, whatever the facts")
        except TooLargeError as error:
            self._note(path, str(error))
        return condition

    def _check_message(self, level: Level, template: str, path: YamlPath) -> None:
        if set("{}") & set(PLACEHOLDER.sub("", template)):
            self._note(path, "a placeholder is `{fact}` or `{fact operator}`; there is a brace too many")
        for placeholder in placeholders(template):
            self._check_placeholder(level, placeholder, path)

    def _check_placeholder(self, level: Level, placeholder: Placeholder, path: YamlPath) -> None:
        if self._fact(placeholder.fact, path) is not None and placeholder.op is not None:
            limits = set(_limits(level, placeholder))
            if not limits or (len(limits) > 1 and placeholder.op != Op.EQUALS.value):
                count = "no" if not limits else "more than one"
                asked = f"`{placeholder.fact}` with `{placeholder.op}`"
                self._note(path, f"this level has {count} comparison of {asked} for the placeholder")

    # -- sources --

    def _citations(self) -> tuple[Citation, ...]:
        document = self._document
        severities = [part.severity for part, _ in _quiet_levels(document)]
        if Severity.BLOCK.value in severities and not document.sources:
            self._note(("sources",), "a rule that blocks needs a source")
        if document.confidence == "recall" and document.note is None:
            self._note(("confidence",), "`recall` needs a `note` that says what was not read again")
        cited = [self._citation(part, index) for index, part in enumerate(document.sources)]
        return tuple(citation for citation in cited if citation is not None)

    def _citation(self, part: CitationDocument, index: int) -> Citation | None:
        source = self._sources.get(part.source)
        if source is None:
            near = suggestion(part.source, list(self._sources))
            self._note(("sources", index), f"the source `{part.source}` is not listed in this file{near}")
            return None
        return Citation(source, part.section)

    # -- examples --

    def _examples(self) -> tuple[Example, ...]:
        self._check_kinds()
        names: set[str] = set()
        examples = []
        for index, part in enumerate(self._document.examples):
            path: YamlPath = ("examples", index)
            if part.name in names:
                self._note((*path, "name"), f"two examples are named `{part.name}`")
            names.add(part.name)
            examples.append(self._example(part, path))
        return tuple(examples)

    def _check_kinds(self) -> None:
        shown = {part.expect for part in self._document.examples}
        cannot = set(self._document.cannot)
        for kind in _KINDS:
            if kind.value in shown and kind.value in cannot:
                self._note(("cannot", kind.value), f"an example shows that `{kind}` can occur")
            if kind.value not in shown and kind.value not in cannot:
                self._note(("examples",), f"no example is `{kind}`, and `cannot` gives no reason why")

    def _example(self, part: ExampleDocument, path: YamlPath) -> Example:
        findings = (Outcome.VIOLATED.value, Outcome.NOT_EVALUATED.value)
        if part.severity is not None and part.expect not in findings:
            self._note((*path, "severity"), f"`{part.expect}` has no severity")
        if part.overridable is not None and part.expect not in findings:
            self._note((*path, "overridable"), f"`{part.expect}` is nothing to override")
        severities = {level.severity for level, _ in _quiet_levels(self._document)}
        if part.severity is None and part.expect == Outcome.VIOLATED.value and len(severities) > 1:
            self._note(path, "`severity` is missing: the rule has several")
        facts: dict[str, FactValue] = {}
        for name, data in part.facts.items():
            value = self._value(name, data, (*path, "facts", name))
            if value is not None:
                facts[name] = value
        return Example(
            name=part.name,
            facts=facts,
            expect=Outcome(part.expect),
            severity=None if part.severity is None else Severity(part.severity),
            line=self._source.line((*self._path, *path)),
            settings=self._example_settings(part, path),
            overridable=part.overridable,
        )

    def _example_settings(self, part: ExampleDocument, path: YamlPath) -> dict[str, SettingValue]:
        """The values with which an example is judged: its own, and those with which its rule exists."""

        def report(name: str, problem: str) -> None:
            self._note((*path, "settings", name), problem)

        chosen = {**self._document.only_when, **part.settings}
        if not chosen:
            return {}
        settings = resolve(self._settings.declared, chosen, report)
        if not settings.hold(self._document.only_when):
            self._note((*path, "settings"), "with these settings the rule does not exist")
        usual = {name: setting.default for name, setting in settings.declared.items()}
        return {} if settings.values == usual else chosen

    def _value(self, name: str, data: object, path: YamlPath) -> FactValue | None:
        fact = self._fact(name, path)
        try:
            return None if fact is None else parse_value(fact, data)
        except ValueError as error:
            self._note(path, str(error))
            return None

    def _fact(self, name: str, path: YamlPath) -> Fact | None:
        """A fact that the rule's messages and examples may name."""
        scopes = (ORDER_SCOPE, self._document.scope)
        fact = self._vocabulary.get(name)
        if fact is not None and fact.scope in scopes:
            return fact
        near = suggestion(name, [f.name for f in self._vocabulary.values() if f.scope in scopes])
        self._note(path, f"there is no fact `{name}` in the rule's scope{near}")
        return None

    # -- limits of the engine --

    def _check_size(self, rule: Rule) -> None:
        questions = questions_of(rule, self._vocabulary)
        try:
            for about_count in (False, True):
                asked = tuple(q for q in questions if q.about_count is about_count)
                if asked:
                    block_of(asked)
        except TooLargeError as error:
            self._note((), str(error))

    def _note(self, path: YamlPath, message: str) -> None:
        problem = self._source.problem((*self._path, *path), f"rule `{self._document.id}`: {message}")
        self.problems.append(problem)


def _limits(level: Level, placeholder: Placeholder) -> Iterator[object]:
    """The constants with which a level compares the fact of a placeholder by its operator."""
    for condition in level.conditions:
        for leaf in leaves(condition):
            if leaf.fact != placeholder.fact:
                continue
            if isinstance(leaf, OneOf):
                if placeholder.op == "one_of":
                    yield leaf.words
            elif leaf.op.value == placeholder.op:
                yield leaf.value


def _quiet_levels(document: RuleDocument) -> Iterator[tuple[Any, int]]:
    """The parts of a rule that have a severity."""
    yield from ((part, index) for index, part in enumerate(document.levels or (document,)))


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
