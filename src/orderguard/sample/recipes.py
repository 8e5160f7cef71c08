"""The recipes of synthetic orders (`recipes.yaml`): base orders, variations, mistakes and gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from orderguard.sample.dates import MovableOrder


@dataclass(frozen=True)
class Variation:
    """A place whose value may be any of several without a change of the verdict."""

    at: str
    among: Sequence[Any]
    of: Sequence[str]


@dataclass(frozen=True)
class Fault:
    """A change of an order, with the decision and the rules that must speak.

    Attributes:
        name: what is wrong, in a few words.
        of: the base orders that it fits.
        decision: `reject` or `hold`.
        rules: ids of the rules that must have a finding.
        changes: values to set, by place.
        removed: places to take away.
    """

    name: str
    of: Sequence[str]
    decision: str
    rules: Sequence[str]
    changes: Mapping[str, Any]
    removed: Sequence[str]


@dataclass(frozen=True)
class Recipes:
    """All that synthetic orders are made of.

    Attributes:
        weights: how often each base order is taken.
        zones: the time zones.
        variations: what may vary in any order.
        mistakes: what violates a rule.
        gaps: what leaves a rule not evaluated.
    """

    weights: Mapping[str, int]
    zones: Sequence[str]
    variations: Sequence[Variation]
    mistakes: Sequence[Fault]
    gaps: Sequence[Fault]


@cache
def recipes() -> Recipes:
    """The recipes that come with the package."""
    text = files("orderguard.sample").joinpath("recipes.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    every = tuple(data["orders"])
    return Recipes(
        weights=data["orders"],
        zones=data["zones"],
        variations=[Variation(part["at"], part["among"], part.get("of", every)) for part in data["vary"]],
        mistakes=[_fault(part, every) for part in data["mistakes"]],
        gaps=[_fault({"decision": "hold", **part}, every) for part in data["gaps"]],
    )


@cache
def movable_order(name: str) -> MovableOrder:
    """A base order, on which every rule clears."""
    folder = files("orderguard.testing").joinpath("orders")
    return MovableOrder(folder.joinpath(f"{name}.json").read_text(encoding="utf-8"))


def _fault(part: Mapping[str, Any], every: Sequence[str]) -> Fault:
    return Fault(
        name=part["name"],
        of=part.get("of", every),
        decision=part["decision"],
        rules=part["rules"],
        changes=part.get("set", {}),
        removed=part.get("remove", ()),
    )
