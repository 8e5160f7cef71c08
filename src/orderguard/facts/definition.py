"""What a fact is, and how the modules of this package declare the facts that they measure."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from orderguard.facts.terminology import Terminology

FactValue = bool | int | Decimal | str
"""What a fact may be. A fact that is not known is left out (or None while it is being measured)."""


class Kind(StrEnum):
    """The type of a fact's value."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    WORD = "word"


class Scope(NamedTuple):
    """What a fact or a rule speaks of: the order as a whole, or one of a repeated thing.

    Attributes:
        name: the word that rule files use.
        count_fact: the order fact that counts the things, for lists that may be empty.
    """

    name: str
    count_fact: str | None = None


SCOPES = (
    Scope("order"),
    Scope("infusion"),
    Scope("lab"),
    Scope("immunization", "immunizations.count"),
    Scope("prior_course", "prior_courses.count"),
)
"""Every scope. Infusions and laboratory tests are never empty lists, so they have no count."""


class Fact(NamedTuple):
    """One entry of the closed vocabulary that rules may use.

    Attributes:
        name: the name in rule files.
        scope: name of its scope.
        kind: type of its value.
        label: the words for it in sentences and messages.
        unit: UCUM unit or counted noun, empty for booleans and words.
        words: the closed list of a word's values.
        lowest: the least value that can be measured, or None.
        highest: the greatest value that can be measured, or None.
        meaning: what is measured, in one sentence.
        never_false: whether a boolean is left out where it does not hold.
    """

    name: str
    scope: str
    kind: Kind
    label: str
    unit: str = ""
    words: tuple[str, ...] = ()
    lowest: int | Decimal | None = None
    highest: int | Decimal | None = None
    meaning: str = ""
    never_false: bool = False


Measure = Callable[..., FactValue | None]
Domain = Iterable[str] | Callable[[Terminology], Iterable[str]]
Alike = Literal["bag", "doses"]
Unit = str | Callable[[Terminology, Mapping[str, str]], str]


class Definition(NamedTuple):
    """A declared fact, or a family of facts whose names differ in parameters such as a drug class.

    Attributes:
        field: for a fact that is one field of the order as it stands, where the field is.
        alike: whether the fact is the same for infusions that are alike, of any order (`facts/alike.py`):
            `bag`: for those with the same bag; `doses`: for those with the same premedication; None: neither.
        needs: what a pack must say under `measure` for the fact to be measured, or None.
        never_false: whether a boolean is left out where it does not hold.
        listed: for a fact about the entries of one list of the order, where the list is. While the list is
            not known, neither is the fact.
        when_empty: what such a fact is when the list is empty.
    """

    template: str
    scope: str
    kind: Kind
    label: str
    unit: Unit
    words: Domain
    lowest: int | Decimal | None
    highest: int | Decimal | None
    over: Mapping[str, Domain]
    measure: Measure
    field: str | None = None
    alike: Alike | None = None
    needs: str | None = None
    never_false: bool = False
    listed: str | None = None
    when_empty: FactValue | None = None

    def expand(self, terminology: Terminology) -> Iterator[tuple[Fact, tuple[str, ...]]]:
        """Each fact of the family with the arguments that its measurement takes."""
        names = list(self.over)
        domains = [_members(domain, terminology) for domain in self.over.values()]
        for arguments in itertools.product(*domains):
            values = dict(zip(names, arguments, strict=True))
            yield (
                Fact(
                    name=self.template.format(**values),
                    scope=self.scope,
                    kind=self.kind,
                    label=self.label.format(**{n: _title(n, v, terminology) for n, v in values.items()}),
                    unit=self.unit if isinstance(self.unit, str) else self.unit(terminology, values),
                    words=_members(self.words, terminology),
                    lowest=self.lowest,
                    highest=self.highest,
                    meaning=(self.measure.__doc__ or "").strip().splitlines()[0],
                    never_false=self.never_false,
                ),
                arguments,
            )


def _title(parameter: str, value: str, terminology: Terminology) -> str:
    """The words for a member of a family in a label."""
    if parameter == "drug_class":
        return terminology.drug_classes[value].title
    if parameter == "allergen":
        return terminology.allergen_classes[value]
    return value.replace("_", " ")


def _members(domain: Domain, terminology: Terminology) -> tuple[str, ...]:
    return tuple(domain(terminology)) if callable(domain) else tuple(domain)


DEFINITIONS: list[Definition] = []
"""Filled by the `fact` decorator when the modules of this package are imported."""


def fact(
    template: str,
    kind: Kind,
    label: str,
    *,
    scope: str = "order",
    unit: Unit = "",
    words: Domain = (),
    lowest: int | Decimal | None = None,
    highest: int | Decimal | None = None,
    over: Mapping[str, Domain] | None = None,
    alike: Alike | None = None,
    needs: str | None = None,
    never_false: bool = False,
    listed: str | None = None,
    when_empty: FactValue | None = None,
) -> Callable[[Measure], Measure]:
    """Declare that a function measures a fact (or a family of them, one for each member of `over`)."""

    def declare(measure: Measure) -> Measure:
        definition = Definition(
            template,
            scope,
            kind,
            label,
            unit,
            words,
            lowest,
            highest,
            over or {},
            measure,
            alike=alike,
            needs=needs,
            never_false=never_false,
            listed=listed,
            when_empty=when_empty,
        )
        DEFINITIONS.append(definition)
        return measure

    return declare


def boolean(template: str, label: str, **options: Any) -> Callable[[Measure], Measure]:
    """Declare a fact that is true or false."""
    return fact(template, Kind.BOOLEAN, label, **options)


def integer(template: str, label: str, **options: Any) -> Callable[[Measure], Measure]:
    """Declare a fact that is a whole number."""
    return fact(template, Kind.INTEGER, label, **options)


def decimal(template: str, label: str, **options: Any) -> Callable[[Measure], Measure]:
    """Declare a fact that is an exact decimal."""
    return fact(template, Kind.DECIMAL, label, **options)


def word(template: str, label: str, **options: Any) -> Callable[[Measure], Measure]:
    """Declare a fact that is a word of a closed list."""
    return fact(template, Kind.WORD, label, **options)


def stated(
    template: str, kind: Kind, label: str, field: str, meaning: str, *, scope: str = "order", **options: Any
) -> None:
    """Declare a fact that is one field of the order, or of a scope's item, as it stands.

    Args:
        template: the name of the fact.
        kind: the type of its value.
        label: the words for it.
        field: the attributes from the order or item to the field, joined by dots.
        meaning: what is measured, in one sentence.
        scope: the scope of the fact.
        options: as for `fact`.
    """
    read = attrgetter(field)

    def measure(ctx: Any, *item: Any) -> Any:
        return read(item[0] if item else ctx.order)

    measure.__doc__ = meaning
    fact(template, kind, label, scope=scope, **options)(measure)
    DEFINITIONS[-1] = DEFINITIONS[-1]._replace(field=field)
