"""The file of a site: what it changes, what is refused, and that nothing of it goes unsaid."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from orderguard import Verifier
from orderguard.errors import RulesError, RulesProblem
from orderguard.rulebook.compile_pack import PackCompiler
from orderguard.rulebook.load import RulesReadOnce, bundled_rules, load_rulebook
from orderguard.rulebook.pack import Pack, Rule, Rulebook, Severity, SiteChanges
from orderguard.rulebook.settings import SettingValue, settings_in
from orderguard.rulebook.site import apply_site, read_site
from orderguard.rulebook.site_document import SiteDocument
from orderguard.rulebook.store import RuleStore
from orderguard.rulebook.yaml_source import read_yaml
from support.sites import BY, PACK, loosening, site_file

REPOSITORY = Path(__file__).parent.parent.parent
EXAMPLE_SITE = REPOSITORY / "examples" / "site"

Changed = Callable[..., Pack]


@pytest.fixture(scope="module")
def pack(rulebook: Rulebook) -> Pack:
    """The rules for Lemtrada."""
    return next(pack for pack in rulebook.packs if pack.id == PACK)


@pytest.fixture(scope="session")
def compiler(rulebook: Rulebook) -> PackCompiler:
    found = PackCompiler(
        read_yaml(bundled_rules() / f"{PACK}.yaml"), rulebook.vocabulary, rulebook.terminology
    )
    assert found.compile() is not None
    return found


@pytest.fixture(scope="module")
def read_once() -> RulesReadOnce:
    """In place of a store, for several site files one after the other."""
    return RulesReadOnce()


@pytest.fixture
def applied(
    rulebook: Rulebook, compiler: PackCompiler, tmp_path: Path
) -> Callable[[Path], tuple[tuple[Pack, ...], SiteChanges]]:
    """The packs as a site file changes them, without loading all rules anew."""

    def compiled(_: Pack, values: Mapping[str, SettingValue]) -> Pack:
        return compiler.variant(values)

    return lambda path: apply_site(read_site(path), rulebook.packs, rulebook.vocabulary, compiled)


@pytest.fixture
def changed(applied: Callable[[Path], tuple[tuple[Pack, ...], SiteChanges]], tmp_path: Path) -> Changed:
    """The Lemtrada pack as a site changes it; takes the parts of `site_file`."""

    def change(**parts: Any) -> Pack:
        packs, _ = applied(site_file(tmp_path, **parts))
        return next(pack for pack in packs if pack.id == PACK)

    return change


@pytest.fixture
def refused(changed: Changed) -> Callable[..., list[str]]:
    """What is said of a site file that is refused."""

    def problems(**parts: Any) -> list[str]:
        with pytest.raises(RulesError) as caught:
            changed(**parts)
        assert all(problem.file.endswith("site.yaml") for problem in caught.value.problems)
        return [problem.message for problem in caught.value.problems]

    return problems


def rule(pack: Pack, name: str) -> Rule:
    return next(rule for rule in pack.rules if rule.id == name)


def severities(pack: Pack, name: str) -> list[str]:
    return [f"{level.severity}{'*' if level.overridable else ''}" for level in rule(pack, name).levels]


# -- what a site changes -------------------------------------------------------------------------------------


def test_a_site_that_changes_nothing_leaves_pack_and_fingerprint_as_they_are(
    changed: Changed, pack: Pack
) -> None:
    found = changed(settings={"tb_max_age_months": 12}, profile="us")
    assert (found.rules, found.questions, found.sha256) == (pack.rules, pack.questions, pack.sha256)
    assert found.site == SiteChanges("Test site")
    assert not found.site


def test_raising_lifts_the_milder_levels_and_leaves_the_stricter_ones(changed: Changed) -> None:
    found = changed(raise_={"steroid-dose-1000": "warn", "antihistamine-considered": "block"})
    assert severities(found, "steroid-dose-1000") == ["block*", "warn", "warn"]
    assert severities(found, "antihistamine-considered") == ["block"]
    assert found.site is not None
    assert [(entry.rule, entry.was, entry.now) for entry in found.site.raised] == [
        ("steroid-dose-1000", "block (can be overridden), warn, info", "block (can be overridden), warn"),
        ("antihistamine-considered", "info", "block"),
    ]


def test_raising_to_a_block_that_can_be_overridden(changed: Changed) -> None:
    found = changed(raise_={"vaccine-live-after": {"severity": "block", "overridable": True}})
    assert severities(found, "vaccine-live-after") == ["block", "block", "block*", "block*"]


def test_raising_takes_the_override_away(changed: Changed) -> None:
    found = changed(raise_={"observe-2h": "block"})
    assert severities(found, "observe-2h") == ["block"]


def test_loosening_caps_the_stricter_levels(changed: Changed) -> None:
    found = changed(loosen=[loosening("vzv-immunity", "warn")])
    assert severities(found, "vzv-immunity") == ["warn", "warn"]
    assert found.site is not None
    (entry,) = found.site.loosened
    assert (entry.was, entry.now) == ("block (can be overridden), warn", "warn")
    assert (entry.by, entry.on, entry.reason) == tuple(BY.values())


def test_loosening_may_let_a_block_be_overridden(changed: Changed) -> None:
    found = changed(loosen=[loosening("baseline-upcr-first", "block", overridable=True)])
    assert severities(found, "baseline-upcr-first") == ["block*", "warn"]


def test_a_rule_that_is_switched_off_is_not_asked(changed: Changed, pack: Pack) -> None:
    found = changed(loosen=[loosening("hbv-hcv")])
    assert {r.id for r in pack.rules} - {r.id for r in found.rules} == {"hbv-hcv"}
    assert "hbv-hcv" not in {question.rule_id for question in found.questions}
    assert "hbv-hcv" in {r.id for r in found.dormant}
    assert found.site is not None
    assert found.site.loosened[0].now == "off"


def test_the_profile_of_a_site_sets_the_setting_of_each_pack_that_has_it(changed: Changed) -> None:
    found = changed(profile="eu")
    assert found.settings.values["profile"] == "eu"
    assert severities(found, "autoimmune-history") == ["block"]
    assert "platelets-in-course-eu" in {r.id for r in found.rules}
    assert found.site is not None
    assert found.site.settings == {"profile": "eu", "stability_policy": "complete_within_8h"}


def test_a_pack_may_keep_another_profile_than_the_site(changed: Changed) -> None:
    found = changed(profile="eu", settings={"profile": "us"})
    assert found.settings.values["profile"] == "us"


def test_a_rule_that_the_profile_makes_a_block_can_be_loosened_with_a_reason(changed: Changed) -> None:
    found = changed(profile="eu", loosen=[loosening("autoimmune-history", "warn")])
    assert severities(found, "autoimmune-history") == ["warn"]
    assert found.site is not None
    assert [(entry.was, entry.now) for entry in found.site.loosened] == [("block", "warn")]


def test_a_rule_that_exists_with_the_profile_only_can_be_raised_there(changed: Changed) -> None:
    found = changed(profile="eu", raise_={"platelets-in-course-eu": "block"})
    assert severities(found, "platelets-in-course-eu") == ["block"]


CHANGES: dict[str, dict[str, Any]] = {
    "a setting": {"settings": {"tb_max_age_months": 11}},
    "another value": {"settings": {"tb_max_age_months": 10}},
    "a profile": {"profile": "eu"},
    "a rule raised": {"raise_": {"hbv-hcv": "block"}},
    "a rule loosened": {"loosen": [loosening("hbv-hcv", "info")]},
    "a rule off": {"loosen": [loosening("hbv-hcv")]},
    "another reason": {"loosen": [loosening("hbv-hcv", reason="Another reason.")]},
}


def test_every_change_has_a_fingerprint_of_its_own(changed: Changed, pack: Pack) -> None:
    found = {name: changed(**parts).sha256 for name, parts in CHANGES.items()}
    assert len({pack.sha256, *found.values()}) == len(CHANGES) + 1
    assert found == {name: changed(**parts).sha256 for name, parts in CHANGES.items()}


def test_the_name_of_the_site_alone_changes_no_fingerprint(changed: Changed, pack: Pack) -> None:
    assert changed(name="Another site").sha256 == pack.sha256


# -- what is refused -----------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown pack": ({"pack": "lemtrada", "settings": {}}, "there is no pack `lemtrada`; did you mean"),
    "unknown profile": ({"profile": "uk"}, "no pack has the profile `uk`; there are `eu`, `us`"),
    "unknown setting": (
        {"settings": {"tb_age_months": 6}},
        "there is no setting `tb_age_months` here; did you",
    ),
    "value out of bounds": (
        {"settings": {"tb_max_age_months": 25}},
        "must be at least 1 and at most 24 months",
    ),
    "wrong word": ({"settings": {"course2_anchor": "last"}}, "which must be `last_dose` or `first_dose`"),
    "below the label": ({"settings": {"antiviral_months": 1}}, "must be at least 2 and at most 12 months"),
    "unknown rule raised": ({"raise_": {"hbv": "block"}}, "there is no rule `hbv` in the pack"),
    "raising to the same": ({"raise_": {"hbv-hcv": "warn"}}, "raises nothing: `hbv-hcv` is warn already"),
    "raising that lowers": ({"raise_": {"hbv-hcv": "info"}}, "to make it milder, list it in `loosen`"),
    "raising that lets a block be overridden": (
        {"raise_": {"dose-12mg": {"severity": "block", "overridable": True}}},
        "to make it milder, list it in `loosen`",
    ),
    "a warning that can be overridden": (
        {"raise_": {"hbv-hcv": {"severity": "warn", "overridable": True}}},
        "only a `block` can be overridable",
    ),
    "a rule of another profile": (
        {"raise_": {"platelets-in-course-eu": "block"}},
        "exists only with profile: eu",
    ),
    "unknown rule loosened": ({"loosen": [loosening("hbv")]}, "there is no rule `hbv` in the pack"),
    "a locked rule milder": ({"loosen": [loosening("dose-12mg", "warn")]}, "`dose-12mg` is locked"),
    "a locked rule off": ({"loosen": [loosening("rems-pharmacy")]}, "`rems-pharmacy` is locked"),
    "loosening that raises": (
        {"loosen": [loosening("hbv-hcv", "block")]},
        "loosens nothing: `hbv-hcv` is warn",
    ),
    "loosening to the same": (
        {"loosen": [loosening("hbv-hcv", "warn")]},
        "loosens nothing: `hbv-hcv` is warn",
    ),
    "listed twice": ({"loosen": [loosening("hbv-hcv"), loosening("hbv-hcv", "info")]}, "is listed twice"),
    "raised and loosened": (
        {"raise_": {"hbv-hcv": "block"}, "loosen": [loosening("hbv-hcv", "info")]},
        "stands in `raise` too",
    ),
    "off and milder": (
        {"loosen": [loosening("hbv-hcv", severity="info", off=True)]},
        "needs either `off: true`",
    ),
    "neither off nor milder": ({"loosen": [{"rule": "hbv-hcv", **BY}]}, "needs either `off: true` or"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_site_may_not_ask_for_is_refused(name: str, refused: Callable[..., list[str]]) -> None:
    parts, problem = REFUSED[name]
    (found,) = refused(**parts)
    assert problem in found


SHAPES: dict[str, tuple[str, str]] = {
    "no name": ("packs: {}\n", "`site` is missing"),
    "an empty name": ('site: "  "\n', "`site` must not be empty"),
    "unknown key": ("site: S\nprofil: eu\n", "the key `profil` is not known here; did you mean `profile`?"),
    "unknown key of a pack": (
        "site: S\npacks: {p: {loose: []}}\n",
        "the key `loose` is not known here; did you",
    ),
    "no person": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: true, on: 2026-11-01, reason: x}]}}\n",
        "`by` is",
    ),
    "an empty person": (
        'site: S\npacks: {p: {loosen: [{rule: r, off: true, by: " ", on: 2026-11-01, reason: x}]}}\n',
        "`by` must not be empty",
    ),
    "no date": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: true, by: N, reason: x}]}}\n",
        "`on` is missing",
    ),
    "a date that is none": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: true, by: N, on: 2026-02-30, reason: x}]}}\n",
        "`on` must be a date such as 2026-11-01",
    ),
    "a date in another form": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: true, by: N, on: 1.11.2026, reason: x}]}}\n",
        "`on` must be a date such as 2026-11-01",
    ),
    "no reason": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: true, by: N, on: 2026-11-01}]}}\n",
        "`reason` is",
    ),
    "a name that cannot be shown": ('site: "S\\e[31m"\n', "`site` must not hold control characters"),
    "a severity that is none": (
        "site: S\npacks: {p: {raise: {r: red}}}\n",
        "must be `block`, `warn` or `info`",
    ),
    "not off": (
        "site: S\npacks: {p: {loosen: [{rule: r, off: false, by: N, on: 2026-11-01, reason: x}]}}\n",
        "`off` must be `true`",
    ),
    "a key that stands twice": ("site: S\nsite: T\n", "the key `site` stands here a second time"),
    "a list": ("- site\n", "a site file is a mapping that starts with `site:`"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_site_file_of_another_shape_is_refused(name: str, tmp_path: Path) -> None:
    text, problem = SHAPES[name]
    path = tmp_path / "site.yaml"
    path.write_text(text)
    try:
        problems: Sequence[RulesProblem] = read_site(path).problems
    except RulesError as error:
        problems = error.problems
    assert any(problem in found.message for found in problems), problems


def test_all_problems_are_found_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(
        "site: S\n"
        "profile: uk\n"
        "packs:\n"
        "  nothing: {}\n"
        "  lemtrada-ms:\n"
        "    settings:\n"
        "      tb_max_age_months: 99\n"
        "    raise: {hbv-hcv: info}\n"
        "    loosen:\n"
        "      - {rule: dose-12mg, off: true, by: N, on: 2026-11-01, reason: x}\n"
        "rules: nowhere\n"
    )
    with pytest.raises(RulesError) as caught:
        load_rulebook(bundled_rules(), site=path)
    assert [(Path(problem.file).name, problem.line) for problem in caught.value.problems] == [
        ("site.yaml", line) for line in (2, 4, 7, 8, 10, 11)
    ]


def test_a_part_of_another_shape_does_not_hide_what_is_wrong_with_the_others(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(
        "site: S\n"
        "colour: blue\n"
        "packs:\n"
        "  lemtrada-ms:\n"
        "    settings: {tb_max_age_months: 99}\n"
        "    raise: {hbv-hcv: info}\n"
        "    loosen:\n"
        "      - {rule: hbv-hcv, severity: info, on: 2026-11-01, reason: x}\n"
    )
    with pytest.raises(RulesError) as caught:
        load_rulebook(bundled_rules(), site=path)
    assert [problem.line for problem in caught.value.problems] == [2, 5, 6, 8]


def test_a_site_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"site\.yaml:1: cannot be read: No such file"):
        load_rulebook(bundled_rules(), site=tmp_path / "site.yaml")


# -- a site's own packs and value sets -----------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the worked example: a site with a pack and a product of its own."""
    return Path(shutil.copytree(EXAMPLE_SITE, tmp_path / "own")) / "site.yaml"


