"""`orderguard rules docs`: the generated reference of the rules."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from orderguard.findings import requirement
from orderguard.rulebook.pack import Rulebook
from orderguard.rulebook.settings import settings_of_rule
from orderguard.tools.docs import every_rule, pages
from orderguard.tools.markdown import plain, table
from support.packs import blocks, changed_rules

Run = Callable[..., CompletedProcess[str]]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
CELL_END = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def reference(orderguard: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly written reference."""
    out = tmp_path_factory.mktemp("docs") / "reference"
    assert orderguard("rules", "docs", "--out", out).returncode == 0
    return out


@pytest.fixture
def copy(reference: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(reference, tmp_path / "copy"))


def test_a_fresh_reference_is_found_good(orderguard: Run, reference: Path) -> None:
    done = orderguard("rules", "docs", "--out", reference, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_same_rules_give_the_same_bytes(orderguard: Run, reference: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C", "ORDERGUARD_CACHE": ""}
        assert orderguard("rules", "docs", "--out", out, environment=environment).returncode == 0
        files = {path.relative_to(out): path.read_bytes() for path in out.rglob("*.md")}
        assert files == {p.relative_to(reference): p.read_bytes() for p in reference.rglob("*.md")}


def test_every_stale_missing_and_superfluous_page_is_named_and_nothing_is_written(
    orderguard: Run, copy: Path
) -> None:
    rules = copy / "rules" / "lemtrada-ms"
    (rules / "dose-12mg.md").write_text("12 mg")
    (rules / "observe-2h.md").unlink()
    (rules / "no-such-rule.md").write_text("of a rule that is gone")
    done = orderguard("rules", "docs", "--out", copy, "--check")

    assert done.returncode == 1
    assert sorted(done.stderr.splitlines()) == [
        f"orderguard: {rules}/dose-12mg.md: stale",
        f"orderguard: {rules}/no-such-rule.md: superfluous",
        f"orderguard: {rules}/observe-2h.md: missing",
    ]
    assert (rules / "dose-12mg.md").read_text() == "12 mg"
    assert not (rules / "observe-2h.md").exists()


def test_a_changed_limit_makes_exactly_its_page_stale(orderguard: Run, copy: Path, tmp_path: Path) -> None:
    def change(text: str) -> str:
        head, rules = blocks(text)
        return head + "".join(r.replace("Each dose is 12 mg", "Each dose is twelve mg") for r in rules)

    rules = changed_rules(tmp_path / "changed", change, "lemtrada")
    done = orderguard("rules", "docs", "--rules", rules, "--out", copy, "--check")

    assert [line.split("/copy/")[1] for line in done.stderr.splitlines()] == [
        "catalogue.md: stale",
        "rules/README.md: stale",
        "rules/lemtrada-ms/dose-12mg.md: stale",
    ]


def test_pages_of_rules_that_are_gone_are_removed_and_other_files_stay(orderguard: Run, copy: Path) -> None:
    rules = copy / "rules" / "lemtrada-ms"
    shutil.copy(rules / "dose-12mg.md", rules / "gone.md")
    (rules / "own.md").write_text("A page that a person wrote")
    done = orderguard("rules", "docs", "--out", copy)

    assert (done.returncode, done.stderr) == (1, f"orderguard: {rules}/own.md: superfluous\n")
    assert not (rules / "gone.md").exists()
    assert (rules / "own.md").read_text() == "A page that a person wrote"


def test_a_directory_that_cannot_be_written_is_said(orderguard: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = orderguard("rules", "docs", "--out", tmp_path / "file")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_page_says_all_of_its_rule(rulebook: Rulebook) -> None:
    found = {place.stem: text for place, text in pages(rulebook).items()}
    for pack in rulebook.packs:
        for rule in every_rule(pack):
            text = found[rule.id]
            for part in (rule.title, rule.action, rule.rationale, rule.note or "", rule.review, rule.since):
                assert plain(part) in text
            for level in (*rule.levels, *rule.dormant_levels):
                assert f"> {plain(requirement(rule, [level], rulebook.vocabulary))}\n" in text
                assert level.severity in text
            for citation in rule.sources:
                assert plain(citation.source.title) in text
                assert citation.section is None or plain(citation.section) in text
                assert citation.source.revision is None or citation.source.revision in text
            for example in rule.examples:
                assert f"| {plain(example.name)} " in text
            for name in settings_of_rule(pack.settings, rule):
                assert f"| `{name}` | {plain(pack.settings.declared[name].title)} |" in text
            for reason in (*rule.cannot.values(), *rule.equivalent.values()):
                assert plain(reason) in text
            for change in rule.history:
                assert f"* {change.version}: {plain(change.change)}" in text


def test_a_message_shows_its_limits(rulebook: Rulebook) -> None:
    found = {place.stem: text for place, text in pages(rulebook).items()}
    message = "Infusion *number of the infusion* runs *duration* min; at least 240 min are required."
    assert f"* Message: {message}\n" in found["infusion-min-4h"]
    assert "{" not in "".join(
        line for text in found.values() for line in text.splitlines() if "Message" in line
    )


def test_every_link_leads_to_a_page(rulebook: Rulebook) -> None:
    found = pages(rulebook)
    links = 0
    for place, text in found.items():
        for target in LINK.findall(text):
            parts: list[str] = []
            for step in (*place.parent.parts, *target.split("/")):
                parts = parts[:-1] if step == ".." else [*parts, step]
            assert "/".join(parts) in {str(each) for each in found}
            links += 1
    assert links > 2 * len(rulebook.packs[0].rules)


def test_nothing_in_a_text_is_read_as_markdown() -> None:
    text = "5 * 3 | a_b_c <b>\n[x](y) `z` \\"
    assert plain(text) == r"5 \* 3 \| a\_b\_c \<b\> \[x\](y) \`z\` " + 2 * "\\"
    assert len(CELL_END.findall(table(["a", "b"], [[plain("x|y"), "z"]]).splitlines()[-1])) == 3


def test_every_row_of_a_table_has_as_many_cells_as_its_head(rulebook: Rulebook) -> None:
    for place, text in pages(rulebook).items():
        width = 0
        for line in text.splitlines():
            if not line.startswith("|"):
                width = 0
                continue
            width = width or len(CELL_END.findall(line))
            assert len(CELL_END.findall(line)) == width, (place, line)
