"""The command line."""

from __future__ import annotations

import gc
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
import typer.main
from typer.core import TyperGroup

from orderguard.cli_common import (
    LogOption,
    NoDirectoryError,
    RulesOption,
    SiteOption,
    check_directory,
    complain_of_rules,
    ending,
    load_verifier,
)
from orderguard.errors import DecisionLogError, EngineFault, RulesError
from orderguard.output import INTERRUPTED, ExitCode, complain, settle, write_out, write_table
from orderguard.process import end_start, prepare_process

if TYPE_CHECKING:
    from orderguard.decision_log import DecisionLog
    from orderguard.verifier import Verifier


class Format(StrEnum):
    """How verdicts are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    JUNIT = "junit"
    PARQUET = "parquet"


class ReplayFormat(StrEnum):
    """How a replay is written."""

    TABLE = "table"
    JSON = "json"


class SchemaName(StrEnum):
    """The documents that have a JSON Schema."""

    ORDER = "order"
    VERDICT = "verdict"
    RULES = "rules"
    SITE = "site"


class _Commands(TyperGroup):
    """The commands. Those about rules are made when they are asked for: there are many, and it takes long."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name."""
        if cmd_name not in self.commands:
            self._add_commands_about_rules()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        self._add_commands_about_rules()
        return super().list_commands(ctx)

    def _add_commands_about_rules(self) -> None:
        from orderguard.cli_rules import rules_app

        self.commands.setdefault("rules", typer.main.get_command(rules_app))


app = typer.Typer(
    name="orderguard",
    cls=_Commands,
    help="Verifies infusion orders against declarative, sourced rules.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line and leave with its exit code."""
    prepare_process()
    code = _run()
    settle()
    # The memory goes back as a whole; Python need not look for garbage in it at the end.
    gc.freeze()
    sys.exit(code)


def _run() -> int:
    """The exit code of the command that the arguments name."""
    try:
        return app(prog_name="orderguard", standalone_mode=False) or ExitCode.VERIFIED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (such as a help text that cannot be written)
        if _complain_of_usage(error):
            return ExitCode.USAGE
        complain(f"internal error ({type(error).__name__})")
        return ExitCode.FAULT


def _complain_of_usage(error: Exception) -> bool:
    """Say in one line what is wrong with the arguments; without any, the help. False for any other error."""
    # The class of these errors has no public name that all versions of typer share.
    describe, context = getattr(error, "format_message", None), getattr(error, "ctx", None)
    if describe is None or context is None:
        return False
    first, *rest = str(describe()).replace("Value error, ", "").splitlines()
    if rest:
        for line in (first, *rest):
            complain(line, prefix="")
    else:
        complain(f"{first[:1].lower()}{first[1:]} (`{context.command_path} --help` says more)")
    return True


def _version_option(value: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if value:
        with ending():
            write_out(_version())
        raise typer.Exit


@app.callback()
def orderguard(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version_option,
            is_eager=True,
            help="Name software, engine, packs and hashes.",
        ),
    ] = False,
) -> None:
    """Verify infusion orders against declarative, sourced rules."""


@app.command()
def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, directories or patterns; - is standard input."),
    ],
    form: Annotated[Format, typer.Option("--format", help="How verdicts are written.")] = Format.TABLE,
    rules: RulesOption = None,
    site: SiteOption = None,
    log: LogOption = None,
    *,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Worker processes; default: all processors."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Write verdicts here, not to stdout.")
    ] = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help="Write a page to look at: HTML.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue what was interrupted; needs --out and jsonl.")
    ] = False,
) -> None:
    """Check orders: JSON, JSON Lines, CSV or Parquet; also packed with gzip or zstd."""
    with ending():
        raise typer.Exit(_check(paths, form, _Chosen(rules, site, log), _Run(workers, out, resume, report)))


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="ORDER", help="File of an order; - is standard input.")],
    rules: RulesOption = None,
    site: SiteOption = None,
    log: LogOption = None,
) -> None:
    """Show every rule: its outcome, the values it used, and why."""
    with ending():
        from orderguard.explaining import explain_input

        verifier, code = _prepare(_Chosen(rules, site, log))
        raise typer.Exit(code if verifier is None else explain_input(verifier, path))


@app.command()
def replay(
    old_rules: Annotated[
        str, typer.Argument(metavar="OLD_RULES", help="Directory of the rules as they are.")
    ],
    new_rules: Annotated[
        str, typer.Argument(metavar="NEW_RULES", help="Directory of the rules as they are to be.")
    ],
    paths: Annotated[
        list[str], typer.Argument(metavar="ORDERS", help="Files of orders; - is standard input.")
    ],
    *,
    form: Annotated[
        ReplayFormat, typer.Option("--format", help="How changes are written.")
    ] = ReplayFormat.TABLE,
    examples: Annotated[
        int, typer.Option("--examples", metavar="N", min=0, help="Orders named for each change.")
    ] = 5,
    site: SiteOption = None,
    new_site: Annotated[
        str | None, typer.Option("--new-site", metavar="FILE", help="File of a site for the new rules alone.")
    ] = None,
) -> None:
    """Judge orders by two directories of rules and show what changes.

    Exit code 1 if anything gets milder: a decision, what a rule says of an order, or a rule itself. A replay
    is no verification: it gives no verdict and writes no decision log.
    """
    with ending():
        old, new = _Chosen(old_rules, site, None), _Chosen(new_rules, new_site or site, None)
        raise typer.Exit(_replay(old, new, paths, form, examples))


@app.command()
def schema(
    document: Annotated[SchemaName, typer.Argument(help="Which document.")],
    rules: Annotated[
        str | None,
        typer.Option("--rules", metavar="DIR", help="For rules: directory whose value sets give the words."),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="FILE", help="For rules: site whose value sets add to them."),
    ] = None,
) -> None:
    """Print the JSON Schema of a document."""
    with ending():
        write_out(json.dumps(_schema(document, rules, site), indent=2) + "\n")