def refusals(site: Path) -> list[str]:
    with pytest.raises(RulesError) as caught:
        load_rulebook(bundled_rules(), site=site)
    return [f"{Path(p.file).name}:{p.line}: {p.message}" for p in caught.value.problems]


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))


def test_a_site_adds_packs_and_products_to_the_bundled_ones(own: Path, rulebook: Rulebook) -> None:
    found = load_rulebook(bundled_rules(), site=own)
    assert {pack.id for pack in rulebook.packs} < {pack.id for pack in found.packs}
    assert found.pack_for("tysabri") is not None
    assert found.terminology.product_by_name("Tysabri") == "tysabri"
    assert found.terminology.product_by_name("Lemtrada") == "lemtrada"


def test_what_a_site_adds_to_the_value_sets_is_part_of_every_fingerprint(own: Path, pack: Pack) -> None:
    own.write_text("site: S\nrules: rules\n")
    found = load_rulebook(bundled_rules(), site=own)
    assert next(p for p in found.packs if p.id == pack.id).sha256 != pack.sha256


def test_a_pack_for_a_product_that_a_bundled_pack_covers_is_refused(own: Path) -> None:
    replace_in(own.parent / "rules" / "natalizumab-example.yaml", "product: tysabri", "product: lemtrada")
    assert any("covers the product `lemtrada` already" in text for text in refusals(own))


