"""The value sets with one item left out: each name, code, unit and member in turn.

An item whose loss no order case notices may be lost, or wrong, without anyone seeing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from orderguard.facts.codes import atc_key, icd10cm_key, name_key, ndc_keys, number_key
from orderguard.facts.drug_sets import build_drug_classes, build_drug_names, build_drugs, build_products
from orderguard.facts.terminology import Terminology
from orderguard.facts.terminology_files import LoadedFile, TerminologyFiles
from orderguard.facts.value_sets import (
    build_allergens,
    build_conditions,
    build_indications,
    build_laboratory,
    build_vaccines,
)
from orderguard.rulebook.yaml_source import YamlPath


@dataclass(frozen=True)
class Reading:
    """A text of an order document, read as each kind of name or code; None where it is none.

    Attributes:
        text: the text as it stands.
        name: as a name.
        number: as an RxCUI or CVX code.
        atc: as an ATC code.
        icd10cm: as an ICD-10-CM code.
        ndcs: as a National Drug Code.
        drugs: the drugs that it names.
        kind: the condition kind that it is or means.
    """

    text: str
    name: str
    number: str | None
    atc: str | None
    icd10cm: str | None
    ndcs: tuple[str, ...]
    drugs: frozenset[str]
    kind: str | None


def reading_of(text: str, terminology: Terminology) -> Reading:
    """Read a text in every way."""
    matches = (terminology.drug(*([None] * place + [text] + [None] * (2 - place))) for place in range(3))
    return Reading(
        text,
        name_key(text),
        number_key(text),
        atc_key(text),
        icd10cm_key(text),
        ndc_keys(text),
        frozenset(drug for match in matches if match is not None for drug in match.drugs),
        terminology.condition_kind(text) or text,
    )


Mentions = Callable[[Reading], bool]
"""Whether a text of an order document mentions an item."""


@dataclass(frozen=True)
class ValueItem:
    """One item of a value set.

    Attributes:
        name: what it is, such as `name Medrol of methylprednisolone`.
        part: the attribute of the files that holds it.
        path: where it stands in its file; an item that is itself a key ends in that key.
        is_key: whether it is the key of an entry, which is a name too.
        place: file and line.
        mentions: whether a text of an order document mentions it.
    """

    name: str
    part: str
    path: YamlPath
    is_key: bool
    place: str
    mentions: Mentions


def items_of(files: TerminologyFiles) -> list[ValueItem]:
    """Every item of the value sets, in the order of files and lines."""
    return list(_Items(files))


class _Items:
    def __init__(self, files: TerminologyFiles) -> None:
        self._files = files

    def __iter__(self) -> Iterator[ValueItem]:
        yield from self._products()
        yield from self._drugs()
        yield from self._drug_classes()
        yield from self._conditions()
        yield from self._indications()
        yield from self._vaccines()
        yield from self._allergens()
        yield from self._laboratory()

    def _item(
        self, part: str, path: YamlPath, name: str, mentions: Mentions, *, is_key: bool = False
    ) -> ValueItem:
        source = getattr(self._files, part).source
        return ValueItem(name, part, path, is_key, f"{source.file}:{source.line(path)}", mentions)

    def _names(self, part: str, path: YamlPath, names: Iterable[str], of: str) -> Iterator[ValueItem]:
        for index, name in enumerate(names):
            yield self._item(part, (*path, "names", index), f"name {name} of {of}", _is_name(name_key(name)))

    def _rxcuis(self, part: str, path: YamlPath, codes: Iterable[int], of: str) -> Iterator[ValueItem]:
        for index, code in enumerate(codes):
            mentions = _is_number(number_key(str(code)))
            yield self._item(part, (*path, "rxcuis", index), f"RxCUI {code} of {of}", mentions)

    def _products(self) -> Iterator[ValueItem]:
        for product, part in _document(self._files.products).products.items():
            for index, group in enumerate(part.identifiers):
                path: YamlPath = ("products", product, "identifiers", index)
                yield from self._names("products", path, group.names, product)
                yield from self._rxcuis("products", path, group.rxcuis, product)
                for place, ndc in enumerate(group.ndcs):
                    (key,) = ndc_keys(ndc)
                    yield self._item(
                        "products", (*path, "ndcs", place), f"NDC {ndc} of {product}", _is_ndc(key)
                    )

    def _drugs(self) -> Iterator[ValueItem]:
        sold = {
            name_key(name)
            for part in _document(self._files.products).products.values()
            for group in part.identifiers
            for name in group.names
        }
        for index, group in enumerate(_document(self._files.drugs).groups):
            for drug, part in group.drugs.items():
                path: YamlPath = ("groups", index, "drugs", drug)
                # The name of a product is a name of its drug in any case.
                if name_key(drug) not in sold:
                    mentions = _is_name(name_key(drug))
                    yield self._item("drugs", path, f"name {drug}", mentions, is_key=True)
                yield from self._names("drugs", path, part.names, drug)
                yield from self._rxcuis("drugs", path, part.rxcuis, drug)
                for place, code in enumerate(part.atc):
                    text = f"ATC code {code} of {drug}"
                    yield self._item("drugs", (*path, "atc", place), text, _is_atc(atc_key(code)))

    def _drug_classes(self) -> Iterator[ValueItem]:
        for name, part in _document(self._files.drug_classes).classes.items():
            for index, group in enumerate(part.groups):
                for place, drug in enumerate(group.drugs):
                    path: YamlPath = ("classes", name, "groups", index, "drugs", place)
                    yield self._item("drug_classes", path, f"{drug} in {name}", _names_drug(drug))
            if part.atc is not None:
                for index, prefix in enumerate(part.atc.prefixes):
                    path = ("classes", name, "atc", "prefixes", index)
                    text = f"ATC codes {prefix} in {name}"
                    yield self._item("drug_classes", path, text, _begins_atc(atc_key(prefix) or prefix))

    def _conditions(self) -> Iterator[ValueItem]:
        document = _document(self._files.conditions)
        for kind, part in document.kinds.items():
            for index, written in enumerate(part.icd10cm):
                path: YamlPath = ("kinds", kind, "icd10cm", index)
                yield self._item("conditions", path, f"codes {written} of {kind}", _in_codes(written))
        for name, group in document.groups.items():
            for index, kind in enumerate(group.kinds):
                path = ("groups", name, "kinds", index)
                yield self._item("conditions", path, f"{kind} in {name}", _is_kind(kind))

    def _indications(self) -> Iterator[ValueItem]:
        for disease, part in _document(self._files.indications).diseases.items():
            path: YamlPath = ("diseases", disease)
            for index, written in enumerate(part.icd10cm):
                text = f"codes {written} of {disease}"
                yield self._item("indications", (*path, "icd10cm", index), text, _in_codes(written))
            for course, codes in part.courses.items():
                for index, written in enumerate(codes):
                    text = f"codes {written} of {course}"
                    place = (*path, "courses", course, index)
                    yield self._item("indications", place, text, _in_codes(written))

    def _vaccines(self) -> Iterator[ValueItem]:
        for index, group in enumerate(_document(self._files.vaccines).groups):
            for vaccine, part in group.vaccines.items():
                path: YamlPath = ("groups", index, "vaccines", vaccine)
                text, mentions = f"name {vaccine}", _is_name(name_key(vaccine))
                yield self._item("vaccines", path, text, mentions, is_key=True)
                for place, code in enumerate(part.cvx):
                    text, mentions = f"CVX code {code} of {vaccine}", _is_number(number_key(code))
                    yield self._item("vaccines", (*path, "cvx", place), text, mentions)
                yield from self._names("vaccines", path, part.names, vaccine)

    def _allergens(self) -> Iterator[ValueItem]:
        for name, part in _document(self._files.allergens).classes.items():
            path: YamlPath = ("classes", name)
            yield from self._names("allergens", path, part.names, name)
            yield from self._rxcuis("allergens", path, part.rxcuis, name)

    def _laboratory(self) -> Iterator[ValueItem]:
        for index, quantity in enumerate(_document(self._files.laboratory).quantities):
            for place, reading in enumerate(quantity.readings):
                path: YamlPath = ("quantities", index, "readings", place)
                text = f"unit {reading.unit} of {', '.join(quantity.tests)}"
                yield self._item("laboratory", path, text, _is_text(reading.unit))


def _document(file: LoadedFile[Any] | None) -> Any:
    assert file is not None  # noqa: S101 (value sets that load have every file)
    return file.document


# -- what mentions an item ---------------------------------------------------------------------------------


def _is_name(key: str) -> Mentions:
    return lambda reading: reading.name == key


def _is_number(key: str | None) -> Mentions:
    return lambda reading: reading.number == key


def _is_atc(key: str | None) -> Mentions:
    return lambda reading: reading.atc == key


def _begins_atc(key: str) -> Mentions:
    return lambda reading: reading.atc is not None and reading.atc.startswith(key)


def _is_ndc(key: str) -> Mentions:
    return lambda reading: key in reading.ndcs


def _is_text(wanted: str) -> Mentions:
    return lambda reading: reading.text == wanted


def _names_drug(drug: str) -> Mentions:
    return lambda reading: drug in reading.drugs


def _is_kind(kind: str) -> Mentions:
    return lambda reading: reading.kind == kind


def _in_codes(written: str) -> Mentions:
    """Whether a text is an ICD-10-CM code of a beginning, or of a range of categories such as A00-B99."""
    first, hyphen, last = written.partition("-")
    low = icd10cm_key(first) or ""
    if not hyphen:
        return lambda reading: reading.icd10cm is not None and reading.icd10cm.startswith(low)
    high = icd10cm_key(last) or ""
    return lambda reading: reading.icd10cm is not None and low <= reading.icd10cm[: len(low)] <= high


# -- leaving an item out -----------------------------------------------------------------------------------


def without(item: ValueItem, files: TerminologyFiles, terminology: Terminology) -> Terminology:
    """The value sets without an item.

    Args:
        item: the item.
        files: the files that hold all items.
        terminology: the value sets that were built of these files.
    """
    if item.part == "drugs":
        return _without_drug_key(item, files, terminology)
    file: LoadedFile[Any] = getattr(files, item.part)
    pruned = _renamed if item.is_key else _pruned
    fewer = replace(files)
    setattr(fewer, item.part, LoadedFile(file.source, pruned(file.document, item.path)))
    return _BUILDERS[item.part](fewer, terminology)


def _without_drug_key(item: ValueItem, files: TerminologyFiles, terminology: Terminology) -> Terminology:
    """The value sets in which a drug is not found by one of its names or codes.

    The file could not do without the key of a drug, as classes refer to it.
    """
    drugs = terminology._drugs  # noqa: SLF001
    if item.is_key:
        table, key = "by_name", name_key(str(item.path[-1]))
    else:
        table, read = _DRUG_KEYS[str(item.path[-2])]
        key = read(str(_at(_given(files.drugs).document, item.path))) or ""
    fewer = dict(getattr(drugs.names, table))
    del fewer[key]
    names = drugs.names._replace(**{table: MappingProxyType(fewer)})
    return replace(terminology, _drugs=replace(drugs, names=names))


_DRUG_KEYS: Mapping[str, tuple[str, Callable[[str], str | None]]] = {
    "names": ("by_name", name_key),
    "rxcuis": ("by_rxcui", number_key),
    "atc": ("by_atc", atc_key),
}


def _at(node: Any, path: YamlPath) -> Any:
    for step in path:
        node = getattr(node, str(step)) if isinstance(node, BaseModel) else node[step]
    return node


def _renamed(node: Any, path: YamlPath) -> Any:
    """A part of a document in which the key that a path leads to is one that no order can write."""
    step, *rest = path
    if not rest:
        return {f"{key}\0" if key == step else key: value for key, value in node.items()}
    if isinstance(node, list):
        assert isinstance(step, int)  # noqa: S101
        return [*node[:step], _renamed(node[step], tuple(rest)), *node[step + 1 :]]
    if isinstance(node, dict):
        return {**node, step: _renamed(node[step], tuple(rest))}
    return node.model_copy(update={str(step): _renamed(getattr(node, str(step)), tuple(rest))})


def _pruned(node: Any, path: YamlPath) -> Any:
    """A part of a document without the entry of a list that a path leads to."""
    step, *rest = path
    if isinstance(node, list):
        assert isinstance(step, int)  # noqa: S101
        kept = [_pruned(node[step], tuple(rest))] if rest else []
        return [*node[:step], *kept, *node[step + 1 :]]
    if isinstance(node, dict):
        return {**node, step: _pruned(node[step], tuple(rest))}
    assert isinstance(node, BaseModel)  # noqa: S101
    name = str(step)
    return node.model_copy(update={name: _pruned(getattr(node, name), tuple(rest))})


def _of_products(files: TerminologyFiles, terminology: Terminology) -> Terminology:
    names = build_drug_names(_given(files.drugs), files.products)
    drugs = build_drugs(names, terminology.drug_classes)
    return replace(terminology, _drugs=drugs, _products=build_products(_given(files.products)))


def _of_classes(files: TerminologyFiles, terminology: Terminology) -> Terminology:
    names = terminology._drugs.names  # noqa: SLF001
    classes = build_drug_classes(_given(files.drug_classes), names)
    return replace(terminology, _drugs=build_drugs(names, classes))


_BUILDERS: Mapping[str, Callable[[TerminologyFiles, Terminology], Terminology]] = MappingProxyType(
    {
        "products": _of_products,
        "drug_classes": _of_classes,
        "conditions": lambda f, t: replace(t, _conditions=build_conditions(_given(f.conditions))),
        "indications": lambda f, t: replace(t, _indications=build_indications(_given(f.indications))),
        "vaccines": lambda f, t: replace(t, _vaccines=build_vaccines(_given(f.vaccines))),
        "allergens": lambda f, t: replace(t, _allergens=build_allergens(_given(f.allergens))),
        "laboratory": lambda f, t: replace(t, _laboratory=build_laboratory(_given(f.laboratory))),
    }
)


def _given(file: LoadedFile[Any] | None) -> LoadedFile[Any]:
    """The file, with room for problems of its own."""
    assert file is not None  # noqa: S101 (value sets that load have every file)
    return LoadedFile(file.source, file.document)
