"""Codes that the value sets leave out, as a beginning of codes covers them: listing them changes nothing."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orderguard.facts.drug_sets import DrugMatch
from orderguard.facts.terminology import Terminology, load_terminology
from orderguard.facts.terminology_files import read_files
from orderguard.rulebook.conditions import facts_of
from orderguard.rulebook.load import TERMINOLOGY, bundled_rules
from orderguard.rulebook.pack import Rulebook

VALUE_SETS = bundled_rules() / TERMINOLOGY
INTERFERONS_AND_GLATIRAMER = ("L03AX13", "L03AB07", "L03AB08", "L03AB13")


def with_listed(directory: Path, file: str, short: str, long: str) -> Terminology:
    """The value sets with more listed in one line of a file."""
    shutil.copytree(VALUE_SETS, directory, dirs_exist_ok=True)
    text = (directory / file).read_text(encoding="utf-8")
    assert text.count(short) == 1
    (directory / file).write_text(text.replace(short, long), encoding="utf-8")
    return load_terminology(directory)


@pytest.fixture(scope="module")
def names_and_codes() -> list[tuple[str | None, str | None]]:
    """Each drug by its name and by its RxCUI, what is on no list, and nothing."""
    document: Any = read_files(VALUE_SETS).drugs
    drugs = {drug: part for group in document.document.groups for drug, part in group.drugs.items()}
    found: list[tuple[str | None, str | None]] = [(None, None), ("on no list", None), (None, "99999999")]
    found += [(drug, None) for drug in drugs]
    found += [(None, str(code)) for part in drugs.values() for code in part.rxcuis]
    # Of name and RxCUI together, those that a class excepts, with each other.
    excepted = ["alemtuzumab", "lemtrada", "campath", "natalizumab", "rituximab"]
    codes = [code for _, code in found if code is not None]
    return [*found, *itertools.product(excepted, codes)]


def matches(
    terms: Terminology, names_and_codes: list[tuple[str | None, str | None]], atc: str
) -> Iterator[DrugMatch]:
    for name, rxcui in names_and_codes:
        match = terms.drug(name, rxcui, atc)
        assert match is not None
        yield match


@pytest.mark.parametrize("atc", INTERFERONS_AND_GLATIRAMER)
def test_the_code_of_a_drug_of_a_class_need_not_be_a_beginning_of_the_class(
    rulebook: Rulebook, tmp_path: Path, names_and_codes: list[tuple[str | None, str | None]], atc: str
) -> None:
    listed = with_listed(
        tmp_path, "drug-classes.yaml", "prefixes: [L01, L04]", f"prefixes: [L01, L04, {atc}]"
    )

    whole = matches(rulebook.terminology, names_and_codes, atc)
    for match, other in zip(whole, matches(listed, names_and_codes, atc), strict=True):
        assert "immunosuppressant" in match.classes
        assert match == other


def test_the_code_of_aspirin_that_a_beginning_covers_changes_no_class_that_rules_ask_of_medications(
    rulebook: Rulebook, tmp_path: Path, names_and_codes: list[tuple[str | None, str | None]]
) -> None:
    asked = {
        name.split(".")[1]
        for pack in rulebook.packs
        for rule in (*pack.rules, *pack.dormant)
        for level in (*rule.levels, *rule.dormant_levels)
        for condition in level.conditions
        for name in facts_of(condition)
        if name.startswith(("medications.", "history."))
    }
    assert {"anticoagulant", "antineoplastic"} <= asked
    listed = with_listed(tmp_path, "drugs.yaml", "atc: [N02BA01]", "atc: [B01AC06, N02BA01]")

    whole = matches(rulebook.terminology, names_and_codes, "B01AC06")
    for match, other in zip(whole, matches(listed, names_and_codes, "B01AC06"), strict=True):
        assert "anticoagulant" in match.classes
        assert match.classes & asked == other.classes & asked
        assert match.recognised == other.recognised


def test_the_codes_that_begin_with_a_listed_code_settle_the_same_course(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    longer = ("G35.B0", "G35.B1", "G35.B2")
    listed = with_listed(tmp_path, "indications.yaml", "[G35.B]", f"[G35.B, {', '.join(longer)}]")

    for code in ("G35", "G35.A", "G35.B", "G35.B9", "G35.C", *longer, *(f"{code}1" for code in longer)):
        assert listed.disease_course(code) == rulebook.terminology.disease_course(code)
    assert {rulebook.terminology.disease_course(code) for code in longer} == {"primary-progressive"}


def test_a_class_excepts_every_name_of_alemtuzumab(rulebook: Rulebook) -> None:
    for name in ("antineoplastic", "immunosuppressant"):
        excepted = rulebook.terminology.drug_classes[name].excepted
        assert {"alemtuzumab", "lemtrada", "campath"} <= excepted
