"""The shape of a rule file (`orderguard schema rules`), and what is wrong with one, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from orderguard.errors import RulesProblem
from orderguard.facts.calendar import MONTH_ENDS, MonthEnd
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.yaml_source import YamlPath, YamlSource

MAX_WINDOW_DAYS = 366
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
SeverityWord = Literal["block", "warn", "info"]
ExpectWord = Literal["violated", "cleared", "not-evaluated", "not-applicable"]
KindWord = Literal["violated", "cleared", "not-evaluated"]
ConfidenceWord = Literal["high", "medium", "low", "recall"]
SourceKind = Literal["label", "rems", "reference", "project", "recall"]
SettingName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]
SettingWord = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=64)]
NumberData = Annotated[Any, WithJsonSchema({"type": "number"})]
SettingData = Annotated[
    Any, WithJsonSchema({"type": ["number", "string"], "description": "the value of a setting"})
]
A_SETTING = {
    "type": "object",
    "properties": {"setting": {"type": "string"}},
    "required": ["setting"],
    "additionalProperties": False,
    "description": "the value of a setting of the pack",
}
"""The JSON Schema of a value that a setting gives."""
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
                " `one_of`; the constant beside an operator may be `{setting: NAME}`"
            ),
        }
    ),
]
FactData = Annotated[
    Any, WithJsonSchema({"type": ["boolean", "number", "string"], "description": "the value of a fact"})
]


WholeDays = Annotated[
    int,
    Field(ge=1, le=MAX_WINDOW_DAYS),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_WINDOW_DAYS}, A_SETTING]}),
]
StepData = Annotated[
    Decimal,
    BeforeValidator(lambda number: Decimal(number) if type(number) is int else number),
    Field(gt=0),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
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
    month_end_policy: Annotated[
        MonthEnd,
        WithJsonSchema({"anyOf": [{"type": "string", "enum": list(MONTH_ENDS)}, A_SETTING]}),
    ] = Field(default="roll_forward", description="what a day stands for that a month does not have")
    lab_panel: list[Text] = Field(
        default_factory=list, description="the tests over which the scope `lab` runs"
    )
    dose_window_days: WholeDays | None = Field(
        None, description="how many calendar dates the window has in which doses are summed"
    )
    dose_steps_mg: list[StepData] = Field(
        default_factory=list, description="the steps of a treatment, lowest first; the last is the full dose"
    )
    restart_after_days: WholeDays | None = Field(
        None, description="from how many days without a dose on a treatment starts anew"
    )


class WeightDocument(Document):
    """How much a finding weighs."""

    severity: SeverityWord
    overridable: bool = False


class ShiftDocument(Document):
    """What a word of one setting changes about another."""

    default: SettingData = None
    at_least: NumberData = None
    at_most: NumberData = None


class ChoiceDocument(Document):
    """What follows when a word is chosen."""

    rules: dict[Identifier, WeightDocument] = Field(
        default_factory=dict, description="the least weight that these rules then have"
    )
    settings: dict[SettingName, ShiftDocument] = Field(
        default_factory=dict, description="other defaults and bounds of settings that stand below"
    )


class SettingDocument(Document):
    """What a site may choose: either a word (`values`) or a number (`at_least`, `at_most`)."""

    title: Text
    default: SettingData = Field(description="what holds while nobody chooses")
    values: dict[SettingWord, ChoiceDocument] | None = Field(
        None, description="the words, each with what it changes"
    )
    at_least: NumberData = Field(None, description="the least number that may be chosen")
    at_most: NumberData = Field(None, description="the greatest number that may be chosen")
    unit: Text | None = None
    note: Text | None = None


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
    only_when: dict[SettingName, SettingWord] = Field(
        default_factory=dict, description="the words of settings with which the level exists"
    )
    applies: ConditionData = Field(None, description="when the level is asked; absent: always")
    among: ConditionData = Field(None, description="the items it speaks of; absent: all")
    require: ConditionData = Field(description="what must then hold")
    message: Text = Field(description="with placeholders: {fact} for a value, {fact operator} for a limit")
    wording: list[WordingDocument] = Field(default_factory=list)


class ExampleDocument(Document):
    """Facts of the order and of one item, and the outcome that the rule must have on them."""

    name: Text
    facts: dict[str, FactData] = Field(description="what is left out is not known")
    expect: ExpectWord
    severity: SeverityWord | None = Field(None, description="of the level that has the outcome")
    overridable: bool | None = Field(
        None, description="of that level: whether a named pharmacist may release the order in spite of it"
    )
    settings: dict[SettingName, SettingData] = Field(
        default_factory=dict,
        description="values with which the rule is judged; the others have their defaults",
    )


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
    only_when: dict[SettingName, SettingWord] = Field(
        default_factory=dict, description="the words of settings with which the rule exists"
    )
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
    history: list[ChangeDocument] = Field(default_factory=list, description="changes since the first version")
    equivalent: list[EquivalentDocument] = Field(
        default_factory=list, description="mutants that nothing can tell from the rule"
    )
    cannot: dict[KindWord, Text] = Field(
        default_factory=dict, description="kinds of outcome that cannot occur, each with its reason"
    )
    examples: Annotated[list[ExampleDocument], Field(min_length=1)]


class PackDocument(Document):
    """A rule file."""

    pack: Identifier
    version: Text
    title: Text
    covers: CoversDocument
    measure: MeasureDocument
    settings: dict[SettingName, SettingDocument] = Field(
        default_factory=dict, description="what a site may choose"
    )
    sources: dict[Identifier, SourceDocument]
    left_out: dict[Identifier, Text] = Field(
        default_factory=dict, description="requirements that have no rule here, each with the reason"
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
    "blank": "must not be empty",
    "unprintable": "must not hold control characters",
    "no_date": "must be a date such as 2026-11-01",
    "string_pattern_mismatch": "must be lower-case words of letters and digits, joined by hyphens",
}


def document_problems(
    source: YamlSource,
    error: ValidationError,
    root: type[Document] = PackDocument,
    start: str = "a rule file is a mapping that starts with `pack:`",
    ignored: Collection[YamlPath] = (),
) -> Iterator[RulesProblem]:
    """What is wrong with a document, each problem with its line.

    Args:
        source: the file.
        error: what its validation raised.
        root: the model of the whole file.
        start: what is said of a file that is no mapping at all.
        ignored: places of which nothing is said.
    """
    for entry in error.errors(include_input=False, include_url=False):
        path = _place(entry["loc"])
        if path not in ignored:
            yield source.problem(path, _text(entry, path, root) if path else start)


def _place(loc: YamlPath) -> YamlPath:
    """The location without what Pydantic adds for the keys of a mapping."""
    return tuple(step for step in loc if step != "[key]")


def _text(entry: Any, path: YamlPath, root: type[Document]) -> str:
    kind = entry["type"]
    name = _name(path)
    if kind == "missing":
        return f"`{path[-1]}` is missing"
    if kind == "extra_forbidden":
        return f"the key `{path[-1]}` is not known here{suggestion(str(path[-1]), keys_at(root, path[:-1]))}"
    if kind == "literal_error":
        return f"{name} must be {entry['ctx']['expected'].replace(chr(39), '`').replace('True', '`true`')}"
    plain = _PLAIN.get(kind)
    if plain is not None:
        return f"{name} {plain}"
    return f"{name}: {entry['msg'][:1].lower()}{entry['msg'][1:]}"


def _name(path: YamlPath) -> str:
    """The last key of a path, with the number of the item where the path ends in a list."""
    last = path[-1]
    return f"item {last + 1} of `{path[-2]}`" if isinstance(last, int) else f"`{last}`"


def keys_at(root: type[Document], path: YamlPath) -> list[str]:
    """The keys that the mapping at a path of a document may have."""
    found: Any = root
    for step in path:
        model = _model_in(found)
        if model is not None:
            field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
            found = None if field is None else field.annotation
        else:
            found = _inside(found)
    model = _model_in(found)
    return [] if model is None else [f.alias or name for name, f in model.model_fields.items()]


def _model_in(annotation: Any) -> type[Document] | None:
    """The document that an annotation names, also as one of several possibilities."""
    if isinstance(annotation, type) and issubclass(annotation, Document):
        return annotation
    if get_origin(annotation) in (list, dict):
        return None
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)


def _inside(annotation: Any) -> Any:
    """The annotation of the entries of a list or mapping."""
    if get_origin(annotation) in (list, dict):
        return get_args(annotation)[-1]
    return next((inner for part in get_args(annotation) if (inner := _inside(part)) is not None), None)
