"""Value sets of conditions, diseases, vaccines, allergens and laboratory units.

Each class is built from one file of `rules/terminology`. What contradicts itself is noted as a problem of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from orderguard.facts import calendar
from orderguard.facts.codes import icd10cm_key, name_key, number_key
from orderguard.order import CONDITION_KINDS, DISEASE_COURSES, LAB_TESTS

if TYPE_CHECKING:
    from orderguard.facts.terminology_files import (
        AllergensFile,
        ConditionsFile,
        IndicationsFile,
        LaboratoryFile,
        LoadedFile,
        VaccinesFile,
    )
    from orderguard.rulebook.yaml_source import YamlPath

OTHER_DISEASE = "other"
LARGEST_RESULT = Decimal(10**12)
"""A laboratory result above this, in the canonical unit, counts as not known."""

_EXACT = Context(prec=60)
_CATEGORY = 3
_THIRD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DECIMAL_PLACES = 6

V = TypeVar("V")


class Register(Generic[V]):
    """Keys that may stand once only, with what they stand for."""

    def __init__(self, noun: str) -> None:
        self.entries: dict[str, V] = {}
        self._noun = noun
        self._places: dict[str, tuple[LoadedFile[Any], YamlPath]] = {}

    def add(self, file: LoadedFile[Any], path: YamlPath, written: object, key: str | None, value: V) -> None:
        """Enter one key; one that cannot be read or stands already is refused."""
        if not key:
            file.refuse(path, f"the {self._noun} `{written}` cannot be read")
        elif key in self.entries:
            first, place = self._places[key]
            file.refuse(path, f"the {self._noun} `{written}` stands twice (first at {first.where(place)})")
        else:
            self.entries[key] = value
            self._places[key] = (file, path)


def add_names(
    register: Register[V], file: LoadedFile[Any], path: YamlPath, names: Iterable[str], value: V
) -> None:
    """Enter a list of names that stands at `path`."""
    for index, name in enumerate(names):
        register.add(file, (*path, index), name, name_key(name), value)


def add_numbers(
    register: Register[V], file: LoadedFile[Any], path: YamlPath, codes: Iterable[object], value: V
) -> None:
    """Enter a list of numeric codes (CVX, RxCUI) that stands at `path`."""
    for index, code in enumerate(codes):
        register.add(file, (*path, index), code, number_key(str(code)), value)


def check_word(file: LoadedFile[Any], path: YamlPath, word: str, known: Collection[str], noun: str) -> bool:
    """Whether a word is one of a closed list; else it is refused."""
    if word in known:
        return True
    from orderguard.facts.terminology_files import suggestion

    file.refuse(path, f"the {noun} `{word}` is not known{suggestion(word, known)}")
    return False


# -- conditions and diseases -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Conditions:
    """Condition kinds by the beginning of an ICD-10-CM code.

    Attributes:
        groups: kinds that a rule speaks of together, by group id.
    """

    groups: Mapping[str, frozenset[str]]
    _kinds: Mapping[str, str]

    def kind(self, icd10cm: str) -> str | None:
        """The kind of the longest beginning that is on a list; a narrower range comes before a wider one."""
        return _longest(self._kinds, icd10cm)


def build_conditions(file: LoadedFile[ConditionsFile]) -> Conditions:
    """Compile `conditions.yaml`."""
    spans = []
    for kind, part in file.document.kinds.items():
        check_word(file, ("kinds", kind), kind, CONDITION_KINDS, "condition kind")
        for index, written in enumerate(part.icd10cm):
            path = ("kinds", kind, "icd10cm", index)
            codes = tuple(_beginnings(written))
            if not codes:
                file.refuse(path, f"the code `{written}` cannot be read")
            spans.append((codes, kind, written, path))
    kinds: dict[str, str] = {}
    widths: dict[str, int] = {}
    for codes, kind, written, path in sorted(spans, key=lambda span: -len(span[0])):
        if any(widths.get(code) == len(codes) for code in codes):
            file.refuse(path, f"the code `{written}` stands twice")
        for code in codes:
            kinds[code] = kind
            widths[code] = len(codes)
    return Conditions(MappingProxyType(_condition_groups(file)), MappingProxyType(kinds))


def _condition_groups(file: LoadedFile[ConditionsFile]) -> dict[str, frozenset[str]]:
    groups = {}
    for name, part in file.document.groups.items():
        if name in CONDITION_KINDS:
            file.refuse(("groups", name), f"the group `{name}` has the name of a condition kind")
        for index, kind in enumerate(part.kinds):
            check_word(file, ("groups", name, "kinds", index), kind, CONDITION_KINDS, "condition kind")
        groups[name] = frozenset(part.kinds)
    return groups


def _beginnings(written: str) -> Iterator[str]:
    """The beginning of a code, or every category of a range such as A00-B99."""
    first, hyphen, last = (icd10cm_key(end) or "" if end != "-" else end for end in written.partition("-"))
    if not hyphen and first:
        yield first
    if not len(first) == len(last) == _CATEGORY:
        return
    for letter in range(ord(first[0]), ord(last[0]) + 1):
        for digit in "0123456789":
            for third in _THIRD:
                if first <= (category := f"{chr(letter)}{digit}{third}") <= last:
                    yield category


def _longest(table: Mapping[str, V], icd10cm: str) -> V | None:
    code = icd10cm_key(icd10cm) or ""
    for length in range(len(code), _CATEGORY - 1, -1):
        found = table.get(code[:length])
        if found is not None:
            return found
    return None


class Disease(NamedTuple):
    """A disease that a product is for.

    Attributes:
        id: the word that rules use.
        title: the words for it in texts.
        icd10cm: the beginnings of its codes, without dots.
    """

    id: str
    title: str
    icd10cm: tuple[str, ...]


@dataclass(frozen=True)
class Indications:
    """Diseases by the beginning of an ICD-10-CM code, and the courses that a code settles."""

    diseases: Mapping[str, Disease]
    _by_code: Mapping[str, str]
    _courses: Mapping[str, str]

    def disease(self, icd10cm: str) -> str:
        """The id of the disease, `other` for a code of none of them and for one that cannot be read."""
        return _longest(self._by_code, icd10cm) or OTHER_DISEASE

    def course(self, icd10cm: str) -> str | None:
        """The disease course that the code settles; None where it leaves it open."""
        return _longest(self._courses, icd10cm)


def build_indications(file: LoadedFile[IndicationsFile]) -> Indications:
    """Compile `indications.yaml`."""
    diseases = {}
    by_code: Register[str] = Register("code")
    courses: Register[str] = Register("code")
    for name, part in file.document.diseases.items():
        path = ("diseases", name)
        if name == OTHER_DISEASE:
            file.refuse(path, f"`{OTHER_DISEASE}` means all other diseases")
        _add_codes(by_code, file, (*path, "icd10cm"), part.icd10cm, name)
        for course, codes in part.courses.items():
            check_word(file, (*path, "courses", course), course, DISEASE_COURSES, "disease course")
            _add_codes(courses, file, (*path, "courses", course), codes, course)
        codes_of_disease = tuple(code for code, disease in by_code.entries.items() if disease == name)
        diseases[name] = Disease(name, part.title, codes_of_disease)
    return Indications(
        MappingProxyType(diseases), MappingProxyType(by_code.entries), MappingProxyType(courses.entries)
    )


def _add_codes(
    register: Register[str], file: LoadedFile[Any], path: YamlPath, codes: Iterable[str], value: str
) -> None:
    for index, code in enumerate(codes):
        register.add(file, (*path, index), code, icd10cm_key(code), value)


# -- vaccines and allergens ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vaccines:
    """Vaccine classes by CVX code and by name."""

    _by_cvx: Mapping[str, str]
    _by_name: Mapping[str, str]

    def classes(self, cvx: str | None, name: str | None) -> frozenset[str] | None:
        """The classes that code and name say; empty when on no list, None when neither is given."""
        return _classes_of(self._by_cvx, cvx, self._by_name, name)


def build_vaccines(file: LoadedFile[VaccinesFile]) -> Vaccines:
    """Compile `vaccines.yaml`."""
    by_cvx: Register[str] = Register("CVX code")
    by_name: Register[str] = Register("vaccine")
    for index, group in enumerate(file.document.groups):
        for name, part in group.vaccines.items():
            path = ("groups", index, "vaccines", name)
            by_name.add(file, path, name, name_key(name), group.vaccine_class)
            add_names(by_name, file, (*path, "names"), part.names, group.vaccine_class)
            add_numbers(by_cvx, file, (*path, "cvx"), part.cvx, group.vaccine_class)
    return Vaccines(MappingProxyType(by_cvx.entries), MappingProxyType(by_name.entries))


@dataclass(frozen=True)
class Allergens:
    """Classes of substances by name and RxCUI.

    Attributes:
        titles: the words for each class, by class id.
    """

    titles: Mapping[str, str]
    _by_rxcui: Mapping[str, str]
    _by_name: Mapping[str, str]

    def classes(self, substance: str | None, rxcui: str | None) -> frozenset[str] | None:
        """The classes that name and code say; empty when on no list, None when neither is given."""
        return _classes_of(self._by_rxcui, rxcui, self._by_name, substance)


def build_allergens(file: LoadedFile[AllergensFile]) -> Allergens:
    """Compile `allergens.yaml`."""
    by_rxcui: Register[str] = Register("RxCUI")
    by_name: Register[str] = Register("substance")
    for name, part in file.document.classes.items():
        add_names(by_name, file, ("classes", name, "names"), part.names, name)
        add_numbers(by_rxcui, file, ("classes", name, "rxcuis"), part.rxcuis, name)
    titles = {name: part.title for name, part in file.document.classes.items()}
    return Allergens(
        MappingProxyType(titles), MappingProxyType(by_rxcui.entries), MappingProxyType(by_name.entries)
    )


def _classes_of(
    by_code: Mapping[str, str], code: str | None, by_name: Mapping[str, str], name: str | None
) -> frozenset[str] | None:
    code, name = code if code and code.strip() else None, name if name and name.strip() else None
    if code is None and name is None:
        return None
    found = (
        None if code is None else by_code.get(number_key(code) or ""),
        None if name is None else by_name.get(name_key(name)),
    )
    return frozenset(entry for entry in found if entry is not None)


# -- laboratory ------------------------------------------------------------------------------------------


class Reading(NamedTuple):
    """How a unit becomes the canonical one: times `times`, divided by `divide_by`."""

    times: Decimal
    divide_by: Decimal


@dataclass(frozen=True)
class Laboratory:
    """Units of laboratory tests.

    Attributes:
        units: the canonical unit of each test that is a quantity.
    """

    units: Mapping[str, str]
    _readings: Mapping[tuple[str, str], Reading]

    def value(self, test: str, value: Decimal, unit: str | None, *, up: bool = False) -> Decimal | None:
        """A result in the canonical unit of its test.

        Args:
            test: the test.
            value: the result as given.
            unit: its unit as given.
            up: cut to 6 decimal places upwards (for values of which a maximum is asked), else downwards.

        Returns:
            The value; None when the unit is missing or on no list, or the result is above 10^12.
        """
        reading = None if unit is None else self._readings.get((test, unit.strip()))
        if reading is None:
            return None
        if reading.times == reading.divide_by:
            return value if value <= LARGEST_RESULT else None
        product = _EXACT.multiply(value, reading.times)
        if _EXACT.compare(product, _EXACT.multiply(LARGEST_RESULT, reading.divide_by)) > 0:
            return None
        if reading.divide_by == 1 and _decimal_places(product) <= _DECIMAL_PLACES:
            return product
        quotient = calendar.quotient_up if up else calendar.quotient_down
        return quotient(product, reading.divide_by)


def _decimal_places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def build_laboratory(file: LoadedFile[LaboratoryFile]) -> Laboratory:
    """Compile `laboratory.yaml`."""
    units: dict[str, str] = {}
    readings: dict[tuple[str, str], Reading] = {}
    for index, part in enumerate(file.document.quantities):
        path: YamlPath = ("quantities", index)
        by_unit: Register[Reading] = Register("unit")
        for place, reading in enumerate(part.readings):
            where: YamlPath = (*path, "readings", place, "unit")
            by_unit.add(file, where, reading.unit, reading.unit, Reading(reading.times, reading.divide_by))
        if by_unit.entries.get(part.unit) != Reading(Decimal(1), Decimal(1)):
            file.refuse((*path, "unit"), f"the unit `{part.unit}` must be read as it stands")
        for place, test in enumerate(part.tests):
            where = (*path, "tests", place)
            check_word(file, where, test, LAB_TESTS, "laboratory test")
            if test in units:
                file.refuse(where, f"the test `{test}` stands twice")
            units[test] = part.unit
            readings |= {(test, unit): reading for unit, reading in by_unit.entries.items()}
    return Laboratory(MappingProxyType(units), MappingProxyType(readings))