def test_a_rule_id_of_a_bundled_pack_is_refused(own: Path) -> None:
    replace_in(own.parent / "rules" / "natalizumab-example.yaml", "- id: nat-dose", "- id: dose-12mg")
    assert any("the rule id `dose-12mg` is taken already by the pack" in text for text in refusals(own))


ADDITIONS: dict[str, tuple[str, str, str]] = {
    "a product that is there": (
        "products",
        "products: {lemtrada: {title: T, drug: alemtuzumab, strength_mg_per_ml: 10, identifiers: "
        "[{sources: [s], confidence: recall, names: [L]}]}}",
        "products.yaml:2: `lemtrada` stands already at",
    ),
    "a product name that is there": (
        "products",
        "products: {mine: {title: T, drug: alemtuzumab, strength_mg_per_ml: 10, identifiers: "
        "[{sources: [s], confidence: recall, names: [Lemtrada]}]}}",
        "products.yaml:2: the product name `Lemtrada` stands twice (first at",
    ),
    "a class that is there": (
        "drug-classes",
        "classes: {herpes-antiviral: {title: T, groups: [{sources: [s], confidence: recall, "
        "drugs: [oseltamivir]}]}}",
        "drug-classes.yaml:2: `herpes-antiviral` stands already at",
    ),
    "a drug that is there": (
        "drugs",
        "groups: [{title: T, sources: [s], confidence: recall, drugs: {natalizumab: {}}}]",
        "drugs.yaml:2: the drug name `natalizumab` stands twice (first at",
    ),
    "a drug that would take the place of one that is there": (
        "drugs",
        "groups: [{title: T, sources: [s], confidence: recall, drugs: {mine: {generic: natalizumab}}}]",
        "drugs.yaml:2: `natalizumab` is no drug of the site",
    ),
    "codes of a condition kind": (
        "conditions",
        "kinds: {immune-colitis: {sources: [s], confidence: recall, icd10cm: [A15.0]}}",
        "conditions.yaml:2: a site adds groups of condition kinds, no codes",
    ),
    "units of a test that is there": (
        "laboratory",
        "quantities: [{sources: [s], confidence: recall, tests: [platelets], unit: /uL, "
        "readings: [{unit: /uL}]}]",
        "laboratory.yaml:2: the test `platelets` stands twice",
    ),
    "a vaccine that is there": (
        "vaccines",
        "groups: [{title: T, sources: [s], confidence: recall, vaccine_class: non-live, "
        "vaccines: {mine: {cvx: ['21']}}}]",
        "vaccines.yaml:2: the CVX code `21` stands twice (first at",
    ),
    "a file that is none of the value sets": (
        "things",
        "things: {}",
        "things.yaml:1: is no file of value sets",
    ),
    "an entry of the wrong shape": (
        "products",
        "products: {mine: {}}",
        "products.yaml:2: the key `title` is missing",
    ),
}


