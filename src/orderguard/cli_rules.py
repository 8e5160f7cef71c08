"""The commands about rules: `orderguard rules ...`."""

from __future__ import annotations

from typing import Annotated

import typer

from orderguard.cli_common import RulesOption, SiteOption, ending, load_verifier
from orderguard.cli_tools import (
    FeaturesOption,
    OrdersOption,
    ToolFormat,
    ToolFormatOption,
    WorkersOption,
    existing,
    rules_directory,
    show,
)
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


@rules_app.command("test")
def run_examples(  # noqa: PLR0917 (typer asks for one parameter for each option)
    context: typer.Context,
    rules: RulesOption = None,
    site: SiteOption = None,
    orders: OrdersOption = None,
    features: FeaturesOption = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Say what was never seen true, false or unknown.")
    ] = False,
    workers: WorkersOption = None,
    form: ToolFormatOption = ToolFormat.TABLE,
) -> None:
    """Judge the examples of the rules, and order examples, on both engines."""
    with ending():
        from orderguard.tools import rules_test, work

        rules_before, site_before = context.obj
        report = rules_test.run_rules_test(
            rules_directory(rules or rules_before),
            site=site or site_before,
            orders=existing(orders),
            features=existing(features),
            coverage=coverage,
            workers=workers or work.processors(),
        )
        show(form, report, rules_test.put_rules_test, rules_test.rules_test_as_json)
        raise typer.Exit(ExitCode.VERIFIED if report.is_good else ExitCode.NOT_VERIFIED)


@rules_app.command("mutate")
def mutate_rules(  # noqa: PLR0917 (typer asks for one parameter for each option)
    context: typer.Context,
    rules: RulesOption = None,
    orders: OrdersOption = None,
    features: FeaturesOption = None,
    rule_id: Annotated[
        str | None, typer.Option("--rule", metavar="ID", help="Mutate this rule alone, and no value set.")
    ] = None,
    workers: WorkersOption = None,
    form: ToolFormatOption = ToolFormat.TABLE,
) -> None:
    """Say which mistakes in the rules neither examples nor orders would notice."""
    with ending():
        from orderguard.rulebook.load import load_rulebook
        from orderguard.rulebook.store import RuleStore
        from orderguard.tools import mutate, work

        directory = rules_directory(rules or context.obj[0])
        rulebook = load_rulebook(directory, RuleStore.of_user())
        ids = {rule.id for pack in rulebook.packs for rule in (*pack.rules, *pack.dormant)}
        if rule_id is not None and rule_id not in ids:
            complain(f"there is no rule `{rule_id}`; `orderguard rules` lists them")
            raise typer.Exit(ExitCode.USAGE)
        report = mutate.mutate(
            rulebook,
            directory,
            orders=existing(orders),
            features=existing(features),
            rule_id=rule_id,
            workers=workers or work.processors(),
        )
        show(form, report, mutate.put_mutation, mutate.mutation_as_json)
        raise typer.Exit(ExitCode.VERIFIED if report.is_clean else ExitCode.NOT_VERIFIED)
