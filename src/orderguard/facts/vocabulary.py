"""The closed list of facts that rules may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from orderguard.facts.definition import DEFINITIONS, SCOPES, Alike, Fact, FactValue, Kind, Measure, Scope
from orderguard.facts.terminology import Terminology

__all__ = ["SCOPES", "Fact", "FactValue", "Kind", "Scope", "Vocabulary", "build_vocabulary"]


class Vocabulary(Mapping[str, Fact]):
    """Facts by name, with the scopes they belong to and the functions that measure them.

    Args:
        facts: the facts; names are unique.
        scopes: the scopes that rules may name.
        measures: for each fact name the function that measures it and its arguments.
        fields: for each fact that is a field of the order as it stands, where the field is.
        alike: for each fact that is the same for infusions that are alike, in what they are.
        needs: for facts that a pack must tell something to be measured, what it must say under `measure`.
        listed: for each fact about the entries of one list of the order, where the list is, and what the
            fact is when the list is empty.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        scopes: Iterable[Scope] = SCOPES,
        measures: Mapping[str, tuple[Measure, tuple[str, ...]]] | None = None,
        fields: Mapping[str, str] | None = None,
        *,
        alike: Mapping[str, Alike] | None = None,
        needs: Mapping[str, str] | None = None,
        listed: Mapping[str, tuple[str, FactValue | None]] | None = None,
    ) -> None:
        self._facts = {fact.name: fact for fact in facts}
        self.scopes: Mapping[str, Scope] = MappingProxyType({scope.name: scope for scope in scopes})
        self.measures: Mapping[str, tuple[Measure, tuple[str, ...]]] = MappingProxyType(dict(measures or {}))
        self.fields: Mapping[str, str] = MappingProxyType(dict(fields or {}))
        self.alike: Mapping[str, Alike] = MappingProxyType(dict(alike or {}))
        self.needs: Mapping[str, str] = MappingProxyType(dict(needs or {}))
        self.listed: Mapping[str, tuple[str, FactValue | None]] = MappingProxyType(dict(listed or {}))

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def build_vocabulary(terminology: Terminology) -> Vocabulary:
    """The vocabulary of every declared fact; drug classes and condition groups come from the terminology."""
    import orderguard.facts.measure  # noqa: F401  (importing it declares all facts)

    facts: list[Fact] = []
    measures: dict[str, tuple[Measure, tuple[str, ...]]] = {}
    fields: dict[str, str] = {}
    alike: dict[str, Alike] = {}
    needs: dict[str, str] = {}
    listed: dict[str, tuple[str, FactValue | None]] = {}
    for definition in DEFINITIONS:
        for fact, arguments in definition.expand(terminology):
            if fact.name in measures:
                raise ValueError(f"two measurements for the fact {fact.name}")
            facts.append(fact)
            measures[fact.name] = (definition.measure, arguments)
            if definition.field is not None:
                fields[fact.name] = definition.field
            if definition.alike:
                alike[fact.name] = definition.alike
            if definition.needs is not None:
                needs[fact.name] = definition.needs
            if definition.listed is not None:
                listed[fact.name] = definition.listed, definition.when_empty
    return Vocabulary(facts, SCOPES, measures, fields, alike=alike, needs=needs, listed=listed)
