"""The shape of a rule file (`orderguard schema rules`), and what is wrong with one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, WithJsonSchema

from orderguard.errors import RulesProblem
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.yaml_source import YamlPath, YamlSource

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
SeverityWord = Literal["block", "warn", "info"]
ExpectWord = Literal["violated", "cleared", "not-evaluated", "not-applicable"]
KindWord = Literal["violated", "cleared", "not-evaluated"]
ConfidenceWord = Literal["high", "medium", "low", "recall"]
SourceKind = Literal["label", "rems", "reference", "project", "recall"]
ConditionData = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "description": (
                "a condition: `all` or `any` with a list of conditions, `not` with a condition, or the name"
                " of a fact with one operator: `equals`, `at_least`, `at_most`, `more_than`, `less_than` or"
                " `one_of`"
            ),
        }
    ),
]
FactData = Annotated[
    Any, WithJsonSchema({"type": ["boolean", "number", "string"], "description": "the value of a fact"})
]


class Document(BaseModel):
    """The base of all parts of a rule file: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class CoversDocument(Document):
    """What a pack covers."""

    product: Identifier = Field(description="id of a product in terminology/products.yaml")


class MeasureDocument(Document):
    """What the measurements need to be told."""

    indication: Identifier = Field(description="id of a disease in terminology/indications.yaml")
    lab_panel: list[Text] = Field(default=[], description="the tests over which the scope `lab` runs")


class SourceDocument(Document):
    """A text in which limits were read."""

    title: Text
    publisher: Text
    kind: SourceKind
    revision: Text | None = None
    read_through: Text | None = Field(None, description="the copy through which it was read")


class CitationDocument(Document):
    """A place in a source."""

    source: Identifier = Field(description="id of one of the pack's sources")
    section: Text | None = None


class WordingDocument(Document):
    """A more precise message for when a condition is true."""

    when: ConditionData
    message: Text


class LevelDocument(Document):
    """One severity of a rule."""

    severity: SeverityWord
    overridable: bool = Field(
        default=False, description="whether a named pharmacist may release the order in spite of it"
    )
    applies: ConditionData = Field(None, description="when the level is asked; absent: always")
    among: ConditionData = Field(None, description="the items it speaks of; absent: all")
    require: ConditionData = Field(description="what must then hold")
    message: Text = Field(description="with placeholders: {fact} for a value, {fact operator} for a limit")
    wording: list[WordingDocument] = []


class ExampleDocument(Document):
    """Facts of the order and of one item, and the outcome that the rule must have on them."""

    name: Text
    facts: dict[str, FactData] = Field(description="what is left out is not known")
    expect: ExpectWord
    severity: SeverityWord | None = Field(None, description="of the level that has the outcome")


class ChangeDocument(Document):
    """A change that a rule went through."""

    version: Text = Field(description="the version of the pack with the change")
    change: Text = Field(description="what changed, and its effect on orders")


class EquivalentDocument(Document):
    """A mutant of a rule that nothing can tell from the rule."""

    mutant: Text = Field(description="its name, as `orderguard rules mutate` prints it")
    reason: Text


class RuleDocument(Document):
    """One rule: either `severity`, `require` and `message`, or `levels`."""

    id: Identifier = Field(description="public, stable name")
    title: Text
    scope: Text = "order"
    severity: SeverityWord | None = None
    overridable: bool | None = None
    applies: ConditionData = Field(None, description="when the rule is asked; absent: always")
    among: ConditionData = None
    require: ConditionData = None
    message: Text | None = None
    wording: list[WordingDocument] | None = None
    levels: Annotated[list[LevelDocument], Field(min_length=1)] | None = Field(
        None, description="several severities, strictest first"
    )
    action: Text
    rationale: Text
    sources: list[CitationDocument]
    confidence: ConfidenceWord
    note: Text | None = None
    review: Text = Field(description="`unreviewed` until a pharmacist signs")
    since: Text
    locked: bool = Field(default=False, description="whether a site may not loosen it")
    history: list[ChangeDocument] = Field(default=[], description="changes since the first version")
    equivalent: list[EquivalentDocument] = Field(
        default=[], description="mutants that nothing can tell from the rule"
    )
    cannot: dict[KindWord, Text] = Field(
        default={}, description="kinds of outcome that cannot occur, each with its reason"
    )
    examples: Annotated[list[ExampleDocument], Field(min_length=1)]


class PackDocument(Document):
    """A rule file."""

    pack: Identifier
    version: Text
    title: Text
    covers: CoversDocument
    measure: MeasureDocument
    sources: dict[Identifier, SourceDocument]
    left_out: dict[Identifier, Text] = Field(
        default={}, description="requirements that have no rule here, each with the reason"
    )
    rules: Annotated[list[RuleDocument], Field(min_length=1)]


# -- problems ----------------------------------------------------------------------------------------------

_PLAIN: dict[str, str] = {
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be `true` or `false`",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "list_type": "must be a list",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be lower-case words of letters and digits, joined by hyphens",
}


def document_problems(source: YamlSource, error: ValidationError) -> Iterator[RulesProblem]:
    """What is wrong with a document, each problem with its line."""
    for entry in error.errors(include_input=False, include_url=False):
        path = _place(entry["loc"])
        yield source.problem(path, _text(entry["type"], path, entry))


def _place(loc: YamlPath) -> YamlPath:
    """The location without what Pydantic adds for the keys of a mapping."""
    return tuple(step for step in loc if step != "[key]")


def _text(kind: str, path: YamlPath, entry: Any) -> str:
    if not path:
        return "a rule file is a mapping that starts with `pack:`"
    name = _name(path)
    if kind == "missing":
        return f"`{path[-1]}` is missing"
    if kind == "extra_forbidden":
        return f"the key `{path[-1]}` is not known here{suggestion(str(path[-1]), _keys(path[:-1]))}"
    if kind == "literal_error":
        return f"{name} must be {entry['ctx']['expected'].replace(chr(39), '`')}"
    plain = _PLAIN.get(kind)
    if plain is not None:
        return f"{name} {plain}"
    return f"{name}: {entry['msg'][:1].lower()}{entry['msg'][1:]}"


def _name(path: YamlPath) -> str:
    """The last key of a path, with the number of the item where the path ends in a list."""
    last = path[-1]
    return f"item {last + 1} of `{path[-2]}`" if isinstance(last, int) else f"`{last}`"


def _keys(path: YamlPath) -> list[str]:
    """The keys that the mapping at a path may have."""
    model: Any = PackDocument
    for step in path:
        model = _model_inside(model, step)
        if model is None:
            return []
    return list(model.model_fields)


_PARTS: dict[str, type[Document]] = {
    "covers": CoversDocument,
    "measure": MeasureDocument,
    "rules": RuleDocument,
    "levels": LevelDocument,
    "wording": WordingDocument,
    "examples": ExampleDocument,
    "history": ChangeDocument,
    "equivalent": EquivalentDocument,
}


def _model_inside(model: type[Document], step: str | int) -> type[Document] | None:
    if isinstance(step, int):
        return model
    if step == "sources":
        return SourceDocument if model is PackDocument else CitationDocument
    # Below `sources` of a pack stands the id of a source, which is no key of a model.
    return model if model is SourceDocument else _PARTS.get(step)
