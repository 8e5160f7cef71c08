"""The files of `rules/terminology`: what each may hold, and how they are read.

Every group of entries names its sources and how well they were read (`confidence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from orderguard.errors import RulesError, RulesProblem
from orderguard.rulebook.yaml_source import YamlPath, YamlSource, read_yaml

Confidence = Literal["high", "medium", "low", "recall", "project"]
EquivalentRowWord = Literal["reference-intravenous", "reference-oral", "confirm"]
VaccineClass = Literal["live-tier-1", "live-tier-2", "possibly-live", "non-live"]


def _whole_as_decimal(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Number = Annotated[Decimal, BeforeValidator(_whole_as_decimal), Field(gt=0)]
Rxcui = Annotated[int, Field(ge=1)]
Names = list[Text]


class Document(BaseModel):
    """The base of all parts of a file: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Sourced(Document):
    """A part that says where it comes from.

    Attributes:
        sources: ids of the file's `sources`.
        confidence: how well they were read; `recall` = well known but not read again, `project` = own choice.
        note: what a reader should know beside.
    """

    sources: Annotated[list[Text], Field(min_length=1)]
    confidence: Confidence
    note: Text | None = None


class FileDocument(Document):
    """A whole file.

    Attributes:
        sources: the sources by id, each with its title.
    """

    sources: dict[Identifier, Text]


class ProductIdentifiers(Sourced):
    """Names and codes that all mean one product."""

    names: Names = Field(default_factory=list)
    rxcuis: list[Rxcui] = Field(default_factory=list)
    ndcs: Names = Field(default_factory=list)


class ProductPart(Document):
    """A product that an order may be for."""

    title: Text
    drug: Text
    strength_mg_per_ml: Number
    identifiers: Annotated[list[ProductIdentifiers], Field(min_length=1)]


class ProductsFile(FileDocument):
    """`products.yaml`."""

    products: dict[Identifier, ProductPart]


class DrugPart(Document):
    """The names and codes of one drug; the key it stands under is a name too.

    Attributes:
        generic: the drug of which this is one product; a match of both is a match of this one.
    """

    names: Names = Field(default_factory=list)
    rxcuis: list[Rxcui] = Field(default_factory=list)
    atc: Names = Field(default_factory=list)
    generic: Text | None = None


class DrugGroup(Sourced):
    """Drugs of one provenance. `confidence` speaks of the list; the codes have confidences of their own."""

    title: Text
    rxcui_confidence: Confidence | None = None
    atc_confidence: Confidence | None = None
    drugs: dict[Text, DrugPart]


class DrugsFile(FileDocument):
    """`drugs.yaml`."""

    groups: list[DrugGroup]


class EquivalentPart(Document):
    """A dose and what it equals in mg of the class's reference drug, for the routes named (none: any)."""

    routes: list[Text] | None = None
    dose_mg: Number
    equals_mg: Number
    row: EquivalentRowWord


class MemberGroup(Sourced):
    """Drugs of a class; with `confirm` a pharmacist confirms that they are meant."""

    drugs: Names
    confirm: bool = False
    equivalents: list[EquivalentPart] = Field(default_factory=list)


class AtcSweep(Sourced):
    """Beginnings of ATC codes that belong to a class, but for the drugs of other classes."""

    prefixes: Names
    except_classes: list[Text] = Field(default_factory=list)


class DrugClassPart(Document):
    """A class of drugs. With `routes` only these ways count; `includes` takes in other classes."""

    title: Text
    routes: list[Text] | None = None
    includes: Names = Field(default_factory=list)
    groups: list[MemberGroup] = []
    atc: AtcSweep | None = None


class DrugClassesFile(FileDocument):
    """`drug-classes.yaml`."""

    classes: dict[Identifier, DrugClassPart]


class ConditionPart(Sourced):
    """The ICD-10-CM codes (beginnings, or ranges of categories such as A00-B99) of a condition kind."""

    icd10cm: Names


