"""Value sets of products, drugs and classes of drugs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from orderguard.facts.codes import atc_key, name_key, ndc_keys, number_key
from orderguard.facts.value_sets import Register, add_names, add_numbers, check_word
from orderguard.order import ROUTES

if TYPE_CHECKING:
    from orderguard.facts.terminology_files import (
        AtcSweep,
        DrugClassesFile,
        DrugClassPart,
        DrugsFile,
        LoadedFile,
        MemberGroup,
        ProductPart,
        ProductsFile,
    )
    from orderguard.rulebook.yaml_source import YamlPath

_ATC_LEVELS = (1, 3, 4, 5, 7)


class ProductEntry(NamedTuple):
    """A product that an order may be for.

    Attributes:
        id: the word that packs use.
        title: the words for it in texts.
        drug: its entry among the drugs.
        names: its names, as compared.
        rxcuis: its RxNorm codes.
        ndcs: its National Drug Codes, labeler and product in the 5-4 form.
        strength_mg_per_ml: the strength of its vial.
    """

    id: str
    title: str
    drug: str
    names: frozenset[str]
    rxcuis: frozenset[str]
    ndcs: frozenset[str]
    strength_mg_per_ml: Decimal


@dataclass(frozen=True)
class Products:
    """Products by name and by code."""

    entries: Mapping[str, ProductEntry]
    _by_name: Mapping[str, str]
    _by_rxcui: Mapping[str, str]
    _by_ndc: Mapping[str, str]

    def by_name(self, name: str) -> str | None:
        """The product of a name."""
        return self._by_name.get(name_key(name))

    def by_rxcui(self, rxcui: str) -> str | None:
        """The product of an RxNorm code."""
        return self._by_rxcui.get(number_key(rxcui) or "")

    def by_ndc(self, ndc: str) -> str | None:
        """The product of a National Drug Code; None when its readings name none, or two."""
        found = {self._by_ndc[key] for key in ndc_keys(ndc) if key in self._by_ndc}
        return found.pop() if len(found) == 1 else None


def build_products(file: LoadedFile[ProductsFile]) -> Products:
    """Compile `products.yaml`."""
    by_name: Register[str] = Register("product name")
    by_rxcui: Register[str] = Register("RxCUI")
    by_ndc: Register[str] = Register("NDC")
    for product, part in file.document.products.items():
        for index, group in enumerate(part.identifiers):
            path = ("products", product, "identifiers", index)
            add_names(by_name, file, (*path, "names"), group.names, product)
            add_numbers(by_rxcui, file, (*path, "rxcuis"), group.rxcuis, product)
            for place, ndc in enumerate(group.ndcs):
                keys = ndc_keys(ndc)
                by_ndc.add(file, (*path, "ndcs", place), ndc, keys[0] if len(keys) == 1 else None, product)
    entries = {
        product: _product_entry(product, part, by_name.entries, by_rxcui.entries, by_ndc.entries)
        for product, part in file.document.products.items()
    }
    return Products(
        MappingProxyType(entries),
        MappingProxyType(by_name.entries),
        MappingProxyType(by_rxcui.entries),
        MappingProxyType(by_ndc.entries),
    )


def _product_entry(product: str, part: ProductPart, *registers: Mapping[str, str]) -> ProductEntry:
    names, rxcuis, ndcs = (
        frozenset(key for key, value in entries.items() if value == product) for entries in registers
    )
    return ProductEntry(product, part.title, part.drug, names, rxcuis, ndcs, part.strength_mg_per_ml)


# -- drugs -----------------------------------------------------------------------------------------------


class DrugMatch(NamedTuple):
    """What the name and the codes of an entry say.

    Attributes:
        drugs: the drugs that they name. Two where name and code disagree.
        classes: the classes of those drugs, and those that the beginning of the ATC code says.
        recognised: whether any value set knows the name or a code.
    """

    drugs: frozenset[str]
    classes: frozenset[str]
    recognised: bool


class DrugNames(NamedTuple):
    """Drugs by name, RxCUI and ATC code; with the generic drug of each product."""

    generics: Mapping[str, str | None]
    by_name: Mapping[str, str]
    by_rxcui: Mapping[str, str]
    by_atc: Mapping[str, str]

    def find(self, name: str | None, rxcui: str | None, atc: str | None) -> set[str] | None:
        """The drugs that are named; None when neither name nor code is given.

        Where a product and its generic drug are named together, the product alone is meant.
        """
        keys = (
            (self.by_name, name, name_key),
            (self.by_rxcui, rxcui, number_key),
            (self.by_atc, atc, atc_key),
        )
        given = [(table, key(text)) for table, text, key in keys if text and text.strip()]
        if not given:
            return None
        found = {table[key] for table, key in given if key is not None and key in table}
        return found if len(found) <= 1 else found - {self.generics[drug] for drug in found}


def build_drug_names(file: LoadedFile[DrugsFile], products: LoadedFile[ProductsFile] | None) -> DrugNames:
    """Compile `drugs.yaml`; the names and RxCUIs of a product name its drug too."""
    generics: dict[str, str | None] = {}
    by_name: Register[str] = Register("drug name")
    by_rxcui: Register[str] = Register("RxCUI")
    by_atc: Register[str] = Register("ATC code")
    for index, group in enumerate(file.document.groups):
        for drug, part in group.drugs.items():
            path = ("groups", index, "drugs", drug)
            by_name.add(file, path, drug, name_key(drug), drug)
            add_names(by_name, file, (*path, "names"), part.names, drug)
            add_numbers(by_rxcui, file, (*path, "rxcuis"), part.rxcuis, drug)
            for place, code in enumerate(part.atc):
                by_atc.add(file, (*path, "atc", place), code, atc_key(code), drug)
            generics[drug] = part.generic
    _check_generics(file, generics)
    _check_confidences(file)
    if products is not None:
        _add_products(products, generics, by_name, by_rxcui)
    return DrugNames(
        MappingProxyType(generics),
        MappingProxyType(by_name.entries),
        MappingProxyType(by_rxcui.entries),
        MappingProxyType(by_atc.entries),
    )


def _check_generics(file: LoadedFile[DrugsFile], drugs: Mapping[str, str | None]) -> None:
    for index, group in enumerate(file.document.groups):
        for drug, part in group.drugs.items():
            if part.generic is not None:
                path = ("groups", index, "drugs", drug, "generic")
                check_word(file, path, part.generic, drugs, "drug")


def _check_confidences(file: LoadedFile[DrugsFile]) -> None:
    """Codes without a word on how far they can be relied on are refused."""
    for index, group in enumerate(file.document.groups):
        kinds = (("rxcuis", "rxcui_confidence"), ("atc", "atc_confidence"))
        for codes, confidence in kinds:
            has_codes = any(getattr(part, codes) for part in group.drugs.values())
            if has_codes != (getattr(group, confidence) is not None):
                file.refuse(("groups", index), f"`{confidence}` must stand exactly where `{codes}` do")


def _add_products(
    file: LoadedFile[ProductsFile],
    drugs: Mapping[str, str | None],
    by_name: Register[str],
    by_rxcui: Register[str],
) -> None:
    for product, part in file.document.products.items():
        check_word(file, ("products", product, "drug"), part.drug, drugs, "drug")
        for index, group in enumerate(part.identifiers):
            path = ("products", product, "identifiers", index)
            for place, name in enumerate(group.names):
                if by_name.entries.get(name_key(name)) != part.drug:
                    by_name.add(file, (*path, "names", place), name, name_key(name), part.drug)
            add_numbers(by_rxcui, file, (*path, "rxcuis"), group.rxcuis, part.drug)


# -- classes of drugs ------------------------------------------------------------------------------------


class EquivalentRow(NamedTuple):
    """What a dose equals in mg of the class's reference drug.

    Attributes:
        routes: the routes it speaks of; None for any.
        dose_mg: the dose.
        equals_mg: the dose of the reference drug that it equals.
        row: the word that rules use for how far the row can be relied on.
    """

    routes: frozenset[str] | None
    dose_mg: Decimal
    equals_mg: Decimal
    row: str


class Member(NamedTuple):
    """A drug of a class.

    Attributes:
        drug: the drug.
        confirm: whether a pharmacist confirms that it is meant.
        rows: its equivalents, where the class has them.
    """

    drug: str
    confirm: bool = False
    rows: tuple[EquivalentRow, ...] = ()


class DrugClass(NamedTuple):
    """A class of drugs.

    Attributes:
        id: the word that rules use.
        title: the words for it in texts.
        routes: the routes that count; None for any.
        members: its drugs.
        atc_prefixes: beginnings of ATC codes that belong to it too.
        excepted: drugs that these beginnings never mean.
    """

    id: str
    title: str
    routes: frozenset[str] | None
    members: Mapping[str, Member]
    atc_prefixes: frozenset[str]
    excepted: frozenset[str]


def build_drug_classes(file: LoadedFile[DrugClassesFile], drugs: DrugNames | None) -> Mapping[str, DrugClass]:
    """Compile `drug-classes.yaml`; without drugs the members are not checked."""
    parts = file.document.classes
    members = {name: _members(file, name, part, drugs) for name, part in parts.items()}
    for name, part in parts.items():
        _include(file, name, part, members)
    sweeps = {name: _sweep(file, ("classes", name, "atc"), part.atc, members) for name, part in parts.items()}
    classes = {}
    for name, part in parts.items():
        prefixes, excepted = sweeps[name]
        _check_excepted(file, name, part, excepted)
        included = [sweeps[other] for other in part.includes if other in sweeps]
        prefixes = prefixes.union(*(sweep[0] for sweep in included))
        excepted = excepted.union(*(sweep[1] for sweep in included)).difference(members[name])
        routes = _routes(file, ("classes", name, "routes"), part.routes)
        classes[name] = DrugClass(
            name, part.title, routes, MappingProxyType(members[name]), prefixes, excepted
        )
    return MappingProxyType(classes)


def _members(
    file: LoadedFile[DrugClassesFile], name: str, part: DrugClassPart, drugs: DrugNames | None
) -> dict[str, Member]:
    members: Register[Member] = Register("drug")
    for index, group in enumerate(part.groups):
        path = ("classes", name, "groups", index)
        rows = _rows(file, path, group)
        for place, drug in enumerate(group.drugs):
            where = (*path, "drugs", place)
            if drugs is None or check_word(file, where, drug, drugs.generics, "drug"):
                members.add(file, where, drug, drug, Member(drug, group.confirm, rows))
    return members.entries


def _check_excepted(
    file: LoadedFile[DrugClassesFile], name: str, part: DrugClassPart, excepted: frozenset[str]
) -> None:
    for index, group in enumerate(part.groups):
        for place, drug in enumerate(group.drugs):
            if drug in excepted:
                path = ("classes", name, "groups", index, "drugs", place)
                file.refuse(path, f"the drug `{drug}` stands in `{name}` and in a class that it excepts")


def _include(
    file: LoadedFile[DrugClassesFile], name: str, part: DrugClassPart, members: dict[str, dict[str, Member]]
) -> None:
    """Take in the drugs of other classes, as plain members. A class that includes cannot be included."""
    includable = [other for other, entry in file.document.classes.items() if not entry.includes]
    for index, other in enumerate(part.includes):
        if check_word(file, ("classes", name, "includes", index), other, includable, "class"):
            for drug in members[other]:
                members[name].setdefault(drug, Member(drug))


def _rows(file: LoadedFile[DrugClassesFile], path: YamlPath, group: MemberGroup) -> tuple[EquivalentRow, ...]:
    return tuple(
        EquivalentRow(
            _routes(file, (*path, "equivalents", index, "routes"), part.routes),
            part.dose_mg,
            part.equals_mg,
            part.row,
        )
        for index, part in enumerate(group.equivalents)
    )


def _routes(file: LoadedFile[Any], path: YamlPath, routes: Sequence[str] | None) -> frozenset[str] | None:
    if routes is None:
        return None
    for index, route in enumerate(routes):
        check_word(file, (*path, index), route, ROUTES, "route")
    return frozenset(routes)


def _sweep(
    file: LoadedFile[DrugClassesFile],
    path: YamlPath,
    part: AtcSweep | None,
    members: Mapping[str, Mapping[str, Member]],
) -> tuple[frozenset[str], frozenset[str]]:
    """The beginnings of ATC codes of a class, and the drugs that they never mean."""
    if part is None:
        return frozenset(), frozenset()
    prefixes: Register[str] = Register("ATC code")
    for index, prefix in enumerate(part.prefixes):
        prefixes.add(file, (*path, "prefixes", index), prefix, atc_key(prefix), prefix)
    excepted: set[str] = set()
    for index, name in enumerate(part.except_classes):
        if check_word(file, (*path, "except_classes", index), name, members, "class"):
            excepted.update(members[name])
    return frozenset(prefixes.entries), frozenset(excepted)


@dataclass(frozen=True)
class Drugs:
    """Drugs with their classes."""

    names: DrugNames
    classes: Mapping[str, DrugClass]
    _alone: Mapping[str, DrugMatch]
    _swept: Mapping[str, tuple[DrugClass, ...]]

    def match(self, name: str | None, rxcui: str | None, atc: str | None) -> DrugMatch | None:
        """What name and codes say; None when neither is given."""
        found = self.names.find(name, rxcui, atc)
        if found is None:
            return None
        swept = self._sweeping(atc) if atc else ()
        if len(found) == 1 and not swept:
            return self._alone[next(iter(found))]
        classes = {drug_class.id for drug_class in swept if drug_class.excepted.isdisjoint(found)}
        classes.update(*(self._alone[drug].classes for drug in found))
        return DrugMatch(frozenset(found), frozenset(classes), bool(found or swept))

    def _sweeping(self, atc: str) -> list[DrugClass]:
        code = atc_key(atc) or ""
        beginnings = (code[:length] for length in _ATC_LEVELS if length <= len(code))
        return [drug_class for beginning in beginnings for drug_class in self._swept.get(beginning, ())]


def build_drugs(names: DrugNames, classes: Mapping[str, DrugClass]) -> Drugs:
    """Join drugs and classes."""
    memberships: dict[str, set[str]] = {drug: set() for drug in names.generics}
    swept: dict[str, list[DrugClass]] = {}
    for drug_class in classes.values():
        for drug in drug_class.members:
            memberships[drug].add(drug_class.id)
        for prefix in drug_class.atc_prefixes:
            swept.setdefault(prefix, []).append(drug_class)
    alone = {
        drug: DrugMatch(frozenset([drug]), frozenset(ids), recognised=True)
        for drug, ids in memberships.items()
    }
    return Drugs(names, classes, MappingProxyType(alone), MappingProxyType(_as_tuples(swept.items())))


def _as_tuples(items: Iterable[tuple[str, list[DrugClass]]]) -> dict[str, tuple[DrugClass, ...]]:
    return {prefix: tuple(found) for prefix, found in items}
