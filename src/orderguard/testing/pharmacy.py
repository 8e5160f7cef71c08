"""What a scenario says of the pharmacy: the settings it chooses, and the rules it raises and loosens."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from orderguard.testing.problem import StepError, nearest

SITE = "the pharmacy of the scenario"
_BY = "NAME OF THE PHARMACIST"
_ON = "2025-01-01"
_REASON = "stated by the scenario"
_NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")


class _Rule(Protocol):
    @property
    def id(self) -> str: ...


class _Settings(Protocol):
    @property
    def declared(self) -> Mapping[str, Any]: ...


class _Pack(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def rules(self) -> Collection[_Rule]: ...

    @property
    def dormant(self) -> Collection[_Rule]: ...

    @property
    def settings(self) -> _Settings: ...


@dataclass
class Pharmacy:
    """What a scenario says of the pharmacy.

    Attributes:
        settings: the chosen values by the name of the setting.
        raised: the rules that are made stricter, each with its severity.
        loosened: the rules that are made milder, each with its severity; None for one that is switched off.
    """

    settings: dict[str, str] = field(default_factory=dict)
    raised: dict[str, str] = field(default_factory=dict)
    loosened: dict[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether the scenario says anything."""
        return bool(self.settings or self.raised or self.loosened)

    def site_file(self, packs: Collection[_Pack]) -> str:
        """The file of a site that does what the scenario says, for each pack that has the setting or rule.

        Raises:
            StepError: no pack has it.
        """
        settings = {pack.id: set(pack.settings.declared) for pack in packs}
        rules = {pack.id: {rule.id for rule in (*pack.rules, *pack.dormant)} for pack in packs}
        _check(self.settings, settings, "setting")
        _check({**self.raised, **self.loosened}, rules, "rule")
        parts = {
            pack: {
                "settings": {name: _value(text) for name, text in self.settings.items() if name in names},
                "raise": {rule: word for rule, word in self.raised.items() if rule in rules[pack]},
                "loosen": [_loosening(rule, w) for rule, w in self.loosened.items() if rule in rules[pack]],
            }
            for pack, names in settings.items()
        }
        # JSON is YAML.
        return json.dumps({"site": SITE, "packs": parts})


def _check(named: Mapping[str, object], known: Mapping[str, Collection[str]], what: str) -> None:
    everything = sorted({name for names in known.values() for name in names})
    for name in named:
        if name not in everything:
            raise StepError(f"There is no {what} {name}.{nearest(name, everything)}")


def _value(text: str) -> str | int | float:
    """A word, or a number as a step may write it."""
    digits = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
    if not _NUMBER.fullmatch(digits):
        return text
    return float(digits) if "." in digits else int(digits)


def _loosening(rule: str, severity: str | None) -> dict[str, object]:
    change: dict[str, object] = {"off": True} if severity is None else {"severity": severity}
    return {"rule": rule, **change, "by": _BY, "on": _ON, "reason": _REASON}
