"""What the commands share: their options, the verifier, and how they end."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from orderguard.errors import OrderguardError, RulesError
from orderguard.output import OUTPUT_CLOSED, ExitCode, OutputClosedError, OutputError, complain

if TYPE_CHECKING:
    from orderguard.decision_log import DecisionLog
    from orderguard.verifier import Verifier

LogOption = Annotated[
    str | None, typer.Option("--log", metavar="FILE", help="Append decision events here, not to stderr.")
]
RulesOption = Annotated[
    str | None, typer.Option("--rules", metavar="DIR", help="Directory of rules instead of the bundled ones.")
]

SiteOption = Annotated[
    str | None, typer.Option("--site", metavar="FILE", help="File of a site: settings, severities, packs.")
]


class NoDirectoryError(Exception):
    """A directory of rules that was named on the command line and cannot be opened; the text says so."""


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """Turn whatever ends a command early into its exit code and at most a few plain lines."""
    try:
        yield
    except NoDirectoryError as error:
        complain(str(error))
        raise typer.Exit(ExitCode.USAGE) from None
    except RulesError as error:
        complain_of_rules(error)
        raise typer.Exit(ExitCode.RULES) from None
    except OrderguardError as error:
        complain(str(error))
        raise typer.Exit(ExitCode.FAULT) from None
    except OutputClosedError:
        raise typer.Exit(OUTPUT_CLOSED) from None
    except OutputError as error:
        complain(f"{error.what} cannot be written: {error}")
        raise typer.Exit(ExitCode.FAULT) from None
    except (typer.Exit, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 (the text of an unexpected error may hold values of an order)
        complain(f"internal error ({type(error).__name__})")
        raise typer.Exit(ExitCode.FAULT) from None


def load_verifier(rules: str | None, log: DecisionLog | None = None, site: str | None = None) -> Verifier:
    """The verifier for a directory of rules and a site's file.

    Raises:
        NoDirectoryError: the directory cannot be opened.
        RulesError: the rules or the site's file do not load.
        EngineFault: durable-rules is not installed, or does not take the rules.
    """
    if rules is not None:
        check_directory(rules)
    from orderguard.rulebook.store import RuleStore
    from orderguard.verifier import Verifier

    if site is not None:
        check_file(site)
    return Verifier(rules, site=site, log=log, store=RuleStore.of_user())


def check_directory(rules: str) -> None:
    """Refuse a directory of rules that is not there.

    Raises:
        NoDirectoryError: it cannot be opened, or is no directory.
    """
    try:
        os.scandir(rules).close()
    except OSError as error:
        raise NoDirectoryError(f"{rules}: cannot be read: {error.strerror or type(error).__name__}") from None


def check_file(path: str) -> None:
    """Refuse a site file that cannot be opened.

    Raises:
        NoDirectoryError: it cannot.
    """
    try:
        with open(path, "rb"):  # noqa: PTH123 (a Path would drop a trailing slash)
            return
    except OSError as error:
        raise NoDirectoryError(f"{path}: cannot be read: {error.strerror or type(error).__name__}") from None


def complain_of_rules(error: RulesError) -> None:
    """Name every problem of rules that do not load."""
    complain("the rules do not load")
    for problem in error.problems:
        complain(str(problem), prefix="")
