"""Order examples: files that hold an order document, or name one, and say what its verdict must be.

    name: Infusion 2 is a minute too short
    order_file: orders/too-fast.json
    expect:
      decision: reject
      findings:
        - {rule: infusion-min-4h, outcome: violated, severity: block}

A file holds one example or a list of them, as YAML or as JSON. A finding that blocks or warns and is not
named fails the example. An info may stand unnamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orderguard.errors import InvalidOrder, RulesError, RulesProblem
from orderguard.order import Order
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.document import ExpectWord, SeverityWord, Text
from orderguard.rulebook.pack import Outcome, Severity
from orderguard.rulebook.yaml_source import YamlPath, YamlSource, read_yaml
from orderguard.tools.order_case import OrderCase, Statement

FOLDER = "order-examples"
"""Where the order examples of a directory of rules stand."""

_SUFFIXES = (".yaml", ".yml", ".json")
_IN_FINDINGS = (Outcome.VIOLATED.value, Outcome.NOT_EVALUATED.value)


class _Document(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class FindingExpected(_Document):
    """What the verdict must say of one rule."""

    rule: Text
    outcome: ExpectWord
    severity: SeverityWord | None = Field(None, description="of a rule that is violated or not evaluated")
    overridable: bool | None = Field(None, description="whether a pharmacist may release the order")


class Expected(_Document):
    """What the verdict must be."""

    decision: Literal["verified", "hold", "reject"]
    findings: list[FindingExpected] = []


class OrderExampleDocument(_Document):
    """One order and what its verdict must be: either `order` or `order_file`."""

    name: Text
    order: dict[str, Any] | None = Field(None, description="the order document")
    order_file: Text | None = Field(None, description="the file of the order document, seen from here")
    expect: Expected


def read_order_examples(folder: Path) -> list[OrderCase]:
    """The order examples of a folder, in the order of the files; folders in it are not looked into.

    Raises:
        RulesError: with everything that is wrong in any of the files, each with file and line.
    """
    cases: list[OrderCase] = []
    problems: list[RulesProblem] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
    except OSError as error:
        message = f"cannot be read: {error.strerror or type(error).__name__}"
        raise RulesError([RulesProblem(str(folder), 1, message)]) from None
    for path in paths:
        reader = _Reader(path)
        try:
            cases += reader.cases()
        except RulesError as error:
            problems += error.problems
        problems += reader.problems
    if not cases and not problems:
        problems.append(RulesProblem(str(folder), 1, "holds no order example"))
    if problems:
        raise RulesError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return cases


class _Reader:
    """Reads one file; problems are collected."""

    def __init__(self, path: Path) -> None:
        self.problems: list[RulesProblem] = []
        self._path = path
        self._source: YamlSource

    def cases(self) -> list[OrderCase]:
        """The examples of the file.

        Raises:
            RulesError: the file cannot be read at all.
        """
        self._source = read_yaml(self._path)
        data = self._source.data
        parts: list[tuple[Any, YamlPath]] = [(data, ())]
        if isinstance(data, list):
            parts = [(part, (index,)) for index, part in enumerate(data)]
        if not parts:
            self._note((), "holds no example")
        found = []
        names: set[str] = set()
        for part, path in parts:
            case = self._case(part, path)
            if case is None:
                continue
            if case.name in names:
                self._note((*path, "name"), f"two examples are named `{case.name}`")
            names.add(case.name)
            found.append(case)
        return found

    def _case(self, part: object, path: YamlPath) -> OrderCase | None:
        before = len(self.problems)
        try:
            document = OrderExampleDocument.model_validate(part)
        except ValidationError as error:
            for entry in error.errors(include_input=False, include_url=False):
                self._note((*path, *entry["loc"]), _said(entry))
            return None
        order = self._order(document, path)
        statements = dict(self._statements(document.expect, (*path, "expect", "findings")))
        if order is None or len(self.problems) > before:
            return None
        line = self._source.line((*path, "name"))
        return OrderCase(document.name, str(self._path), line, order, document.expect.decision, statements)

    # -- the order --

    def _order(self, document: OrderExampleDocument, path: YamlPath) -> str | None:
        """The order document as JSON; None after a problem."""
        if (document.order is None) == (document.order_file is None):
            self._note(path, "needs either `order` or `order_file`")
            return None
        key = "order" if document.order is not None else "order_file"
        text = self._text(document, (*path, key))
        if text is None:
            return None
        try:
            Order.model_validate_json(text)
        except InvalidOrder as error:
            for problem in error.problems:
                self._note(
                    (*path, key, *_steps(problem.path)),
                    f"the order: {problem.path or '(document)'}: {problem.message}",
                )
            return None
        return text

    def _text(self, document: OrderExampleDocument, path: YamlPath) -> str | None:
        if document.order is not None:
            return _as_json(document.order)
        assert document.order_file is not None  # noqa: S101 (checked before)
        try:
            return (self._path.parent / document.order_file).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "is not written in UTF-8"
            self._note(path, f"`{document.order_file}` cannot be read: {reason}")
            return None

    # -- what is expected --

    def _statements(self, expect: Expected, path: YamlPath) -> Iterator[tuple[str, Statement]]:
        seen = set()
        for index, part in enumerate(expect.findings):
            here = (*path, index)
            if part.rule in seen:
                self._note((*here, "rule"), f"the rule `{part.rule}` stands twice")
            seen.add(part.rule)
            if part.severity is not None and part.outcome not in _IN_FINDINGS:
                self._note((*here, "severity"), f"`{part.outcome}` has no severity")
            if part.overridable is not None and part.outcome not in _IN_FINDINGS:
                self._note((*here, "overridable"), f"`{part.outcome}` is nothing to override")
            severity = None if part.severity is None else Severity(part.severity)
            yield part.rule, Statement(Outcome(part.outcome), severity, part.overridable)

    def _note(self, path: YamlPath, message: str) -> None:
        self.problems.append(self._source.problem(path, message))


def _said(entry: Any) -> str:
    """What is wrong with the shape of an example, in plain words."""
    kind, loc = entry["type"], entry["loc"]
    if not loc:
        return "an example is a mapping with `name`, `order` or `order_file`, and `expect`"
    name = f"`{loc[-1]}`" if isinstance(loc[-1], str) else f"item {loc[-1] + 1} of `{loc[-2]}`"
    if kind == "missing":
        return f"{name} is missing"
    if kind == "extra_forbidden":
        return f"the key {name} is not known here{suggestion(str(loc[-1]), _keys(loc[:-1]))}"
    if kind == "literal_error":
        return f"{name} must be {entry['ctx']['expected'].replace(chr(39), '`')}"
    return f"{name}: {entry['msg'][:1].lower()}{entry['msg'][1:]}"


def _keys(path: YamlPath) -> list[str]:
    """The keys that the mapping at a path may have."""
    if "findings" in path:
        return list(FindingExpected.model_fields)
    return list((Expected if path else OrderExampleDocument).model_fields)


def _steps(pointer: str) -> YamlPath:
    """A JSON Pointer as the path into the order document that stands in the example."""
    parts = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return tuple(int(part) if part.isdigit() else part for part in parts)


def _as_json(value: object) -> str:
    """Data of an example as JSON; decimals are written digit by digit."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_as_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_json, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)
