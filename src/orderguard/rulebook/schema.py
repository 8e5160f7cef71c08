"""The JSON Schema of a rule file, with the words of a vocabulary: facts, operators, scopes, products.

Editors complete and check rule files by it. The loader stays the judge: a file that fits the schema may still
be refused, for a limit out of range or an example that comes out otherwise.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from orderguard.facts.definition import Fact, Kind
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.order import LAB_TESTS
from orderguard.rulebook.conditions import MAX_WORDS, ONE_OF, Op
from orderguard.rulebook.document import A_SETTING, PackDocument

JsonSchema: TypeAlias = dict[str, Any]

_CONDITIONS = {
    "LevelDocument": ("applies", "among", "require"),
    "RuleDocument": ("applies", "among", "require"),
    "WordingDocument": ("when",),
}
_CONDITION: JsonSchema = {"$ref": "#/$defs/Condition"}
_FACTS: JsonSchema = {"$ref": "#/$defs/Facts"}
_CONDITIONS_OF_JOIN: JsonSchema = {"type": "array", "minItems": 1, "items": _CONDITION}
_TYPES = {Kind.BOOLEAN: "boolean", Kind.INTEGER: "integer", Kind.DECIMAL: "number"}
_TESTS = {Kind.BOOLEAN: "YesOrNoTest", Kind.INTEGER: "WholeNumberTest", Kind.DECIMAL: "NumberTest"}


def rules_schema(vocabulary: Vocabulary, terminology: Terminology) -> JsonSchema:
    """The JSON Schema of a rule file that uses these facts and value sets."""
    schema = PackDocument.model_json_schema()
    parts = schema["$defs"]
    for part, keys in _CONDITIONS.items():
        for key in keys:
            _put(parts[part], key, _CONDITION)
    _put(parts["ExampleDocument"], "facts", _FACTS)
    _put(parts["RuleDocument"], "scope", {"enum": list(vocabulary.scopes)})
    _put(parts["CoversDocument"], "product", {"enum": list(terminology.products)})
    _put(parts["MeasureDocument"], "indication", {"enum": list(terminology.diseases)})
    _put(parts["MeasureDocument"], "lab_panel", {"type": "array", "items": {"enum": list(LAB_TESTS)}})
    parts["RuleDocument"]["oneOf"] = [
        {"required": ["severity", "require", "message"]},
        {"required": ["levels"]},
    ]
    for part in parts.values():
        _close(part)
    _close(schema)
    parts |= {_TESTS[kind]: _test(_constant({"type": word}), ops_of(kind)) for kind, word in _TYPES.items()}
    parts["Condition"] = _condition(vocabulary)
    parts["Facts"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {fact.name: _value(fact) for fact in vocabulary.values()},
    }
    return schema


def _put(part: JsonSchema, key: str, form: JsonSchema) -> None:
    """Give a key of a part its form; what is said of the key stays."""
    said = part["properties"][key]
    part["properties"][key] = {name: said[name] for name in ("description",) if name in said} | form


def _close(part: JsonSchema) -> None:
    """Allow no key of a mapping but those of its pattern: Pydantic leaves that out."""
    for form in part.get("properties", {}).values():
        for each in (form, *form.get("anyOf", ())):
            if "patternProperties" in each:
                each["additionalProperties"] = False


def _condition(vocabulary: Vocabulary) -> JsonSchema:
    joins: JsonSchema = {
        "all": _CONDITIONS_OF_JOIN | {"description": "every one of these conditions"},
        "any": _CONDITIONS_OF_JOIN | {"description": "at least one of these conditions"},
        "not": _CONDITION | {"description": "the opposite of this condition"},
    }
    facts = {fact.name: {"description": _about(fact)} | _test_of(fact) for fact in vocabulary.values()}
    return {
        "description": "`all` or `any` with conditions, `not` with a condition, or a fact with one operator",
        **_one_of_these(joins | facts),
    }


def _about(fact: Fact) -> str:
    unit = f" ({fact.unit})" if fact.unit else ""
    return f"{fact.label}{unit}; {fact.scope.replace('_', ' ')}: {fact.meaning}"


def _test_of(fact: Fact) -> JsonSchema:
    if fact.kind is not Kind.WORD:
        return {"$ref": f"#/$defs/{_TESTS[fact.kind]}"}
    words = _value(fact)
    several = {"type": "array", "items": words, "minItems": 1, "maxItems": MAX_WORDS, "uniqueItems": True}
    return _one_of_these({Op.EQUALS.value: _constant(words), ONE_OF: several})


def ops_of(kind: Kind) -> list[str]:
    """The operators that compare a fact of a kind with one constant."""
    return [Op.EQUALS.value] if kind is Kind.BOOLEAN else [op.value for op in Op]


def _test(constant: JsonSchema, operators: list[str]) -> JsonSchema:
    return _one_of_these(dict.fromkeys(operators, constant))


def _one_of_these(properties: JsonSchema) -> JsonSchema:
    """A mapping with exactly one of these keys."""
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": properties,
    }


def _constant(value: JsonSchema) -> JsonSchema:
    """What may stand beside an operator: a value, or a setting that gives one."""
    return {"anyOf": [value, A_SETTING]}


def _value(fact: Fact) -> JsonSchema:
    """The values of a fact."""
    return {"enum": list(fact.words)} if fact.kind is Kind.WORD else {"type": _TYPES[fact.kind]}