class ConditionGroupPart(Sourced):
    """Condition kinds that a rule speaks of together."""

    title: Text
    kinds: list[Text]


class ConditionsFile(FileDocument):
    """`conditions.yaml`."""

    kinds: dict[Text, ConditionPart]
    groups: dict[Identifier, ConditionGroupPart]


class DiseasePart(Sourced):
    """A disease that a product is for, with the codes that settle its course."""

    title: Text
    icd10cm: Names
    courses: dict[Text, Names] = Field(default_factory=dict)


class IndicationsFile(FileDocument):
    """`indications.yaml`."""

    diseases: dict[Identifier, DiseasePart]


class VaccinePart(Document):
    """The CVX codes and names of a vaccine; the key it stands under is a name too."""

    cvx: Names = Field(default_factory=list)
    names: Names = Field(default_factory=list)


class VaccineGroup(Sourced):
    """Vaccines of one class and provenance."""

    title: Text
    vaccine_class: VaccineClass
    vaccines: dict[Text, VaccinePart]


class VaccinesFile(FileDocument):
    """`vaccines.yaml`."""

    groups: list[VaccineGroup]


class AllergenPart(Sourced):
    """Substances whose allergy means the same."""

    title: Text
    names: Names
    rxcuis: list[Rxcui] = Field(default_factory=list)


class AllergensFile(FileDocument):
    """`allergens.yaml`."""

    classes: dict[Identifier, AllergenPart]


class ReadingPart(Document):
    """How a unit is read: times a factor and divided by a divisor."""

    unit: Text
    times: Number = Decimal(1)
    divide_by: Number = Decimal(1)


class QuantityPart(Sourced):
    """Tests that are measured in the same units, and the unit in which they are compared."""

    tests: list[Text]
    unit: Text
    readings: Annotated[list[ReadingPart], Field(min_length=1)]


class LaboratoryFile(FileDocument):
    """`laboratory.yaml`."""

    quantities: list[QuantityPart]


D = TypeVar("D", bound=FileDocument)


@dataclass
class Added:
    """The file with which a site adds entries to a file of value sets.

    Attributes:
        source: the file.
        keys: the keys that it adds, by the name of the mapping.
        offsets: how many entries stand before those that it adds, by the name of the list.
    """

    source: YamlSource
    keys: Mapping[str, frozenset[str]]
    offsets: Mapping[str, int]

    def own(self, path: YamlPath) -> YamlPath | None:
        """The place in this file of a place in both; None for one that is not of this file."""
        name, step, *inner = path if len(path) > 1 else (*path, "")
        if isinstance(step, int):
            index = step - self.offsets.get(str(name), step + 1)
            return None if index < 0 else (name, index, *inner)
        return path if step in self.keys.get(str(name), ()) else None


@dataclass
class LoadedFile(Generic[D]):
    """A file that was read, with the problems that were found in it since.

    Attributes:
        source: the file.
        document: its content, with what a site adds.
        problems: what was found.
        added: the file with which a site adds entries; None without one.
    """

    source: YamlSource
    document: D
    problems: list[RulesProblem] = field(default_factory=list)
    added: Added | None = None

    def refuse(self, path: YamlPath, message: str) -> None:
        """Note a problem at a place of the file."""
        source, own = self._origin(path)
        self.problems.append(source.problem(own, message))

    def where(self, path: YamlPath) -> str:
        """File and line of a place."""
        source, own = self._origin(path)
        return f"{source.file}:{source.line(own)}"

    def canonical(self) -> bytes:
        """The content in canonical form, for fingerprints."""
        own = self.source.canonical()
        return own if self.added is None else b"\n".join((own, self.added.source.canonical()))

    def _origin(self, path: YamlPath) -> tuple[YamlSource, YamlPath]:
        own = None if self.added is None else self.added.own(path)
        return (self.source, path) if self.added is None or own is None else (self.added.source, own)


