"""The shape of a site file (`orderguard schema site`)."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from orderguard.rulebook.document import (
    Document,
    Identifier,
    SettingData,
    SettingName,
    SettingWord,
    SeverityWord,
    WeightDocument,
)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _one_line(text: str) -> str:
    """The text with single blanks; what could not be shown on one line is refused."""
    line = " ".join(text.split())
    if not line:
        raise PydanticCustomError("blank", "must not be empty")
    if not line.isprintable():
        raise PydanticCustomError("unprintable", "must not hold control characters")
    return line


def _date(text: str) -> str:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise PydanticCustomError("no_date", "must be a date such as 2026-11-01")


Line = Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(_one_line)]
DateText = Annotated[
    str, AfterValidator(_date), WithJsonSchema({"type": "string", "format": "date"}, mode="validation")
]
RaiseData = Annotated[
    WeightDocument,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": ["block", "warn", "info"]},
                {
                    "type": "object",
                    "properties": {
                        "severity": {"type": "string", "enum": ["block", "warn", "info"]},
                        "overridable": {"type": "boolean"},
                    },
                    "required": ["severity"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class LooseningDocument(Document):
    """A rule that is made milder or switched off: either `off: true`, or `severity`."""

    rule: Identifier
    off: Literal[True] | None = Field(None, description="the rule is not asked at all")
    severity: SeverityWord | None = Field(None, description="no level of the rule is stricter than this")
    overridable: bool = Field(
        default=False, description="with `block`: a named pharmacist may release the order in spite of it"
    )
    by: Line = Field(description="who decided it")
    on: DateText = Field(description="when it was decided")
    reason: Line = Field(description="why")


class SitePackDocument(Document):
    """What a site changes about one pack."""

    settings: dict[SettingName, SettingData] = Field(default_factory=dict, description="values by name")
    raise_: dict[Identifier, RaiseData] = Field(
        default_factory=dict, alias="raise", description="rules of which no level is milder than this"
    )
    loosen: list[LooseningDocument] = Field(
        default_factory=list, description="rules that are made milder or off"
    )


class SiteDocument(Document):
    """A site file."""

    site: Line = Field(description="name of the site")
    profile: SettingWord | None = Field(
        None, description="the word of the setting `profile` in every pack that has it"
    )
    packs: dict[Identifier, SitePackDocument] = Field(
        default_factory=dict, description="by the id of the pack"
    )
    rules: Line | None = Field(
        None, description="directory of more packs and value sets, from the site file's own directory"
    )


def plain_weights(data: Any) -> Any:
    """The content of a site file with each `raise: {RULE: SEVERITY}` written in full."""
    packs = data.get("packs") if isinstance(data, dict) else None
    if not isinstance(packs, dict):
        return data
    return {**data, "packs": {pack: _plain_pack(part) for pack, part in packs.items()}}


def _plain_pack(part: Any) -> Any:
    if not isinstance(part, dict) or not isinstance(part.get("raise"), dict):
        return part
    rules = part["raise"].items()
    return {**part, "raise": {rule: {"severity": w} if isinstance(w, str) else w for rule, w in rules}}