@pytest.mark.parametrize("name", ADDITIONS)
def test_an_addition_that_would_change_what_is_there_is_refused_at_its_line(
    name: str, tmp_path: Path
) -> None:
    file, text, problem = ADDITIONS[name]
    terms = tmp_path / "rules" / "terminology"
    terms.mkdir(parents=True)
    (terms / f"{file}.yaml").write_text(f"sources: {{s: A source}}\n{text}\n")
    found = refusals(site_file(tmp_path, rules="rules"))
    assert any(line.startswith(problem) for line in found), found


def test_a_site_may_add_entries_of_every_kind(tmp_path: Path) -> None:
    terms = tmp_path / "rules" / "terminology"
    terms.mkdir(parents=True)
    additions = {
        "drugs": "groups: [{title: T, sources: [s], confidence: recall, drugs: {mine: {names: [My drug]}}}]",
        "drug-classes": "classes: {my-class: {title: mine, groups: [{sources: [s], confidence: recall, "
        "drugs: [mine, natalizumab]}]}}",
        "conditions": "groups: {my-group: {sources: [s], confidence: recall, title: T, kinds: [stroke]}}",
        "indications": "diseases: {crohn: {sources: [s], confidence: recall, title: Crohn, icd10cm: [K50]}}",
        "vaccines": "groups: [{title: T, sources: [s], confidence: recall, vaccine_class: non-live, "
        "vaccines: {My vaccine: {}}}]",
        "allergens": "classes: {my-allergen: {sources: [s], confidence: recall, title: T, names: [Mine]}}",
    }
    for file, text in additions.items():
        (terms / f"{file}.yaml").write_text(f"sources: {{s: A source}}\n{text}\n")
    found = load_rulebook(bundled_rules(), site=site_file(tmp_path, rules="rules"))
    match = found.terminology.drug("my drug", None, None)
    assert match is not None
    assert match.classes == {"my-class"}
    assert found.terminology.disease("K50.9") == "crohn"
    assert found.terminology.vaccine(None, "my vaccine") == {"non-live"}
    assert found.terminology.allergen("mine", None) == {"my-allergen"}
    for name in (
        "medications.my-class.during_course",
        "conditions.my-group.ever",
        "allergies.my-allergen.recorded",
    ):
        assert name in found.vocabulary