@dataclass
class TerminologyFiles:
    """The files of a directory. One that cannot be read is None; its problems stand in `problems`."""

    products: LoadedFile[ProductsFile] | None = None
    drugs: LoadedFile[DrugsFile] | None = None
    drug_classes: LoadedFile[DrugClassesFile] | None = None
    conditions: LoadedFile[ConditionsFile] | None = None
    indications: LoadedFile[IndicationsFile] | None = None
    vaccines: LoadedFile[VaccinesFile] | None = None
    allergens: LoadedFile[AllergensFile] | None = None
    laboratory: LoadedFile[LaboratoryFile] | None = None
    problems: list[RulesProblem] = field(default_factory=list)

    def loaded(self) -> tuple[LoadedFile[Any], ...]:
        """The files that could be read, in a fixed order."""
        files = (getattr(self, name) for name in DOCUMENTS)
        return tuple(file for file in files if file is not None)

    def all_problems(self) -> list[RulesProblem]:
        """The problems of all files."""
        return [*self.problems, *(problem for file in self.loaded() for problem in file.problems)]


DOCUMENTS: dict[str, type[FileDocument]] = {
    "products": ProductsFile,
    "drugs": DrugsFile,
    "drug_classes": DrugClassesFile,
    "conditions": ConditionsFile,
    "indications": IndicationsFile,
    "vaccines": VaccinesFile,
    "allergens": AllergensFile,
    "laboratory": LaboratoryFile,
}


def read_files(directory: Path) -> TerminologyFiles:
    """Read every file of the directory; problems are collected, not raised."""
    files = TerminologyFiles()
    for name, model in DOCUMENTS.items():
        try:
            setattr(files, name, read_file(read_yaml(directory / file_name(name)), model))
        except RulesError as error:
            files.problems += error.problems
    files.problems += other_files(directory)
    return files


def file_name(name: str) -> str:
    """The name of the file of one of `DOCUMENTS`."""
    return f"{name.replace('_', '-')}.yaml"


def other_files(directory: Path) -> list[RulesProblem]:
    """A problem for each file of a directory that holds no value sets."""
    known = sorted(file_name(name) for name in DOCUMENTS)
    return [
        RulesProblem(str(path), 1, f"is no file of value sets; they are {', '.join(known)}")
        for path in sorted(directory.glob("*.y*ml"))
        if path.name not in known
    ]


def read_file(source: YamlSource, model: type[D]) -> LoadedFile[D]:
    """A file of value sets.

    Raises:
        RulesError: its shape is wrong; carries every problem.
    """
    try:
        document = model.model_validate(source.data)
    except ValidationError as error:
        raise RulesError(_problem(source, entry) for entry in error.errors(include_input=False)) from None
    file = LoadedFile(source, document)
    _check_sources(file, (), source.data)
    return file


def _check_sources(file: LoadedFile[D], path: YamlPath, data: object) -> None:
    """Refuse every citation of a source that the file does not list."""
    entries: Iterable[tuple[Any, Any]] = enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict):
        entries = data.items()
        cited = data["sources"] if isinstance(data.get("sources"), list) else []
        for index, source in enumerate(cited):
            if source not in file.document.sources:
                file.refuse((*path, "sources", index), f"the source `{source}` is not listed in this file")
    for key, entry in entries:
        if isinstance(entry, dict) or (isinstance(entry, list) and entry and isinstance(entry[0], dict)):
            _check_sources(file, (*path, key), entry)


def _problem(source: YamlSource, error: Any) -> RulesProblem:
    path: YamlPath = tuple(error["loc"])
    name = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    if error["type"] == "extra_forbidden":
        return source.problem(path, f"the key `{name}` is not known here")
    if error["type"] == "missing":
        return source.problem(path, f"the key `{name}` is missing")
    if error["type"] == "model_type":
        return source.problem(path, f"`{name}` must be a mapping")
    message = error["msg"].replace("Input should be", "must be").replace("String should", "must")
    return source.problem(path, f"`{name}`: {message}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """The words `; did you mean ...?` where a known word is near, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
