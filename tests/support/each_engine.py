"""For pytest over features (`-p support.each_engine`): each engine judges alone, and both say the same."""

from __future__ import annotations

from typing import Any

from orderguard import Verdict, Verifier
from orderguard.testing import bdd


class EachEngineAlone:
    """Two verifiers in place of one, each with one engine."""

    def __init__(self, rules: Any, *, engines: str, **options: Any) -> None:
        assert engines == "both", "each engine alone is what this is for"
        self._reference = Verifier(rules, engines="reference", **options)
        self._durable = Verifier(rules, engines="durable", **options)
        self.rulebook = self._reference.rulebook

    def verify_json(self, text: str) -> Verdict:
        """The verdict of each."""
        reference, durable = self._reference.verify_json(text), self._durable.verify_json(text)
        assert reference.to_json() == durable.to_json()
        return durable


bdd.Verifier = EachEngineAlone  # type: ignore[assignment, misc]