def test_a_directory_with_neither_packs_nor_value_sets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (found,) = refusals(site_file(tmp_path, rules="rules"))
    assert "holds no rule file" in found


# -- the store -----------------------------------------------------------------------------------------------


def test_the_store_keeps_a_site_and_no_change_of_its_files_is_answered_from_it(
    own: Path, tmp_path: Path
) -> None:
    store = RuleStore(tmp_path / "cache")
    compiled = load_rulebook(bundled_rules(), store, own)
    kept = load_rulebook(bundled_rules(), store, own)
    assert kept is not compiled
    assert kept.packs == compiled.packs
    assert kept.site == compiled.site

    replace_in(own, "tb_max_age_months: 6", "tb_max_age_months: 5")
    changed = load_rulebook(bundled_rules(), store, own)
    lemtrada = changed.pack_for("lemtrada")
    assert lemtrada is not None
    assert lemtrada.settings.values["tb_max_age_months"] == 5

    replace_in(own.parent / "rules" / "natalizumab-example.yaml", "a worked example", "another example")
    titles = {pack.title for pack in load_rulebook(bundled_rules(), store, own).packs}
    assert any("another example" in title for title in titles)

    replace_in(
        own.parent / "rules" / "terminology" / "products.yaml", "Tysabri 300 mg/15 mL", "Tysabri 15 mL"
    )
    terminology = load_rulebook(bundled_rules(), store, own).terminology
    assert terminology.product_by_name("Tysabri 15 mL") == "tysabri"


