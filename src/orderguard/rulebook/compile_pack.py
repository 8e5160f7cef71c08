"""From the data of a rule file to a pack."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError

from orderguard.errors import RulesProblem
from orderguard.facts.context import Measure
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.messages import message_facts
from orderguard.order import LAB_TESTS
from orderguard.rulebook.compile_rule import RuleCompiler
from orderguard.rulebook.compile_settings import (
    check_rules_of,
    compile_settings,
    unused,
    with_settings,
    without_consequences,
)
from orderguard.rulebook.conditions import facts_of, setting_named, suggestion
from orderguard.rulebook.document import (
    Document,
    MeasureDocument,
    PackDocument,
    RuleDocument,
    SettingDocument,
    SourceDocument,
    document_problems,
)
from orderguard.rulebook.pack import Pack, Rule, Source, questions_of
from orderguard.rulebook.settings import NO_SETTINGS, Settings, resolve, settings_in
from orderguard.rulebook.unfilled import MARKER, unfilled
from orderguard.rulebook.weight import raised
from orderguard.rulebook.yaml_source import YamlPath, YamlSource

RESERVED_IDS = ("product-covered", "engine-fault")
"""The ids of the built-in findings."""

D = TypeVar("D", bound=Document)


class PackCompiler:
    """Compiles one rule file. Problems are collected, not raised.

    Args:
        source: the file.
        vocabulary: the facts that rules may use.
        terminology: the value sets.

    Attributes:
        problems: what is wrong with the file.
        rules: the rules that were compiled last and have no problem, also of a file that makes no pack.
    """

    def __init__(self, source: YamlSource, vocabulary: Vocabulary, terminology: Terminology) -> None:
        self.problems: list[RulesProblem] = []
        self.rules: tuple[Rule, ...] = ()
        self._source = source
        self._vocabulary = vocabulary
        self._terminology = terminology
        self._document: PackDocument | None = None
        self._settings = NO_SETTINGS
        self._unfilled: frozenset[YamlPath] = frozenset()

    def compile(self) -> Pack | None:
        """The pack of the rules that have no problem; None when the head of the file has one."""
        data = self._source.data
        if isinstance(data, dict):
            data = self._with_settings(data, {})
        self._unfilled = self._check_filled(data)
        try:
            self._document = PackDocument.model_validate(data)
        except ValidationError as error:
            self.problems += document_problems(self._source, error, ignored=self._unfilled)
            self._check_rules_alone(data)
            return None
        pack = self._pack(self._document, None)
        self._check_head(self._document)
        self._check_needs(self._document, (*pack.rules, *pack.dormant))
        self._check_settings([part.id for part in self._document.rules], (*pack.rules, *pack.dormant))
        return replace(pack, sha256=_fingerprint(self._source, self._terminology))

    @property
    def settings(self) -> Settings:
        """The settings with which the rules were compiled last."""
        return self._settings

    def variant(self, chosen: Mapping[str, object], only: Collection[str] | None = None) -> Pack:
        """The pack, compiled already, with other values of its settings, and without a fingerprint.

        Args:
            chosen: the values that are not the defaults; they fit the pack's settings.
            only: the ids of the rules to compile; None for all.
        """
        data: Any = self._source.data
        assert self._document is not None  # noqa: S101 (there is a pack to vary)
        head = self._with_settings({key: data[key] for key in ("settings", "measure") if key in data}, chosen)
        measure = MeasureDocument.model_validate(head["measure"])
        return self._pack(self._document.model_copy(update={"measure": measure}), only)

    def _pack(self, document: PackDocument, only: Collection[str] | None) -> Pack:
        sources = {key: _source_of(key, part) for key, part in document.sources.items()}
        wanted = [(i, r) for i, r in enumerate(document.rules) if only is None or r.id in only]
        compiled = self._rules(wanted, sources)
        there = {rule.id for rule in compiled if rule.levels and self._settings.hold(rule.only_when)}
        rules = tuple(self._weighed(rule) for rule in compiled if rule.id in there)
        return Pack(
            id=document.pack,
            version=document.version,
            title=document.title,
            product=document.covers.product,
            measure=_measure_of(document),
            sources=sources,
            left_out=document.left_out,
            rules=rules,
            questions=tuple(q for rule in rules for q in questions_of(rule, self._vocabulary)),
            sha256="",
            settings=self._settings,
            dormant=tuple(rule for rule in compiled if rule.id not in there),
        )

    # -- settings --

    def _with_settings(self, data: dict[str, Any], chosen: Mapping[str, object]) -> dict[str, Any]:
        """The content of the file with what settings give to `measure`."""
        documents = dict(_valid(SettingDocument, _mapping(data.get("settings"))))
        before = len(self.problems)
        declared = compile_settings(documents, self._note)
        if len(self.problems) > before:
            declared = without_consequences(declared)
        self._settings = resolve(declared, chosen)
        if "measure" not in data:
            return data
        measure = with_settings(data["measure"], self._settings.values, ("measure",), self._note)
        return {**data, "measure": measure}

    def _weighed(self, rule: Rule) -> Rule:
        """The rule with the weight that the chosen words give it at least."""
        weight = self._settings.least_weights.get(rule.id)
        return rule if weight is None else raised(rule, weight)

    def _check_settings(self, ids: Sequence[str], rules: Iterable[Rule]) -> None:
        declared = self._settings.declared
        check_rules_of(declared, ids, self._note)
        # A rule that has a problem is not among those that could depend on a setting.
        for name in () if self.problems else unused(declared, self._settings_used(rules)):
            self._note(("settings", name), f"nothing depends on the setting `{name}`")

    def _settings_used(self, rules: Iterable[Rule]) -> Iterator[str]:
        data: Any = self._source.data
        for _, value in _mapping(data.get("measure")):
            name = setting_named(value)
            if name is not None:
                yield name
        for rule in rules:
            yield from settings_in(rule)

    def _check_filled(self, data: object) -> frozenset[YamlPath]:
        """Note, and return, what is not filled in of scaffolded rules."""
        rules = data.get("rules") if isinstance(data, dict) else None
        places = list(unfilled(rules, ("rules",)))
        for path in places:
            keys = [step for step in path if isinstance(step, str)]
            self._note(
                path, f"`{keys[-2] if keys[-1] == MARKER else keys[-1]}` is not filled in (`{MARKER}`)"
            )
        return frozenset(places)

    def _check_rules_alone(self, data: object) -> None:
        """Check the rules whose own shape is right, in a file whose shape is not."""
        if not isinstance(data, dict):
            return
        sources = {
            key: _source_of(key, part) for key, part in _valid(SourceDocument, _mapping(data.get("sources")))
        }
        rules = data.get("rules")
        items = enumerate(rules) if isinstance(rules, list) else ()
        self._rules(_valid(RuleDocument, items), sources)

    def _check_head(self, document: PackDocument) -> None:
        product, indication = document.covers.product, document.measure.indication
        products, diseases = list(self._terminology.products), list(self._terminology.diseases)
        if product not in products:
            near = suggestion(product, products)
            self._note(("covers", "product"), f"there is no product `{product}` in the terminology{near}")
        if indication not in diseases:
            near = suggestion(indication, diseases)
            self._note(
                ("measure", "indication"), f"there is no disease `{indication}` in the terminology{near}"
            )
        for index, test in enumerate(document.measure.lab_panel):
            path = ("measure", "lab_panel", index)
            if test not in LAB_TESTS:
                near = suggestion(test, list(LAB_TESTS))
                self._note(path, f"there is no laboratory test `{test}`{near}")
            elif test in document.measure.lab_panel[:index]:
                self._note(path, f"the test `{test}` is listed twice")
        steps = document.measure.dose_steps_mg
        if any(later <= earlier for earlier, later in pairwise(steps)):
            self._note(("measure", "dose_steps_mg"), "the steps must go up, the lowest first")

    def _check_needs(self, document: PackDocument, rules: Iterable[Rule]) -> None:
        """Note what the pack does not tell although facts that its rules use need it."""
        missing: dict[str, str] = {}
        for rule in rules:
            for name in _facts_of(rule):
                need = self._vocabulary.needs.get(name)
                if need is not None and not getattr(document.measure, need):
                    missing.setdefault(need, f"`{need}` is missing: rule `{rule.id}` asks for `{name}`")
        for message in missing.values():
            self._note(("measure",), message)

    def _rules(
        self, documents: Iterable[tuple[int, RuleDocument]], sources: Mapping[str, Source]
    ) -> tuple[Rule, ...]:
        compiled: dict[str, Rule] = {}
        seen: dict[str, int] = {}
        scaffolds = {place[1] for place in self._unfilled}
        for index, document in documents:
            path = ("rules", index)
            line = self._source.line((*path, "id"))
            first = seen.setdefault(document.id, line)
            if first != line:
                self._note((*path, "id"), f"the rule id `{document.id}` is taken already (line {first})")
            if document.id in RESERVED_IDS:
                self._note((*path, "id"), f"the rule id `{document.id}` is reserved")
            if index in scaffolds:
                continue
            part = RuleCompiler(
                self._source, path, document, self._vocabulary, sources, settings=self._settings
            )
            rule = part.compile()
            self.problems += part.problems
            if rule is not None:
                compiled[rule.id] = rule
        self.rules = tuple(compiled.values())
        return self.rules

    def _note(self, path: YamlPath, message: str) -> None:
        self.problems.append(self._source.problem(path, message))


def _measure_of(document: PackDocument) -> Measure:
    measure = document.measure
    return Measure(
        document.covers.product,
        measure.indication,
        tuple(measure.lab_panel),
        measure.month_end_policy,
        dose_window_days=measure.dose_window_days,
        dose_steps_mg=tuple(measure.dose_steps_mg),
        restart_after_days=measure.restart_after_days,
    )


def _facts_of(rule: Rule) -> Iterator[str]:
    """The facts that a rule's conditions and messages use."""
    for level in (*rule.levels, *rule.dormant_levels):
        yield from message_facts(level)
        for condition in level.conditions:
            yield from facts_of(condition)


def _mapping(data: object) -> Iterable[tuple[Any, Any]]:
    return data.items() if isinstance(data, dict) else ()


def _valid(model: type[D], parts: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, D]]:
    """The parts that have the shape of a model."""
    for key, part in parts:
        try:
            yield key, model.model_validate(part)
        except ValidationError:
            continue


def _source_of(key: str, part: SourceDocument) -> Source:
    return Source(
        id=key,
        title=part.title,
        publisher=part.publisher,
        kind=part.kind,
        revision=part.revision,
        read_through=part.read_through,
    )


def _fingerprint(source: YamlSource, terminology: Terminology) -> str:
    """The SHA-256 of a pack's content and of every value set."""
    digest = hashlib.sha256(source.canonical())
    digest.update(b"\n")
    digest.update(terminology.sha_material)
    return digest.hexdigest()