@app.command()
def sample(
    count: Annotated[int, typer.Option("--count", min=0, help="How many records.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same records.")] = 1,
    mix: Annotated[
        str | None,
        typer.Option("--mix", metavar="MIX", help="Parts of each kind: clean=70,violating=15,..."),
    ] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Instead of stdout.")] = None,
    expected: Annotated[
        str | None, typer.Option("--expected", metavar="FILE", help="The decisions they must get.")
    ] = None,
) -> None:
    """Write synthetic orders, and beside them what each must get. No real patient is in them."""
    with ending():
        from orderguard.sample.command import write_samples

        raise typer.Exit(write_samples(count, seed, mix, out, expected))


class _Chosen(NamedTuple):
    """What the options name: a directory of rules, the file of a site, the file of the decision log."""

    rules: str | None
    site: str | None
    log: str | None


class _Run(NamedTuple):
    """How many worker processes check, the files for verdicts and page, and whether to continue."""

    workers: int | None
    out: str | None
    resume: bool
    page: str | None


def _check(paths: list[str], form: Format, chosen: _Chosen, run: _Run) -> ExitCode:
    from orderguard.check_command import Choice, check, usage_problem
    from orderguard.checking import named_files
    from orderguard.out_file import OutFileError
    from orderguard.resume import ResumeError

    files, files_code = named_files(paths)
    choice = Choice(form.value, chosen.rules, chosen.site, chosen.log, *run)
    problem = usage_problem(choice, files)
    if problem is not None:
        complain(problem)
        return ExitCode.USAGE
    verifier, code = _prepare(chosen)
    if verifier is None:
        if run.out is None:
            choice.outputs.report().end()
        return max(code, files_code)
    try:
        return max(files_code, check(files, choice, verifier))
    except (OutFileError, ResumeError) as error:
        complain(str(error))
        return ExitCode.USAGE


def _prepare(chosen: _Chosen) -> tuple[Verifier | None, ExitCode]:
    """The verifier, or None and the exit code when rules or log cannot be opened; both are tried."""
    from orderguard.decision_log import DecisionLog

    log_code = ExitCode.VERIFIED
    decision_log = None
    try:
        decision_log = DecisionLog() if chosen.log is None else DecisionLog.to_path(chosen.log)
    except DecisionLogError as error:
        complain(f"{chosen.log}: {error}")
        log_code = ExitCode.FAULT
    verifier, rules_code = _open_rules(chosen.rules, chosen.site, decision_log)
    code = max(log_code, rules_code)
    return (verifier if code is ExitCode.VERIFIED else None), code


def _replay(
    old_chosen: _Chosen, new_chosen: _Chosen, paths: list[str], form: ReplayFormat, examples: int
) -> ExitCode:
    from orderguard.page import Page
    from orderguard.tools.replay import replay
    from orderguard.tools.replay_report import put_replay, replay_json

    # What is wrong with either is said of both at once.
    old, old_code = _open_rules(old_chosen.rules, old_chosen.site)
    new, new_code = _open_rules(new_chosen.rules, new_chosen.site)
    if old is None or new is None:
        return max(old_code, new_code)
    end_start()
    found, code = replay(old, new, paths, examples)
    if form is ReplayFormat.JSON:
        write_out(replay_json(found, old.rulebook, new.rulebook))
    else:
        page = Page()
        put_replay(page, found, old.rulebook, new.rulebook)
        write_table(page.take())
    return code


def _open_rules(
    rules: str | None, site: str | None, log: DecisionLog | None = None
) -> tuple[Verifier | None, ExitCode]:
    """The verifier, or None and the exit code when the rules cannot be opened, with what is wrong."""
    try:
        return load_verifier(rules, log, site), ExitCode.VERIFIED
    except NoDirectoryError as error:
        complain(str(error))
        return None, ExitCode.USAGE
    except RulesError as error:
        complain_of_rules(error)
        return None, ExitCode.RULES
    except EngineFault as error:
        complain(str(error))
        return None, ExitCode.FAULT


def _schema(document: SchemaName, rules: str | None, site: str | None) -> dict[str, Any]:
    if document is SchemaName.ORDER:
        from orderguard.order import Order

        return Order.model_json_schema()
    if document is SchemaName.VERDICT:
        from orderguard.verdict import Verdict

        return Verdict.model_json_schema(mode="serialization")
    if document is SchemaName.SITE:
        from orderguard.rulebook.site_document import SiteDocument

        return SiteDocument.model_json_schema()
    return _rules_schema(rules, site)


def _rules_schema(rules: str | None, site: str | None) -> dict[str, Any]:
    """The schema of rule files, with the words that the value sets of a directory and a site give."""
    from pathlib import Path

    from orderguard.facts.vocabulary import build_vocabulary
    from orderguard.rulebook.load import bundled_rules, load_words
    from orderguard.rulebook.schema import rules_schema

    if rules is not None:
        check_directory(rules)
    directory = bundled_rules() if rules is None else Path(rules)
    terminology = load_words(directory, None if site is None else Path(site))
    return rules_schema(build_vocabulary(terminology), terminology)


def _version() -> str:
    """Software, engine, packs and their hashes, one a line."""
    from importlib.metadata import version

    from orderguard._version import __version__

    packs = load_verifier(None).rulebook.packs
    lines = [f"orderguard {__version__}", f"durable_rules {version('durable_rules')}"]
    lines += [f"{pack.id} {pack.version} sha256:{pack.sha256}" for pack in packs]
    return "".join(f"{line}\n" for line in lines)
