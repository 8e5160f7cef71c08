"""`orderguard rules new`: a scaffold names every part of a rule, and judges nothing until it is filled in."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from orderguard.errors import RulesProblem
from orderguard.rulebook.compile_pack import PackCompiler
from orderguard.rulebook.document import RuleDocument
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Rulebook
from orderguard.rulebook.yaml_source import parse_yaml, read_yaml
from orderguard.tools.scaffold import rule_text, scaffold
from support.packs import PACKS

PACK = PACKS["lemtrada"]
Run = Callable[..., CompletedProcess[str]]
SITE = Path(__file__).parents[2] / "examples" / "site"
HEAD = """pack: own
version: "1"
title: Own rules
covers: {product: lemtrada}
measure: {indication: multiple-sclerosis}
sources: {uspi: {title: Label, publisher: FDA, kind: label}}
rules:
"""
FACTS = [
    None,
    "infusion.duration_minutes",
    "infusion.number",
    "course.number",
    "medications.campath.during_course",
    "indication.disease",
    "lab.test",
    "immunization.vaccine_class",
]
TITLES = ("title", "action", "rationale", "note")


def problems_of(rulebook: Rulebook, rules: str) -> list[RulesProblem]:
    """What is wrong with a file of one pack with these rules."""
    compiler = PackCompiler(parse_yaml(HEAD + rules), rulebook.vocabulary, rulebook.terminology)
    compiler.compile()
    return compiler.problems


def marked_lines(text: str) -> list[int]:
    """The line of each mark outside comments; a text on lines of its own begins on the line before."""
    lines = text.splitlines()
    return [
        number - lines[number - 2].endswith(">-")
        for number, line in enumerate(lines, start=1)
        for _ in re.findall(r"TODO", "" if line.lstrip().startswith("#") else line)
    ]


def filled(text: str) -> str:
    """The scaffold about the duration of an infusion, with each part filled in."""
    for key in TITLES:
        text = re.sub(rf"{key}: TODO", f"{key}: In plain words", text)
    text = text.replace("TODO duration", "Duration").replace("at_least: TODO", "at_least: 300")
    text = text.replace("{source: TODO, section: TODO}", '{source: uspi, section: "2.5"}')
    text = re.sub(r"(at the limit\n.*)TODO", r"\g<1>300", text)
    return re.sub(r"(just beyond the limit\n.*)TODO", r"\g<1>299", text)


@pytest.mark.parametrize("fact", FACTS)
def test_a_scaffold_does_not_load_and_each_mark_is_named_with_its_line(
    rulebook: Rulebook, fact: str | None
) -> None:
    text = scaffold("my-rule", bundled_rules(), fact=fact)
    problems = problems_of(rulebook, text)

    assert "TODO" in text
    # A key and its value that are both marked are one problem.
    wanted = sorted(set(marked_lines(HEAD + text)))
    assert sorted({problem.line for problem in problems}) == wanted
    assert all("is not filled in (`TODO`)" in problem.message for problem in problems)


def test_a_scaffold_fits_every_fact(rulebook: Rulebook) -> None:
    for name, fact in rulebook.vocabulary.items():
        text = rule_text("my-rule", fact.scope, fact, rulebook.vocabulary, {})
        data: Any = parse_yaml(HEAD + text).data
        [rule] = data["rules"]
        assert rule["scope"] == fact.scope
        assert list(rule["require"]) == [name]
        assert fact.label in rule["message"]


def test_a_scaffold_names_every_key_that_a_simple_rule_may_have() -> None:
    text = scaffold("my-rule", bundled_rules())
    later = {"levels", "among", "wording", "only_when", "history", "equivalent"}
    for key in set(RuleDocument.model_fields) - later:
        assert re.search(rf"^ *(# |- )?{key}:", text, re.MULTILINE), key


def test_a_scaffold_that_is_filled_in_loads(rulebook: Rulebook) -> None:
    text = filled(scaffold("my-rule", bundled_rules(), fact="infusion.duration_minutes"))
    assert problems_of(rulebook, text) == []


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("title: In plain words", "title: still TODO"),
        ("action: In plain words", "action: TODO"),
        ("rationale: In plain words", "rationale: In plain (TODO) words"),
        ("note: In plain words", "note: TODO"),
        ('section: "2.5"', "section: TODO"),
        ("source: uspi", "source: TODO"),
        ("      Duration", "      TODO duration"),
        ("at_least: 300", "at_least: TODO"),
        ("    infusion.duration_minutes: {", "    TODO: {"),
        ("facts: {infusion.duration_minutes: 300}", "facts: {TODO: 300}"),
        ("facts: {infusion.duration_minutes: 300}", "facts: {infusion.duration_minutes: TODO}"),
        ("name: at the limit", "name: TODO"),
    ],
)
def test_one_mark_that_is_left_anywhere_keeps_the_rule_from_loading_and_is_named_once(
    rulebook: Rulebook, part: str, left: str
) -> None:
    text = filled(scaffold("my-rule", bundled_rules(), fact="infusion.duration_minutes"))
    spoilt = text.replace(part, left, 1)
    assert spoilt != text
    [problem] = problems_of(rulebook, spoilt)
    assert "is not filled in (`TODO`)" in problem.message


def test_a_word_that_only_holds_the_mark_is_no_mark(rulebook: Rulebook) -> None:
    text = filled(scaffold("my-rule", bundled_rules(), fact="infusion.duration_minutes"))
    assert problems_of(rulebook, text.replace("In plain words", "TODOS, todo", 1)) == []


def test_it_is_printed_with_the_sources_of_the_pack_beside_it(orderguard: Run) -> None:
    done = orderguard(
        "rules", "new", "my-rule", "--fact", "infusion.duration_minutes", "--pack", bundled_rules() / PACK
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("  - id: my-rule\n")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Listed in this file: uspi, rems," in " ".join(done.stdout.replace("# ", "").split())
    assert "infusion.duration_minutes: {at_least: TODO}\n" in done.stdout


def test_it_is_added_to_the_end_of_a_file_that_otherwise_stays(orderguard: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(bundled_rules(), rules)
    before = (rules / PACK).read_text()
    new = ["rules", "new", "my-rule", "--fact", "infusion.duration_minutes", "--pack", rules / PACK]
    printed = orderguard(*new)
    done = orderguard(*new, "--write")
    refused = orderguard("rules", "--rules", rules)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (rules / PACK).read_text() == f"{before}\n{printed.stdout}"
    assert refused.returncode == 4
    assert "`title` is not filled in (`TODO`)" in refused.stderr
    (rules / PACK).write_text(filled((rules / PACK).read_text()))
    [pack] = [pack for pack in load_rulebook(rules).packs if pack.rules[0].file.endswith(PACK)]
    assert pack.rules[-1].id == "my-rule"
    assert orderguard(*new, "--write").returncode == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rules:\n", "rules: []\n"),
        ("rules:\n", "other: 1\n"),
        ("rules:\n", "rules:\n  - id: a\nleft_out:\n  b: c\n"),
    ],
)
def test_a_file_that_does_not_end_with_its_rules_stays_as_it_is(
    orderguard: Run, tmp_path: Path, before: str, after: str
) -> None:
    shutil.copytree(bundled_rules() / "terminology", tmp_path / "terminology")
    pack = tmp_path / "own.yaml"
    pack.write_text(HEAD.replace(before, after))
    done = orderguard("rules", "new", "my-rule", "--pack", pack, "--write")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"orderguard: {pack} does not end with its `rules`; put the rule in by hand\n"
    assert pack.read_text() == HEAD.replace(before, after)


def test_a_site_scaffolds_rules_for_a_pack_of_its_own(orderguard: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SITE, tmp_path / "site"))
    [pack] = (folder / "rules").glob("*.yaml")
    chosen = ["--site", folder / "site.yaml", "--pack", pack]
    data: Any = read_yaml(pack).data
    taken = data["rules"][0]["id"]
    added = orderguard("rules", "new", "my-rule", *chosen, "--write")

    assert (added.returncode, added.stderr) == (0, "")
    assert pack.read_text().count("- id: my-rule\n") == 1
    for rule in (taken, "dose-12mg"):
        refused = orderguard("rules", "new", rule, "--site", folder / "site.yaml")
        assert refused.returncode == 2
        assert "is taken already" in refused.stderr


def test_rules_that_are_indented_otherwise_are_continued_as_they_are(orderguard: Run, tmp_path: Path) -> None:
    shutil.copytree(bundled_rules() / "terminology", tmp_path / "terminology")
    pack = tmp_path / "own.yaml"
    pack.write_text(HEAD + "- id: a\n  title: b\n")
    assert orderguard("rules", "new", "my-rule", "--pack", pack, "--write").returncode == 0
    data: Any = parse_yaml(pack.read_text()).data
    assert [rule["id"] for rule in data["rules"]] == ["a", "my-rule"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["My-rule"], "`My-rule` is no id of a rule"),
        (["my_rule"], "`my_rule` is no id of a rule"),
        (["a" * 65], "is no id of a rule"),
        (["dose-12mg"], "the id `dose-12mg` is taken already ("),
        (["engine-fault"], "the id `engine-fault` is reserved"),
        (["x", "--fact", "infusion.duration_minute"], "did you mean `infusion.duration_minutes`?"),
        (["x", "--scope", "bag"], "there is no scope `bag`; there are `order`, "),
        (["x", "--scope", "lab", "--fact", "infusion.number"], "cannot be used in `lab`"),
        (["x", "--write"], "--write needs --pack"),
    ],
)
def test_what_cannot_be_scaffolded_is_said_in_one_line(
    orderguard: Run, arguments: list[str], said: str
) -> None:
    done = orderguard("rules", "new", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_read_is_named(orderguard: Run, tmp_path: Path) -> None:
    done = orderguard("rules", "new", "my-rule", "--pack", tmp_path / "nowhere.yaml")
    assert done.returncode == 4
    assert f"{tmp_path}/nowhere.yaml:1: cannot be read: No such file or directory\n" in done.stderr
