"""The commands about rules: `orderguard rules ...`."""

from __future__ import annotations

from typing import Annotated

import typer

from orderguard.cli_common import RulesOption, SiteOption, check_directory, ending, load_verifier
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
        from orderguard.rulebook.conditions import suggestion
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
            known = [rule.id for pack in rulebook.packs for rule in (*pack.rules, *pack.dormant)]
            near = suggestion(rule_id, known) or "; `orderguard rules` lists them"
            complain(f"there is no rule `{rule_id}`{near}")
            raise typer.Exit(ExitCode.USAGE)
        page = Page()
        for pack, rule in found:
            put_rule(page, rulebook, pack, rule)
        write_table(page.take())


@rules_app.command("docs")
def write_docs(
    context: typer.Context,
    *,
    rules: RulesOption = None,
    site: SiteOption = None,
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

        rules_before, site_before = context.obj
        rulebook = load_verifier(rules or rules_before, site=site or site_before).rulebook
        raise typer.Exit(bring_up_to_date(rulebook, out, check=check))


@rules_app.command("new")
def new_rule(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the rule, such as dose-12mg.")],
    *,
    pack: Annotated[
        str | None, typer.Option("--pack", metavar="FILE", help="The rule file that the rule is for.")
    ] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="SCOPE", help="What it is asked of, such as infusion.")
    ] = None,
    fact: Annotated[
        str | None, typer.Option("--fact", metavar="FACT", help="The fact that it is about.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Add the rule to the file of --pack instead of printing it.")
    ] = False,
    rules: RulesOption = None,
    site: SiteOption = None,
) -> None:
    """Scaffold a rule: every part of it, marked TODO where it is to be filled in.

    A file with a TODO left in a rule does not load.
    """
    with ending():
        from pathlib import Path

        from orderguard.rulebook.load import bundled_rules
        from orderguard.tools.scaffold import offer

        rules_before, site_before = context.obj
        rules, site = rules or rules_before, site or site_before
        file = None if pack is None else Path(pack)
        if rules is not None:
            check_directory(rules)
            directory = Path(rules)
        else:
            directory = file.parent if file is not None and site is None else bundled_rules()
        own = None if site is None else Path(site)
        raise typer.Exit(offer(rule_id, directory, file, write=write, site=own, scope=scope, fact=fact))
