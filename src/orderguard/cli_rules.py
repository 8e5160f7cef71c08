"""The commands about rules: `orderguard rules ...`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orderguard.cli_common import RulesOption, SiteOption, check_directory, ending, load_verifier
from orderguard.cli_tools import (
    FeaturesOption,
    OrdersOption,
    ToolFormat,
    ToolFormatOption,
    WorkersOption,
    existing,
    find_rule,
    rules_directory,
    show,
)
from orderguard.output import ExitCode, write_out, write_table


class LintFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"


class BoundariesFormat(StrEnum):
    """How the limits of a rule are written."""

    TABLE = "table"
    YAML = "yaml"
    JSON = "json"


rules_app = typer.Typer(
    name="rules",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
        pack, rule = find_rule(rulebook, rule_id)
        page = Page()
        put_rule(page, rulebook, pack, rule)
        write_table(page.take())


@rules_app.command("lint")
def lint(
    context: typer.Context,
    form: Annotated[LintFormat, typer.Option("--format", help="How problems are written.")] = LintFormat.TEXT,
    rules: RulesOption = None,
    site: SiteOption = None,
) -> None:
    """Look for mistakes in rule files: silent when they are good."""
    with ending():
        from orderguard.tools.lint import as_json, as_text, lint_rules

        rules_before, site_before = context.obj
        chosen = site or site_before
        problems = lint_rules(
            rules_directory(rules or rules_before), None if chosen is None else Path(chosen)
        )
        if form is LintFormat.JSON:
            write_out(as_json(problems))
        else:
            write_table(as_text(problems))
        raise typer.Exit(ExitCode.NOT_VERIFIED if problems else ExitCode.VERIFIED)


@rules_app.command("boundaries")
def boundaries(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a rule.")],
    form: Annotated[
        BoundariesFormat, typer.Option("--format", help="How it is written; yaml: the examples alone.")
    ] = BoundariesFormat.TABLE,
    rules: RulesOption = None,
    site: SiteOption = None,
) -> None:
    """Show what a rule says around its limits, and the fewest examples that notice every mutant."""
    with ending():
        from orderguard.tools import boundaries_report as report
        from orderguard.tools.boundaries import limits_around, settings_needed, smallest_table

        rules_before, site_before = context.obj
        rulebook = load_verifier(rules or rules_before, site=site or site_before).rulebook
        pack, rule = find_rule(rulebook, rule_id)
        vocabulary = rulebook.vocabulary
        table = smallest_table(rule, vocabulary, settings_needed(pack, rule))
        if form is BoundariesFormat.YAML:
            write_out(report.as_yaml(table, vocabulary))
        elif form is BoundariesFormat.JSON:
            write_out(report.as_json(rule, limits_around(rule, vocabulary), table, vocabulary))
        else:
            write_table(report.as_text(rule, limits_around(rule, vocabulary), table, vocabulary))


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
        if rule_id is not None:
            find_rule(rulebook, rule_id)
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
