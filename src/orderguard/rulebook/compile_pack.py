"""From the data of a rule file to a pack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from orderguard.errors import RulesProblem
from orderguard.facts.context import Measure
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.order import LAB_TESTS
from orderguard.rulebook.compile_rule import RuleCompiler
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.document import (
    Document,
    PackDocument,
    RuleDocument,
    SourceDocument,
    document_problems,
)
from orderguard.rulebook.pack import Pack, Rule, Source, questions_of
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
    """

    def __init__(self, source: YamlSource, vocabulary: Vocabulary, terminology: Terminology) -> None:
        self.problems: list[RulesProblem] = []
        self._source = source
        self._vocabulary = vocabulary
        self._terminology = terminology

    def compile(self) -> Pack | None:
        """The pack of the rules that have no problem; None when the head of the file has one."""
        data = self._source.data
        try:
            document = PackDocument.model_validate(data)
        except ValidationError as error:
            self.problems += document_problems(self._source, error)
            self._check_rules_alone(data)
            return None
        sources = {key: _source_of(key, part) for key, part in document.sources.items()}
        rules = self._rules(enumerate(document.rules), sources)
        self._check_head(document)
        return Pack(
            id=document.pack,
            version=document.version,
            title=document.title,
            product=document.covers.product,
            measure=Measure(
                document.covers.product, document.measure.indication, tuple(document.measure.lab_panel)
            ),
            sources=sources,
            left_out=document.left_out,
            rules=rules,
            questions=tuple(q for rule in rules for q in questions_of(rule, self._vocabulary)),
            sha256=_fingerprint(self._source, self._terminology),
        )

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

    def _rules(
        self, documents: Iterable[tuple[int, RuleDocument]], sources: Mapping[str, Source]
    ) -> tuple[Rule, ...]:
        compiled: dict[str, Rule] = {}
        seen: dict[str, int] = {}
        for index, document in documents:
            path = ("rules", index)
            line = self._source.line((*path, "id"))
            first = seen.setdefault(document.id, line)
            if first != line:
                self._note((*path, "id"), f"the rule id `{document.id}` is taken already (line {first})")
            if document.id in RESERVED_IDS:
                self._note((*path, "id"), f"the rule id `{document.id}` is reserved")
            part = RuleCompiler(self._source, path, document, self._vocabulary, sources)
            rule = part.compile()
            self.problems += part.problems
            if rule is not None:
                compiled[rule.id] = rule
        return tuple(compiled.values())

    def _note(self, path: YamlPath, message: str) -> None:
        self.problems.append(self._source.problem(path, message))


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
