"""The value sets: what names and codes on an order mean.

They are read from `rules/terminology/*.yaml`. Names are compared exactly, but for case and blanks.
What stands on no list is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from orderguard.errors import RulesError
from orderguard.facts.drug_sets import (
    DrugClass,
    DrugMatch,
    Drugs,
    EquivalentRow,
    Member,
    ProductEntry,
    Products,
    build_drug_classes,
    build_drug_names,
    build_drugs,
    build_products,
)
from orderguard.facts.value_sets import (
    Allergens,
    Conditions,
    Disease,
    Indications,
    Laboratory,
    Vaccines,
    build_allergens,
    build_conditions,
    build_indications,
    build_laboratory,
    build_vaccines,
)

if TYPE_CHECKING:
    from orderguard.facts.terminology_files import TerminologyFiles

__all__ = [
    "Disease",
    "DrugClass",
    "DrugMatch",
    "EquivalentRow",
    "Member",
    "ProductEntry",
    "Terminology",
    "load_terminology",
]


@dataclass(frozen=True)
class Terminology:
    """All value sets. Look-ups are look-ups in dictionaries.

    Attributes:
        sha_material: the content of all files in canonical form, for the fingerprint of a pack.
    """

    sha_material: bytes
    _products: Products
    _drugs: Drugs
    _conditions: Conditions
    _indications: Indications
    _vaccines: Vaccines
    _allergens: Allergens
    _laboratory: Laboratory

    @property
    def products(self) -> Mapping[str, ProductEntry]:
        """The products by id."""
        return self._products.entries

    @property
    def drug_classes(self) -> Mapping[str, DrugClass]:
        """The classes of drugs by id."""
        return self._drugs.classes

    @property
    def condition_groups(self) -> Mapping[str, frozenset[str]]:
        """Condition kinds that rules speak of together, by group id."""
        return self._conditions.groups

    @property
    def diseases(self) -> Mapping[str, Disease]:
        """The diseases that products are for, by id."""
        return self._indications.diseases

    @property
    def allergen_classes(self) -> Mapping[str, str]:
        """The words for each class of allergens, by class id."""
        return self._allergens.titles

    def product_by_name(self, name: str) -> str | None:
        """The id of the product of that name."""
        return self._products.by_name(name)

    def product_by_rxcui(self, rxcui: str) -> str | None:
        """The id of the product of an RxNorm code. The code of the ingredient alone is no product's."""
        return self._products.by_rxcui(rxcui)

    def product_by_ndc(self, ndc: str) -> str | None:
        """The id of the product of a National Drug Code, with or without package part and hyphens."""
        return self._products.by_ndc(ndc)

    def drug(self, name: str | None, rxcui: str | None, atc: str | None) -> DrugMatch | None:
        """The drugs and classes that name and codes say; None when neither is given."""
        return self._drugs.match(name, rxcui, atc)

    def condition_kind(self, icd10cm: str) -> str | None:
        """The condition kind of an ICD-10-CM code: that of its longest beginning on a list."""
        return self._conditions.kind(icd10cm)

    def disease(self, icd10cm: str) -> str:
        """The id of the disease of an ICD-10-CM code, or `other`."""
        return self._indications.disease(icd10cm)

    def disease_course(self, icd10cm: str) -> str | None:
        """The disease course that an ICD-10-CM code settles; None where it leaves the course open."""
        return self._indications.course(icd10cm)

    def vaccine(self, cvx: str | None, name: str | None) -> frozenset[str] | None:
        """The vaccine classes that code and name say.

        Returns:
            `live-tier-1`, `live-tier-2`, `possibly-live`, `non-live`: two where code and name disagree,
            none for a vaccine that is not classified. None when neither is given.
        """
        return self._vaccines.classes(cvx, name)

    def allergen(self, substance: str | None, rxcui: str | None) -> frozenset[str] | None:
        """The allergen classes of a substance, none for one on no list; None when neither is given."""
        return self._allergens.classes(substance, rxcui)

    @property
    def lab_value(self) -> Callable[..., Decimal | None]:
        """What gives a result in the canonical unit of its test; see `Laboratory.value`."""
        return self._laboratory.value

    def lab_unit(self, test: str) -> str:
        """The canonical unit of a test; empty for one whose result is a word."""
        return self._laboratory.units.get(test, "")


def load_terminology(directory: Path, additions: Path | None = None) -> Terminology:
    """Read all value sets.

    Args:
        directory: the directory that holds the eight files.
        additions: a directory of files by the same names that add entries; None for none.

    Raises:
        RulesError: with every problem of every file.
    """
    from orderguard.facts.terminology_files import read_files

    files = read_files(directory)
    if additions is not None:
        from orderguard.facts.terminology_additions import add_files

        add_files(files, additions)
    terminology = _build(files)
    problems = files.all_problems()
    if problems or terminology is None:
        raise RulesError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return terminology


def _build(files: TerminologyFiles) -> Terminology | None:
    """Compile the files that could be read; None when one of them is missing or contradicts itself."""
    products = build_products(files.products) if files.products else None
    names = build_drug_names(files.drugs, files.products) if files.drugs else None
    classes = build_drug_classes(files.drug_classes, names) if files.drug_classes else None
    conditions = build_conditions(files.conditions) if files.conditions else None
    indications = build_indications(files.indications) if files.indications else None
    vaccines = build_vaccines(files.vaccines) if files.vaccines else None
    allergens = build_allergens(files.allergens) if files.allergens else None
    laboratory = build_laboratory(files.laboratory) if files.laboratory else None
    if files.all_problems() or classes is None:
        return None
    if not (products and names and conditions and indications and vaccines and allergens and laboratory):
        return None
    return Terminology(
        b"\n".join(file.canonical() for file in files.loaded()),
        products,
        build_drugs(names, classes),
        conditions,
        indications,
        vaccines,
        allergens,
        laboratory,
    )
