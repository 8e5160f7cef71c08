"""What is wrong with a feature file, before any of its scenarios runs.

Gherkin reads some mistakes as free text, and leaves out without a word what it took for a description.
A specification must not get shorter by a misspelling, so these are errors here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gherkin.dialect import Dialect
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

ENCODING = "utf-8-sig"

_TAG = re.compile(r"[A-Za-z0-9][\w.-]*")
_PLACEHOLDER = re.compile(r"<([^<>]+)>")
_ACTION, _OUTCOME = "Action", "Outcome"
_TYPES = ("Context", _ACTION, _OUTCOME)

Node = dict[str, Any]


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong: the line (from 1; 0 for the file as a whole) and what it is."""

    line: int
    message: str


class BrokenFeatureError(Exception):
    """A feature file that cannot be used; carries every problem in the order of lines."""

    def __init__(self, path: Path, problems: list[FileProblem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__(
            "\n".join(
                f"{path}:{problem.line}: {problem.message}" if problem.line else f"{path}: {problem.message}"
                for problem in self.problems
            )
        )


@dataclass(frozen=True)
class ScenarioHead:
    """A scenario of a file: its name and the line it begins on."""

    name: str
    line: int


@dataclass(frozen=True)
class FeatureText:
    """A feature file that can be used.

    Attributes:
        scenarios: its scenarios and outlines, in order.
        cases: how often a scenario is run: once, or once for each example of an outline.
        tags: every tag of the file, without `@`.
    """

    scenarios: tuple[ScenarioHead, ...]
    cases: int
    tags: tuple[str, ...]


@dataclass(frozen=True)
class StepLine:
    """One step of a case: its kind (`given`, `when`, `then`), its text, its table, and its line."""

    kind: str
    text: str
    table: list[list[str]] | None
    line: int


@dataclass(frozen=True)
class ScenarioCase:
    """A scenario, or one example of an outline, as it is run.

    Attributes:
        name: the name of the scenario.
        line: the line of the scenario; of the row for an example of an outline.
        steps: its steps, those of its backgrounds first, with the words of the row put in.
    """

    name: str
    line: int
    steps: tuple[StepLine, ...]


def read_feature(path: Path) -> FeatureText:
    """Read a feature file and look for what Gherkin lets pass.

    Raises:
        BrokenFeatureError: the file cannot be used.
    """
    feature, pickles = _read(path)
    return FeatureText(
        scenarios=tuple(
            ScenarioHead(scenario["name"], scenario["location"]["line"])
            for scenario, _ in _scenarios(feature)
        ),
        cases=len(pickles),
        tags=tuple(dict.fromkeys(tag["name"].removeprefix("@") for tag in _tags(feature))),
    )


def read_cases(path: Path) -> tuple[ScenarioCase, ...]:
    """Every case of a feature file, to be run without pytest.

    Raises:
        BrokenFeatureError: the file cannot be used.
    """
    feature, pickles = _read(path)
    lines = dict(_lines_of(feature))
    cases = []
    for pickle in pickles:
        for step in pickle["steps"]:
            if "docString" in step.get("argument", {}):
                problem = FileProblem(lines[step["astNodeIds"][0]], "A step takes no text block.")
                raise BrokenFeatureError(path, [problem])
        steps = tuple(_step_line(step, lines) for step in pickle["steps"])
        cases.append(ScenarioCase(pickle["name"], lines[pickle["astNodeIds"][-1]], steps))
    return tuple(cases)


_KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}


def _step_line(step: Node, lines: dict[str, int]) -> StepLine:
    table = step.get("argument", {}).get("dataTable")
    rows = None if table is None else [[cell["value"] for cell in row["cells"]] for row in table["rows"]]
    return StepLine(_KINDS[step["type"]], step["text"], rows, lines[step["astNodeIds"][0]])


def _lines_of(node: Any) -> Iterator[tuple[str, int]]:
    """The line of everything in a document that has an id."""
    if isinstance(node, dict):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for part in node.values():
            yield from _lines_of(part)
    elif isinstance(node, list):
        for part in node:
            yield from _lines_of(part)


def _read(path: Path) -> tuple[Node, list[Node]]:
    """The feature of a file that can be used, and its cases as Gherkin compiles them."""
    try:
        text = path.read_text(encoding=ENCODING)
    except UnicodeDecodeError:
        raise BrokenFeatureError(path, [FileProblem(0, "The file is not written in UTF-8.")]) from None
    document = _parse(path, text)
    feature: Node | None = document.get("feature")
    if feature is None:
        raise BrokenFeatureError(path, [FileProblem(0, "The file holds no feature.")])
    problems = [*_problems(feature, text.splitlines()), *_same_names(feature)]
    if problems:
        raise BrokenFeatureError(path, problems)
    return feature, cast("list[Node]", Compiler().compile(cast(Any, {**document, "uri": str(path)})))


# -- parsing ---------------------------------------------------------------------------------------------


def _parse(path: Path, text: str) -> Node:
    try:
        return cast(Node, Parser().parse(text))
    except CompositeParserException as error:
        errors = error.errors
    except ParserException as error:
        errors = [error]
    raise BrokenFeatureError(path, [FileProblem(error.location["line"], _said(error)) for error in errors])


def _said(error: ParserException) -> str:
    text = re.sub(r"^\(\d+:\d+\): ", "", str(error))
    unexpected = re.search(r", got '(.*)'$", text, re.DOTALL)
    if unexpected:
        return f"This line does not fit here: `{unexpected[1]}`."
    if text.startswith("unexpected end of file"):
        return "The file ends too early."
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


# -- walking ---------------------------------------------------------------------------------------------


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    for child in node["children"]:
        yield from child.items()


def _scenarios(feature: Node) -> Iterator[tuple[Node, list[Node]]]:
    """Each scenario with all of its steps, those of its backgrounds first."""
    yield from _scenarios_under(feature, [])


def _scenarios_under(node: Node, before: list[Node]) -> Iterator[tuple[Node, list[Node]]]:
    for kind, child in _children(node):
        if kind == "background":
            before = [*before, *child["steps"]]
        elif kind == "scenario":
            yield child, [*before, *child["steps"]]
        else:
            yield from _scenarios_under(child, before)


def _parts(node: Node) -> Iterator[Node]:
    """A feature and everything in it that has a description or tags."""
    yield node
    for kind, child in _children(node):
        if kind == "rule":
            yield from _parts(child)
        else:
            yield child
            yield from child.get("examples", ())


def _tags(feature: Node) -> Iterator[Node]:
    for part in _parts(feature):
        yield from part.get("tags", ())


# -- what Gherkin lets pass ------------------------------------------------------------------------------


def _problems(feature: Node, lines: list[str]) -> Iterator[FileProblem]:
    dialect = Dialect.for_name(feature["language"])
    if dialect is not None:
        for part in _parts(feature):
            yield from _misread(part, lines, _suspicious(dialect))
    for tag in _tags(feature):
        if not _TAG.fullmatch(tag["name"].removeprefix("@")):
            yield FileProblem(
                tag["location"]["line"],
                f"The tag {tag['name']} may hold letters, digits, `-`, `_` and `.` only.",
            )
    for kind, child in [("feature", feature), *_children(feature)]:
        if kind in ("feature", "rule") and not list(_scenarios_under(child, [])):
            yield FileProblem(child["location"]["line"], f"This {kind} has no scenario.")
    for scenario, steps in _scenarios(feature):
        yield from _of_scenario(scenario, steps)


def _suspicious(dialect: Dialect) -> re.Pattern[str]:
    """What a line of a description must not begin with: it was meant as more than a description."""
    steps = {
        word.strip()
        for words in (
            dialect.given_keywords,
            dialect.when_keywords,
            dialect.then_keywords,
            dialect.and_keywords,
            dialect.but_keywords,
        )
        for word in words
    }
    titles = [
        *dialect.feature_keywords,
        *dialect.rule_keywords,
        *dialect.background_keywords,
        *dialect.scenario_keywords,
        *dialect.scenario_outline_keywords,
        *dialect.examples_keywords,
    ]
    bullet = r"\*(?:\s|$)" if "*" in steps else r"(?!)"
    step = "|".join(re.escape(word) for word in steps - {"*"})
    title = "|".join(re.escape(word) for word in sorted(titles, key=len, reverse=True))
    return re.compile(rf"(?:(?:{step})\b|{bullet}|(?:{title})\s*:|[@|]|\"\"\"|```)", re.IGNORECASE)


def _misread(part: Node, lines: list[str], suspicious: re.Pattern[str]) -> Iterator[FileProblem]:
    number = part["location"]["line"]
    for said in part.get("description", "").splitlines():
        line = said.strip()
        while number < len(lines) and lines[number].strip() != line:
            number += 1
        number += 1
        if suspicious.match(line):
            yield FileProblem(
                number,
                f"This line is read as a description and never run: `{line}`. "
                "Put it right, or begin it with another word.",
            )


def _of_scenario(scenario: Node, steps: list[Node]) -> Iterator[FileProblem]:
    line = scenario["location"]["line"]
    if not scenario["name"].strip():
        yield FileProblem(line, "This scenario has no name.")
    types = {step["keywordType"] for step in steps}
    if _ACTION not in types:
        yield FileProblem(line, "This scenario has no `When` step.")
    if _OUTCOME not in types:
        yield FileProblem(line, "This scenario has no `Then` step.")
    if steps and steps[0]["keywordType"] not in _TYPES:
        yield FileProblem(
            steps[0]["location"]["line"], "The first step must begin with `Given`, `When` or `Then`."
        )
    yield from _of_outline(scenario, steps)


def _of_outline(scenario: Node, steps: list[Node]) -> Iterator[FileProblem]:
    outline = "outline" in scenario["keyword"].lower() or "template" in scenario["keyword"].lower()
    if outline and not scenario["examples"]:
        yield FileProblem(scenario["location"]["line"], "This outline has no examples.")
    used = {name for step in steps for text in _texts(step) for name in _PLACEHOLDER.findall(text)}
    for examples in scenario["examples"]:
        line = examples["location"]["line"]
        header = examples.get("tableHeader") or {"cells": []}
        columns = [cell["value"] for cell in header["cells"]]
        if not examples.get("tableBody"):
            yield FileProblem(line, "These examples have no row.")
        if len(set(columns)) != len(columns):
            yield FileProblem(line, "These examples have two columns of the same name.")
        for name in sorted(used - set(columns)):
            yield FileProblem(line, f"These examples have no column `{name}`, which a step uses.")
    if not scenario["examples"]:
        for name in sorted(used):
            yield FileProblem(
                scenario["location"]["line"], f"A step uses `<{name}>`, but the scenario has no examples."
            )


def _texts(step: Node) -> Iterator[str]:
    yield step["text"]
    if "docString" in step:
        yield step["docString"]["content"]
    for row in step.get("dataTable", {}).get("rows", ()):
        for cell in row["cells"]:
            yield cell["value"]


def _same_names(feature: Node) -> Iterator[FileProblem]:
    seen: dict[str, int] = {}
    for scenario, _ in _scenarios(feature):
        name, line = scenario["name"], scenario["location"]["line"]
        if name in seen:
            yield FileProblem(line, f"The scenario on line {seen[name]} has the same name.")
        seen.setdefault(name, line)
