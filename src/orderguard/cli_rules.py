"""The commands about rules: `orderguard rules ...`."""

from __future__ import annotations

from typing import Annotated

import typer

from orderguard.cli_common import RulesOption, SiteOption, ending, load_verifier
from orderguard.output import ExitCode, complain, write_table

rules_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@rules_app.callback()
def list_rules(context: typer.Context, rules: RulesOption = None, site: SiteOption = None) -> None:
    """List all rules, or show one."""
    context.obj = (rules, site)
    if context.invoked_subcommand is not None:
        return
    with ending():
        from orderguard.page import Page
        from orderguard.tables import put_rules

        page = Page()
        put_rules(page, load_verifier(rules, site=site).rulebook.packs)
        write_table(page.take())


@rules_app.command("show")
def show_rule(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a rule.")],
    rules: RulesOption = None,
    site: SiteOption = None,
) -> None:
    """Show one rule: what it requires, its limits, why, and where that was read."""
    with ending():
        from orderguard.page import Page
        from orderguard.tables import put_rule

        rules_before, site_before = context.obj
        rulebook = load_verifier(rules or rules_before, site=site or site_before).rulebook
        found = [
            (pack, rule)
            for pack in rulebook.packs
            for rule in (*pack.rules, *pack.dormant)
            if rule.id == rule_id
        ]
        if not found:
            complain(f"there is no rule `{rule_id}`; `orderguard rules` lists them")
            raise typer.Exit(ExitCode.USAGE)
        page = Page()
        for pack, rule in found:
            put_rule(page, rulebook, pack, rule)
        write_table(page.take())


@rules_app.command("docs")
def write_docs(
    context: typer.Context,
    rules: RulesOption = None,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Directory of the reference.")
    ] = "docs/reference",
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 if a page is not as the rules are.")
    ] = False,
) -> None:
    """Write the reference of the rules: a page for each rule, an index, and the table of the catalogue."""
    with ending():
        from orderguard.tools.docs import bring_up_to_date

        raise typer.Exit(bring_up_to_date(load_verifier(rules or context.obj).rulebook, out, check=check))