def test_the_store_tells_rules_with_a_site_from_rules_without(tmp_path: Path) -> None:
    store = RuleStore(tmp_path / "cache")
    with_site = load_rulebook(bundled_rules(), store, site_file(tmp_path, loosen=[loosening("hbv-hcv")]))
    without = load_rulebook(bundled_rules(), store)
    assert with_site.site is not None
    assert without.site is None
    assert "hbv-hcv" in {rule.id for pack in without.packs for rule in pack.rules}


@pytest.mark.parametrize(
    "parts",
    [
        {"profile": "eu"},
        {"settings": {"tb_max_age_months": 6}, "raise_": {"antihistamine-considered": "warn"}},
        {"settings": {"month_end_policy": "clamp"}, "loosen": [loosening("hbv-hcv")]},
        {},
    ],
)
def test_rules_that_are_read_once_become_those_of_each_site_file(
    read_once: RulesReadOnce, tmp_path: Path, parts: dict[str, Any]
) -> None:
    site = site_file(tmp_path, **parts)
    by_itself, found = (
        load_rulebook(bundled_rules(), site=site),
        load_rulebook(bundled_rules(), read_once, site),
    )
    assert found.packs == by_itself.packs
    assert found.site == by_itself.site


def test_where_rules_are_read_once_a_site_file_is_refused_for_the_same_reasons(
    read_once: RulesReadOnce, tmp_path: Path
) -> None:
    site = site_file(tmp_path, settings={"tb_max_age_months": 99}, loosen=[loosening("dose-12mg")])
    said = []
    for store in (None, read_once):
        with pytest.raises(RulesError) as caught:
            load_rulebook(bundled_rules(), store, site)
        said.append(caught.value.problems)
    assert len(said[0]) == 2
    assert said[0] == said[1]


def test_rules_that_a_site_adds_are_loaded_also_where_others_are_read_once(
    read_once: RulesReadOnce, own: Path
) -> None:
    assert load_rulebook(bundled_rules(), read_once, own).pack_for("tysabri") is not None


