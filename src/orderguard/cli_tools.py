"""What the commands that test rules share: their options, and how they show what they found."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from orderguard.cli_common import check_directory
from orderguard.output import ExitCode, complain, write_out, write_table

if TYPE_CHECKING:
    from orderguard.page import Page
    from orderguard.rulebook.pack import Pack, Rule, Rulebook

R = TypeVar("R")


class ToolFormat(StrEnum):
    """How a tool writes what it found."""

    TABLE = "table"
    JSON = "json"


OrdersOption = Annotated[
    str | None,
    typer.Option("--orders", metavar="DIR", help="Folder of order examples, beside those of the rules."),
]
FeaturesOption = Annotated[
    str | None,
    typer.Option("--features", metavar="DIR", help="Folder of feature files; needs orderguard[testing]."),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Number of processes; default: one a processor."),
]
ToolFormatOption = Annotated[ToolFormat, typer.Option("--format", help="For people, or for programs.")]


def rules_directory(rules: str | None) -> Path:
    """The directory of rules that was chosen, or the bundled one.

    Raises:
        NoDirectoryError: what was chosen cannot be opened.
    """
    from orderguard.rulebook.load import bundled_rules

    if rules is None:
        return bundled_rules()
    check_directory(rules)
    return Path(rules)


def find_rule(rulebook: Rulebook, rule_id: str) -> tuple[Pack, Rule]:
    """A rule and its pack, also where the settings leave the rule out.

    Raises:
        typer.Exit: there is no such rule.
    """
    from orderguard.rulebook.conditions import suggestion

    every = [(pack, rule) for pack in rulebook.packs for rule in (*pack.rules, *pack.dormant)]
    for pack, rule in every:
        if rule.id == rule_id:
            return pack, rule
    near = suggestion(rule_id, [rule.id for _, rule in every]) or "; `orderguard rules` lists them"
    complain(f"there is no rule `{rule_id}`{near}")
    raise typer.Exit(ExitCode.USAGE)


def existing(folder: str | None) -> str | None:
    """A folder that was named, if any.

    Raises:
        typer.Exit: there is no such folder.
    """
    if folder is not None and not Path(folder).is_dir():
        complain(f"there is no folder `{folder}`")
        raise typer.Exit(ExitCode.USAGE)
    return folder


def show(
    form: ToolFormat, report: R, put: Callable[[Page, R], None], as_json: Callable[[R], dict[str, Any]]
) -> None:
    """Write a report for people or for programs."""
    if form is ToolFormat.JSON:
        write_out(json.dumps(as_json(report), indent=2) + "\n")
        return
    from orderguard.page import Page

    page = Page()
    put(page, report)
    write_table(page.take())
