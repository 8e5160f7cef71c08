"""`orderguard rules docs`: the reference of the rules as Markdown, made of the rule files alone.

The same rules give the same bytes. Below the reference's directory stand `catalogue.md`, `rules/README.md`
and a page for each rule, `rules/PACK/ID.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from orderguard.output import ExitCode, complain
from orderguard.rulebook.pack import Pack, Rule, Rulebook, Source
from orderguard.tools.markdown import code, items, link, page, plain, table
from orderguard.tools.rule_page import GENERATED, SETTING_COLUMNS, chosen, rule_page, setting_row, severities

RULES = PurePosixPath("rules")
INDEX = RULES / "README.md"
CATALOGUE = PurePosixPath("catalogue.md")


class Difference(NamedTuple):
    """A file that is not as it is to be: `stale`, `missing` or `superfluous`."""

    path: Path
    what: str


def pages(rulebook: Rulebook) -> dict[PurePosixPath, str]:
    """Every page of the reference, by its place below the reference's directory."""
    found = {CATALOGUE: _catalogue(rulebook), INDEX: _index(rulebook)}
    for pack in rulebook.packs:
        for rule in every_rule(pack):
            found[_place(pack, rule)] = rule_page(pack, rule, rulebook.vocabulary)
    return found


def every_rule(pack: Pack) -> tuple[Rule, ...]:
    """The rules of a pack, those last that its settings or a site leave out."""
    return (*pack.rules, *pack.dormant)


def differences(wanted: Mapping[PurePosixPath, str], directory: Path) -> Iterator[Difference]:
    """Each file of a directory that is not as the pages want it.

    Raises:
        OSError: a file cannot be read.
    """
    for place, text in sorted(wanted.items()):
        path = directory / place
        if not path.is_file():
            yield Difference(path, "missing")
        elif path.read_bytes() != text.encode():
            yield Difference(path, "stale")
    for path in sorted((directory / RULES).rglob("*")):
        if path.is_file() and PurePosixPath(path.relative_to(directory).as_posix()) not in wanted:
            yield Difference(path, "superfluous")


def write(wanted: Mapping[PurePosixPath, str], directory: Path) -> list[Difference]:
    """Make a directory as the pages want it.

    Generated pages of rules that are gone are removed. A file that was not generated stays.

    Returns:
        The files that stay and should not be there.

    Raises:
        OSError: a file cannot be written.
    """
    kept = []
    for difference in list(differences(wanted, directory)):
        path = difference.path
        if difference.what != "superfluous":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[PurePosixPath(path.relative_to(directory).as_posix())].encode())
        elif path.read_bytes().startswith(GENERATED.encode()):
            path.unlink()
        else:
            kept.append(difference)
    return kept


def bring_up_to_date(rulebook: Rulebook, directory: str, *, check: bool) -> ExitCode:
    """Write the reference, or with `check` name each file that is not as it is to be."""
    wanted = pages(rulebook)
    try:
        wrong = list(differences(wanted, Path(directory))) if check else write(wanted, Path(directory))
    except OSError as error:
        complain(f"{error.filename or directory}: {error.strerror or type(error).__name__}")
        return ExitCode.USAGE
    for difference in wrong:
        complain(f"{difference.path}: {difference.what}")
    return ExitCode.NOT_VERIFIED if wrong else ExitCode.VERIFIED


def _place(pack: Pack, rule: Rule) -> PurePosixPath:
    return RULES / pack.id / f"{rule.id}.md"


# -- the index -----------------------------------------------------------------------------------------------


def _index(rulebook: Rulebook) -> str:
    rules = [rule for pack in rulebook.packs for rule in every_rule(pack)]
    unreviewed = sum(rule.review == "unreviewed" for rule in rules)
    return page(
        GENERATED,
        "# The rules",
        f"{len(rules)} rules, of which {unreviewed} are unreviewed: no pharmacist has signed those.",
        link("Where each requirement of the catalogue is", f"../{CATALOGUE.name}"),
        *(part for pack in rulebook.packs for part in _pack(pack)),
    )


def _pack(pack: Pack) -> Iterator[str]:
    yield f"## {pack.id}"
    yield f"{plain(pack.title)}. Version {plain(pack.version)}; covers the product {pack.product}."
    rows = (
        [link(code(rule.id), f"{pack.id}/{rule.id}.md"), plain(rule.title), _severity(rule), rule.confidence]
        for rule in every_rule(pack)
    )
    yield table(["Rule", "What must hold", "Severity", "Confidence"], rows)
    if pack.settings.declared:
        yield "Settings:"
        yield table(SETTING_COLUMNS, (setting_row(pack.settings, name) for name in pack.settings.declared))
    yield "Sources:"
    yield items(_source(source) for source in pack.sources.values())


def _severity(rule: Rule) -> str:
    """The severities of a rule, and the settings with which alone it exists."""
    return severities(rule) + (f" (only with {chosen(rule.only_when)})" if rule.only_when else "")


def _source(source: Source) -> str:
    revision = "" if source.revision is None else f", revision {plain(source.revision)}"
    return f"{plain(source.title)} ({plain(source.publisher)}; {source.kind}{revision})"


# -- the catalogue -------------------------------------------------------------------------------------------


def _catalogue(rulebook: Rulebook) -> str:
    parts = [
        GENERATED,
        "# Where each requirement of the catalogue is",
        "A rule has the id of the requirement. Where there is no rule, the pack says why.",
    ]
    for pack in rulebook.packs:
        parts += [
            f"## {pack.id}",
            table(["Catalogue id", "Severity", "Where it is, or why it is not"], _requirements(pack)),
        ]
    return page(*parts)


def _requirements(pack: Pack) -> Iterator[list[str]]:
    for rule in every_rule(pack):
        yield [code(rule.id), _severity(rule), link(plain(rule.title), str(_place(pack, rule)))]
    for requirement, reason in pack.left_out.items():
        yield [code(requirement), "no rule", plain(reason)]