# -- what is said --------------------------------------------------------------------------------------------


def test_verdict_and_event_say_what_a_site_changed(tmp_path: Path) -> None:
    log = io.StringIO()
    site = site_file(
        tmp_path,
        settings={"max_creatinine_times_uln": 1.25},
        raise_={"antihistamine-considered": "warn"},
        loosen=[loosening("hbv-hcv")],
    )
    verifier = Verifier(site=site, key="", log=log)
    order = (REPOSITORY / "examples" / "lemtrada-course-1.json").read_text()
    said = json.loads(verifier.verify_json(order).to_json())
    assert said["rules"]["site"] == {
        "name": "Test site",
        "settings": {"max_creatinine_times_uln": 1.25},
        "raised": [{"rule": "antihistamine-considered", "from": "info", "to": "warn"}],
        "loosened": [{"rule": "hbv-hcv", "from": "warn", "to": "off", **BY}],
    }
    everywhere = [*said["cleared"], *said["not_applicable"], *(f["rule"] for f in said["findings"])]
    assert "hbv-hcv" not in everywhere
    event = json.loads(log.getvalue())
    assert event["rules"]["site"] == {"name": "Test site", "loosened": ["hbv-hcv"]}
    assert event["rules"]["sha256"] == said["rules"]["sha256"]
    assert BY["reason"] not in log.getvalue()


def test_without_a_site_verdict_and_event_name_none(verifier: Verifier) -> None:
    order = (REPOSITORY / "examples" / "lemtrada-course-1.json").read_text()
    assert verifier.verify_json(order).rules.site is None


def test_the_schema_of_site_files_names_what_they_may_hold() -> None:
    schema = SiteDocument.model_json_schema()
    assert set(schema["properties"]) == {"site", "profile", "packs", "rules"}
    assert schema["required"] == ["site"]
    assert set(schema["$defs"]["SitePackDocument"]["properties"]) == {"settings", "raise", "loosen"}
    assert set(schema["$defs"]["LooseningDocument"]["required"]) == {"rule", "by", "on", "reason"}


# -- the bundled rules ---------------------------------------------------------------------------------------


def test_every_rule_that_must_not_be_loosened_is_locked(pack: Pack) -> None:
    """The REMS, product, dose, volume, route, spacing, contraindications and what guards the infusion."""
    locked = {rule.id for rule in pack.rules if rule.locked}
    assert {rule.id for rule in pack.rules if rule.id.startswith(("rems-p", "rems-f"))} - locked == {
        "rems-prescription-form"
    }
    assert {rule.id for rule in pack.rules if rule.id.startswith(("ci-", "dose-", "route-"))} <= locked
    unlocked_blocks = {
        rule.id
        for rule in pack.rules
        if not rule.locked and rule.levels[0].severity is Severity.BLOCK and not rule.levels[0].overridable
    }
    assert unlocked_blocks == {"baseline-upcr-first"}
    assert not {rule.id for rule in pack.rules if rule.locked and rule.severity is not Severity.BLOCK}


def test_a_site_may_turn_off_label_injection_of_campath_into_a_warning(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    changes = {"pack": "campath-cll", "settings": {"allow_off_label_sc": "yes"}}
    found = load_rulebook(bundled_rules(), site=site_file(tmp_path, **changes)).pack_for("campath")
    before = rulebook.pack_for("campath")
    assert found is not None
    assert before is not None
    assert severities(before, "cll-route-iv") == ["block", "block*"]
    assert severities(found, "cll-route-iv") == ["block", "warn"]
    assert found.site is not None
    assert found.site.settings == {"allow_off_label_sc": "yes"}


def test_no_setting_moves_a_limit_of_the_label(pack: Pack) -> None:
    """In a locked rule a setting gives only what the rule's note calls the project's own choice."""
    named = {(rule.id, leaf) for rule in pack.rules if rule.locked for leaf in settings_in(rule)}
    assert named == {
        ("infusion-rate-derived", "rate_difference_percent"),
        ("steroid-dose-1000", "steroid_oral_mg"),
        ("steroid-dose-1000", "steroid_most_mg"),
        ("course-interval-12mo", "course2_anchor"),
    }
